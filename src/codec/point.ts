// Curve points: whether coordinates make one that may be a public key. Engines differ in what they check on import.

import { invert, mod, pow } from '@noble/curves/abstract/modular.js';
import { bytesToNumberBE, bytesToNumberLE, numberToBytesBE } from '@noble/curves/utils.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** y² = x³ − 3x + b over the field of `p` (SP 800-186 section 3.2.1); coordinates have `length` bytes. */
const WEIERSTRASS = {
  'P-256': {
    length: 32,
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  'P-384': {
    length: 48,
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  'P-521': {
    length: 66,
    p: 2n ** 521n - 1n,
    b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
} as const;

/** Names of the curves whose points are x and y. */
export type WeierstrassCurve = keyof typeof WEIERSTRASS;

/** −x² + y² = 1 + d·x²·y² (RFC 8032 section 5.1). */
const EDWARDS = { p: 2n ** 255n - 19n, d: 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n };
/** The y of the points of order 8, up to sign; orders 1, 2 and 4 have y of 1, −1 and 0. */
const ORDER_EIGHT = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
/** Order of the base point (RFC 8032 section 5.1). */
const EDWARDS_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

/** Whether `a` is a square modulo the odd prime `p` (Euler's criterion); zero is one. */
const isSquare = (a: bigint, p: bigint): boolean => a === 0n || pow(a, (p - 1n) / 2n, p) === 1n;

/** The right side of the curve's equation, or null where `x` is no element of the field. */
function ySquared(curve: WeierstrassCurve, x: bigint): bigint | null {
  const { p, b } = WEIERSTRASS[curve];
  return x < p ? mod(mod(x * x, p) * x - 3n * x + b, p) : null;
}

/**
 * Whether big-endian coordinates are a point of a NIST curve (SP 800-56A section 5.6.2.3.4).
 * The cofactor is 1: every point but infinity, which has no coordinates, will do.
 */
export function isOnCurve(curve: WeierstrassCurve, xBytes: Uint8Array, yBytes: Uint8Array): boolean {
  const y = bytesToNumberBE(yBytes);
  const { p } = WEIERSTRASS[curve];
  return y < p && ySquared(curve, bytesToNumberBE(xBytes)) === mod(y * y, p);
}

/**
 * The y of a compressed point (SEC 1 section 2.3.4; RFC 9053 section 7.1.1): odd where `sign` is set; null where there
 * is none.
 */
export function decompress(curve: WeierstrassCurve, xBytes: Uint8Array, sign: boolean): Bytes | null {
  const { p, length } = WEIERSTRASS[curve];
  const square = ySquared(curve, bytesToNumberBE(xBytes));
  if (square === null || !isSquare(square, p)) return null;
  // All three primes are 3 modulo 4, where this power is a root.
  const root = pow(square, (p + 1n) / 4n, p);
  return new Uint8Array(numberToBytesBE(root % 2n === (sign ? 1n : 0n) ? root : mod(-root, p), length));
}

/** The y of an encoded point where it is canonical and not that of a point of small order; else null. */
function readEdwardsY(encoded: Uint8Array): bigint | null {
  const { p } = EDWARDS;
  const y = bytesToNumberLE(encoded) & (2n ** 255n - 1n);
  const small = [0n, 1n, p - 1n, ORDER_EIGHT, p - ORDER_EIGHT];
  return y >= p || small.includes(y) ? null : y;
}

/**
 * Whether 64 bytes may be an Ed25519 signature at all: R canonical and not of small order, S below the order (RFC 8032
 * section 5.1.7).
 * Engines differ in which of these they let pass; a token must have one verdict in all of them.
 */
export const isEdwardsSignature = (signature: Uint8Array): boolean =>
  signature.length === 64 &&
  readEdwardsY(signature.subarray(0, 32)) !== null &&
  bytesToNumberLE(signature.subarray(32)) < EDWARDS_ORDER;

/** Whether 32 bytes encode a point of Ed25519, canonically, that is not of small order (RFC 8032 section 5.1.3). */
export function isEdwardsPoint(encoded: Uint8Array): boolean {
  const { p, d } = EDWARDS;
  const y = readEdwardsY(encoded);
  if (y === null) return false;
  const square = mod(y * y, p);
  // x² = (y² − 1) / (d·y² + 1); the denominator is never zero, as −1/d is no square.
  return isSquare(mod((square - 1n) * invert(mod(d * square + 1n, p), p), p), p);
}
