// Does the command print every identifier of a key, whatever form the key comes in?

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { base32 } from '@scure/base';
import { cbor, coseKey, coseThumbprint } from '../../lab/cwt-issuer.ts';
import { makeKey } from '../../lab/keys.ts';
import { base64 } from '../../lab/wire.ts';

const folder = mkdtempSync(join(tmpdir(), 'kid-'));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const kid = (...words: readonly string[]): Promise<{ status: number | null; out: string; err: string }> =>
  new Promise((resolve) => {
    const child = execFile('node', ['--import', 'tsx', 'src/cli/kid.ts', ...words], (_error, out, err) =>
      resolve({ status: child.exitCode, out, err }),
    );
  });
const lower = (bytes: Uint8Array): string => base32.encode(bytes).replaceAll('=', '').toLowerCase();
const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('one key in three forms has the same identifiers', async () => {
  const key = await makeKey('ES384');
  const forms = [
    file('key.jwk', JSON.stringify(key.jwk)),
    file('key.pem', `A key\n-----BEGIN PUBLIC KEY-----\n${base64(key.spki)}\n-----END PUBLIC KEY-----\n`),
    file('key.hex', Buffer.from(cbor(coseKey(key))).toString('hex')),
  ];
  const expected = {
    jws: key.kid,
    cwt: lower(coseThumbprint(key)),
    cwtShort: null,
    spkiSha256: sha256(key.spki).toString('hex'),
  };
  for (const form of forms) {
    const { status, out, err } = await kid(form, '--json');
    expect({ status, err, printed: JSON.parse(out) }).toEqual({ status: 0, err: '', printed: expected });
  }
  const { out } = await kid(forms[0] ?? '');
  expect(out.trim().split('\n')).toEqual([
    'JSON format (RFC 7638)',
    `  ${key.kid}`,
    `  ${Buffer.from(base32.decode(`${key.kid.toUpperCase()}====`)).toString('hex')}`,
    'CBOR format (RFC 9679)',
    `  ${lower(coseThumbprint(key))}`,
    `  ${Buffer.from(coseThumbprint(key)).toString('hex')}`,
    'CBOR format, without leading zeros',
    '  none',
    'SHA-256 of the SubjectPublicKeyInfo',
    `  ${lower(sha256(key.spki))}`,
    `  ${sha256(key.spki).toString('hex')}`,
  ]);
}, 60_000);

test('a key whose coordinate begins with zeros has a short form too', async () => {
  // Every coordinate on P-521 has at most one bit in its first byte: half of all keys will do.
  const key = await makeKey('ES512');
  const x = Buffer.from(key.jwk.x ?? '', 'base64url');
  const y = Buffer.from(key.jwk.y ?? '', 'base64url');
  const isShort = x[0] === 0 || y[0] === 0;
  const { out } = await kid(file('p521.jwk', JSON.stringify(key.jwk)), '--json');
  const printed: { cwtShort: string | null } = JSON.parse(out);
  const bytesOf = (coordinate: Buffer): Uint8Array => new Uint8Array(coordinate.subarray(coordinate[0] === 0 ? 1 : 0));
  const input = cbor(
    new Map<number, unknown>([
      [1, 2],
      [-1, 3],
      [-2, bytesOf(x)],
      [-3, bytesOf(y)],
    ]),
  );
  expect(printed.cwtShort).toBe(isShort ? lower(sha256(input)) : null);
}, 60_000);

test.each([
  ['nothing', () => [], /One file must be named; usage: kid/],
  ['two files', () => ['a', 'b'], /One file must be named/],
  ['an unknown option', () => [file('any', ''), '--xml'], /not known; usage: kid/],
  ['a file that is not there', () => [join(folder, 'absent')], /cannot be read\.$/],
  [
    'a private key',
    () => [file('private.jwk', '{"kty":"OKP","crv":"Ed25519","x":"AA","d":"AA"}')],
    /\(key-private\)\.$/,
  ],
  ['no key', () => [file('nothing', 'nothing')], /\(key-malformed\)\.$/],
])(
  '%s is misuse, told in one line',
  async (_, words, sentence) => {
    const { status, out, err } = await kid(...words());
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err.trimEnd()).toMatch(sentence);
    expect(err.trimEnd()).not.toContain('\n');
  },
  60_000,
);

test('help is an answer', async () => {
  const { status, out } = await kid('--help');
  expect(status).toBe(0);
  expect(out).toMatch(/^usage: kid FILE \[--json\]\n/);
}, 60_000);
