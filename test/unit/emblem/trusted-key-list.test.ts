// Does a list of trusted keys come back as it was written, and is everything else refused with its reason?

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJwk, type PublicKey } from '../../../src/emblem/key.ts';
import { type ListedKey, parseTrustedKeyList, writeTrustedKeyList } from '../../../src/emblem/trusted-key-list.ts';
import { makeKey } from '../../lab/keys.ts';

const labKeys = await Promise.all(
  (['ES256', 'ES384', 'ES512', 'EdDSA'] as const).map((algorithm) => makeKey(algorithm)),
);
const keys = labKeys.map(({ jwk }): PublicKey => {
  const key = parseJwk(jwk);
  if (!key.ok) throw new TypeError(key.problem.code);
  return key.value.key;
});

const listed: fc.Arbitrary<ListedKey> = fc.record({
  key: fc.constantFrom(...keys),
  organisation: fc.constantFrom(null, 'https://relief.example', 'https://xn--bcher-kva.example'),
  since: fc.integer({ min: 0, max: Date.parse('9999-12-31T23:59:59Z') }),
  note: fc.string({ unit: 'grapheme', maxLength: 60 }).filter((note) => !/\p{Cc}/u.test(note)),
});

test('what is written is read', () => {
  const identity = ({ key, organisation }: ListedKey): string => `${keys.indexOf(key)} ${organisation}`;
  fc.assert(
    fc.property(fc.uniqueArray(listed, { selector: identity, maxLength: 12 }), (list) => {
      expect(parseTrustedKeyList(writeTrustedKeyList(list))).toEqual({ ok: true, keys: list });
    }),
  );
});

const [first] = labKeys;
if (first === undefined) throw new TypeError('no key');
const { alg: _alg, ...jwk } = first.jwk;
const entry = {
  organisation: 'https://relief.example',
  key: jwk,
  since: '2026-06-17T00:10:00.000Z',
  note: 'asked by telephone',
};
const list = (...entries: readonly unknown[]): string => JSON.stringify({ emblemLensTrustedKeys: 1, keys: entries });

test('the shape is what the document says', () => {
  expect(parseTrustedKeyList(list(entry, { ...entry, organisation: null }))).toMatchObject({
    ok: true,
    keys: [{ organisation: 'https://relief.example', note: 'asked by telephone' }, { organisation: null }],
  });
});

describe('refused', () => {
  test.each([
    ['no JSON', '{', 'not-json', null],
    ['a member twice', '{"emblemLensTrustedKeys":1,"keys":[],"keys":[]}', 'not-json', null],
    ['a list alone', '[]', 'not-a-list', null],
    ['something else', '{"report":1}', 'not-a-list', null],
    ['more than a list', JSON.stringify({ emblemLensTrustedKeys: 1, keys: [], more: 1 }), 'not-a-list', null],
    ['no keys', JSON.stringify({ emblemLensTrustedKeys: 1 }), 'not-a-list', null],
    ['keys that are no array', JSON.stringify({ emblemLensTrustedKeys: 1, keys: {} }), 'not-a-list', null],
    ['another version', JSON.stringify({ emblemLensTrustedKeys: 2, keys: [] }), 'version', null],
    ['a version as text', JSON.stringify({ emblemLensTrustedKeys: '1', keys: [] }), 'version', null],
    ['too many keys', list(...Array.from({ length: 1001 }, () => 1)), 'too-large', null],
    ['too long a text', ' '.repeat(4 * 1024 * 1024 + 1), 'too-large', null],
    ['an entry that is no object', list(entry, 1), 'members', 2],
    ['an entry without a note', list({ ...entry, note: undefined }), 'members', 1],
    ['an entry that says where the key was met', list({ ...entry, host: 'clinic.example' }), 'members', 1],
    ['an organisation with a path', list({ ...entry, organisation: 'https://relief.example/' }), 'organisation', 1],
    ['an organisation that is no text', list({ ...entry, organisation: 1 }), 'organisation', 1],
    ['a day alone', list({ ...entry, since: '2026-06-17' }), 'since', 1],
    ['a day that never was', list({ ...entry, since: '2026-02-30T00:00:00.000Z' }), 'since', 1],
    ['a time that is a number', list({ ...entry, since: 1 }), 'since', 1],
    ['a note that is none', list({ ...entry, note: null }), 'note', 1],
    ['a note of two lines', list({ ...entry, note: 'a\nb' }), 'note', 1],
    ['a long note', list({ ...entry, note: 'a'.repeat(501) }), 'note', 1],
    ['the same key twice', list(entry, { ...entry, note: '' }), 'twice', 2],
  ])('%s', (_, text, why, place) => {
    expect(parseTrustedKeyList(text)).toEqual({ ok: false, fault: { why, place, problem: null } });
  });

  test.each([
    ['a private key', { ...jwk, d: jwk.x }, 'key-private'],
    ['a key with an identifier of its own', { ...jwk, kid: 'x' }, 'key-malformed'],
    ['a key with an algorithm', first.jwk, 'key-malformed'],
    ['a point off the curve', { ...jwk, x: jwk.y, y: jwk.x }, 'key-unsound'],
    ['an RSA key', { kty: 'RSA', n: 'AQAB', e: 'AQAB' }, 'algorithm-unsupported'],
    [
      'a key on Ed448',
      { kty: 'OKP', crv: 'Ed448', x: Buffer.alloc(57).toString('base64url') },
      'algorithm-unsupported',
    ],
    ['no key', null, 'key-malformed'],
  ])('%s', (_, key, problem) => {
    expect(parseTrustedKeyList(list(entry, { ...entry, organisation: null, key }))).toEqual({
      ok: false,
      fault: { why: 'key', place: 2, problem },
    });
  });
});
