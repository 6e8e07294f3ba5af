// Is what we take for JSON what everybody takes for it, and never two things at once?

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isObject, member, parseJson } from '../../../src/codec/json.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const faultOf = (source: string | Uint8Array): string | null => {
  const ours = parseJson(source);
  return ours.ok ? null : ours.problem;
};
/** Texts full of what could be mistaken for structure. */
const tricky = fc.oneof(
  fc.string({
    unit: fc.constantFrom('"', '\\', ':', ',', '{', '}', '[', ']', ' ', 'a', '\n', 'ä', '\u{1f600}', '\u2028'),
    maxLength: 8,
  }),
  fc.constantFrom('__proto__', 'constructor', 'toString', ''),
);
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    tricky,
    fc.array(tie('json'), { maxLength: 4 }),
    fc
      .uniqueArray(fc.tuple(tricky, tie('json')), { maxLength: 4, selector: ([name]) => name })
      .map((members) => Object.fromEntries(members)),
  ),
}));

test('what JSON.stringify writes is read as JSON.parse reads it, from text and from bytes, however indented', () => {
  fc.assert(
    fc.property(json, fc.constantFrom(0, 1, '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const expected: unknown = JSON.parse(text);
      expect(parseJson(text)).toEqual({ ok: true, value: expected });
      expect(parseJson(utf8(text))).toEqual({ ok: true, value: expected });
    }),
    { numRuns: 500 },
  );
});

test('whatever is accepted JSON.parse accepts, as the same value; whatever it refuses is refused', () => {
  const altered = fc
    .tuple(json, fc.nat(), fc.constantFrom('"', '\\', ':', ',', '{', '}', '[', ']', ' ', '1', '\u0000'))
    .map(([value, place, character]) => {
      const text = JSON.stringify(value);
      const at = place % (text.length + 1);
      return text.slice(0, at) + character + text.slice(at + (place % 2));
    });
  fc.assert(
    fc.property(fc.oneof(fc.string(), altered), (text) => {
      const ours = parseJson(text);
      const theirs = parsed(text);
      if (ours.ok) expect({ value: ours.value }).toEqual(theirs);
      if (theirs === null) expect(ours.ok).toBe(false);
    }),
    { numRuns: 3000 },
  );
});

function parsed(text: string): { readonly value: unknown } | null {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch {
    return null;
  }
}

/** Every character as an escape. */
const escaped = (text: string): string =>
  `"${Array.from({ length: text.length }, (_, at) => String.raw`\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`;

describe('duplicate members', () => {
  test('are refused, however their names are spelled, whatever stands between, wherever the object stands', () => {
    const spell = fc.constantFrom(escaped, (text: string): string => JSON.stringify(text));
    fc.assert(
      fc.property(
        tricky,
        spell,
        spell,
        fc.array(fc.tuple(tricky, json), { maxLength: 3 }),
        json,
        fc.constantFrom('', ' ', '\n\t'),
        (name, one, other, between, value, blank) => {
          const members = [
            `${one(name)}${blank}:${JSON.stringify(value)}`,
            ...between.map(([each, item]) => `${JSON.stringify(each)}:${JSON.stringify(item)}`),
            `${other(name)}:${blank}1`,
          ];
          const object = `{${blank}${members.join(`${blank},${blank}`)}}`;
          expect(parsed(object)).not.toBeNull();
          expect(faultOf(object)).toBe('duplicate');
          expect(faultOf(`[{"a":[${object}]}]`)).toBe('duplicate');
        },
      ),
      { numRuns: 500 },
    );
  });

  test('the same name in different objects is none', () => {
    expect(parseJson('{"a":{"a":[{"a":1},{"a":2}]},"b":{"a":1}}').ok).toBe(true);
  });
});

describe('nesting', () => {
  const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
  test('of 16 levels and no more; brackets in texts do not count', () => {
    expect([faultOf(nested(16)), faultOf(nested(17)), faultOf('{"a":'.repeat(17) + '1' + '}'.repeat(17))]).toEqual([
      null,
      'too-deep',
      'too-deep',
    ]);
    expect(faultOf(JSON.stringify('['.repeat(1000)))).toBeNull();
    expect(faultOf(`["${'\\"['.repeat(100)}"]`)).toBeNull();
  });

  test('beyond all measure ends soon', () => {
    const began = performance.now();
    for (const piece of ['[', '{"a":', '"', '\\', '"\\', '"a":', '{}'])
      expect(parseJson(piece.repeat(60_000)).ok).toBe(false);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});

test.each([
  ['nothing', []],
  ['a byte order mark', [0xef, 0xbb, 0xbf, 0x31]],
  ['invalid UTF-8', [0x22, 0xff, 0x22]],
  ['a surrogate', [0x22, 0xed, 0xa0, 0x80, 0x22]],
  ['UTF-16', [0x31, 0x00]],
  ['two values', [0x31, 0x20, 0x31]],
])('%s is malformed', (_, bytes) => {
  expect(faultOf(new Uint8Array(bytes))).toBe('malformed');
});

test('members are own ones', () => {
  const value = parseJson('{"__proto__":{"iss":1},"b":null}');
  const object = value.ok && isObject(value.value) ? value.value : {};
  expect([
    member(object, '__proto__'),
    member(object, 'iss'),
    member(object, 'constructor'),
    member(object, 'b'),
  ]).toEqual([{ iss: 1 }, undefined, undefined, null]);
  expect([isObject([]), isObject(null), isObject('x'), isObject({})]).toEqual([false, false, false, true]);
});
