// Can somebody else's record change what is said of a sound set, or lift a poor one?

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { check } from '../../../src/check.ts';
import { parseJwk } from '../../../src/emblem/key.ts';
import { keyRecord, tokenRecord } from '../../lab/issuer.ts';
import {
  checkScene,
  codesOf,
  emblemKey,
  ENTRY,
  HOLDS,
  HOST,
  KEYS,
  makeEmblem,
  makeEndorsement,
  makeExternal,
  NOW,
  RELIEF,
  rootKey,
  soundSet,
  STATE,
  stateKey,
  strangerKey,
  suffixes,
  txt,
  UNREACHED,
} from './scene.ts';
import { openVerifiedSignatures } from '../../../src/signature/verified-signatures.ts';

/** The token with a signature of the right length that sorts before (`A`) or behind (`_`) every other. */
const spoilt = (token: string, letter: 'A' | '_'): string => {
  const [header = '', payload = '', signature = ''] = token.split('.');
  return `${header}.${payload}.${letter.repeat(signature.length - 1)}A`;
};

test.each(['A', '_'] as const)(
  'copies of every token with spoilt signatures beside them change nothing (%s)',
  async (letter) => {
    const tokens = await Promise.all([makeEmblem(), makeEndorsement(), makeExternal()]);
    const report = await checkScene({
      values: tokens.flatMap((token) => [tokenRecord(token), tokenRecord(spoilt(token, letter))]),
    });
    expect(report).toMatchObject({ status: 'marked', strength: 'endorsed' });
    expect(report.emblems.map(({ status }) => status).toSorted()).toEqual(['invalid', 'marked']);
    expect(
      report.tokens
        .filter(({ kind }) => kind !== 'key')
        .map(({ outcome }) => outcome)
        .toSorted(),
    ).toEqual(['discarded', 'discarded', 'discarded', 'used', 'used', 'used']);
  },
);

const RSA = { kty: 'RSA', n: 'AQAB', e: 'AQAB' };

test('a key of a kind we lack sets a token aside only where its algorithm is of that kind', async () => {
  const header = { kid: undefined, jwk: RSA };
  const aside = await checkScene({
    values: await soundSet({ emblem: makeEmblem({ header: { ...header, alg: 'RS256' } }) }),
  });
  expect(aside).toMatchObject({ status: 'unknown', because: null, emblems: [{ assets: [HOST], issuer: RELIEF }] });
  expect(codesOf(aside)).toContain('algorithm-unsupported');
  const top = await checkScene({
    values: await soundSet({ endorsement: makeEndorsement({ header: { ...header, alg: 'PS384' } }) }),
  });
  expect(top).toMatchObject({ status: 'unknown' });
  const mixed = await checkScene({
    values: await soundSet({ emblem: makeEmblem({ header: { ...header, alg: 'ES256' } }) }),
  });
  expect(mixed).toMatchObject({ status: 'invalid', because: 'other' });
  expect(codesOf(mixed)).toContain('algorithm-mismatch');
});

test('a kid inside a key is never believed', async () => {
  const forged = keyRecord({ ...strangerKey, jwk: { ...strangerKey.jwk, kid: emblemKey.kid } });
  const token = tokenRecord(await makeEmblem({ key: strangerKey, header: { alg: 'ES256', kid: emblemKey.kid } }));
  const report = await checkScene({ values: [forged, token, tokenRecord(await makeEndorsement())] });
  expect(report).toMatchObject({ status: 'invalid', because: 'other' });
  expect(codesOf(report)).toContain('signature-wrong');
});

test('keys with another algorithm under the same identifier take nothing away', async () => {
  const odd = keyRecord({ ...emblemKey, jwk: { ...emblemKey.jwk, alg: 'ES384' } });
  expect(await checkScene({ values: [odd, ...(await soundSet())] })).toMatchObject({
    status: 'marked',
    strength: 'endorsed',
  });
  const records = [...KEYS.filter((value) => !value.includes(String(emblemKey.jwk.x))), odd, ...(await soundSet())].map(
    (value) => txt(value),
  );
  const alone = await checkScene({ records });
  expect(alone).toMatchObject({ status: 'invalid' });
  expect(codesOf(alone)).toContain('algorithm-mismatch');
});

test('an undetermined commitment is told of, and so is the trust that isValid in for it', async () => {
  const report = await checkScene({ values: await soundSet(), outcomes: () => UNREACHED });
  expect(report).toMatchObject({ status: 'unconfirmed', because: 'log-unreachable' });
  expect(codesOf(report)).toContain('commitment-undetermined');
  const key = parseJwk(rootKey.jwk);
  if (!key.ok) throw new TypeError('a lab key that does not parse');
  const trusted = await checkScene({
    values: await soundSet(),
    outcomes: () => UNREACHED,
    trustedKeys: [{ ...key.value, organisation: RELIEF }],
  });
  expect(trusted).toMatchObject({
    status: 'marked',
    strength: 'trusted',
    emblems: [{ endorsedBy: [], endorsementsUndetermined: [STATE] }],
  });
  expect(codesOf(trusted)).toContain('commitment-trusted-instead');
});

test('an alias that costs the coverage is a warning, one that does not is only told of', async () => {
  const at = async (asset: string) =>
    checkScene({
      records: [...KEYS, ...(await soundSet({ emblem: makeEmblem({ assets: [asset] }) }))].map((value) =>
        txt(value, 'edge.cdn.example'),
      ),
    });
  const aliases = async (asset: string) =>
    (await at(asset)).emblems[0]?.problems.filter(({ code }) => code === 'via-alias').map(({ severity }) => severity);
  expect(await aliases(HOST)).toEqual(['info']);
  expect(await aliases('*.relief.example')).toEqual(['warning']);
});

test('an asset that is too broad does not stand in the way of a better one', async () => {
  for (const assets of [
    ['*', HOST],
    [HOST, '*'],
    ['*.example', '*.relief.example'],
    ['[192.0.0.0/8]', HOST],
  ]) {
    const report = await checkScene({
      values: await soundSet({ emblem: makeEmblem({ assets }) }),
      address: '192.0.2.1',
    });
    expect(report).toMatchObject({ status: 'marked' });
    expect(codesOf(report)).toEqual([]);
  }
});

test("another organisation's complete set beside an emblem does not prove its issuer", async () => {
  const other = 'https://other.example';
  const values = (
    await Promise.all([
      makeEmblem({ key: strangerKey }),
      makeEmblem({ issuer: other }),
      makeEndorsement({ issuer: other, subject: other }),
      makeExternal({ subject: other }),
    ])
  ).map((token) => tokenRecord(token));
  const report = await checkScene({ values });
  const ofRelief = report.emblems.find(({ issuer }) => issuer === RELIEF);
  expect(ofRelief).toMatchObject({ status: 'invalid', issuerProven: false, endorsedBy: [] });
  expect(report.emblems.find(({ issuer }) => issuer === other)).toMatchObject({ status: 'marked', issuerProven: true });
});

test('the key identifier that logs must show is computed of the key that verified', async () => {
  const asked: string[] = [];
  const records = [...KEYS, ...(await soundSet())].map((value) => txt(value));
  const log = {
    kind: 'rfc6962' as const,
    id: ENTRY.id,
    name: 'A log',
    key: new Uint8Array(),
    url: 'https://log.example/',
    origin: null,
    state: 'usable',
    counts: true,
    mergeDelay: 86_400_000,
    end: null,
  };
  await check({ host: HOST, address: null, page: null }, NOW, {
    lookUp: () => Promise.resolve({ records, exists: true, failures: [], notes: [], expiresAt: null }),
    logs: () => Promise.resolve({ logs: [log], complete: true, problems: [] }),
    readLog: () => Promise.reject(new TypeError('no log is asked')),
    memory: { recall: async (key) => (asked.push(key), HOLDS), remember: () => undefined },
    suffixes,
    trustedKeys: [],
    verified: openVerifiedSignatures(),
    progress: () => undefined,
    pause: async () => {},
    requests: () => [],
  });
  expect(asked.map((key) => key.split('|').slice(-2).join(' ')).toSorted()).toEqual(
    [`${rootKey.kid} relief.example`, `${stateKey.kid} health.state.example`].toSorted(),
  );
});

const SPELLING = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=.+/ \u00e9\u0000"{'.split('');
test('no token survives the change of a character, and none spoils the others', async () => {
  const sound = await soundSet();
  await fc.assert(
    fc.asyncProperty(
      fc.nat(2),
      fc.nat(),
      fc.constantFrom(...SPELLING),
      fc.constantFrom(0, 1),
      async (which, at, letter, replaced) => {
        const begun = 'adem-token='.length;
        const values = sound.map((value, place) => {
          if (place !== which) return value;
          const cut = begun + (at % (value.length - begun));
          return value.slice(0, cut) + letter + value.slice(cut + replaced);
        });
        fc.pre(values[which] !== sound[which]);
        const report = await checkScene({ values });
        const { status, strength } = report;
        // Of the emblem or the organisation's endorsement: no longer valid (`ES` may have become `RS`, which we lack). Of
        // the authority's: it does not count.
        expect(which === 2 ? ['marked declared'] : ['invalid null', 'unknown null']).toContain(`${status} ${strength}`);
        expect(JSON.parse(JSON.stringify(report))).toEqual(report);
      },
    ),
    { numRuns: 300 },
  );
});

test('whatever isValid in the records, a report comes back', async () => {
  const [emblem = '', ...others] = await soundSet();
  const start = fc.constantFrom(
    'adem',
    'adem-',
    'adem=',
    'adem-token=',
    'adem-token-x=',
    'adem-key=',
    'adem-emb=',
    'adem-end=',
    emblem.slice(0, 60),
    '',
  );
  const bytes = fc.tuple(start, fc.uint8Array({ maxLength: 60 })).map(([text, rest]) => ({
    generation: 'jws' as const,
    owner: HOST,
    data: Uint8Array.of(...new TextEncoder().encode(text), ...rest),
  }));
  const rdata = fc
    .uint8Array({ maxLength: 60 })
    .map((data) => ({ generation: 'cwt' as const, owner: HOST, data: new Uint8Array(data) }));
  const sound = [...KEYS, emblem, ...others].map((value) => txt(value));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(bytes, rdata), { maxLength: 6 }), async (rubbish) => {
      expect(await checkScene({ records: [...rubbish, ...sound] })).toMatchObject({
        status: 'marked',
        strength: 'endorsed',
      });
      expect(['none', 'invalid', 'unknown']).toContain((await checkScene({ records: rubbish })).status);
    }),
    { numRuns: 100 },
  );
});
