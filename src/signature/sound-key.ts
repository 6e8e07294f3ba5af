// Does this key lie on its curve, and outside the small subgroups? Engines differ in what they check on import.

import { Field, FpIsSquare } from '@noble/curves/abstract/modular.js';
import { bytesToNumberBE, bytesToNumberLE } from '@noble/curves/utils.js';
import type { Curve, PublicKey } from '../emblem/key.ts';

/** y² = x³ − 3x + b over the field of `p` (FIPS 186-5, SP 800-186 section 3.2.1). */
const WEIERSTRASS = {
  'P-256': { p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n, b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn },
  'P-384': {
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  'P-521': {
    p: 2n ** 521n - 1n,
    b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
} as const satisfies Record<Exclude<Curve, 'Ed25519'>, { p: bigint; b: bigint }>;

/** −x² + y² = 1 + d·x²·y² (RFC 8032 section 5.1). */
const EDWARDS = { p: 2n ** 255n - 19n, d: 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n };
/** The y of the points of order 8, up to sign; orders 1, 2 and 4 have y of 1, −1 and 0. */
const ORDER_EIGHT = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;

function onWeierstrass(curve: keyof typeof WEIERSTRASS, x: bigint, y: bigint): boolean {
  const { p, b } = WEIERSTRASS[curve];
  const field = Field(p);
  if (!field.isValid(x) || !field.isValid(y)) return false;
  return field.eql(field.sqr(y), field.create(field.sqr(x) * x - 3n * x + b));
}

function onEdwards(encoded: Uint8Array): boolean {
  const { p, d } = EDWARDS;
  const field = Field(p);
  const y = bytesToNumberLE(encoded) & (2n ** 255n - 1n);
  const small = [0n, 1n, p - 1n, ORDER_EIGHT, p - ORDER_EIGHT];
  if (!field.isValid(y) || small.includes(y)) return false;
  const square = field.sqr(y);
  // x² = (y² − 1) / (d·y² + 1); the denominator is never zero, as −1/d is no square.
  const xSquared = field.div(field.sub(square, 1n), field.create(d * square + 1n));
  return FpIsSquare(field, xSquared);
}

/**
 * Whether the coordinates are a point of the curve; on Ed25519 moreover canonical and not of small order (draft core, "Keys"; SP 800-56A section 5.6.2.3).
 * NIST curves have cofactor 1: every point but infinity, which has no coordinates, will do.
 */
export function isSound(key: PublicKey): boolean {
  if (key.curve === 'Ed25519') return onEdwards(key.x);
  return key.y !== null && onWeierstrass(key.curve, bytesToNumberBE(key.x), bytesToNumberBE(key.y));
}
