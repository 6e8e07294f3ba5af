// What follows from how tokens endorse each other? Steps 3 to 8 and 10 of the validation, one breach at a time.

import { expect, test } from 'vitest';
import type { TrustedKey } from '../../../src/signature/trusted-key.ts';
import { parseJwk } from '../../../src/emblem/key.ts';
import { keyRecord, signText, tokenRecord } from '../../lab/issuer.ts';
import { type LabKey, makeKey } from '../../lab/keys.ts';
import {
  checkScene,
  codesOf,
  emblemKey,
  ENTRY,
  HOLDS,
  HOST,
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
  UNREACHED,
} from './scene.ts';

const SECONDS = NOW / 1000;
const [department, second] = await Promise.all([makeKey('ES256'), makeKey('ES256')]);
const all = async (tokens: readonly Promise<string>[]): Promise<readonly string[]> => [
  ...(await Promise.all(tokens)).map((token) => tokenRecord(token)),
  keyRecord(department),
  keyRecord(second),
];
const trust = (key: LabKey, organisation: string | null): TrustedKey => {
  const parsed = parseJwk(key.jwk);
  if (!parsed.ok) throw new TypeError('a lab key that does not parse');
  return { ...parsed.value, organisation };
};

/** Sets that break the line, and the code that says how. */
const BROKEN: readonly (readonly [string, string, () => Promise<readonly string[]>])[] = [
  ['no endorsement', 'organisation-not-endorsed', () => all([makeEmblem()])],
  [
    'an endorsement of another key',
    'organisation-not-endorsed',
    () => all([makeEmblem(), makeEndorsement({ endorsed: strangerKey })]),
  ],
  [
    'an endorsement for another organisation',
    'organisation-not-endorsed',
    () => all([makeEmblem(), makeEndorsement({ subject: STATE })]),
  ],
  [
    'an endorsement for no organisation',
    'organisation-not-endorsed',
    () => all([makeEmblem(), makeEndorsement({ subject: null })]),
  ],
  [
    'a top without log',
    'commitment-missing',
    () => all([makeEmblem(), makeEndorsement({ claims: { log: undefined } })]),
  ],
  [
    'two endorsers of the emblem',
    'chain-branched',
    () => all([makeEmblem(), makeEndorsement(), makeEndorsement({ key: department })]),
  ],
  [
    'two tops',
    'chain-branched',
    () =>
      all([
        makeEmblem(),
        makeEndorsement({ key: department }),
        makeEndorsement({ endorsed: department, mayEndorse: true }),
        makeEndorsement({ key: second, endorsed: department, mayEndorse: true }),
      ]),
  ],
  [
    'a key that endorses itself',
    'chain-cyclic',
    () => all([makeEmblem(), makeEndorsement({ key: emblemKey, mayEndorse: true })]),
  ],
  [
    'two keys that endorse each other',
    'chain-cyclic',
    () =>
      all([
        makeEmblem(),
        makeEndorsement({ mayEndorse: true }),
        makeEndorsement({ key: emblemKey, endorsed: rootKey, mayEndorse: true }),
      ]),
  ],
  [
    'a middle that may not endorse',
    'endorsing-not-permitted',
    () =>
      all([
        makeEmblem(),
        makeEndorsement({ key: department }),
        makeEndorsement({ endorsed: department, mayEndorse: false }),
      ]),
  ],
  [
    'a purpose not permitted',
    'constraint-purpose',
    () => all([makeEmblem(), makeEndorsement({ constraints: { prp: ['indicative'] } })]),
  ],
  [
    'no purpose permitted',
    'constraint-purpose',
    () => all([makeEmblem(), makeEndorsement({ constraints: { prp: [] } })]),
  ],
  [
    'no purpose stated',
    'constraint-purpose',
    () =>
      all([
        makeEmblem({ claims: { emb: { dst: ['dns'] } } }),
        makeEndorsement({ constraints: { prp: ['protective'] } }),
      ]),
  ],
  [
    'an empty purpose',
    'constraint-purpose',
    () =>
      all([makeEmblem({ claims: { emb: { prp: [] } } }), makeEndorsement({ constraints: { prp: ['protective'] } })]),
  ],
  [
    'a channel not permitted',
    'constraint-channel',
    () => all([makeEmblem({ channels: ['dns', 'tls'] }), makeEndorsement({ constraints: { dst: ['dns'] } })]),
  ],
  [
    'no channel stated',
    'constraint-channel',
    () =>
      all([
        makeEmblem({ claims: { emb: { prp: ['protective'] } } }),
        makeEndorsement({ constraints: { dst: ['dns'] } }),
      ]),
  ],
  [
    'an asset not permitted',
    'constraint-asset',
    () =>
      all([makeEmblem({ assets: [HOST, 'www.relief.example'] }), makeEndorsement({ constraints: { assets: [HOST] } })]),
  ],
  [
    'a wildcard wider than permitted',
    'constraint-asset',
    () =>
      all([
        makeEmblem({ assets: ['*.relief.example'] }),
        makeEndorsement({ constraints: { assets: ['*.clinic.relief.example'] } }),
      ]),
  ],
  [
    'an address where names are permitted',
    'constraint-asset',
    () => all([makeEmblem({ assets: [HOST, '[192.0.2.1]'] }), makeEndorsement({ constraints: { assets: ['*'] } })]),
  ],
  [
    'no asset permitted',
    'constraint-asset',
    () => all([makeEmblem(), makeEndorsement({ constraints: { assets: [] } })]),
  ],
  ['a life too long', 'constraint-window', () => all([makeEmblem(), makeEndorsement({ constraints: { wnd: 1999 } })])],
  [
    'a constraint broken at the top of a long line',
    'constraint-window',
    () =>
      all([
        makeEmblem(),
        makeEndorsement({ key: department }),
        makeEndorsement({ endorsed: department, mayEndorse: true, constraints: { wnd: 1999 } }),
      ]),
  ],
];

test.each(BROKEN)('%s: %s', async (_, code, values) => {
  const report = await checkScene({ values: await values() });
  expect(codesOf(report).filter((found) => found !== 'endorsement-unrelated')).toEqual([code]);
  expect(report).toMatchObject({ status: 'invalid', because: 'other', levels: ['INVALID'] });
});

test('constraints that the emblem just satisfies', async () => {
  const constraints = {
    prp: ['protective', 'indicative'],
    dst: ['dns', 'tls'],
    bearers: ['*.relief.example'],
    wnd: 2000,
  };
  expect(await checkScene({ values: await soundSet({ endorsement: makeEndorsement({ constraints }) }) })).toMatchObject(
    { status: 'marked', strength: 'endorsed' },
  );
});

test('a line of three tokens, and which log decides', async () => {
  const values = await all([
    makeEmblem(),
    makeEndorsement({ key: department, claims: { log: undefined } }),
    makeEndorsement({ endorsed: department, mayEndorse: true }),
  ]);
  const report = await checkScene({ values });
  expect(report).toMatchObject({ status: 'marked', strength: 'declared' });
  expect(report.emblems[0]?.chain.map(({ kid, role }) => `${role} ${kid}`)).toEqual([
    `internal ${rootKey.kid}`,
    `internal ${department.kid}`,
    `emblem ${emblemKey.kid}`,
  ]);
});

test('a broken line is shown top first as well', async () => {
  const report = await checkScene({
    values: await all([
      makeEmblem(),
      makeEndorsement({ key: department, constraints: { wnd: 1 } }),
      makeEndorsement({ endorsed: department, mayEndorse: true }),
    ]),
  });
  expect(report.emblems[0]).toMatchObject({
    status: 'invalid',
    chain: [{ kid: rootKey.kid }, { kid: department.kid }, { kid: emblemKey.kid }],
  });
});

test('a broken constraint quotes what breaks it', async () => {
  const details = async (changes: Parameters<typeof makeEmblem>[0], constraints: object) =>
    (
      await checkScene({
        values: await soundSet({
          emblem: makeEmblem(changes),
          endorsement: makeEndorsement({ constraints: { ...constraints } }),
        }),
      })
    ).emblems[0]?.problems
      .filter(({ code }) => code.startsWith('constraint-'))
      .map(({ detail }) => detail);
  expect(await details({ purposes: ['protective', 'indicative'] }, { prp: ['indicative'] })).toEqual([
    'protective indicative',
  ]);
  expect(await details({ channels: ['dns', 'tls'] }, { dst: ['dns'] })).toEqual(['dns tls']);
  expect(await details({ claims: { emb: {} } }, { prp: ['protective'], dst: ['dns'] })).toEqual([null, null]);
});

test("a missing commitment is the endorsement's fault", async () => {
  const report = await checkScene({
    values: await all([makeEmblem(), makeEndorsement({ claims: { log: undefined } })]),
  });
  const [found] = report.emblems[0]?.problems ?? [];
  expect(found?.code).toBe('commitment-missing');
  expect(report.tokens[found?.token ?? -1]?.kind).toBe('endorsement');
});

test('an endorsement of a kind of key we lack endorses nothing here', async () => {
  const report = await checkScene({
    values: await all([makeEmblem(), makeEndorsement({ claims: { key: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } } })]),
  });
  expect(report).toMatchObject({ status: 'invalid' });
  expect(codesOf(report)).toEqual(['algorithm-unsupported', 'organisation-not-endorsed']);
});

test('trust in an endorser whose commitment is undetermined is said to stand in', async () => {
  const report = await checkScene({
    values: await soundSet(),
    trustedKeys: [trust(stateKey, STATE)],
    outcomes: (domain) => (domain === 'relief.example' ? HOLDS : UNREACHED),
  });
  expect(codesOf(report)).toEqual(['log-unreachable', 'commitment-trusted-instead']);
});

test('a renewal beside its predecessor is one link, and the one that satisfies every check suffices', async () => {
  const expired = { from: SECONDS - 2000, until: SECONDS - 1000 };
  const narrow = makeEndorsement({ constraints: { wnd: 1 } });
  const report = await checkScene({
    values: await all([
      makeEmblem(),
      makeEndorsement(),
      narrow,
      makeEndorsement(expired),
      makeExternal(),
      makeExternal({ mayEndorse: false }),
    ]),
  });
  expect(report).toMatchObject({ status: 'marked', strength: 'endorsed' });
  expect(codesOf(report)).toEqual(['token-expired']);
});

test('of a renewal and its predecessor the one whose commitment holds decides, and is shown', async () => {
  const unlisted = { ...ENTRY, id: Buffer.alloc(32, 7).toString('base64') };
  for (const [poor, good] of [
    ['-a', ''],
    ['', '-a'],
  ] as const) {
    const values = [
      tokenRecord(await makeEmblem(), '-a'),
      tokenRecord(await makeEndorsement({ log: [unlisted] }), poor),
      tokenRecord(await makeEndorsement({ until: SECONDS + 500 }), good),
    ];
    expect(await checkScene({ values })).toMatchObject({
      status: 'marked',
      emblems: [
        {
          chain: [
            { role: 'internal', notAfter: '2026-06-17T12:08:20Z', commitment: { outcome: 'holds' } },
            { role: 'emblem' },
          ],
        },
      ],
    });
  }
});

test('an endorsement for another organisation is a link of its own', async () => {
  for (const [other, own] of [
    ['-a', ''],
    ['', '-a'],
  ] as const) {
    const report = await checkScene({
      values: [
        tokenRecord(await makeEmblem(), '-a'),
        tokenRecord(await makeEndorsement({ subject: STATE }), other),
        tokenRecord(await makeEndorsement(), own),
      ],
    });
    expect(report).toMatchObject({ status: 'marked' });
    expect(codesOf(report)).toEqual(['endorsement-unrelated']);
  }
});

test('nobody endorses an emblem without organisation from outside', async () => {
  const report = await checkScene({
    values: await all([
      makeEmblem({ issuer: null }),
      makeEndorsement({ issuer: null, subject: null }),
      makeExternal({ subject: null }),
    ]),
  });
  expect(report).toMatchObject({ status: 'unconfirmed', because: 'no-organisation' });
  expect(codesOf(report)).toEqual(['endorsement-unrelated']);
});

test('identical copies of an emblem count once; different ones make two sets', async () => {
  const token = await makeEmblem();
  const copies = [tokenRecord(token), `adem-emb=${token}`, `adem=${token}`];
  const endorsement = tokenRecord(await makeEndorsement());
  expect((await checkScene({ values: [...copies, endorsement] })).emblems).toHaveLength(1);
  const elsewhere = tokenRecord(await makeEmblem({ assets: ['www.relief.example'] }));
  const two = await checkScene({ values: [...copies, elsewhere, endorsement] });
  expect(two.emblems.map(({ status }) => status).toSorted()).toEqual(['marked', 'not-covered']);
  expect(two.status).toBe('marked');
});

test('without organisation: signed by an unknown key, and trusted only for tokens that name none', async () => {
  const values = await all([makeEmblem({ issuer: null })]);
  expect(await checkScene({ values })).toMatchObject({
    status: 'unconfirmed',
    because: 'no-organisation',
    levels: ['SIGNED'],
    strength: null,
  });
  expect(await checkScene({ values, trustedKeys: [trust(emblemKey, null)] })).toMatchObject({
    status: 'marked',
    strength: 'trusted',
    levels: ['SIGNED', 'SIGNED_TRUSTED'],
  });
  expect(await checkScene({ values, trustedKeys: [trust(emblemKey, RELIEF)] })).toMatchObject({
    status: 'unconfirmed',
    levels: ['SIGNED'],
  });
});

test('endorsements without organisation endorse an emblem without', async () => {
  const values = await all([
    makeEmblem({ issuer: null }),
    makeEndorsement({ issuer: null, subject: null, constraints: { wnd: 1 } }),
  ]);
  expect(await checkScene({ values })).toMatchObject({ status: 'invalid' });
});

test('the commitment of the root key decides the organisation', async () => {
  const values = await soundSet();
  const failing = await checkScene({ values, outcomes: (domain) => (domain === 'relief.example' ? MISSES : HOLDS) });
  expect(failing).toMatchObject({ status: 'invalid', because: 'other', levels: ['INVALID'] });
  expect(codesOf(failing)).toEqual(['certificate-names-missing', 'commitment-failed']);
  const unreached = await checkScene({
    values,
    outcomes: (domain) => (domain === 'relief.example' ? UNREACHED : HOLDS),
  });
  expect(unreached).toMatchObject({
    status: 'unconfirmed',
    because: 'log-unreachable',
    levels: ['SIGNED'],
    emblems: [{ issuerProven: false, endorsedBy: [] }],
  });
});

test('trust isValid in for an undetermined commitment, and for nothing else', async () => {
  const values = await soundSet();
  const trustedKeys = [trust(rootKey, RELIEF)];
  const unreached = await checkScene({
    values,
    trustedKeys,
    outcomes: (domain) => (domain === 'relief.example' ? UNREACHED : HOLDS),
  });
  expect(unreached).toMatchObject({
    status: 'marked',
    strength: 'trusted',
    levels: ['SIGNED', 'SIGNED_TRUSTED', 'ORGANIZATIONAL', 'ORGANIZATIONAL_TRUSTED', 'ENDORSED'],
  });
  expect(await checkScene({ values, trustedKeys, outcomes: () => MISSES })).toMatchObject({ status: 'invalid' });
  expect(await checkScene({ values, trustedKeys: [trust(rootKey, STATE)], outcomes: () => UNREACHED })).toMatchObject({
    status: 'unconfirmed',
    levels: ['SIGNED'],
  });
  expect(await checkScene({ values, trustedKeys: [trust(rootKey, null)], outcomes: () => UNREACHED })).toMatchObject({
    status: 'unconfirmed',
    levels: ['SIGNED'],
  });
});

test('a trusted emblem key alone does not lift an emblem with organisation', async () => {
  const report = await checkScene({ values: await soundSet(), trustedKeys: [trust(emblemKey, RELIEF)] });
  expect(report).toMatchObject({
    strength: 'endorsed',
    levels: ['SIGNED', 'SIGNED_TRUSTED', 'ORGANIZATIONAL', 'ENDORSED'],
  });
});

test('a trusted authority', async () => {
  const report = await checkScene({ values: await soundSet(), trustedKeys: [trust(stateKey, STATE)] });
  expect(report).toMatchObject({
    strength: 'trusted',
    levels: ['SIGNED', 'ORGANIZATIONAL', 'ENDORSED', 'ENDORSED_TRUSTED'],
  });
  const unreached = await checkScene({
    values: await soundSet(),
    trustedKeys: [trust(stateKey, STATE)],
    outcomes: (domain) => (domain === 'relief.example' ? HOLDS : UNREACHED),
  });
  expect(unreached).toMatchObject({ strength: 'trusted', emblems: [{ endorsedBy: [STATE] }] });
});

test('a trusted key verifies tokens whose key nobody published', async () => {
  const records = [...(await soundSet()), keyRecord(emblemKey)].map((value) => ({
    generation: 'jws' as const,
    owner: HOST,
    data: new TextEncoder().encode(value),
  }));
  expect(await checkScene({ records })).toMatchObject({ status: 'invalid' });
  expect(await checkScene({ records, trustedKeys: [trust(rootKey, RELIEF)] })).toMatchObject({
    status: 'marked',
    strength: 'trusted',
  });
});

test('a trusted key verifies with no other algorithm than it states; what it states for the other generation binds nothing', async () => {
  const values = [tokenRecord(await makeEmblem({ issuer: null }))];
  const records = values.map((value) => ({
    generation: 'jws' as const,
    owner: HOST,
    data: new TextEncoder().encode(value),
  }));
  const trusting = (algorithm: string | null) =>
    checkScene({ records, trustedKeys: [{ ...trust(emblemKey, null), algorithm }] });
  for (const algorithm of ['ES256', null, '-7', '-36'])
    expect(await trusting(algorithm)).toMatchObject({ status: 'marked', strength: 'trusted' });
  const other = await trusting('ES384');
  expect(other).toMatchObject({ status: 'invalid' });
  expect(codesOf(other)).toEqual(['algorithm-mismatch']);
});

/** External endorsements that do not count, and why. */
const LEFT_OUT: readonly (readonly [string, string, () => Promise<string>])[] = [
  ['of the emblem key, not the root key', 'endorsement-unrelated', () => makeExternal({ endorsed: emblemKey })],
  ['for another organisation', 'endorsement-unrelated', () => makeExternal({ subject: STATE })],
  ['from nobody', 'endorsement-unrelated', () => makeExternal({ issuer: null })],
  ['without the right to endorse', 'endorsing-not-permitted', () => makeExternal({ mayEndorse: false })],
  [
    'with a constraint the emblem breaks',
    'constraint-purpose',
    () => makeExternal({ constraints: { prp: ['indicative'] } }),
  ],
  ['without log', 'commitment-missing', () => makeExternal({ claims: { log: undefined } })],
  ['with an empty log', 'log-claim-malformed', () => makeExternal({ log: [] })],
  ['that expired', 'token-expired', () => makeExternal({ from: SECONDS - 9, until: SECONDS })],
  [
    'by a forged key',
    'signature-wrong',
    () => makeExternal({ key: strangerKey, header: { alg: 'ES384', kid: stateKey.kid } }),
  ],
];

test.each(LEFT_OUT)('an external endorsement %s is left out: %s', async (_, code, external) => {
  const report = await checkScene({ values: await soundSet({ external: external() }) });
  expect(report).toMatchObject({
    status: 'marked',
    strength: 'declared',
    levels: ['SIGNED', 'ORGANIZATIONAL'],
    emblems: [{ endorsedBy: [], endorsementsUndetermined: [] }],
  });
  expect(codesOf(report)).toContain(code);
});

test('an external endorsement whose log cannot be asked is named, one whose commitment fails is not', async () => {
  const outcomes = (other: typeof HOLDS) => (domain: string) => (domain === 'relief.example' ? HOLDS : other);
  const undetermined = await checkScene({ values: await soundSet(), outcomes: outcomes(UNREACHED) });
  expect(undetermined).toMatchObject({
    strength: 'declared',
    emblems: [{ endorsedBy: [], endorsementsUndetermined: [STATE] }],
  });
  const failing = await checkScene({ values: await soundSet(), outcomes: outcomes(MISSES) });
  expect(failing).toMatchObject({ strength: 'declared', emblems: [{ endorsedBy: [], endorsementsUndetermined: [] }] });
});

test("an endorser under the issuer's or the host's registrable domain is the same hand", async () => {
  const board = 'https://board.relief.example';
  const same = await checkScene({ values: await soundSet({ external: makeExternal({ issuer: board }) }) });
  expect(same).toMatchObject({
    strength: 'declared',
    levels: ['SIGNED', 'ORGANIZATIONAL', 'ENDORSED'],
    emblems: [{ endorsedBy: [board] }],
  });
  expect(codesOf(same)).toEqual(['endorser-same-domain']);
  const issuer = 'https://issuer.example';
  const host = await checkScene({
    values: await soundSet({
      emblem: makeEmblem({ issuer }),
      endorsement: makeEndorsement({ issuer, subject: issuer }),
      external: makeExternal({ issuer: board, subject: issuer }),
    }),
  });
  expect(host).toMatchObject({ strength: 'declared', levels: ['SIGNED', 'ORGANIZATIONAL', 'ENDORSED'] });
});

test('times: the edges belong to the start, and a good signature with time as its only fault is told apart', async () => {
  const at = async (from: number, until: number) =>
    checkScene({ values: await soundSet({ emblem: makeEmblem({ from, until }) }) });
  expect(await at(SECONDS, SECONDS + 60)).toMatchObject({ status: 'marked', validUntil: '2026-06-17T12:01:00Z' });
  expect(await at(SECONDS - 60, SECONDS)).toMatchObject({
    status: 'invalid',
    because: 'expired',
    emblems: [{ notAfter: '2026-06-17T12:00:00Z', assets: [HOST] }],
  });
  expect(await at(SECONDS + 0.5, SECONDS + 60)).toMatchObject({
    status: 'invalid',
    because: 'not-yet-valid',
    validUntil: '2026-06-17T12:00:00.500Z',
  });
  const early = await at(SECONDS + 10, SECONDS + 60);
  expect(codesOf(early)).toEqual(['token-not-yet-valid', 'clock-suspect']);
  const forged = await checkScene({
    values: await soundSet({
      emblem: makeEmblem({ until: SECONDS - 1, key: strangerKey, header: { alg: 'ES256', kid: emblemKey.kid } }),
    }),
  });
  expect(forged).toMatchObject({ because: 'other' });
  const lateEndorsement = await checkScene({
    values: await soundSet({ endorsement: makeEndorsement({ until: SECONDS }) }),
  });
  expect(lateEndorsement).toMatchObject({ status: 'invalid', because: 'other' });
});

test('a sound algorithm we lack leaves the question open where it could complete the line', async () => {
  const payload = (token: string): string => Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  const unsupported = async (token: Promise<string>, cty: string) =>
    signText(JSON.stringify({ alg: 'RS256', cty, kid: 'x' }), payload(await token), strangerKey);
  const emblem = await checkScene({ values: await soundSet({ emblem: unsupported(makeEmblem(), 'adem-emb') }) });
  expect(emblem).toMatchObject({ status: 'unknown', because: null, levels: [] });
  const endorsement = await checkScene({
    values: await soundSet({ endorsement: unsupported(makeEndorsement(), 'adem-end') }),
  });
  expect(endorsement).toMatchObject({ status: 'unknown' });
  const beside = await checkScene({ values: await soundSet({ external: unsupported(makeExternal(), 'adem-end') }) });
  expect(beside).toMatchObject({ status: 'marked', strength: 'declared' });
  expect(beside.tokens.map(({ outcome }) => outcome)).toContain('unsupported');
  const other = await checkScene({
    values: await soundSet({ endorsement: unsupported(makeEndorsement({ endorsed: strangerKey }), 'adem-end') }),
  });
  expect(other).toMatchObject({ status: 'invalid' });
  const inFull = async (endorsed: LabKey) =>
    checkScene({
      values: await soundSet({
        endorsement: unsupported(makeEndorsement({ endorsed, endorsedAs: 'jwk' }), 'adem-end'),
      }),
    });
  expect(await inFull(emblemKey)).toMatchObject({ status: 'unknown' });
  expect(await inFull(strangerKey)).toMatchObject({ status: 'invalid' });
});

test('a hostile claim of 400 entries', async () => {
  const log = Array.from({ length: 400 }, () => ENTRY);
  const report = await checkScene({
    values: await soundSet({ endorsement: makeEndorsement({ log }) }),
    outcomes: () => UNREACHED,
  });
  expect(codesOf(report)).toContain('log-entries-ignored');
  expect(report.emblems[0]?.chain[0]?.commitment.logs).toHaveLength(8);
});
