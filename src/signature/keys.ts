// Key identifiers: always computed, never believed.

import { calculateJwkThumbprint } from 'jose';
import { decodeBase64Url, encodeBase32 } from '../codec/base64.ts';
import { encodeBytes, encodeInteger, encodeMap } from '../codec/cbor.ts';
import { CURVES, type Generation } from '../emblem/key-kinds.ts';
import { type PublicKey, writeJwk } from '../emblem/key.ts';
import { concatenate } from '../codec/bytes.ts';
import type { Algorithm } from './algorithms.ts';

/** RFC 7638: SHA-256 over the canonical JSON of the required members. */
async function jwkThumbprint(key: PublicKey): Promise<Uint8Array> {
  const digest = decodeBase64Url(await calculateJwkThumbprint(writeJwk(key), 'sha256'));
  if (digest === null) throw new TypeError('a thumbprint that is not base64url');
  return digest;
}

/** RFC 9679: SHA-256 over the deterministic CBOR of only kty, crv, x and y (y uncompressed; none on Edwards curves). */
async function coseThumbprint({ curve, x, y }: PublicKey): Promise<Uint8Array> {
  const { kty, crv } = CURVES[curve].cose;
  if (crv === null) throw new TypeError('a curve without a number');
  const members: readonly (readonly [number, Uint8Array])[] = [
    [1, encodeInteger(kty)],
    [-1, encodeInteger(crv)],
    [-2, encodeBytes(x)],
    ...(y === null ? [] : [[-3, encodeBytes(y)] as const]),
  ];
  const input = encodeMap(members.map(([label, value]) => [encodeInteger(label), value]));
  return new Uint8Array(await crypto.subtle.digest('SHA-256', input));
}

const THUMBPRINTS: Record<Generation, (key: PublicKey) => Promise<Uint8Array>> = {
  jws: jwkThumbprint,
  cwt: coseThumbprint,
};

/** The key identifier as 52 characters of lower-case base32: the key's thumbprint as the generation computes it. */
export const keyIdentifier = async (generation: Generation, key: PublicKey): Promise<string> =>
  encodeBase32(await THUMBPRINTS[generation](key));

/** A coordinate without its leading zeros, which RFC 9053 section 7.1.1 forbids to leave out. */
const shortened = (coordinate: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> =>
  coordinate.slice(
    Math.max(
      0,
      coordinate.findIndex((byte) => byte !== 0),
    ),
  );

/**
 * The identifier that deployed software of generation `cwt` computes, over coordinates without their leading zeros;
 * null where it is the sound one,
 * or where the generation knows no other. Leaving zeros out loses nothing, so that it names the same key and no other
 * [K8].
 */
export async function shortIdentifier(generation: Generation, key: PublicKey): Promise<string | null> {
  if (generation === 'jws' || key.y === null || (key.x[0] !== 0 && key.y[0] !== 0)) return null;
  return encodeBase32(await coseThumbprint({ curve: key.curve, x: shortened(key.x), y: shortened(key.y) }));
}

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
