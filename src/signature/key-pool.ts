// Which keys may verify a token? All that came with the records and all the person trusts, by computed identifier.

import type { ParsedKey, PublicKey } from '../emblem/key.ts';
import { fail, ok, type Result } from '../emblem/problem.ts';
import type { Generation } from '../emblem/record.ts';
import type { Algorithm } from './algorithms.ts';
import { keyIdentifier, publicJwk } from './key-identifier.ts';
import { isSound } from './sound-key.ts';

/** A key proven to be a sound point, with its computed identifier; `algorithm` is the label it states for itself, or null. */
export interface SoundKey {
  readonly kid: string;
  readonly key: PublicKey;
  readonly algorithm: string | null;
}

/** Computes a key's identifier once it is known to be sound. Fails with `key-unsound`. */
export async function examineKey(generation: Generation, { key, algorithm }: ParsedKey): Promise<Result<SoundKey>> {
  return isSound(key) ? ok({ kid: await keyIdentifier(generation, key), key, algorithm }) : fail('key-unsound', key.curve);
}

/** The keys of one generation at one name. Several with one identifier differ only in the algorithm they state. */
export type KeyPool = ReadonlyMap<string, readonly SoundKey[]>;

/** Gathers keys by identifier. */
export function gatherKeys(keys: readonly SoundKey[]): KeyPool {
  const pool = new Map<string, SoundKey[]>();
  for (const key of keys) pool.set(key.kid, [...(pool.get(key.kid) ?? []), key]);
  return pool;
}

/** Imports a sound key for verification with `algorithm`, whose curve it must have. */
export const importKey = (key: PublicKey, algorithm: Algorithm): Promise<CryptoKey> =>
  crypto.subtle.importKey('jwk', publicJwk(key), algorithm.importAs, false, ['verify']);
