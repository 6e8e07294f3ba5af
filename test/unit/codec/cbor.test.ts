// Does CBOR decode to what was meant, and never to two things at once?

import { cdeDecodeOptions, decode, encode, Tag } from 'cbor2';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concatenate } from '../../../src/codec/bytes.ts';
import {
  decodeCbor,
  encodeArray,
  encodeBytes,
  encodeInteger,
  encodeMap,
  encodeText,
  readTag,
} from '../../../src/codec/cbor.ts';
import { isWellFormed } from './well-formed.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const fromHex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const valueOf = (bytes: Uint8Array): unknown => {
  const decoded = decodeCbor(bytes);
  return decoded.ok ? decoded.value : decoded.problem;
};
const faultOf = (bytes: Uint8Array): string | null => {
  const decoded = decodeCbor(bytes);
  return decoded.ok ? null : decoded.problem;
};

const wellText = fc.string({ unit: 'grapheme', maxLength: 40 });
const bytesOf = (maxLength: number) => fc.uint8Array({ maxLength }).map((bytes) => new Uint8Array(bytes));
const integer = fc.integer({ min: -(2 ** 32), max: 2 ** 32 - 1 });

/** Values as decoded: integers are bigint. */
const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n - 1n }),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
    wellText,
    bytesOf(30),
    fc.double({ noInteger: true }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .uniqueArray(fc.tuple(fc.oneof(fc.bigInt({ min: -300n, max: 70_000n }), wellText), tie('value')), {
        maxLength: 4,
        selector: ([key]) => `${typeof key} ${String(key)}`,
      })
      .map((pairs) => new Map(pairs)),
    fc.tuple(fc.integer({ min: 0, max: 70_000 }), tie('value')).map(([tag, contents]) => new Tag(tag, contents)),
  ),
}));

/** A decoded value in a form to compare: tags by number and contents. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return hex(value);
  if (Array.isArray(value)) return value.map((item) => plain(item));
  if (value instanceof Map)
    return {
      pairs: [...value]
        .map(([key, item]) => [plain(key), plain(item)])
        .toSorted((a, b) => (JSON.stringify(a, named) < JSON.stringify(b, named) ? -1 : 1)),
    };
  const tag = readTag(value);
  return tag === null ? value : { tag: tag.tag, contents: plain(tag.contents) };
}
const named = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value);

describe('encoding', () => {
  test('of integers, bytes and texts is that of an independent encoder, and decodes back', () => {
    fc.assert(
      fc.property(integer, (value) => {
        expect(hex(encodeInteger(value))).toBe(hex(encode(value, { cde: true })));
        expect(valueOf(encodeInteger(value))).toBe(BigInt(value));
      }),
    );
    fc.assert(
      fc.property(fc.oneof(bytesOf(300), bytesOf(70_000)), (value) => {
        expect(hex(encodeBytes(value))).toBe(hex(encode(value, { cde: true })));
        expect(valueOf(encodeBytes(value))).toEqual(value);
      }),
      { numRuns: 50 },
    );
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }).map((text) => text.normalize('NFC')),
        (value) => {
          expect(hex(encodeText(value))).toBe(hex(encode(value, { cde: true })));
          expect(valueOf(encodeText(value))).toBe(value);
        },
      ),
    );
  });

  test.each([0, 23, 24, 255, 256, 65_535, 65_536, 2 ** 32 - 1, -1, -24, -25, -256, -257, -65_536, -65_537, -(2 ** 32)])(
    '%i stands in its shortest form',
    (value) => {
      expect(hex(encodeInteger(value))).toBe(hex(encode(value, { cde: true })));
    },
  );

  test('of arrays and maps in the right order is the deterministic one', () => {
    fc.assert(
      fc.property(fc.array(integer, { maxLength: 300 }), (items) => {
        expect(hex(encodeArray(items.map((item) => encodeInteger(item))))).toBe(hex(encode(items, { cde: true })));
      }),
      { numRuns: 50 },
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(integer, bytesOf(10)), { maxLength: 40, selector: ([key]) => key }),
        (pairs) => {
          const ordered = pairs
            .map(([key, value]) => [encodeInteger(key), encodeBytes(value)] as const)
            .toSorted(([a], [b]) => Buffer.compare(a, b));
          expect(hex(encodeMap(ordered))).toBe(hex(encode(new Map(pairs), { cde: true })));
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('decoding', () => {
  test('gives back what was encoded', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const decoded = decodeCbor(encode(value, { cde: true, collapseBigInts: true }));
        expect(decoded.ok).toBe(true);
        expect(plain(decoded.ok ? decoded.value : null)).toEqual(plain(value));
      }),
      { numRuns: 300 },
    );
  });

  test('accepts only what is well-formed, whole, and agrees with the strictest reading where that accepts too', () => {
    const noise = fc.oneof(
      bytesOf(12),
      bytesOf(60),
      fc.tuple(anyValue, fc.nat(), fc.nat({ max: 255 })).map(([value, place, byte]) => {
        const bytes = new Uint8Array(encode(value));
        if (bytes.length > 0) bytes[place % bytes.length] = byte;
        return bytes;
      }),
    );
    fc.assert(
      fc.property(noise, (bytes) => {
        const ours = decodeCbor(bytes);
        if (ours.ok) expect(isWellFormed(bytes)).toBe(true);
        const strictest = strictly(bytes);
        if (strictest !== null) expect(plain(ours.ok ? ours.value : ours)).toEqual(plain(strictest.value));
      }),
      { numRuns: 5000 },
    );
  });

  test('maps as keys are told apart, and nesting counts within keys and tags', () => {
    expect(faultOf(fromHex('a2a1010100a1020200'))).toBeNull();
    expect(faultOf(fromHex('a2a1010100a1010100'))).toBe('duplicate');
    // [1], {1: 1} and 5(1) beside the same in longer heads; then keys that differ a little.
    for (const same of ['a281010081180101', 'a2a1010100a118010101', 'a2c50100d8050101'])
      expect(faultOf(fromHex(same))).toBe('duplicate');
    for (const other of ['a2810100810201', 'a2c50100c60101', 'a2f600f701', 'a2e000e101', 'a281010082010101'])
      expect(faultOf(fromHex(other))).toBeNull();
    // Keys within keys are compared in no time, as deep as the library reads, and refused.
    for (const nested of ['81'.repeat(30) + '00', 'a1'.repeat(50) + '00'.repeat(51)])
      expect(faultOf(fromHex(`a2${nested}000101`))).toBe('too-deep');
    for (const before of ['a1', 'c0']) {
      const levels = before === 'a1' ? 15 : 16;
      const after = before === 'a1' ? '0000' : '00';
      expect(faultOf(fromHex(`${before}${'81'.repeat(levels)}${after}`))).toBeNull();
      expect(faultOf(fromHex(`${before}${'81'.repeat(levels + 1)}${after}`))).toBe('too-deep');
    }
  });

  test('a cut end or another byte behind is refused', () => {
    fc.assert(
      fc.property(anyValue, fc.nat(), fc.nat({ max: 255 }), (value, place, byte) => {
        const bytes = new Uint8Array(encode(value));
        expect(faultOf(new Uint8Array([...bytes, byte]))).not.toBeNull();
        expect(faultOf(bytes.subarray(0, place % bytes.length))).not.toBeNull();
      }),
    );
  });

  test.each([
    ['nothing', ''],
    ['a break alone', 'ff'],
    ['reserved information', '1c'],
    ['a simple value in two bytes below 32', 'f818'],
    ['an indefinite integer', '1f'],
    ['a map with a key alone', 'bf01ff'],
    ['text in a string of bytes', '5f6161ff'],
    ['an indefinite chunk', '5f5f4101ffff'],
    ['invalid UTF-8', '61ff'],
    ['a surrogate in UTF-8', '63eda080'],
    ['an overlong UTF-8', '62c080'],
    ['half a character in each chunk', '7f61c361a4ff'],
    ['a length beyond the end', '5bffffffffffffffff'],
    ['items beyond the end', '9bffffffffffffffff'],
  ])('%s is malformed', (_, text) => {
    expect(faultOf(fromHex(text))).toBe('malformed');
  });

  test('what the drafts do not forbid is read: indefinite lengths, longer than shortest numbers', () => {
    expect(valueOf(fromHex('9f0118ff1900011a000000011b0000000000000001ff'))).toEqual([1n, 255n, 1n, 1n, 1n]);
    expect(valueOf(fromHex('7f61616162ff'))).toBe('ab');
    expect(valueOf(fromHex('5f41014102ff'))).toEqual(new Uint8Array([1, 2]));
    expect(valueOf(fromHex('bf0102ff'))).toEqual(new Map([[1n, 2n]]));
    expect(valueOf(fromHex('fb3ff0000000000000'))).toBe(1);
  });
});

/** What the library accepts as common deterministic encoding. */
function strictly(bytes: Uint8Array): { readonly value: unknown } | null {
  try {
    return {
      value: decode(bytes, { ...cdeDecodeOptions, preferBigInt: true, preferMap: true, ignoreGlobalTags: true }),
    };
  } catch {
    return null;
  }
}

/** Every way to write the head of an item. */
function heads(major: number, argument: number): readonly Uint8Array[] {
  const wide = [1, 2, 4, 8]
    .filter((width) => argument < 256 ** width)
    .map((width) => {
      const bytes = Buffer.alloc(1 + width);
      bytes[0] = major * 32 + 24 + Math.log2(width);
      bytes.writeUIntBE(argument, 1 + Math.max(0, width - 6), Math.min(width, 6));
      return new Uint8Array(bytes);
    });
  return argument < 24 ? [new Uint8Array([major * 32 + argument]), ...wide] : wide;
}

/** Every way to write a key: longer heads, and strings in chunks. */
const spellings = (key: number | string | Uint8Array): readonly Uint8Array[] => {
  if (typeof key === 'number') return heads(key < 0 ? 1 : 0, key < 0 ? -1 - key : key);
  const [major, content] = typeof key === 'string' ? [3, new TextEncoder().encode(key)] : [2, key];
  const chunk = heads(major, content.length).map((head) => concatenate(head, content));
  return [
    ...chunk,
    ...chunk.map((one) => concatenate([major * 32 + 31], one, [0xff])),
    concatenate([major * 32 + 31], ...chunk.slice(0, 1), [major * 32], [0xff]),
  ];
};

describe('duplicate keys', () => {
  const key = fc.oneof(
    fc.integer({ min: -70_000, max: 70_000 }),
    fc.constantFrom('', 'log', 'assets', 'ä'),
    bytesOf(4),
  );
  test('are refused, however each is written and whatever stands between', () => {
    fc.assert(
      fc.property(
        key,
        fc.nat(),
        fc.nat(),
        fc.nat({ max: 3 }),
        fc.boolean(),
        (repeated, first, second, between, indefinite) => {
          const written = spellings(repeated);
          const [one, other] = [written[first % written.length], written[second % written.length]];
          const others = Array.from({ length: between }, (_, place) => [
            encodeText(`between ${place}`),
            encodeInteger(0),
          ]).flat();
          const items = [
            ...others.slice(0, 2),
            one ?? [],
            encodeInteger(1),
            ...others.slice(2),
            other ?? [],
            encodeInteger(2),
          ];
          const map = concatenate(...(indefinite ? [[0xbf], ...items, [0xff]] : [[0xa0 + between + 2], ...items]));
          expect(isWellFormed(map)).toBe(true);
          expect(faultOf(map)).toBe('duplicate');
          // Deep inside as well.
          expect(faultOf(concatenate([0x81, 0xc1, 0xa1, 0x00], map))).toBe('duplicate');
        },
      ),
      { numRuns: 500 },
    );
  });

  test('integers and floats, texts and bytes are different keys', () => {
    expect(valueOf(fromHex('a201000f01'))).toEqual(
      new Map([
        [1n, 0n],
        [15n, 1n],
      ]),
    );
    expect(faultOf(fromHex('a20100f93c0001'))).toBeNull();
    expect(faultOf(fromHex('a2614100414101'))).toBeNull();
  });

  test.each([
    ['floats', 'a2f93c0000fb3ff000000000000001'],
    ['true', 'a2f500f501'],
    ['null', 'a2f600f601'],
    ['arrays', 'a2810100810101'],
  ])('%s twice', (_, text) => {
    expect(faultOf(fromHex(text))).toBe('duplicate');
  });
});

describe('limits', () => {
  const nested = (levels: number, open: number[]): Uint8Array =>
    concatenate(...Array.from({ length: levels }, () => open), [0]);
  test.each([
    ['arrays', [0x81]],
    ['maps', [0xa1, 0x00]],
  ])('%s nest 16 levels deep, not 17', (_, open) => {
    expect(faultOf(nested(16, open))).toBeNull();
    expect(faultOf(nested(17, open))).toBe('too-deep');
  });

  test('4,096 items and 256 pairs, not one more', () => {
    const items = (count: number): Uint8Array => encodeArray(Array.from({ length: count }, () => encodeInteger(0)));
    const pairs = (count: number): Uint8Array =>
      encodeMap(Array.from({ length: count }, (_, place) => [encodeInteger(place), encodeInteger(0)] as const));
    expect([faultOf(items(4096)), faultOf(items(4097)), faultOf(pairs(256)), faultOf(pairs(257))]).toEqual([
      null,
      'too-many',
      null,
      'too-many',
    ]);
  });
});
