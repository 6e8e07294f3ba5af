// Does a name that nothing proves stand anywhere but among the claims? Anybody can write anybody's name into a token.

import { describe, expect, test } from 'vitest';
import type { EntryOutcome } from '../../../src/transparency/log.ts';
import { tokenRecord } from '../../lab/issuer.ts';
import {
  checkScene,
  ENTRY,
  HOLDS,
  makeEmblem,
  makeExternal,
  MISSES,
  RELIEF,
  rootKey,
  soundSet,
  stateKey,
  strangerKey,
  UNREACHED,
} from './scene.ts';

const FAMOUS = 'https://famous.example';
const ELSEWHERE = { ...ENTRY, id: Buffer.alloc(32, 7).toString('base64') };
const open = (
  doubt: 'log-unreachable' | 'log-not-known' | 'log-not-proven',
  code: Extract<EntryOutcome, { outcome: 'undetermined' }>['problems'][number]['code'],
): EntryOutcome => ({ outcome: 'undetermined', doubt, problems: [{ code, detail: null }] });

/** The sound set with an endorsement that anybody can write: famous.example's name, a stranger's key. */
const beside = async (log: unknown, famous: EntryOutcome = UNREACHED) =>
  checkScene({
    values: await soundSet({ external: makeExternal({ issuer: FAMOUS, key: strangerKey, claims: { log } }) }),
    outcomes: (domain) => (domain === 'famous.example' ? famous : HOLDS),
  });

/** Reasons that anybody can bring about. */
const NO_STANDING: readonly (readonly [string, unknown, EntryOutcome, string])[] = [
  ['an entry that cannot be read', [1], UNREACHED, 'log-entry-malformed'],
  ['a log on no list', [ELSEWHERE], UNREACHED, 'log-unknown'],
  ['many of both', [1, ELSEWHERE, 2, 'x', ELSEWHERE], UNREACHED, 'log-entry-malformed, log-unknown'],
  ['a log of another kind', [{ ver: 'static', id: ENTRY.id, index: 7 }], UNREACHED, 'log-kind-mismatch'],
  ['a proof that is wrong', [ENTRY], open('log-not-proven', 'log-inclusion-unproven'), 'log-inclusion-unproven'],
  ['a leaf of another entry', [ENTRY], open('log-not-proven', 'log-leaf-mismatch'), 'log-leaf-mismatch'],
  ['our own budget', [ENTRY], open('log-unreachable', 'log-budget-exhausted'), 'log-budget-exhausted'],
  ['our own time', [ENTRY], open('log-unreachable', 'time-exhausted'), 'time-exhausted'],
  ['a permission that is missing', [ENTRY], open('log-unreachable', 'permission-missing'), 'permission-missing'],
];

describe("an endorsement in somebody else's name", () => {
  test.each(NO_STANDING)('with %s is a remark that names nobody', async (_, log, outcome, why) => {
    const report = await beside(log, outcome);
    expect(report).toMatchObject({
      status: 'marked',
      strength: 'declared',
      emblems: [{ endorsedBy: [], endorsementsUndetermined: [] }],
    });
    const [emblem] = report.emblems;
    expect(emblem?.chain.map(({ role }) => role)).toEqual(['internal', 'emblem']);
    expect(emblem?.problems).toMatchObject([{ code: 'endorser-not-shown', severity: 'info', detail: why }]);
    expect(JSON.stringify(emblem)).not.toContain('famous');
  });

  test('whose log that counts cannot be reached is a claim, and no link of the chain', async () => {
    for (const log of [[ENTRY], [1, ELSEWHERE, ENTRY]]) {
      const report = await beside(log);
      expect(report).toMatchObject({
        status: 'marked',
        strength: 'declared',
        levels: ['SIGNED', 'ORGANIZATIONAL'],
        emblems: [{ endorsedBy: [], endorsementsUndetermined: [FAMOUS] }],
      });
      expect(JSON.stringify([report.emblems[0]?.chain, report.emblems[0]?.problems])).not.toContain('famous');
    }
  });

  test('whose commitment fails names nobody either', async () => {
    const report = await beside([ENTRY], MISSES);
    expect(report.emblems).toMatchObject([{ endorsedBy: [], endorsementsUndetermined: [] }]);
    expect(JSON.stringify(report.emblems)).not.toContain('famous');
  });

  test('takes nothing from who is proven, and a claim beside a proof of the same name is none', async () => {
    const forged = tokenRecord(await makeExternal({ issuer: FAMOUS, key: strangerKey, log: [ENTRY] }));
    const values = [...(await soundSet()), forged, tokenRecord(await makeExternal({ key: strangerKey, log: [ENTRY] }))];
    const report = await checkScene({
      values,
      outcomes: (domain) => (domain === 'famous.example' ? UNREACHED : HOLDS),
    });
    expect(report).toMatchObject({
      strength: 'endorsed',
      emblems: [{ endorsedBy: ['https://health.state.example'], endorsementsUndetermined: [FAMOUS] }],
    });
  });

  test('says nothing where the organisation itself is not proven', async () => {
    const values = await soundSet({ external: makeExternal({ issuer: FAMOUS, key: strangerKey }) });
    const report = await checkScene({ values, outcomes: () => UNREACHED });
    expect(report).toMatchObject({
      status: 'unconfirmed',
      emblems: [{ issuer: RELIEF, issuerProven: false, endorsedBy: [], endorsementsUndetermined: [] }],
    });
    expect(report.emblems[0]?.chain.map(({ kid }) => kid)).not.toContain(stateKey.kid);
    expect(report.emblems[0]?.chain[0]?.kid).toBe(rootKey.kid);
    // Claimed by the emblem, and named by no remark on it.
    expect(JSON.stringify(report.emblems[0]?.problems)).not.toMatch(/famous|relief/);
  });
});

test('a proven name behind which only a name below it isValid is told of', async () => {
  const below: EntryOutcome = { ...HOLDS, problems: [{ code: 'commitment-without-domain', detail: 'x.example' }] };
  const told = async (outcomes: (domain: string) => EntryOutcome) =>
    (await checkScene({ values: await soundSet(), outcomes })).emblems[0]?.throughBelow;
  expect(await told(() => HOLDS)).toEqual([]);
  expect(await told((domain) => (domain === 'relief.example' ? below : HOLDS))).toEqual([RELIEF]);
  expect(await told((domain) => (domain === 'relief.example' ? HOLDS : below))).toEqual([
    'https://health.state.example',
  ]);
  expect(await told((domain) => (domain === 'relief.example' ? UNREACHED : below))).toEqual([]);
});

test('what was not asked for want of a permission is told of by its origin', async () => {
  const shut: EntryOutcome = {
    outcome: 'undetermined',
    doubt: 'log-unreachable',
    problems: [{ code: 'permission-missing', detail: 'log.example' }],
  };
  expect(
    (
      await checkScene({
        values: await soundSet(),
        outcomes: () => shut,
        lookUp: { failures: [{ code: 'permission-missing', detail: 'dns.example:8443' }] },
      })
    ).blockedOrigins,
  ).toEqual(['https://dns.example:8443', 'https://log.example']);
  expect((await checkScene({ values: await soundSet(), outcomes: () => UNREACHED })).blockedOrigins).toEqual([]);
});

test('the emblem that decides is told of by its place', async () => {
  const late = tokenRecord(await makeEmblem({ until: 1, from: 0 }), '-a');
  const report = await checkScene({ values: [late, ...(await soundSet())] });
  expect(report.emblems[report.deciding ?? 9]).toMatchObject({ status: 'marked' });
  expect((await checkScene({ values: [] })).deciding).toBeNull();
});
