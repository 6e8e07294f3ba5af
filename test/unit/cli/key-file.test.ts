// Is the key of a trusted-key file the key it holds, in each of the three forms?

import { describe, expect, test } from 'vitest';
import { parseKeyText } from '../../../src/cli/key-file.ts';
import { parseJwk } from '../../../src/emblem/key.ts';
import { cbor, COSE_ALGORITHMS, coseKey } from '../../lab/cwt-issuer.ts';
import { makeKey } from '../../lab/keys.ts';
import { base64 } from '../../lab/wire.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const keys = await Promise.all((['ES256', 'ES384', 'ES512', 'EdDSA'] as const).map((algorithm) => makeKey(algorithm)));
const [key] = keys;
if (key === undefined) throw new TypeError('no key');
const oddY = (Buffer.from(key.jwk.y ?? '', 'base64url').at(-1) ?? 0) % 2 === 1;

describe('a hexadecimal COSE_Key', () => {
  test.each(keys.map((each) => [each.algorithm, each] as const))(
    '%s: the same key as its JWK and its PEM',
    (_, each) => {
      const cose = parseKeyText(hex(cbor(coseKey(each))));
      const jwk = parseJwk(each.jwk);
      expect(cose.ok).toBe(true);
      expect(cose).toEqual(
        jwk.ok ? { ok: true, value: { ...jwk.value, algorithm: String(COSE_ALGORITHMS[each.algorithm][0]) } } : null,
      );
      expect(parseKeyText(`-----BEGIN PUBLIC KEY-----\n${base64(each.spki)}\n-----END PUBLIC KEY-----`)).toEqual(
        jwk.ok ? { ok: true, value: { ...jwk.value, algorithm: null } } : null,
      );
      expect(parseKeyText(JSON.stringify(each.jwk))).toEqual(jwk);
    },
  );

  test('in capitals, in lines, or with a compressed point', () => {
    const text = hex(cbor(coseKey(key)));
    const plain = parseKeyText(text);
    expect(parseKeyText(text.toUpperCase())).toEqual(plain);
    expect(parseKeyText(text.replaceAll(/(.{32})/g, '$1\n'))).toEqual(plain);
    expect(parseKeyText(hex(cbor(coseKey(key, [[-3, oddY]]))))).toEqual(plain);
  });

  test.each([
    ['a private part', 'key-private', coseKey(key, [[-4, new Uint8Array(32)]])],
    ['an alg that is text', 'key-malformed', coseKey(key, [[3, 'ES256']])],
    ['a point off the curve', 'key-unsound', coseKey(key, [[-3, new Uint8Array(32)]])],
    [
      'an RSA key',
      'algorithm-unsupported',
      new Map<unknown, unknown>([
        [1, 3],
        [3, -257],
        [-1, new Uint8Array(256)],
        [-2, new Uint8Array([1, 0, 1])],
      ]),
    ],
    [
      'a key on Ed448',
      'algorithm-unsupported',
      new Map<unknown, unknown>([
        [1, 1],
        [3, -8],
        [-1, 7],
        [-2, new Uint8Array(57)],
      ]),
    ],
    ['another thing than a map', 'key-malformed', [1]],
  ])('%s: %s', (_, code, value) => {
    expect(parseKeyText(hex(cbor(value)))).toMatchObject({ ok: false, problem: { code } });
  });

  test.each([
    ['an odd number of digits', (text: string) => `${text}0`],
    ['another byte behind', (text: string) => `${text}00`],
    ['a cut end', (text: string) => text.slice(0, -2)],
    ['a letter beyond f', (text: string) => `${text.slice(0, -1)}g`],
    ['0x before', (text: string) => `0x${text}`],
    ['nothing', () => ''],
  ])('%s: no key', (_, change) => {
    expect(parseKeyText(change(hex(cbor(coseKey(key)))))).toMatchObject({
      ok: false,
      problem: { code: 'key-malformed' },
    });
  });
});
