// What is said of the host? Coverage, aliases, look-ups that fail, records that are none, and several emblems.

import { expect, test } from 'vitest';
import { problem } from '../../../src/problem.ts';
import { keyRecord, tokenRecord } from '../../lab/issuer.ts';
import {
  checkScene,
  codesOf,
  HOST,
  KEYS,
  makeEmblem,
  makeEndorsement,
  MISSES,
  rootKey,
  type Scene,
  soundSet,
  txt,
  UNREACHED,
} from './scene.ts';

const withAssets = async (assets: readonly string[], scene: Scene = {}) =>
  checkScene({ values: await soundSet({ emblem: makeEmblem({ assets }) }), ...scene });

test.each([
  [HOST, HOST],
  ['*.relief.example', HOST],
  ['*.clinic.relief.example', HOST],
  ['*.relief.example', 'relief.example'],
  ['*.RELIEF.example.', 'a.b.relief.example'],
])('%s marks %s', async (asset, host) => {
  expect(
    await withAssets(['www.relief.example', asset], {
      host,
      records: [...KEYS, ...(await soundSet({ emblem: makeEmblem({ assets: ['www.relief.example', asset] }) }))].map(
        (value) => txt(value, host),
      ),
    }),
  ).toMatchObject({ status: 'marked', emblems: [{ coveredBy: asset }] });
});

test.each([
  ['relief.example', 'host-not-covered'],
  ['www.clinic.relief.example', 'host-not-covered'],
  ['*.other.example', 'host-not-covered'],
  ['*.ief.example', 'host-not-covered'],
  ['*', 'asset-too-broad'],
  ['*.example', 'asset-too-broad'],
  ['[192.0.2.0/24]', 'host-not-covered'],
])('%s does not mark the host: %s', async (asset, code) => {
  const report = await withAssets([asset]);
  expect(report).toMatchObject({
    status: 'not-covered',
    strength: null,
    because: null,
    levels: ['SIGNED', 'ORGANIZATIONAL', 'ENDORSED'],
    emblems: [{ coveredBy: null }],
  });
  expect(codesOf(report)).toEqual([code]);
});

test.each([
  ['[192.0.2.7]', '192.0.2.7'],
  ['[192.0.2.7/32]', '192.0.2.7'],
  ['[::ffff:192.0.2.7]', '192.0.2.7'],
  ['[192.0.2.0/24]', '::ffff:192.0.2.7'],
  ['[2001:db8::/32]', '2001:db8::1'],
  ['[::ffff:192.0.2.0/120]', '192.0.2.7'],
])("%s marks the issuer's own host at %s", async (asset, address) => {
  expect(await withAssets([asset], { address })).toMatchObject({ status: 'marked', emblems: [{ coveredBy: asset }] });
});

test.each([
  ['[192.0.2.8]', '192.0.2.7', 'host-not-covered'],
  ['[2001:db8::/31]', '2001:db8::1', 'asset-too-broad'],
  ['[192.0.0.0/15]', '192.0.2.7', 'asset-too-broad'],
  ['[::/32]', '192.0.2.7', 'asset-address-refused'],
  ['[::/31]', '192.0.2.7', 'host-not-covered'],
  ['[::ffff:0:0/95]', '192.0.2.7', 'asset-host-bits'],
  ['[2001:db8:1::/95]', '192.0.2.7', 'host-not-covered'],
])('%s does not mark the host at %s: %s', async (asset, address, code) => {
  const report = await withAssets([asset], { address });
  expect(['not-covered', 'invalid']).toContain(report.status);
  expect(codesOf(report).filter((found) => found !== 'endorsement-unrelated')).toEqual([code]);
});

test("an address marks nothing but the issuer's own domain, proven or not to be told", async () => {
  const values = await soundSet({ emblem: makeEmblem({ assets: ['[192.0.2.7]'] }) });
  const foreign = await checkScene({
    host: 'relief.example.org',
    address: '192.0.2.7',
    records: [...KEYS, ...values].map((value) => txt(value, 'relief.example.org')),
  });
  expect(foreign).toMatchObject({ status: 'not-covered' });
  expect(codesOf(foreign)).toEqual(['asset-not-issuers']);
  const unproven = await checkScene({ values, address: '192.0.2.7', outcomes: () => UNREACHED });
  expect(unproven).toMatchObject({ status: 'unconfirmed', because: 'log-unreachable', levels: ['SIGNED'] });
  const elsewhere = await checkScene({
    host: 'relief.example.org',
    address: '192.0.2.7',
    outcomes: () => UNREACHED,
    records: [...KEYS, ...values].map((value) => txt(value, 'relief.example.org')),
  });
  expect(elsewhere).toMatchObject({ status: 'not-covered' });
});

test('records under another domain count only through an asset that names the host', async () => {
  const at = async (asset: string, owner: string) =>
    checkScene({
      records: [...KEYS, ...(await soundSet({ emblem: makeEmblem({ assets: [asset] }) }))].map((value) =>
        txt(value, owner),
      ),
    });
  expect(await at(HOST, 'edge.cdn.example')).toMatchObject({
    status: 'marked',
    emblems: [{ problems: [{ code: 'via-alias', severity: 'info' }] }],
  });
  const wild = await at('*.relief.example', 'edge.cdn.example');
  expect(wild).toMatchObject({ status: 'not-covered' });
  expect(codesOf(wild)).toContain('via-alias');
  expect(await at('*.relief.example', 'edge.relief.example')).toMatchObject({ status: 'marked' });
});

// The browsers' own suffix functions throw for names like these; shown to them too, they must lead to the same.
test.each([
  '*.hosting.example',
  'a b.example',
  'a\\.b.example',
  `${'a'.repeat(64)}.example`,
  'xn--a.example',
  'xn--zzzzzz.example',
  'under_score.example',
  '*',
  '',
])('an alias to %j costs nothing', async (owner) => {
  expect(
    await checkScene({ records: [...KEYS, ...(await soundSet())].map((value) => txt(value, owner)) }),
  ).toMatchObject({ status: 'marked', strength: 'endorsed' });
});

test.each([
  ['192.0.2.1'],
  ['[2001:db8::1]'],
  ['intranet'],
  ['localhost'],
  ['printer.local'],
  ['a.localhost'],
  ['x.test'],
  ['x.invalid'],
  ['x.onion'],
  ['x.home.arpa'],
  ['x.alt'],
  ['x.internal'],
  ['x.lan'],
  ['x.corp'],
  ['x.home'],
  ['x.intranet'],
  ['x.localdomain'],
])('%s is never asked about', async (host) => {
  const report = await checkScene({ host, values: await soundSet() });
  expect(report).toMatchObject({
    status: 'unknown',
    problems: [{ code: 'host-not-checkable' }],
    emblems: [],
    requests: [],
  });
});

test.each(['127.0.0.1', '10.1.2.3', '::1', 'fd00::1', '::ffff:192.168.0.1', '100.64.0.1'])(
  'a page from %s is never asked about',
  async (address) => {
    expect(await checkScene({ address, values: await soundSet() })).toMatchObject({
      status: 'unknown',
      problems: [{ code: 'address-not-public' }],
    });
  },
);

test('no records, no name, and failures are three things', async () => {
  const failure = problem('dns-unreachable');
  expect(await checkScene({ records: [] })).toMatchObject({
    status: 'none',
    because: null,
    levels: [],
    validUntil: '2026-06-17T12:05:00Z',
  });
  expect(await checkScene({ records: [], lookUp: { exists: false } })).toMatchObject({ status: 'none' });
  expect(await checkScene({ records: [], page: 'https', lookUp: { exists: false } })).toMatchObject({
    status: 'unknown',
    problems: [{ code: 'dns-name-not-found' }],
  });
  expect(await checkScene({ records: [], lookUp: { failures: [failure], expiresAt: null } })).toMatchObject({
    status: 'unknown',
    validUntil: null,
    problems: [{ code: 'dns-unreachable' }],
  });
  expect(await checkScene({ values: await soundSet(), lookUp: { failures: [failure] } })).toMatchObject({
    status: 'marked',
    problems: [{ code: 'dns-unreachable' }],
  });
  expect(
    await checkScene({
      values: await soundSet({ emblem: makeEmblem({ assets: ['x.example'] }) }),
      lookUp: { failures: [failure] },
    }),
  ).toMatchObject({ status: 'not-covered' });
});

test('a failed look-up is told of beside endorsements without emblem', async () => {
  const report = await checkScene({
    values: [tokenRecord(await makeEndorsement())],
    lookUp: { failures: [problem('dns-unreachable')] },
  });
  expect(report).toMatchObject({ status: 'invalid', problems: [{ code: 'dns-unreachable' }, { code: 'no-emblem' }] });
});

test("the same record at the host itself and at an alias is the host's own, in whichever order they come", async () => {
  const [emblem = '', ...others] = await soundSet({ emblem: makeEmblem({ assets: ['*.relief.example'] }) });
  const twice = [txt(emblem), txt(emblem, 'edge.cdn.example')];
  for (const records of [twice, twice.toReversed()]) {
    expect(
      await checkScene({ records: [...records, ...[...KEYS, ...others].map((value) => txt(value))] }),
    ).toMatchObject({ status: 'marked', emblems: [{ coveredBy: '*.relief.example' }] });
  }
});

test('an alias is told of where the commitment fails, too', async () => {
  const report = await checkScene({
    records: [...KEYS, ...(await soundSet())].map((value) => txt(value, 'edge.cdn.example')),
    outcomes: () => MISSES,
  });
  expect(report).toMatchObject({ status: 'invalid' });
  expect(codesOf(report)).toEqual(['certificate-names-missing', 'commitment-failed', 'via-alias']);
});

test('which records count as an emblem', async () => {
  const endorsement = tokenRecord(await makeEndorsement());
  const emblem = await makeEmblem();
  const other = await makeEmblem({ header: { cty: 'application/json' } });
  expect(await checkScene({ values: [endorsement] })).toMatchObject({
    status: 'invalid',
    because: 'other',
    emblems: [],
    problems: [{ code: 'no-emblem' }],
  });
  expect(await checkScene({ records: [txt(keyRecord(rootKey))] })).toMatchObject({
    status: 'none',
    problems: [{ code: 'no-emblem', severity: 'info' }],
  });
  expect(await checkScene({ records: [] })).toMatchObject({ status: 'none', problems: [] });
  expect(await checkScene({ records: [txt('v=spf1 -all'), txt('ademption=1')] })).toMatchObject({
    status: 'none',
    problems: [],
  });
  for (const [value, code] of [
    ['adem-token=nonsense', 'record-not-token'],
    [tokenRecord(other), 'record-not-token'],
    [`adem-emb-1-p2=${emblem}`, 'record-malformed'],
    [`adem-token-key=${emblem}`, 'record-malformed'],
    [`adem-token-=${emblem}`, 'record-malformed'],
    ['adem-token', 'record-malformed'],
    ['adem=', 'record-not-token'],
  ] as const)
    expect(await checkScene({ records: [txt(value)] })).toMatchObject({ status: 'none', problems: [{ code }] });
  const wrongWord = await checkScene({ values: [`adem-end=${emblem}`, endorsement] });
  expect(wrongWord).toMatchObject({ status: 'invalid' });
  expect(codesOf(wrongWord)).toContain('record-type-mismatch');
});

test('at most 200 records are judged, in the order of their bytes', async () => {
  const sound = (await soundSet()).map((value) => txt(value));
  const flood = (name: string) => Array.from({ length: 300 }, (_, place) => txt(`${name}${place}`));
  const before = await checkScene({ records: [...sound, ...KEYS.map((value) => txt(value)), ...flood('adem-aaa=')] });
  expect(before.status).toBe('none');
  expect(codesOf(before)).toContain('too-many-records');
  const after = await checkScene({ records: [...flood('adem-zzz='), ...sound, ...KEYS.map((value) => txt(value))] });
  expect(after.status).toBe('marked');
  expect(codesOf(after)).toContain('too-many-records');
});

test('200 records are not too many, 201 are', async () => {
  const flood = async (count: number) =>
    codesOf(await checkScene({ records: Array.from({ length: count }, (_, place) => txt(`adem-zzz=${place}`)) }));
  expect(await flood(200)).not.toContain('too-many-records');
  expect(await flood(201)).toContain('too-many-records');
});

test('the order of the records changes nothing', async () => {
  const records = [...KEYS, ...(await soundSet())].map((value) => txt(value));
  expect(await checkScene({ records: records.toReversed() })).toEqual(await checkScene({ records }));
});

test('a page that is not on HTTPS', async () => {
  const report = await checkScene({ values: await soundSet(), page: 'http' });
  expect(report).toMatchObject({ status: 'marked', problems: [{ code: 'page-not-authenticated' }] });
  expect(await checkScene({ records: [], page: 'http' })).toMatchObject({ problems: [] });
  expect(await checkScene({ values: [tokenRecord(await makeEmblem({ issuer: null }))], page: 'http' })).toMatchObject({
    status: 'unconfirmed',
    problems: [{ code: 'page-not-authenticated' }],
  });
});

test('a page that is not on HTTPS, where no emblem marks its name', async () => {
  const elsewhere = await soundSet({ emblem: makeEmblem({ assets: ['x.example'] }) });
  const expired = await soundSet({ emblem: makeEmblem({ from: 0, until: 1 }) });
  for (const [status, values] of [
    ['not-covered', elsewhere],
    ['invalid', expired],
  ] as const) {
    const report = await checkScene({ values, page: 'http' });
    expect(report.status).toBe(status);
    expect(codesOf(report)).not.toContain('page-not-authenticated');
  }
});

test('the strongest of several emblems decides', async () => {
  const expired = tokenRecord(await makeEmblem({ from: 0, until: 1 }));
  const elsewhere = tokenRecord(await makeEmblem({ assets: ['x.example'] }));
  const signed = tokenRecord(await makeEmblem({ issuer: null }));
  const endorsement = tokenRecord(await makeEndorsement());
  expect(await checkScene({ values: [expired] })).toMatchObject({ status: 'invalid', because: 'expired' });
  expect(await checkScene({ values: [expired, elsewhere, endorsement] })).toMatchObject({ status: 'not-covered' });
  expect(await checkScene({ values: [expired, elsewhere, signed, endorsement] })).toMatchObject({
    status: 'unconfirmed',
  });
  const all = await checkScene({ values: [expired, elsewhere, signed, ...(await soundSet())] });
  expect(all).toMatchObject({ status: 'marked', strength: 'endorsed' });
  expect(all.emblems).toHaveLength(4);
});
