// Does the byte reader read what was written, and never past the end?

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatenate, equalBytes } from '../../../src/codec/bytes.ts';
import { readWhole, writeNumber } from '../../../src/codec/reader.ts';

describe('numbers', () => {
  it('are read as written, in every width', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.maxSafeNat(), (width, number) => {
        const value = width > 6 ? number : number % 256 ** width;
        expect(readWhole(writeNumber(value, width), (reader) => reader.number(width))).toBe(value);
      }),
    );
  });
  it('have names by width', () => {
    const bytes = Uint8Array.of(1, 0, 2, 0, 0, 3, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 5);
    expect(readWhole(bytes, (reader) => [reader.u8(), reader.u16(), reader.u24(), reader.u40(), reader.u64()])).toEqual(
      [1, 2, 3, 4, 5],
    );
  });
  it('beyond 2^53 - 1 are refused', () => {
    expect(readWhole(Uint8Array.of(0, 0x1f, 255, 255, 255, 255, 255, 255), (reader) => reader.u64())).toBe(
      Number.MAX_SAFE_INTEGER,
    );
    expect(readWhole(Uint8Array.of(0, 0x20, 0, 0, 0, 0, 0, 0), (reader) => reader.u64())).toBeNull();
  });
});

describe('the end', () => {
  it.each([[0], [1], [2]])('a vector of 3 is not read from %i bytes', (length) => {
    expect(readWhole(concatenate(Uint8Array.of(3), new Uint8Array(length)), (reader) => reader.vector(1))).toBeNull();
  });
  it('is never passed, even for a moment', () => {
    let reads = 0;
    expect(
      readWhole(Uint8Array.of(1), (reader) => {
        reader.u16();
        reads += 1;
      }),
    ).toBeNull();
    expect(reads).toBe(0);
  });
  it('must be reached', () => {
    expect(readWhole(Uint8Array.of(1, 2), (reader) => reader.u8())).toBeNull();
  });
  it('lets other errors through', () => {
    expect(() =>
      readWhole(new Uint8Array(0), () => {
        throw new RangeError('a mistake of ours');
      }),
    ).toThrow(RangeError);
  });
  it('gives copies: what is taken does not change with its source', () => {
    const source = Buffer.from([1, 2, 3]);
    const taken = readWhole(source, (reader) => reader.take(3));
    source[0] = 9;
    expect(taken).toEqual(Uint8Array.of(1, 2, 3));
  });
});

it('bytes are equal when length and content are', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
      expect(equalBytes(a, b)).toBe(Buffer.compare(a, b) === 0);
      expect(equalBytes(a, a.slice())).toBe(true);
      expect(equalBytes(a, concatenate(a, Uint8Array.of(0)))).toBe(false);
    }),
  );
});
