// Does the report tell of everything what became of it: tokens, keys, links, times, and how loud each problem is?

import { expect, test } from 'vitest';
import { check } from '../../../src/check.ts';
import type { EntryOutcome } from '../../../src/transparency/log.ts';
import { decidingEmblem } from '../../../src/verdict/host-verdict.ts';
import { cbor, coseKey } from '../../lab/cwt-issuer.ts';
import { keyRecord, signText, tampered, tokenRecord, unsecured } from '../../lab/issuer.ts';
import { inclusion, provenEntry } from '../transparency/proven-entry.ts';
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
  MISSES,
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

const SECONDS = NOW / 1000;
const keysBut = (...keys: readonly (typeof rootKey)[]): readonly string[] =>
  KEYS.filter((value) => !keys.some((key) => value === keyRecord(key)));
const own =
  (ours: EntryOutcome, others: EntryOutcome) =>
  (domain: string): EntryOutcome =>
    domain === 'relief.example' ? ours : others;

test('each link of the chain, whole', async () => {
  const outcome: EntryOutcome = {
    outcome: 'holds',
    proven: provenEntry(['relief.example'], { notBefore: NOW - 60_000 }),
    problems: [],
  };
  const report = await checkScene({ values: await soundSet(), outcomes: () => outcome });
  const log = {
    id: Buffer.alloc(32, 1).toString('base64'),
    name: 'A log',
    kind: 'rfc6962',
    state: 'usable',
    outcome: 'holds',
    names: ['relief.example'],
    ...inclusion,
    treeHeadAt: '2026-06-17T11:50:00Z',
    loggedAt: '2026-06-16T08:53:20Z',
    notBefore: '2026-06-17T11:59:00Z',
    notAfter: null,
  };
  const times = { notBefore: '2026-06-17T11:43:20Z', notAfter: '2026-06-17T12:16:40Z', trusted: false };
  const proven = { outcome: 'holds', logs: [log] };
  const chain = report.emblems[0]?.chain ?? [];
  expect(chain).toMatchObject([
    {
      role: 'external',
      issuer: STATE,
      subject: RELIEF,
      kid: stateKey.kid,
      endorses: rootKey.kid,
      mayEndorse: true,
      algorithm: 'ES384',
      ...times,
      commitment: proven,
    },
    {
      role: 'internal',
      issuer: RELIEF,
      subject: RELIEF,
      kid: rootKey.kid,
      endorses: emblemKey.kid,
      mayEndorse: false,
      algorithm: 'ES512',
      ...times,
      commitment: proven,
    },
    {
      role: 'emblem',
      issuer: RELIEF,
      subject: null,
      kid: emblemKey.kid,
      endorses: null,
      mayEndorse: null,
      algorithm: 'ES256',
      ...times,
      commitment: { outcome: 'none', logs: [] },
    },
  ]);
  expect(chain.map(({ token }) => report.tokens[token]?.kind)).toEqual(['endorsement', 'endorsement', 'emblem']);
  expect(report.emblems[0]).toMatchObject({
    notBefore: times.notBefore,
    notAfter: times.notAfter,
    purposes: ['protective'],
    assets: [HOST],
  });
});

test('what became of a commitment that fails, and of one left open', async () => {
  const failing = await checkScene({ values: await soundSet(), outcomes: () => MISSES });
  expect(failing.emblems[0]?.chain.find(({ role }) => role === 'internal')?.commitment).toMatchObject({
    outcome: 'fails',
    logs: [{ outcome: 'fails', names: [], treeSize: null }],
  });
  const open = await checkScene({ values: await soundSet(), outcomes: () => UNREACHED });
  expect(open.emblems[0]?.chain.find(({ role }) => role === 'internal')?.commitment).toMatchObject({
    outcome: 'undetermined',
    logs: [{ outcome: 'undetermined' }],
  });
});

test('tokens and keys: used, unrelated, discarded, unsupported', async () => {
  const loose = await makeEndorsement({ key: strangerKey, endorsed: strangerKey });
  const spoilt = tampered(await makeEndorsement({ endorsed: strangerKey, subject: STATE }));
  const lacking = await signText(
    JSON.stringify({ alg: 'RS256', cty: 'adem-end', kid: 'x' }),
    Buffer.from(loose.split('.')[1] ?? '', 'base64url').toString(),
    strangerKey,
  );
  const values = [
    ...(await soundSet()),
    tokenRecord(loose),
    tokenRecord(spoilt),
    tokenRecord(lacking),
    'adem-key={"kty":"RSA","n":"AQAB","e":"AQAB"}',
    'adem-key={"kty":"EC"}',
  ];
  const report = await checkScene({ values });
  expect(report).toMatchObject({ status: 'marked', strength: 'endorsed' });
  const told = (kind: string): readonly string[] =>
    report.tokens
      .filter((token) => token.kind === kind)
      .map(({ outcome }) => outcome)
      .toSorted();
  expect(told('emblem')).toEqual(['used']);
  expect(told('endorsement')).toEqual(['discarded', 'unrelated', 'unsupported', 'used', 'used']);
  // Those of the emblem, the organisation and the authority; a stranger's and another's; two that are none.
  expect(told('key')).toEqual(['discarded', 'unrelated', 'unrelated', 'unsupported', 'used', 'used', 'used']);
  expect(report.tokens.find(({ kid, kind }) => kind === 'key' && kid === strangerKey.kid)?.outcome).toBe('unrelated');
  expect(report.tokens.map(({ record }) => record)).toEqual([...report.tokens.keys()]);
});

test('how loud: what fails the issuer is an error, what costs an endorser a warning', async () => {
  const severities = async (ours: EntryOutcome, others: EntryOutcome) =>
    Object.fromEntries(
      (await checkScene({ values: await soundSet(), outcomes: own(ours, others) })).emblems.flatMap(({ problems }) =>
        problems.map(({ code, severity }) => [code, severity] as const),
      ),
    );
  expect(await severities(MISSES, HOLDS)).toEqual({
    'certificate-names-missing': 'error',
    'commitment-failed': 'error',
  });
  expect(await severities(HOLDS, MISSES)).toEqual({
    'certificate-names-missing': 'warning',
    'commitment-failed': 'warning',
  });
  expect(await severities(HOLDS, UNREACHED)).toEqual({
    'log-unreachable': 'warning',
    'commitment-undetermined': 'warning',
  });
});

test('a problem with an entry names its log', async () => {
  const detailed: EntryOutcome = {
    outcome: 'undetermined',
    doubt: 'log-unreachable',
    problems: [{ code: 'log-unreachable', detail: 'get-sth 503' }],
  };
  const details = async (outcome: EntryOutcome) =>
    (await checkScene({ values: await soundSet(), outcomes: () => outcome })).emblems[0]?.problems.find(
      ({ code }) => code === 'log-unreachable',
    )?.detail;
  expect(await details(detailed)).toBe('A log: get-sth 503');
  expect(await details(UNREACHED)).toBe('A log');
});

test('a problem with an entry whose log is not known names none', async () => {
  const id = Buffer.alloc(32, 7).toString('base64');
  const detail = async (entry: unknown, wanted: string) =>
    (
      await checkScene({ values: await soundSet({ endorsement: makeEndorsement({ claims: { log: [entry] } }) }) })
    ).emblems[0]?.problems.find(({ code }) => code === wanted)?.detail;
  expect(await detail({ ...ENTRY, id }, 'log-unknown')).toBe(id);
  expect(await detail(7, 'log-entry-malformed')).toBeNull();
});

test('an entry that cannot be read, or of an unknown log, is shown with what is known', async () => {
  const nothing = {
    outcome: 'undetermined',
    names: [],
    treeSize: null,
    treeHeadAt: null,
    rootHash: null,
    index: null,
    loggedAt: null,
    leafHash: null,
    path: [],
    notBefore: null,
    notAfter: null,
  };
  const id = Buffer.alloc(32, 7).toString('base64');
  const report = await checkScene({
    values: await soundSet({ endorsement: makeEndorsement({ claims: { log: [7, { ...ENTRY, id }] } }) }),
  });
  expect(report.emblems[0]?.chain.find(({ role }) => role === 'internal')?.commitment.logs).toEqual([
    { id: null, name: null, kind: null, state: null, ...nothing },
    { id, name: null, kind: 'rfc6962', state: null, ...nothing },
  ]);
});

test('of a token that cannot be read nothing is told but that', async () => {
  const report = await checkScene({ records: [txt(tokenRecord(`${await makeEmblem()}!`))] });
  expect(report.emblems[0]).toMatchObject({
    set: null,
    issuer: null,
    purposes: [],
    assets: [],
    notBefore: null,
    notAfter: null,
    chain: [],
  });
  expect(report.tokens).toEqual([{ record: 0, kind: 'emblem', kid: null, issuer: null, outcome: 'discarded' }]);
});

test('of each token its key and its issuer are told', async () => {
  const { tokens } = await checkScene({ values: await soundSet() });
  expect(tokens.filter(({ kind }) => kind === 'emblem')).toMatchObject([{ kid: emblemKey.kid, issuer: RELIEF }]);
  expect(
    tokens
      .filter(({ kind }) => kind === 'endorsement')
      .map(({ kid, issuer }) => `${kid} ${issuer}`)
      .toSorted(),
  ).toEqual([`${rootKey.kid} ${RELIEF}`, `${stateKey.kid} ${STATE}`].toSorted());
});

test('the fault of an endorsement isValid with its emblem, that of another emblem does not', async () => {
  const late = await checkScene({
    values: [...(await soundSet()), tokenRecord(await makeEndorsement({ endorsed: strangerKey, until: SECONDS }))],
  });
  expect(late).toMatchObject({ status: 'marked', problems: [], emblems: [{ problems: [{ code: 'token-expired' }] }] });
  const beside = await checkScene({
    values: [...(await soundSet()), tokenRecord(await makeEmblem({ until: SECONDS }))],
  });
  expect(beside.emblems.find(({ status }) => status === 'marked')?.problems).toEqual([]);
});

test('an entry that its log refutes fails', async () => {
  const refuted: EntryOutcome = { outcome: 'refuted', problems: [{ code: 'log-hash-refuted', detail: null }] };
  const report = await checkScene({ values: await soundSet(), outcomes: () => refuted });
  expect(report.emblems[0]?.chain.find(({ role }) => role === 'internal')?.commitment).toMatchObject({
    outcome: 'fails',
    logs: [
      {
        outcome: 'fails',
        names: [],
        treeSize: null,
        treeHeadAt: null,
        rootHash: null,
        index: null,
        loggedAt: null,
        leafHash: null,
        path: [],
        notBefore: null,
        notAfter: null,
      },
    ],
  });
});

test('what only the header or the key of a token names is quoted, cut short', async () => {
  const long = 'ab'.repeat(150);
  const detail = async (header: Readonly<Record<string, unknown>>) =>
    (await checkScene({ values: await soundSet({ emblem: makeEmblem({ header }) }) })).emblems[0]?.problems[0]?.detail;
  expect(await detail({ alg: long })).toBe('ab'.repeat(50));
  expect(await detail({ kid: long })).toBe('ab'.repeat(50));
});

test('a faulty endorsement of another set is told of beside the emblem', async () => {
  const sound = [...(await soundSet()), tokenRecord(await makeEndorsement({ subject: STATE }))].map((value) =>
    value.replace('adem-token=', 'adem-token-a='),
  );
  const report = await checkScene({ values: [...sound, tokenRecord(await makeEndorsement({ until: SECONDS }), '-b')] });
  expect(report).toMatchObject({
    status: 'marked',
    problems: [{ code: 'token-expired' }],
    emblems: [{ problems: [{ code: 'endorsement-unrelated' }] }],
  });
});

test('a copy of a broken emblem is told of once', async () => {
  const token = await makeEmblem({ until: SECONDS });
  expect(await checkScene({ values: [tokenRecord(token), `adem-emb=${token}`] })).toMatchObject({
    status: 'invalid',
    problems: [],
    emblems: [{ problems: [{ code: 'token-expired' }, { code: 'record-form-superseded' }] }],
  });
});

test('of emblems that fare alike the first record decides', async () => {
  const elsewhere = { assets: ['x.example'] };
  for (const [set, levels] of [
    ['-a', ['SIGNED']],
    ['-z', ['SIGNED', 'ORGANIZATIONAL']],
  ] as const) {
    const nameless = tokenRecord(await makeEmblem({ ...elsewhere, issuer: null }), set);
    const named = (await Promise.all([makeEmblem(elsewhere), makeEndorsement()])).map((token) =>
      tokenRecord(token, '-m'),
    );
    expect(await checkScene({ values: [nameless, ...named] })).toMatchObject({ status: 'not-covered', levels });
  }
});

test('until when: tokens used and tokens to come count, unrelated ones do not', async () => {
  const until = async (values: readonly Promise<string>[], expiresAt: number | null = NOW + 300_000) =>
    (
      await checkScene({
        values: [...(await soundSet()), ...(await Promise.all(values)).map((token) => tokenRecord(token))],
        lookUp: { expiresAt },
      })
    ).validUntil;
  expect(await until([])).toBe('2026-06-17T12:05:00Z');
  expect(await until([], null)).toBe('2026-06-17T12:16:40Z');
  expect(await until([makeEndorsement({ endorsed: strangerKey, until: SECONDS + 60 })])).toBe('2026-06-17T12:05:00Z');
  expect(await until([makeEndorsement({ endorsed: strangerKey, from: SECONDS + 60 })])).toBe('2026-06-17T12:01:00Z');
  expect(await until([makeEndorsement({ from: SECONDS - 60, until: SECONDS - 30 })])).toBe('2026-06-17T12:05:00Z');
});

test('a clock is doubted only where the time is off by less than a day, and nothing else is wrong', async () => {
  const codes = async (emblem: Promise<string>) =>
    codesOf(await checkScene({ values: await soundSet({ emblem }) })).filter(
      (code) => code !== 'endorsement-unrelated',
    );
  expect(await codes(makeEmblem({ from: SECONDS + 86_399, until: SECONDS + 100_000 }))).toEqual([
    'token-not-yet-valid',
    'clock-suspect',
  ]);
  expect(await codes(makeEmblem({ from: SECONDS + 86_400, until: SECONDS + 100_000 }))).toEqual([
    'token-not-yet-valid',
  ]);
  expect(await codes(makeEmblem({ claims: { iat: SECONDS } }))).toEqual([]);
  expect(await codes(makeEmblem({ claims: { iat: SECONDS + 5 } }))).toEqual(['clock-suspect']);
  expect(await codes(makeEmblem({ claims: { iat: SECONDS + 1 } }))).toEqual(['clock-suspect']);
  expect(await codes(makeEmblem({ from: SECONDS + 10, until: SECONDS + 100, claims: { iat: SECONDS - 60 } }))).toEqual([
    'token-not-yet-valid',
    'clock-suspect',
  ]);
  expect(await codes(makeEmblem({ from: SECONDS + 10, until: SECONDS + 100 }).then(tampered))).toEqual([
    'signature-wrong',
  ]);
});

test('keys inside tokens serve others: an endorsed key in full, a key in another header', async () => {
  const values = await soundSet({
    endorsement: makeEndorsement({ endorsedAs: 'jwk' }),
    external: makeExternal({ endorsedAs: 'jwk' }),
  });
  expect(
    await checkScene({ records: [...keysBut(emblemKey, rootKey), ...values].map((value) => txt(value)) }),
  ).toMatchObject({ status: 'marked', strength: 'endorsed' });
  const other = tokenRecord(
    await makeEndorsement({ key: emblemKey, keyAs: 'jwk', endorsed: strangerKey, subject: STATE }),
  );
  expect(
    await checkScene({ records: [...keysBut(emblemKey), ...(await soundSet()), other].map((value) => txt(value)) }),
  ).toMatchObject({ status: 'marked' });
  expect(
    await checkScene({ records: [...keysBut(emblemKey), ...(await soundSet())].map((value) => txt(value)) }),
  ).toMatchObject({ status: 'invalid' });
});

test('keys of the other generation verify nothing', async () => {
  const records = [
    ...[...keysBut(emblemKey), ...(await soundSet())].map((value) => txt(value)),
    { generation: 'cwt' as const, owner: HOST, data: cbor(coseKey(emblemKey)) },
  ];
  const report = await checkScene({ records });
  expect(report).toMatchObject({ status: 'invalid' });
  expect(codesOf(report)).toContain('key-not-found');
});

test('of any two emblems the one that fares better decides, whichever isValid first', async () => {
  const FARES = [
    ['marked', 'trusted', null],
    ['marked', 'endorsed', null],
    ['marked', 'declared', null],
    ['unconfirmed', null, 'log-unreachable'],
    ['unconfirmed', null, 'log-not-known'],
    ['unconfirmed', null, 'log-not-proven'],
    ['unconfirmed', null, 'no-organisation'],
    ['not-covered', null, null],
    ['unknown', null, null],
    ['invalid', null, 'expired'],
    ['invalid', null, 'not-yet-valid'],
    ['invalid', null, 'unsigned'],
    ['invalid', null, 'other'],
  ] as const;
  const { emblems } = await checkScene({ values: await soundSet() });
  const ranked = FARES.flatMap(([status, strength, because]) =>
    emblems.map((emblem) => ({ ...emblem, status, strength, because })),
  );
  expect(ranked).toHaveLength(FARES.length);
  for (const [place, better] of ranked.entries())
    for (const worse of ranked.slice(place + 1)) {
      expect(decidingEmblem([better, worse])).toBe(better);
      expect(decidingEmblem([worse, better])).toBe(better);
    }
});

const OTHER = 'https://other.example';
test('of several emblems the strongest decides, whatever the order of the records', async () => {
  for (const set of ['-a', '-z']) {
    const weaker = (
      await Promise.all([makeEmblem({ issuer: OTHER }), makeEndorsement({ issuer: OTHER, subject: OTHER })])
    ).map((token) => tokenRecord(token, set));
    expect(
      await checkScene({
        values: [...weaker, ...(await soundSet()).map((value) => value.replace('adem-token=', 'adem-token-m='))],
      }),
    ).toMatchObject({ status: 'marked', strength: 'endorsed' });
    const poor = tokenRecord(await makeEmblem({ issuer: OTHER }), set);
    const late = tokenRecord(await makeEmblem({ from: 0, until: 1 }), '-m');
    expect(await checkScene({ values: [poor, late] })).toMatchObject({ status: 'invalid', because: 'expired' });
    const nameless = tokenRecord(await makeEmblem({ issuer: null }), set);
    const unsigned = tokenRecord(unsecured(await makeEmblem()), '-m');
    expect(await checkScene({ values: [unsigned, poor] })).toMatchObject({ status: 'invalid', because: 'unsigned' });
    const claimed = [tokenRecord(await makeEmblem(), '-m'), tokenRecord(await makeEndorsement(), '-m')];
    expect(await checkScene({ values: [nameless, ...claimed], outcomes: () => UNREACHED })).toMatchObject({
      status: 'unconfirmed',
      because: 'log-unreachable',
    });
  }
});

test('one emblem under two identifiers is two sets', async () => {
  const token = await makeEmblem();
  const report = await checkScene({
    values: [tokenRecord(token, '-a'), tokenRecord(token, '-b'), tokenRecord(await makeEndorsement(), '-b')],
  });
  expect(report.emblems.map(({ set, status }) => `${set} ${status}`)).toEqual(['a invalid', 'b marked']);
});

test("an endorser under the issuer's domain is the same hand, wherever the host is", async () => {
  const [issuer, board] = ['https://issuer.example', 'https://board.issuer.example'];
  const report = await checkScene({
    values: await soundSet({
      emblem: makeEmblem({ issuer }),
      endorsement: makeEndorsement({ issuer, subject: issuer }),
      external: makeExternal({ issuer: board, subject: issuer }),
    }),
  });
  expect(report).toMatchObject({
    status: 'marked',
    strength: 'declared',
    levels: ['SIGNED', 'ORGANIZATIONAL', 'ENDORSED'],
  });
});

test('only an endorsement that could complete the line leaves the question open', async () => {
  const unsupported = async (token: Promise<string>) =>
    signText(
      JSON.stringify({ alg: 'ES256K', cty: 'adem-end', kid: 'x' }),
      Buffer.from((await token).split('.')[1] ?? '', 'base64url').toString(),
      strangerKey,
    );
  const status = async (endorsement: Promise<string>) =>
    (await checkScene({ values: await soundSet({ endorsement: unsupported(endorsement) }) })).status;
  expect(await status(makeEndorsement())).toBe('unknown');
  expect(await status(makeEndorsement({ endorsedAs: 'jwk' }))).toBe('unknown');
  expect(await status(makeEndorsement({ issuer: OTHER }))).toBe('invalid');
  expect(await status(makeEndorsement({ subject: OTHER }))).toBe('invalid');
  expect(await status(makeEndorsement({ endorsed: rootKey }))).toBe('invalid');
  const top = await checkScene({
    values: await soundSet({
      endorsement: makeEndorsement({ claims: { log: undefined } }),
      external: unsupported(makeEndorsement({ endorsed: rootKey, mayEndorse: true })),
    }),
  });
  expect(top).toMatchObject({ status: 'unknown' });
});

test('words of records are no identifiers', async () => {
  const token = await makeEmblem();
  for (const name of ['adem-token-token', 'adem-token-key', 'adem-emb-emb', 'adem-emb-end', 'adem-key-token']) {
    expect(await checkScene({ records: [txt(`${name}=${token}`)] })).toMatchObject({
      status: 'none',
      problems: [{ code: 'record-malformed' }],
    });
  }
});

test('headers and payloads that are no objects, twice told or spoilt', async () => {
  const sound = { alg: 'ES256', cty: 'adem-emb', kid: emblemKey.kid };
  const coded = async (token: Promise<string>) =>
    codesOf(await checkScene({ values: await soundSet({ emblem: token }) })).filter(
      (code) => code !== 'endorsement-unrelated',
    );
  for (const payload of ['null', '[]', '7', '"x"'])
    expect(await coded(signText(JSON.stringify(sound), payload, emblemKey))).toEqual(['token-malformed']);
  expect(await coded(makeEmblem({ header: { kid: 7 } }))).toEqual(['token-malformed']);
  expect(await coded(makeEmblem({ header: { kid: undefined, jwk: null } }))).toEqual(['key-malformed']);
  expect(await coded(makeEmblem().then((token) => `${token}!`))).toEqual(['token-malformed']);
  const payload = Buffer.from((await makeEmblem()).split('.')[1] ?? '', 'base64url').toString();
  expect(
    await coded(
      signText(`{"alg":"ES256","alg":"ES256","cty":"adem-emb","kid":"${emblemKey.kid}"}`, payload, emblemKey),
    ),
  ).toEqual(['token-duplicate-member']);
  const header = Buffer.from(JSON.stringify({ alg: 'none', cty: 'adem-emb', jwk: { d: 'x' } })).toString('base64url');
  expect(
    await checkScene({ values: [`adem-emb=${header}.${Buffer.from(payload).toString('base64url')}.`] }),
  ).toMatchObject({ status: 'invalid', because: 'unsigned' });
});

test('what the check is busy with: logs only where one is needed', async () => {
  const steps = async (values: readonly string[]): Promise<readonly string[]> => {
    const seen: string[] = [];
    const records = [...KEYS, ...values].map((value) => txt(value));
    await check({ host: HOST, address: null, page: null }, NOW, {
      lookUp: () => Promise.resolve({ records, exists: true, failures: [], notes: [], expiresAt: null }),
      logs: () => Promise.resolve({ logs: [], complete: true, problems: [] }),
      readLog: () => Promise.reject(new TypeError('no log is asked')),
      memory: { recall: async () => null, remember: () => undefined },
      suffixes,
      trustedKeys: [],
      verified: openVerifiedSignatures(),
      pause: async () => {},
      progress: (step) => seen.push(step),
      requests: () => [],
    });
    return seen;
  };
  expect(await steps(await soundSet())).toEqual(['records', 'signatures', 'logs']);
  expect(await steps([])).toEqual(['records', 'signatures']);
});

test('a signature that is missing is one thing under alg none, another under a MAC', async () => {
  const cut = (token: string): string => token.slice(0, token.lastIndexOf('.') + 1);
  for (const alg of ['HS256', 'nonesuch', 'NONE', ''])
    expect(
      await checkScene({ values: await soundSet({ emblem: makeEmblem({ header: { alg } }).then(cut) }) }),
    ).toMatchObject({ status: 'invalid', because: 'other' });
  expect(
    await checkScene({ values: await soundSet({ emblem: makeEmblem({ header: { alg: 'none' } }).then(cut) }) }),
  ).toMatchObject({ status: 'invalid', because: 'unsigned' });
});

test('a key that states no algorithm still fits only that of its curve', async () => {
  const { alg: _alg, ...jwk } = emblemKey.jwk;
  const records = async (header: string) =>
    [
      ...keysBut(emblemKey),
      keyRecord({ ...emblemKey, jwk }),
      ...(await soundSet({ emblem: makeEmblem({ header: { alg: header } }) })),
    ].map((value) => txt(value));
  expect(await checkScene({ records: await records('ES256') })).toMatchObject({ status: 'marked' });
  for (const other of ['ES384', 'ES512', 'EdDSA']) {
    const report = await checkScene({ records: await records(other) });
    expect(report).toMatchObject({ status: 'invalid' });
    expect(codesOf(report)).toContain('algorithm-mismatch');
  }
});

test('a note on a commitment that holds stays a note', async () => {
  const noted: EntryOutcome = { ...HOLDS, problems: [{ code: 'commitment-without-domain', detail: 'x.example' }] };
  const report = await checkScene({ values: await soundSet(), outcomes: () => noted });
  expect(report).toMatchObject({ status: 'marked', strength: 'endorsed' });
  expect(report.emblems[0]?.problems.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
    'commitment-without-domain warning',
    'commitment-without-domain warning',
  ]);
});

test('a set that breaks a rule still shows what stands', async () => {
  const broken = await checkScene({
    values: await soundSet({ endorsement: makeEndorsement({ constraints: { wnd: 1 } }) }),
  });
  expect(broken.emblems[0]?.chain.map(({ role }) => role)).toEqual(['internal', 'emblem']);
  const expired = await checkScene({ values: await soundSet({ emblem: makeEmblem({ until: SECONDS }) }) });
  expect(expired.emblems[0]?.chain).toEqual([]);
});

test('endorsements without any emblem: why each is discarded is told of all the same', async () => {
  const report = await checkScene({
    values: [tokenRecord(tampered(await makeEndorsement())), tokenRecord(await makeExternal())],
  });
  expect(report).toMatchObject({ status: 'invalid', because: 'other', levels: ['INVALID'], emblems: [] });
  expect(codesOf(report).toSorted()).toEqual(['no-emblem', 'signature-wrong']);
});
