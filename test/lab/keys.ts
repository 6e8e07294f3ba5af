// Which keys does the lab sign with? Fresh WebCrypto pairs, their public JWK, key identifier and SubjectPublicKeyInfo.

import { base32 } from '@scure/base';
import { calculateJwkThumbprint, exportJWK, type JWK } from 'jose';
import { type Bytes, fromBase64 } from './wire.ts';

/** The signature algorithms of the lab, named as JWS headers name them. */
export type LabAlgorithm = 'ES256' | 'ES384' | 'ES512' | 'EdDSA' | 'Ed25519';

export interface LabKey {
  readonly algorithm: LabAlgorithm;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** The public key with `alg`. */
  readonly jwk: JWK;
  /** RFC 7638 thumbprint, base32, lower case, no padding. */
  readonly kid: string;
  readonly spki: Bytes;
}

const CURVES: Readonly<Record<LabAlgorithm, EcKeyGenParams | { readonly name: 'Ed25519' }>> = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  ES384: { name: 'ECDSA', namedCurve: 'P-384' },
  ES512: { name: 'ECDSA', namedCurve: 'P-521' },
  EdDSA: { name: 'Ed25519' },
  Ed25519: { name: 'Ed25519' },
};

/** The hash each algorithm signs with, for signatures made without jose. */
export const SIGNING: Readonly<Record<LabAlgorithm, EcdsaParams | { readonly name: 'Ed25519' }>> = {
  ES256: { name: 'ECDSA', hash: 'SHA-256' },
  ES384: { name: 'ECDSA', hash: 'SHA-384' },
  ES512: { name: 'ECDSA', hash: 'SHA-512' },
  EdDSA: { name: 'Ed25519' },
  Ed25519: { name: 'Ed25519' },
};

/** The key identifier of a public JWK, computed by jose. */
export async function keyIdentifier(jwk: JWK): Promise<string> {
  const thumbprint = await calculateJwkThumbprint(jwk, 'sha256');
  return base32.encode(fromBase64(thumbprint)).replaceAll('=', '').toLowerCase();
}

/** Makes a fresh key pair. */
export async function makeKey(algorithm: LabAlgorithm = 'ES512'): Promise<LabKey> {
  const pair = await crypto.subtle.generateKey(CURVES[algorithm], true, ['sign', 'verify']);
  if (!('publicKey' in pair)) throw new TypeError('a pair was expected');
  const jwk = { ...(await exportJWK(pair.publicKey)), alg: algorithm };
  return {
    algorithm,
    jwk,
    privateKey: pair.privateKey,
    publicKey: pair.publicKey,
    kid: await keyIdentifier(jwk),
    spki: new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey)),
  };
}
