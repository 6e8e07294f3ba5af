// Does nothing that a stranger wrote reach a terminal as a command, and does JSON still mean the same?

import { assert, jsonValue, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { printableJson, printableText } from '../../../src/cli/printable.ts';

const HOSTILE = '\u001b[2J\u009b31m\u007f\u0000\u2028\u202eevil\u2066\u200f\ufeff\u{e0001}\r\b';

test('JSON means the same and holds no such character', () => {
  const written = printableJson(JSON.stringify({ detail: HOSTILE }, null, 2));
  expect(written).toMatch(/^[\n -~]*$/);
  expect(JSON.parse(written)).toEqual({ detail: HOSTILE });
});

test('text keeps its lines and nothing else of them', () => {
  expect(printableText(`a\n${HOSTILE}b`).replaceAll('\uFFFD', '')).toBe('a\n[2J31mevilb');
});

test('whatever the value', () => {
  assert(
    property(jsonValue({ stringUnit: 'binary' }), (value) => {
      const written = printableJson(JSON.stringify(value, null, 2));
      expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(written).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
  );
  assert(
    property(string({ unit: 'binary' }), (text) => !/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u.test(printableText(text))),
  );
});
