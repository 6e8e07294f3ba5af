// Is a zone file read as servers read one, and a bad line refused by its number and in words?

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseZoneFile } from '../../../src/codec/dns/zone-file.ts';

/** Each record in few words: owner, type, life, and what it holds. */
function read(text: string, limit = 100): readonly string[] | string {
  const zone = parseZoneFile(text, limit);
  if (!zone.ok) return `${zone.fault.line}: ${zone.fault.reason}`;
  return zone.records.map(({ owner, type, ttl, data }) => {
    switch (data?.kind) {
      case undefined:
        return `${owner} ${type} ${ttl}`;
      case 'txt':
        return `${owner} ${type} ${ttl} ${data.strings.map((string) => JSON.stringify(Buffer.from(string).toString())).join(' ')}`;
      case 'cname':
        return `${owner} ${type} ${ttl} ${data.target}`;
      case 'soa':
        return `${owner} ${type} ${ttl} ${data.minimum}`;
      case 'other':
        return `${owner} ${type} ${ttl} ${Buffer.from(data.bytes).toString('hex')}`;
    }
  });
}

describe('what is read', () => {
  test.each([
    ['absolute names', 'A.Example. IN TXT x', ['a.example 16 3600 "x"']],
    ['an origin', '$ORIGIN example.\nwww TXT x\n@ TXT y', ['www.example 16 3600 "x"', 'example 16 3600 "y"']],
    ['an origin upon another', '$ORIGIN example.\n$ORIGIN b\na TXT x', ['a.b.example 16 3600 "x"']],
    ['the origin of the root', '$ORIGIN .\nexample TXT x', ['example 16 3600 "x"']],
    [
      'lives',
      '$TTL 1h30m\na. TXT x\na. 60 IN TXT y\na. IN 2d TXT z',
      ['a 16 5400 "x"', 'a 16 60 "y"', 'a 16 172800 "z"'],
    ],
    ['the owner of the line before', 'a. TXT x\n\n  ; nothing\n\tIN TXT y', ['a 16 3600 "x"', 'a 16 3600 "y"']],
    ['comments', '; first\na. TXT x ; "(last', ['a 16 3600 "x"']],
    ['a semicolon in quotation marks', 'a. TXT "x;y"', ['a 16 3600 "x;y"']],
    ['several strings', 'a. TXT "x" y "" "z w"', ['a 16 3600 "x" "y" "" "z w"']],
    ['lines in parentheses', 'a. TXT ( "x" ; one\n "y"\n) "z"\nb. TXT w', ['a 16 3600 "x" "y" "z"', 'b 16 3600 "w"']],
    ['escapes', String.raw`a. TXT "\"\\\065\; " \"`, [String.raw`a 16 3600 "\"\\A; " "\""`]],
    [
      'a key as JSON',
      String.raw`a. TXT "adem-key={\"kty\":\"EC\"}"`,
      [String.raw`a 16 3600 "adem-key={\"kty\":\"EC\"}"`],
    ],
    ['line ends of other systems', 'a. TXT x\r\nb. TXT y\r\n', ['a 16 3600 "x"', 'b 16 3600 "y"']],
    ['unknown types', 'a. TYPE65297 \\# 3 a1 ( 02\n FF )', ['a 65297 3600 a102ff']],
    ['an empty one', 'a. TYPE65297 \\# 0', ['a 65297 3600 ']],
    ['a known type in that form', 'a. TYPE16 \\# 4 01780179', ['a 16 3600 "x" "y"']],
    ['an alias', '$ORIGIN example.\na CNAME b', ['a.example 5 3600 b.example']],
    ['an alias in that form', 'a. CNAME \\# 3 016200', ['a 5 3600 b']],
    ['what is not looked into', 'a. A 192.0.2.1\na. MX 10 mail', ['a 1 3600', 'a 15 3600']],
    ['a zone', '$ORIGIN a.\n@ SOA ns mail ( 1 2\n3 4 5 )\n@ NS ns', ['a 6 3600', 'a 2 3600']],
    ['unusual names', String.raw`a\.b.x\032y. TXT x`, [String.raw`a\046b.x\032y 16 3600 "x"`]],
    ['names that are numbers', '60. IN TXT x', ['60 16 3600 "x"']],
    ['letters beyond ASCII in values', 'a. TXT "ü"', ['a 16 3600 "ü"']],
  ])('%s', (_, text, records) => {
    expect(read(text)).toEqual(records);
  });
});

describe('what is refused, with its line', () => {
  test.each([
    ['a. TXT "x', '1: a quotation mark is not closed'],
    ['a. TXT x"y"', String.raw`1: a quotation mark stands inside a word; write it as \"`],
    ['a. TXT "x"y', String.raw`1: a quotation mark stands inside a word; write it as \"`],
    ['a. TXT {"kty":1}', String.raw`1: a quotation mark stands inside a word; write it as \"`],
    ['b. TXT y\na. TXT (\n"x"\n', '2: a parenthesis is not closed'],
    ['a. TXT "x" )', '1: a parenthesis is closed that was not opened'],
    ['a. TXT x\\', '1: a backslash stands at the end of a line'],
    ['a. TXT "\\256"', String.raw`1: "\256" is no byte`],
    ['a. TXT "\\12"', '1: a backslash before a digit must be followed by three digits'],
    ['\n\na TXT x', '3: the name "a" has no dot at its end, and no $ORIGIN before it says what it belongs to'],
    ['@ TXT x', '1: "@" stands before any $ORIGIN'],
    ['  TXT x', '1: a record stands before any name'],
    ['a..b. TXT x', '1: "a..b." is no name'],
    [`${'a'.repeat(64)}. TXT x`, `1: a part of the name "${'a'.repeat(64)}." is longer than 63 bytes`],
    [`${'a.'.repeat(128)} TXT x`, `1: the name "${'a.'.repeat(128)}" is longer than 255 bytes`],
    ['zürich. TXT x', '1: the name "zürich." is not ASCII; write it with A-labels (xn--…)'],
    ['a. IN', '1: a record has no type'],
    ['a. 60 60 TXT x', '1: "60" is no record type'],
    ['a. IN TXTT x', '1: "TXTT" is no record type'],
    ['a. TYPE65536 \\# 0', '1: "TYPE65536" is no record type'],
    ['a. CH TXT x', '1: class CH is not that of the internet, IN'],
    ['a. TXT', '1: the TXT record holds nothing'],
    ['a. CNAME b. c.', '1: an alias has one target'],
    ['$INCLUDE other', '1: $INCLUDE is not read here'],
    ['$GENERATE 1-2 a TXT x', '1: $GENERATE takes one value'],
    ['$TTL soon', '1: "soon" is no time to live'],
    ['$TTL 2147483648', '1: "2147483648" is no time to live'],
    [`a. TXT ${'x'.repeat(256)}`, '1: a character string of 256 bytes is too long; cut it into several of 255 at most'],
    ['a. TYPE65297 a102', String.raw`1: the data of TYPE65297 must be written as \# LENGTH HEXADECIMAL (RFC 3597)`],
    ['a. TYPE65297 \\# 3 a102', String.raw`1: \# announces 3, but 2 bytes follow`],
    ['a. TYPE65297 \\#', String.raw`1: \# announces no length, but 0 bytes follow`],
    ['a. TYPE65297 \\# 1 a', String.raw`1: what follows \# and a length must be hexadecimal`],
    ['a. TYPE16 \\# 2 0578', '1: the bytes are no data of this type'],
    [`a. TXT ${'"x" '.repeat(32_768)}`, '1: the record is longer than 65535 bytes'],
  ])('%j', (text, sentence) => {
    expect(read(text)).toBe(sentence);
  });

  test('more records than are taken', () => {
    expect(read('a. TXT x\n'.repeat(3), 3)).toHaveLength(3);
    expect(read('a. TXT x\n'.repeat(4), 3)).toBe('4: there are more than 3 records');
  });
});

test('every value comes back as it was written, wherever it was cut', () => {
  const quoted = (bytes: Uint8Array): string =>
    `"${[...bytes].map((byte) => `\\${String(byte).padStart(3, '0')}`).join('')}"`;
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 255 }), { minLength: 1, maxLength: 4 }), (strings) => {
      const zone = parseZoneFile(`a. TXT ( ${strings.map((string) => quoted(string)).join('\n')} )`, 1);
      expect(zone).toEqual({
        ok: true,
        records: [{ owner: 'a', type: 16, ttl: 3600, data: { kind: 'txt', strings } }],
      });
    }),
  );
});

test('any text is read or refused', () => {
  const lines = fc.array(
    fc.string({
      unit: fc.constantFrom('a', '.', '$', '@', ' ', '\t', '"', '\\', ';', '(', ')', '#', '1', 'TXT', 'IN', '\n'),
    }),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(lines, (parts) => {
      const zone = parseZoneFile(parts.join('\n'), 10);
      if (!zone.ok) expect(zone.fault.line).toBeGreaterThan(0);
    }),
  );
});
