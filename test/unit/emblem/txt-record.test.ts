// Which TXT records are ours, and is everything else left alone?

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isEmblemTxt, readTxtRecord } from '../../../src/emblem/jws/txt-record.ts';
import { emblem, endorsement } from '../../lab/issuer.ts';
import { makeKey } from '../../lab/keys.ts';

const key = await makeKey('ES256');
const times = { from: 1_800_000_000, until: 1_800_086_400, key, issuer: 'https://relief.example' } as const;
const EMBLEM = await emblem({ ...times, assets: ['clinic.relief.example'] });
const ENDORSEMENT = await endorsement({ ...times, subject: 'https://relief.example', endorsed: key });
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string) => readTxtRecord(utf8(text));
/** Printable ASCII without `-` and `=`, and none of the words. */
const identifier = fc
  .stringMatching(/^[ -,.-<>-~]{1,20}$/)
  .filter((text) => !['token', 'key', 'emb', 'end'].includes(text));

describe('a token under each word', () => {
  test.each([
    ['adem-token=', EMBLEM, 'emblem'],
    ['adem-token=', ENDORSEMENT, 'endorsement'],
    ['adem=', EMBLEM, 'emblem'],
    ['adem=', ENDORSEMENT, 'endorsement'],
    ['adem-emb=', EMBLEM, 'emblem'],
    ['adem-end=', ENDORSEMENT, 'endorsement'],
  ] as const)('%s takes it', (start, token, announced) => {
    expect(read(start + token)).toMatchObject({
      kind: 'token',
      announced,
      set: null,
      token: { ok: true, value: { claims: { kind: announced } } },
    });
  });

  test.each([
    ['adem-emb=', ENDORSEMENT],
    ['adem-end=', EMBLEM],
  ] as const)('%s takes no other kind', (start, token) => {
    expect(read(start + token)).toMatchObject({
      kind: 'token',
      token: { ok: false, problem: { code: 'record-type-mismatch' } },
    });
  });
});

test('any identifier names the set, under every word', () => {
  fc.assert(
    fc.property(identifier, fc.constantFrom('-token', '-emb', ''), (set, word) => {
      expect(read(`adem${word}-${set}=${EMBLEM}`)).toMatchObject({ kind: 'token', set, token: { ok: true } });
      expect(read(`adem-key-${set}=${JSON.stringify(key.jwk)}`)).toMatchObject({ kind: 'key', set, key: { ok: true } });
    }),
  );
});

test.each([
  'adem-a-b=x',
  'adem-token-a-b=x',
  'adem-token--=x',
  'adem-=x',
  'adem-emb-1-p2=x',
  'adem-token-=x',
  'adem-tökén=x',
  'adem-token',
  'adem-',
  'adem-token-key=x',
  'adem-key-token=x',
  'adem-emb-end=x',
])('%s is malformed', (text) => {
  expect(read(text)).toMatchObject({ kind: 'other', set: null, problem: { code: 'record-malformed' } });
});

test('what is no token of ours is no emblem record; a broken one with our type is', () => {
  const [header = '', payload = '', signature = ''] = EMBLEM.split('.');
  for (const value of [
    '',
    'x',
    'a.b',
    `${payload}.${payload}.${signature}`,
    header,
    '{}',
    '..',
    `x${header}.${payload}.${signature}`,
  ])
    expect(read(`adem-token=${value}`)).toMatchObject({ kind: 'other', problem: { code: 'record-not-token' } });
  for (const value of [
    `${header}..`,
    `${header}.${payload}x.${signature}`,
    `${header}.e30.${signature}`,
    `${header}.${payload}.!`,
  ])
    expect(read(`adem-token=${value}`)).toMatchObject({ kind: 'token', announced: 'emblem', token: { ok: false } });
});

describe('arbitrary records', () => {
  test('ours begin with adem= or adem-, in these very letters', () => {
    expect(['adem=', 'adem-', 'adem-token=x'].map((text) => isEmblemTxt(utf8(text)))).toEqual([true, true, true]);
    expect(
      ['', 'adem', 'Adem=', 'ADEM-token=x', ' adem=', 'ademx=', 'v=spf1 -all', 'adem_token=x'].map((text) =>
        isEmblemTxt(utf8(text)),
      ),
    ).toEqual([false, false, false, false, false, false, false, false]);
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(isEmblemTxt(utf8(text))).toBe(/^adem[-=]/.test(text));
      }),
    );
  });

  test('never throw, whatever their bytes', () => {
    const start = fc.constantFrom(
      'adem=',
      'adem-token=',
      'adem-key=',
      'adem-key={',
      'adem-emb-1=',
      'adem-',
      `adem-token=${EMBLEM.slice(0, 40)}`,
      `adem-token=${EMBLEM.split('.').slice(0, 1).join('')}.`,
    );
    fc.assert(
      fc.property(
        start,
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.string().map((text) => utf8(text)),
        ),
        (text, rest) => {
          const content = readTxtRecord(new Uint8Array([...utf8(text), ...rest]));
          if (content.kind === 'token' && content.token.ok) throw new TypeError('noise was taken for a token');
          if (content.kind === 'other') expect(content.problem.detail?.length ?? 0).toBeLessThanOrEqual(40);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('of 64 kB end soon', () => {
    const began = performance.now();
    for (const piece of ['.', 'e', '{', '"', '-', '=', '[', '\\', 'e30.'])
      for (const start of [
        'adem-token=',
        'adem-key=',
        'adem-key={',
        'adem-',
        `adem-token=${EMBLEM.split('.').slice(0, 1).join('')}.`,
      ])
        read(start + piece.repeat(65_000 / piece.length));
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

test('no altered character of a token keeps its content and its proof', () => {
  const original = JSON.stringify(read(`adem-token=${EMBLEM}`));
  fc.assert(
    fc.property(
      fc.nat({ max: EMBLEM.length - 1 }),
      fc.string({
        unit: fc.constantFrom('A', 'B', 'Z', 'a', 'z', '0', '9', '-', '_', '.', '=', '+', '/', ' ', '\n'),
        minLength: 1,
        maxLength: 1,
      }),
      (place, character) => {
        const altered = EMBLEM.slice(0, place) + character + EMBLEM.slice(place + 1);
        if (altered !== EMBLEM) expect(JSON.stringify(read(`adem-token=${altered}`))).not.toBe(original);
      },
    ),
    { numRuns: 2000 },
  );
});
