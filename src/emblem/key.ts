// What is a public key here? Parsed once from JWK, SubjectPublicKeyInfo or COSE_Key into curve and coordinates.

export type Curve = 'P-256' | 'P-384' | 'P-521' | 'Ed25519';

/** A public key as curve and coordinates of exact length (`y` null on Ed25519). Not yet known to lie on the curve. */
export interface PublicKey {
  readonly curve: Curve;
  readonly x: Uint8Array<ArrayBuffer>;
  readonly y: Uint8Array<ArrayBuffer> | null;
}
