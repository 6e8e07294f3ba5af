// Are the small parts of a token read to the letter: assets and their order, claims, keys, names?

import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseConnectedAddress } from '../../../src/emblem/address.ts';
import { type Asset, coversAsset, isTooBroad, parseAsset } from '../../../src/emblem/asset.ts';
import { parseConstraints, parseLogClaim, parseTime } from '../../../src/emblem/jws/jws-claims.ts';
import { parseVisitedHost } from '../../../src/emblem/host.ts';
import { readAnnouncedKind } from '../../../src/emblem/jws/jws-token.ts';
import { parseJwk, parseKeyRecord, parseSpki, sameKey } from '../../../src/emblem/key.ts';
import { isDomainName, sameDomain } from '../../../src/emblem/name.ts';
import { toMilliseconds } from '../../../src/emblem/token.ts';
import { instant } from '../../../src/verdict/assessed-token.ts';
import { edwardsKey, emblemKey, ENTRY, makeEmblem, rootKey, strangerKey, suffixes } from './scene.ts';

const asset = (text: string): Asset => {
  const parsed = parseAsset(text);
  return parsed.ok ? parsed.value : expect.fail(text);
};
const codeOf = (result: { readonly ok: boolean; readonly problem?: { readonly code: string } }): string =>
  result.ok ? 'ok' : (result.problem?.code ?? '');

describe('the order of assets', () => {
  test.each<[string, string, boolean]>([
    ['[192.0.2.0/24]', '[192.0.2.7]', true],
    ['[192.0.2.0/24]', '[192.0.2.0/24]', true],
    ['[192.0.2.0/24]', '[192.0.2.128/25]', true],
    ['[8.8.0.0/24]', '[8.8.0.0/16]', false],
    ['[8.8.0.0/16]', '[8.8.0.0/24]', true],
    ['[192.0.2.0/24]', '[192.0.3.7]', false],
    ['[192.0.2.0/25]', '[192.0.2.128]', false],
    ['[192.0.2.7]', '[::ffff:192.0.2.7]', true],
    ['[192.0.2.7/32]', '[192.0.2.7]', true],
    // 2001:db8 and 32.1.13.184 are the same four bytes
    ['[2001:db8::/32]', '[32.1.13.184]', false],
    ['[32.1.13.184]', '[2001:db8::/32]', false],
    ['[::/0]', '[192.0.2.7]', false],
    ['[::/0]', '[2001:db8::1]', true],
    ['[0.0.0.0/0]', '[192.0.2.7]', true],
    ['[192.0.2.7]', '192.example', false],
    ['*', '[192.0.2.7]', false],
    ['[0.0.0.0/0]', '*', false],
    ['*', '*', true],
    ['*', 'a.example', true],
    ['*', '*.example', true],
    ['*.a.example', '*', false],
    ['*.a.example', 'a.example', true],
    ['*.a.example', '*.a.example', true],
    ['*.a.example', '*.b.a.example', true],
    ['*.b.a.example', '*.a.example', false],
    ['*.a.example', 'ba.example', false],
    ['a.example', 'A.EXAMPLE.', true],
    ['a.example', '*.a.example', false],
    ['a.example', 'b.a.example', false],
    ['a.example', '[192.0.2.7]', false],
  ])('%s covers %s: %s', (outer, inner, covers) => {
    expect(coversAsset(asset(outer), asset(inner))).toBe(covers);
  });
  test.each<[string, boolean]>([
    ['*', true],
    ['*.example', true],
    ['*.co.uk', true],
    ['*.github.io', true],
    ['*.a.example', false],
    ['example', false],
    ['[192.0.0.0/15]', true],
    ['[10.0.0.0/8]', true],
    ['[8.8.0.0/16]', false],
    ['[2001:db8::/31]', true],
    ['[2001:db8::/32]', false],
    ['[::ffff:0.0.0.0/96]', true],
    ['[::ffff:192.0.0.0/111]', true],
    ['[::ffff:8.8.0.0/112]', false],
  ])('%s is too broad: %s', (text, broad) => {
    expect(isTooBroad(asset(text), suffixes)).toBe(broad);
  });
  test.each([7, null, ['[192.0.2.1]'], {}, true])('%j is no asset', (value) => {
    expect(codeOf(parseAsset(value))).toBe('asset-malformed');
  });
  test.each([
    ['[::192.0.2.1]', 'ok'],
    ['[::ffff:192.0.2.010]', 'asset-malformed'],
    ['[::ffff:0xc0.0.2.1]', 'asset-malformed'],
    ['[::ffff:192.0.2]', 'asset-malformed'],
    ['[::ffff:192.0.2.256]', 'asset-malformed'],
    ['[::ffff:192.0.2.1]', 'ok'],
    ['[::ffff:c000:201]', 'ok'],
    ['[2001:db8::192.0.2.1]', 'ok'],
    ['[64:ff9b::192.0.2.1]', 'ok'],
    ['[2002:c000:201::1]', 'ok'],
    ['[:192.0.2.1]', 'asset-malformed'],
    ['[2001:DB8:0:0:0:0:0:1]', 'ok'],
    ['[x\n::ffff:192.0.2.1]', 'asset-malformed'],
    ['[2001:db8::192.0.2.1:5]', 'asset-malformed'],
    ['[x/192.0.2.0/24]', 'asset-malformed'],
    ['[2001:db8::1::2]', 'asset-malformed'],
    ['[]', 'asset-malformed'],
    ['[/32]', 'asset-malformed'],
    ['[192.0.2.1/]', 'asset-malformed'],
    ['[0300.0.2.1]', 'asset-malformed'],
    ['[3221225985]', 'asset-malformed'],
  ])('%s: %s', (text, code) => {
    expect(codeOf(parseAsset(text))).toBe(code);
  });
  test('a malformed one is quoted, cut short', () => {
    expect(parseAsset('a b'.repeat(200))).toMatchObject({ problem: { detail: 'a b'.repeat(100) } });
  });
  test('addresses of the public internet, and the longest name', () => {
    for (const text of ['[8.8.8.8]', '[2600::1]', '[8.8.0.0/16]']) expect(codeOf(parseAsset(text))).toBe('ok');
    const longest = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}`;
    expect(isDomainName(longest)).toBe(true);
    expect(isDomainName(`${longest}d`)).toBe(false);
    expect(isDomainName(`${'a'.repeat(64)}.example`)).toBe(false);
  });
});

test('what was visited', () => {
  expect(parseConnectedAddress('8.8.8.8')).toEqual({ family: 4, bytes: [8, 8, 8, 8], prefix: 32, isPublic: true });
  expect(parseConnectedAddress('[2600::1]')).toMatchObject({ family: 6, prefix: 128, isPublic: true });
  expect(parseConnectedAddress('nonsense')).toBeNull();
  for (const text of ['[8.8.8.8]8', '8[8.8.8.8]']) expect(parseConnectedAddress(text)).toBeNull();
  expect(codeOf(parseVisitedHost('a.example', 'nonsense'))).toBe('address-not-public');
  expect(codeOf(parseVisitedHost('a.example', '8.8.8.8'))).toBe('ok');
  for (const host of [
    'router',
    'example',
    '192.0.2.1',
    '[2001:db8::1]',
    '2001:db8::1',
    'a.b.local',
    'home.arpa',
    '',
    '.',
    'a..example',
  ])
    expect(codeOf(parseVisitedHost(host, null))).toBe('host-not-checkable');
});

test('one hand: the same registrable domain, or the very same name', () => {
  expect(sameDomain('a.b.example', 'c.b.example', suffixes)).toBe(true);
  expect(sameDomain('a.example', 'b.example', suffixes)).toBe(false);
  expect(sameDomain('a.github.io', 'b.github.io', suffixes)).toBe(false);
  expect(sameDomain('github.io', 'github.io', suffixes)).toBe(true);
  expect(sameDomain('co.uk', 'github.io', suffixes)).toBe(false);
});

describe('claims', () => {
  test.each<[unknown, boolean]>([
    [0, true],
    [-1, true],
    [1.5, true],
    [1e300, true],
    [-(2 ** 64), true],
    [Number.NaN, false],
    [Infinity, false],
    [-Infinity, false],
    ['1', false],
    [null, false],
    [true, false],
    [[1], false],
  ])('%j is a time: %s', (value, sound) => {
    expect(parseTime(value, 'exp').ok).toBe(sound);
  });
  test('a time of a claim is compared to the microsecond', () => {
    expect([toMilliseconds(1781654400.123), toMilliseconds(0.1 + 0.2), toMilliseconds(-1.5)]).toEqual([
      1781654400123, 300, -1500,
    ]);
  });
  test('an instant beyond those that can be written is written as the last or the first of them', () => {
    expect([instant(1e300), instant(-1e300), instant(8.64e15 - 1000)]).toEqual([
      '+275760-09-13T00:00:00Z',
      '-271821-04-20T00:00:00Z',
      '+275760-09-12T23:59:59Z',
    ]);
  });
  test.each<[unknown, string]>([
    [0, 'ok'],
    [60, 'ok'],
    [1e20, 'ok'],
    [-1, 'window-malformed'],
    [0.5, 'window-malformed'],
    [null, 'window-malformed'],
    ['60', 'window-malformed'],
  ])('a window of %j: %s', (wnd, code) => {
    expect(codeOf(parseConstraints({ wnd }))).toBe(code);
  });
  test('entries of a log claim', () => {
    const index = (value: unknown) => parseLogClaim([{ ver: 'static', id: ENTRY.id, index: value }]);
    const at = (value: number) => ({ readable: true, entries: [{ kind: 'static', id: ENTRY.id, index: value }] });
    expect(index(0)).toEqual(at(0));
    expect(index(2 ** 40)).toEqual(at(2 ** 40));
    expect(index(1e20)).toEqual(at(1e20));
    for (const value of [-1, 1.5, '1', null, undefined])
      expect(index(value)).toEqual({ readable: true, entries: [null] });
    for (const entry of [
      null,
      7,
      'x',
      [],
      { ...ENTRY, hash: 7 },
      { ...ENTRY, id: 7 },
      { ver: 'static', id: ENTRY.id, hash: ENTRY.hash },
      { ver: 'v1', id: ENTRY.id, index: 1 },
    ]) {
      expect(parseLogClaim([entry])).toEqual({ readable: true, entries: [null] });
    }
    expect(parseLogClaim(undefined)).toBeNull();
  });
});

describe('headers', () => {
  const encoded = (text: string): string => Buffer.from(text).toString('base64url');
  test('only our cty in a header of its own announces anything, however broken the rest', async () => {
    const token = await makeEmblem();
    const [header = ''] = token.split('.');
    expect(readAnnouncedKind(token)).toBe('emblem');
    for (const text of [`${header}..`, `${header}.`, `${token}.`, `${header}=.e30.AA`])
      expect(readAnnouncedKind(text)).toBe('emblem');
    for (const text of [header, `.${token}`, '..', '=.a.b', `${header}===.e30.AA`, `=${token}`])
      expect(readAnnouncedKind(text)).toBeNull();
    for (const text of [
      'null',
      '7',
      '[]',
      '"cty"',
      '{"cty":"adem-emb"',
      '{"x":{"cty":"adem-emb"}}',
      '{"cty":["adem-emb"]}',
      '{"cty":"adem-emb "}',
    ])
      expect(readAnnouncedKind(`${encoded(text)}.e30.AA`)).toBeNull();
    expect(readAnnouncedKind(`${encoded('{"cty":"adem-emb","a":1,"a":2}')}.e30.AA`)).toBe('emblem');
  });
});

describe('keys', () => {
  const { kty, crv, x, y } = rootKey.jwk;
  test.each<[string, unknown, string]>([
    ['as made', { kty, crv, x, y }, 'ok'],
    ['for signatures', { kty, crv, x, y, use: 'sig' }, 'ok'],
    ['to verify', { kty, crv, x, y, key_ops: ['verify'] }, 'ok'],
    ['to sign', { kty, crv, x, y, key_ops: ['sign'] }, 'key-malformed'],
    ['whose operations are text', { kty, crv, x, y, key_ops: 'verify' }, 'key-malformed'],
    ['null', null, 'key-malformed'],
    ['text', 'x', 'key-malformed'],
    ['of an unheard-of curve', { kty, crv: 'P-999', x, y }, 'key-malformed'],
    ['of another type', { kty: 'OKP', crv, x, y }, 'key-malformed'],
    ['of no curve', { kty, x, y }, 'key-malformed'],
    ['with alg as number', { kty, crv, x, y, alg: 7 }, 'key-malformed'],
    ['with a short y', { kty, crv, x, y: 'AAAA' }, 'key-malformed'],
    ['without y', { kty, crv, x }, 'key-malformed'],
    ['without x', { kty, crv, y }, 'key-malformed'],
    ['with x as number', { kty, crv, x: 7, y }, 'key-malformed'],
    ['on a curve we lack', { kty, crv: 'secp256k1', x, y }, 'algorithm-unsupported'],
    ['on Ed448', { kty: 'OKP', crv: 'Ed448', x: 'A'.repeat(76) }, 'ok'],
    ['on Ed448 with a short x', { kty: 'OKP', crv: 'Ed448', x: 'A'.repeat(75) }, 'key-malformed'],
    ['of RSA', { kty: 'RSA', n: 'AQAB', e: 'AQAB' }, 'algorithm-unsupported'],
    ['symmetric', { kty: 'oct', k: 'AAAA' }, 'key-private'],
    ...['p', 'q', 'dp', 'dq', 'qi', 'oth', 'priv'].map((member): [string, unknown, string] => [
      `with ${member}`,
      { kty, crv, x, y, [member]: 'AAAA' },
      'key-private',
    ]),
    ['of post-quantum', { kty: 'AKP', pub: 'AAAA' }, 'algorithm-unsupported'],
    ['of Ed25519, with y', { kty: 'OKP', crv: 'Ed25519', x: edwardsKey.jwk.x, y }, 'ok'],
    ['of Ed25519', { kty: 'OKP', crv: 'Ed25519', x: edwardsKey.jwk.x }, 'ok'],
  ])('a JWK %s: %s', (_, value, code) => {
    expect(codeOf(parseJwk(value))).toBe(code);
  });

  test('SubjectPublicKeyInfo: every curve, and nothing but the one spelling', () => {
    for (const key of [rootKey, emblemKey, edwardsKey]) {
      const [spki, jwk] = [parseSpki(key.spki), parseJwk(key.jwk)];
      expect(spki.ok && jwk.ok && sameKey(spki.value, jwk.value.key)).toBe(true);
      expect(codeOf(parseSpki(Uint8Array.of(...key.spki, 0)))).toBe('key-malformed');
      expect(codeOf(parseSpki(key.spki.subarray(0, -1)))).toBe('key-malformed');
      for (let at = 0; at < 20; at += 1) {
        const spoilt = key.spki.slice();
        spoilt[at] = (spoilt[at] ?? 0) ^ 1;
        expect(parseSpki(spoilt).ok).toBe(
          at >= key.spki.length - (key === edwardsKey ? 32 : 0) && parseSpki(spoilt).ok,
        );
      }
    }
    expect(codeOf(parseSpki(new Uint8Array()))).toBe('key-malformed');
  });

  test.each([
    ['{', 'key-malformed'],
    ['{}', 'key-malformed'],
    ['!!', 'key-malformed'],
    ['', 'key-malformed'],
    ['{"kty":"EC","kty":"EC"}', 'token-duplicate-member'],
    [` \t\r\n${JSON.stringify(rootKey.jwk, null, 2)}\n`, 'ok'],
    ['[]', 'key-malformed'],
  ])('an adem-key record of %j: %s', (value, code) => {
    expect(codeOf(parseKeyRecord(new TextEncoder().encode(value)))).toBe(code);
  });

  test('an adem-key record that is not UTF-8', () => {
    const text = JSON.stringify({ ...rootKey.jwk, note: '?' });
    const bytes = new TextEncoder().encode(text);
    expect(codeOf(parseKeyRecord(bytes))).toBe('ok');
    expect(codeOf(parseKeyRecord(bytes.with(text.indexOf('?'), 0xff)))).toBe('key-malformed');
  });

  test('SubjectPublicKeyInfo on Ed448 is told from nonsense', () => {
    const { publicKey } = generateKeyPairSync('ed448');
    const spki = parseSpki(publicKey.export({ type: 'spki', format: 'der' }));
    const jwk = parseJwk(publicKey.export({ format: 'jwk' }));
    expect(spki.ok && jwk.ok && sameKey(spki.value, jwk.value.key)).toBe(true);
  });

  test('are the same by all of their material', () => {
    const [key, other] = [parseJwk(emblemKey.jwk), parseJwk(strangerKey.jwk)];
    if (!key.ok || !other.ok) throw new TypeError('a lab key that does not parse');
    const [a, b] = [key.value.key, other.value.key];
    expect(sameKey(a, a)).toBe(true);
    expect(sameKey(a, b)).toBe(false);
    expect(sameKey(a, { ...a, x: b.x })).toBe(false);
    expect(sameKey(a, { ...a, y: b.y })).toBe(false); // the negated point has the same x
    expect(sameKey(a, { ...a, y: null })).toBe(false);
    expect(sameKey(a, { ...a, curve: 'P-384' })).toBe(false);
  });
});
