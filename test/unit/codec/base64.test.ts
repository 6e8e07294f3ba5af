// Do the text codings read back what they wrote, and refuse every other spelling?

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeBase32,
  decodeBase64,
  decodeBase64Url,
  decodeHex,
  encodeBase32,
  encodeBase64,
  encodeBase64Url,
  encodeHex,
} from '../../../src/codec/base64.ts';

const codings = [
  { name: 'base64', encode: encodeBase64, decode: decodeBase64, buffer: 'base64' as const },
  { name: 'base64url', encode: encodeBase64Url, decode: decodeBase64Url, buffer: 'base64url' as const },
  { name: 'base32', encode: encodeBase32, decode: decodeBase32, buffer: null },
  { name: 'hex', encode: encodeHex, decode: decodeHex, buffer: 'hex' as const },
];

describe.each(codings)('$name', ({ encode, decode, buffer }) => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = encode(bytes);
        expect(decode(text)).toEqual(new Uint8Array(bytes));
        if (buffer !== null) expect(text).toBe(Buffer.from(bytes).toString(buffer));
      }),
    );
  });
  it('never throws, and accepts no text but the one it would write', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aAbBwW2456789+/-_= \n\0ü'.split('')) }), (text) => {
        const bytes = decode(text);
        if (bytes !== null) expect(encode(bytes)).toBe(text);
      }),
    );
  });
});

describe('one spelling only', () => {
  it.each(['AA', 'AA=', 'AB==', 'AA==\n', ' AA==', 'AA===', 'A A=', 'A-8=', '====', 'AAA=AAA='])(
    'base64 refuses %j',
    (text) => {
      expect(decodeBase64(text)).toBeNull();
    },
  );
  it.each(['AA==', 'AB', 'A', '+A', 'AA\n'])('base64url refuses %j', (text) => {
    expect(decodeBase64Url(text)).toBeNull();
  });
  it.each(['ME', 'mf', 'me======', 'm', 'm1', 'Me', 'ſe'])('base32 refuses %j', (text) => {
    expect(decodeBase32(text)).toBeNull();
  });
  it.each(['0', 'AB', 'zz', '0x', ' 00'])('hex refuses %j', (text) => {
    expect(decodeHex(text)).toBeNull();
  });
  it('writes base32 in lower case', () => {
    expect(encodeBase32(new TextEncoder().encode('foobar'))).toBe('mzxw6ytboi');
  });
});
