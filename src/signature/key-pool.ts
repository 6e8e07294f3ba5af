// Which keys may verify a token? All that came with the records and all the person trusts, by computed identifier.

import { concatenate } from '../codec/bytes.ts';
import type { PublicKey } from '../emblem/key.ts';
import type { Generation } from '../emblem/generation.ts';
import type { Algorithm } from './algorithms.ts';
import { keyIdentifier, shortIdentifier } from './key-identifier.ts';

/** A key with its computed identifier; `algorithm` is the label it states for itself, or null. */
export interface IdentifiedKey {
  readonly kid: string;
  /** The same key under the identifier that some software computes; null where there is none but `kid`. */
  readonly shortKid: string | null;
  readonly key: PublicKey;
  readonly algorithm: string | null;
}

/** What is known of a key before its identifier is. */
export type UnidentifiedKey = Pick<IdentifiedKey, 'key' | 'algorithm'>;

/** Computes a key's identifiers. */
export const identifyKey = async (
  generation: Generation,
  { key, algorithm }: UnidentifiedKey,
): Promise<IdentifiedKey> => ({
  kid: await keyIdentifier(generation, key),
  shortKid: await shortIdentifier(generation, key),
  key,
  algorithm,
});

/** The keys of one generation at one name. Several with one identifier differ only in the algorithm they state. */
export type KeyPool = ReadonlyMap<string, readonly IdentifiedKey[]>;

/** Gathers keys by every identifier they have. */
export function gatherKeys(keys: readonly IdentifiedKey[]): KeyPool {
  const pool = new Map<string, IdentifiedKey[]>();
  for (const key of keys)
    for (const kid of [key.kid, key.shortKid]) if (kid !== null) pool.set(kid, [...(pool.get(kid) ?? []), key]);
  return pool;
}

/** The lead byte of an uncompressed point (SEC 1 section 2.3.3). */
const UNCOMPRESSED = [4];

/**
 * Imports a key for verification with `algorithm`, whose curve it must have; as raw point, which some engines read much
 * faster than a JWK.
 */
export const importKey = ({ x, y }: PublicKey, algorithm: Algorithm): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', y === null ? x : concatenate(UNCOMPRESSED, x, y), algorithm.importAs, false, [
    'verify',
  ]);
