// Are A-labels judged as UTS #46 wants, by our own tables, whatever the engine's URL parser thinks?

import { array, assert, integer, oneof, property } from 'fast-check';
import punycode from 'node:punycode';
import { toUnicode } from 'tr46';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readUnicodeName } from '../../../src/emblem/idna.ts';
import { makeTable } from './make-idna-table.ts';

const oracle = (name: string) =>
  toUnicode(name, {
    checkBidi: true,
    checkHyphens: true,
    checkJoiners: true,
    useSTD3ASCIIRules: true,
    transitionalProcessing: false,
  });
const range = (from: number, to: number) => integer({ min: from, max: to });
const character = oneof(
  range(0x61, 0x7a),
  range(0x30, 0x39),
  range(0xe0, 0x17f),
  range(0x370, 0x4ff),
  range(0x5d0, 0x66f),
  range(0x900, 0x97f),
  range(0x4e00, 0x4e50),
  range(0x10000, 0x10fff),
  range(0x80, 0xd7ff),
  range(0xe000, 0x2ffff),
).map((codePoint) => String.fromCodePoint(codePoint));

test('the table is the library’s', () => {
  expect(readFileSync('src/emblem/idna-table.ts', 'utf8')).toBe(makeTable());
});

test('whatever is taken, the library takes too, and reads alike', () => {
  assert(
    property(
      array(character, { minLength: 1, maxLength: 4 }).map((characters) => characters.join('')),
      (text) => {
        const name = `xn--${punycode.encode(text)}.example`;
        const ours = readUnicodeName(name);
        if (ours !== null) expect(oracle(name)).toEqual({ domain: ours, error: false });
      },
    ),
    { numRuns: 20_000, seed: 18 },
  );
});

describe('names', () => {
  test.each([
    ['xn--zrich-kva.example', 'zürich.example'],
    ['xn--fa-hia.de', 'faß.de'],
    ['xn--4dbrk0ce.example', 'ישראל.example'],
    ['xn--mgbaam7a8h', 'امارات'],
    ['xn--fiqs8s', '中国'],
    ['relief.example', 'relief.example'],
  ])('%s is %s', (name, text) => {
    expect(readUnicodeName(name)).toBe(text);
  });

  test.each([
    ['no Punycode at all', 'xn--zzzzzz.evil.example'],
    ['an overflow', 'xn--99999999'],
    ['nothing', 'xn--.example'],
    ['ASCII alone', 'xn--relief-.example'],
    ['a capital written in Punycode', `xn--${punycode.encode('Äa')}`],
    ['a mapped letter', `xn--${punycode.encode('ﬁa')}`],
    ['a letter not composed', `xn--${punycode.encode('a\u0308')}`],
    ['a mark first', `xn--${punycode.encode('\u0308a')}`],
    ['a joiner', `xn--${punycode.encode('क्\u200dष')}`],
    ['both directions', `xn--${punycode.encode('אa')}`],
    ['two kinds of digits', `xn--${punycode.encode('א1٢')}`],
    ['a digit first beside another direction', `1a.xn--${punycode.encode('אב')}`],
    ['an ASCII sign', `xn--${punycode.encode('ä_')}`],
    ['a hyphen at the end', `xn--${punycode.encode('ä-')}`],
    ['an unassigned code point', `xn--${punycode.encode('\u{2fffd}a')}`],
  ])('%s is none', (_, name) => {
    expect(readUnicodeName(name)).toBeNull();
  });
});
