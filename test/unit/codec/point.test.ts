// Are the points taken for sound exactly those an independent implementation of the curves takes?

import { ed25519, ED25519_TORSION_SUBGROUP } from '@noble/curves/ed25519.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { bytesToHex, hexToBytes, numberToBytesBE, numberToBytesLE } from '@noble/curves/utils.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decompress, isEdwardsPoint, isOnCurve } from '../../../src/codec/point.ts';

const CURVES = [
  ['P-256', p256, 32],
  ['P-384', p384, 48],
  ['P-521', p521, 66],
] as const;
const scalar = fc.bigInt({ min: 1n, max: 2n ** 250n });
const succeeds = (attempt: () => unknown): boolean => {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
};
const bytesBE = (value: bigint, length: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(numberToBytesBE(value, length));

describe.each(CURVES)('%s', (curve, { Point }, length) => {
  const { p } = Point.CURVE();
  const coordinates = scalar.map((k) => Point.BASE.multiply(k).toAffine());

  test('every point is on it, its mirror too, and comes back from its compressed form', () => {
    fc.assert(
      fc.property(coordinates, ({ x, y }) => {
        const [xBytes, yBytes] = [bytesBE(x, length), bytesBE(y, length)];
        expect(isOnCurve(curve, xBytes, yBytes)).toBe(true);
        expect(isOnCurve(curve, xBytes, bytesBE(p - y, length))).toBe(true);
        expect(decompress(curve, xBytes, y % 2n === 1n)).toEqual(yBytes);
        expect(decompress(curve, xBytes, y % 2n === 0n)).toEqual(bytesBE(p - y, length));
      }),
      { numRuns: 30 },
    );
  });

  test('no other coordinate belongs to a point', () => {
    fc.assert(
      fc.property(coordinates, fc.nat(), fc.integer({ min: 1, max: 255 }), ({ x, y }, place, change) => {
        const bytes = new Uint8Array([...bytesBE(x, length), ...bytesBE(y, length)]);
        bytes[place % bytes.length] = (bytes[place % bytes.length] ?? 0) ^ change;
        const theirs = succeeds(() => Point.fromBytes(new Uint8Array([4, ...bytes])));
        expect(isOnCurve(curve, bytes.subarray(0, length), bytes.subarray(length))).toBe(theirs);
        expect(theirs).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  test('an abscissa has a point exactly where theirs has', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: length, maxLength: length }), fc.boolean(), (bytes, sign) => {
        const x = new Uint8Array(bytes);
        if (curve === 'P-521') x[0] = (x[0] ?? 0) & 1;
        const compressed = new Uint8Array([sign ? 3 : 2, ...x]);
        const ours = decompress(curve, x, sign);
        expect(ours !== null).toBe(succeeds(() => Point.fromBytes(compressed)));
        if (ours !== null) expect(bytesToHex(ours)).toBe(bytesToHex(bytesBE(Point.fromBytes(compressed).y, length)));
      }),
      { numRuns: 60 },
    );
  });

  test('coordinates are elements of the field: none is reduced', () => {
    const spare = 2n ** BigInt(8 * length) - p;
    const small = Array.from({ length: 60 }, (_, x) => BigInt(x)).filter(
      (x) => x < spare && decompress(curve, bytesBE(x, length), true) !== null,
    );
    expect(small.length).toBeGreaterThan(10);
    for (const x of small) {
      const y = decompress(curve, bytesBE(x, length), true) ?? new Uint8Array();
      expect(isOnCurve(curve, bytesBE(x, length), y)).toBe(true);
      expect(isOnCurve(curve, bytesBE(x + p, length), y)).toBe(false);
      expect(decompress(curve, bytesBE(x + p, length), true)).toBeNull();
    }
    expect(decompress(curve, bytesBE(p, length), false)).toBeNull();
    // A y beyond the field: the point with x = 0 has one for each sign, if any.
    const zero = bytesBE(0n, length);
    const y = decompress(curve, zero, false);
    expect(y === null || isOnCurve(curve, zero, y)).toBe(true);
    if (curve === 'P-521' && y !== null)
      expect(isOnCurve(curve, zero, bytesBE(BigInt(`0x${bytesToHex(y)}`) + p, length))).toBe(false);
  });

  test('the zero of both coordinates is no point', () => {
    expect(isOnCurve(curve, new Uint8Array(length), new Uint8Array(length))).toBe(false);
  });
});

describe('Ed25519', () => {
  const { p } = ed25519.Point.CURVE();
  const bytesLE = (y: bigint, sign: boolean): Uint8Array => {
    const bytes = new Uint8Array(numberToBytesLE(y, 32));
    bytes[31] = (bytes[31] ?? 0) | (sign ? 0x80 : 0);
    return bytes;
  };
  /** What the other implementation says under the same rules: canonical (RFC 8032), not of small order. */
  const theirs = (encoded: Uint8Array): boolean =>
    succeeds(() => ed25519.Point.fromBytes(encoded, false)) && !ed25519.Point.fromBytes(encoded, false).isSmallOrder();

  test('public keys are sound, with any torsion added too', () => {
    fc.assert(
      fc.property(scalar, fc.nat({ max: 7 }), (k, which) => {
        const torsion = ed25519.Point.fromBytes(hexToBytes(ED25519_TORSION_SUBGROUP[which] ?? ''), true);
        const encoded = ed25519.Point.BASE.multiply(k % 2n ** 251n)
          .add(torsion)
          .toBytes();
        expect(isEdwardsPoint(encoded)).toBe(true);
        expect(theirs(encoded)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test('any 32 bytes are taken exactly where theirs are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        expect(isEdwardsPoint(bytes)).toBe(theirs(bytes));
      }),
      { numRuns: 150 },
    );
  });

  test('none of the eight points of small order is sound', () => {
    expect(new Set(ED25519_TORSION_SUBGROUP).size).toBe(8);
    for (const encoded of ED25519_TORSION_SUBGROUP) {
      expect(ed25519.Point.fromBytes(hexToBytes(encoded), true).isSmallOrder()).toBe(true);
      expect(isEdwardsPoint(hexToBytes(encoded)), encoded).toBe(false);
    }
  });

  test('nor is one encoded in another way: y beyond the field, or the sign of a zero', () => {
    for (let y = 0n; y < 19n; y += 1n) {
      for (const sign of [false, true]) {
        expect(isEdwardsPoint(bytesLE(y + p, sign)), `${y} + p`).toBe(false);
        expect(isEdwardsPoint(bytesLE(y, sign)), String(y)).toBe(theirs(bytesLE(y, sign)));
      }
    }
    for (const y of [1n, p - 1n]) expect(isEdwardsPoint(bytesLE(y, true))).toBe(false);
  });
});
