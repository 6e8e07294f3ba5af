// What is a key's identifier? Always computed, never believed.

import { calculateJwkThumbprint } from 'jose';
import { decodeBase64Url, encodeBase32, encodeBase64Url } from '../codec/base64.ts';
import { encodeBytes, encodeInteger, encodeMap } from '../codec/cbor.ts';
import { CURVES, type Curve, type PublicKey } from '../emblem/key.ts';
import type { Generation } from '../emblem/generation.ts';

/** A public key as JWK, with the members that make it (RFC 7638 section 3.2) and no other. */
const publicJwk = ({ curve, x, y }: PublicKey): { kty: string; crv: string; x: string; y?: string } => ({
  kty: CURVES[curve].kty, crv: curve, x: encodeBase64Url(x), ...(y === null ? {} : { y: encodeBase64Url(y) }),
});

/** RFC 7638: SHA-256 over the canonical JSON of the required members. */
async function jwkThumbprint(key: PublicKey): Promise<Uint8Array> {
  const digest = decodeBase64Url(await calculateJwkThumbprint(publicJwk(key), 'sha256'));
  if (digest === null) throw new TypeError('a thumbprint that is not base64url');
  return digest;
}

/** COSE's numbers of key types and curves (RFC 9053 section 7). */
const COSE: Record<Curve, { readonly kty: number; readonly crv: number }> = {
  'P-256': { kty: 2, crv: 1 }, 'P-384': { kty: 2, crv: 2 }, 'P-521': { kty: 2, crv: 3 }, Ed25519: { kty: 1, crv: 6 }, Ed448: { kty: 1, crv: 7 },
};

/** RFC 9679: SHA-256 over the deterministic CBOR of only kty, crv, x and y (y uncompressed; none on Edwards curves). */
async function coseThumbprint({ curve, x, y }: PublicKey): Promise<Uint8Array> {
  const { kty, crv } = COSE[curve];
  const members: readonly (readonly [number, Uint8Array])[] = [
    [1, encodeInteger(kty)], [-1, encodeInteger(crv)], [-2, encodeBytes(x)], ...(y === null ? [] : [[-3, encodeBytes(y)] as const]),
  ];
  const input = encodeMap(members.map(([label, value]) => [encodeInteger(label), value]));
  return new Uint8Array(await crypto.subtle.digest('SHA-256', input));
}

const THUMBPRINTS: Record<Generation, (key: PublicKey) => Promise<Uint8Array>> = {
  jws: jwkThumbprint,
  cwt: coseThumbprint,
};

/** The key identifier as 52 characters of lower-case base32: the key's thumbprint as the generation computes it. */
export const keyIdentifier = async (generation: Generation, key: PublicKey): Promise<string> => encodeBase32(await THUMBPRINTS[generation](key));
