// What is a key's identifier? Always computed, never believed.

import { calculateJwkThumbprint } from 'jose';
import { decodeBase64Url, encodeBase32, encodeBase64Url } from '../codec/base64.ts';
import { CURVES, type PublicKey } from '../emblem/key.ts';
import type { Generation } from '../emblem/record.ts';

/** A public key as JWK, with the members that make it (RFC 7638 section 3.2) and no other. */
export const publicJwk = ({ curve, x, y }: PublicKey): { kty: string; crv: string; x: string; y?: string } => ({
  kty: CURVES[curve].kty, crv: curve, x: encodeBase64Url(x), ...(y === null ? {} : { y: encodeBase64Url(y) }),
});

/** RFC 7638: SHA-256 over the canonical JSON of the required members. */
async function jwkThumbprint(key: PublicKey): Promise<Uint8Array> {
  const digest = decodeBase64Url(await calculateJwkThumbprint(publicJwk(key), 'sha256'));
  if (digest === null) throw new TypeError('a thumbprint that is not base64url');
  return digest;
}

const THUMBPRINTS: Record<Generation, (key: PublicKey) => Promise<Uint8Array>> = {
  jws: jwkThumbprint,
  cwt: jwkThumbprint,
};

/** The key identifier as 52 characters of lower-case base32: the key's thumbprint as the generation computes it. */
export const keyIdentifier = async (generation: Generation, key: PublicKey): Promise<string> => encodeBase32(await THUMBPRINTS[generation](key));
