// Is every claim settled as the rules say, and no log asked more than the budget allows?

import { describe, expect, it } from 'vitest';
import type { LogClaim } from '../../../src/emblem/token.ts';
import {
  type Commitment,
  type CommitmentClaim,
  type CommitmentContext,
  verifyCommitments,
} from '../../../src/transparency/verify-commitments.ts';
import type {
  EntryMemory,
  EntryOutcome,
  KnownLog,
  LogDirectory,
  LogEntry,
  ReadLog,
} from '../../../src/transparency/log.ts';
import { bytes, makeCertificate } from './certificates.ts';
import {
  absent,
  DOMAIN,
  down,
  type Faults,
  goodParts,
  hashLog,
  json,
  KID,
  leafInputOf,
  makeSigner,
  type MiniLog,
  NAMES,
} from './mini-log.ts';
import { referenceLeafHash } from './reference-tree.ts';
import { provenEntry } from './proven-entry.ts';

const NOW = Date.UTC(2026, 3, 1);
const GOOD = leafInputOf({});
const OTHER = leafInputOf({ certificate: makeCertificate(goodParts(['other.example'])) });
const KINDS = {
  holds: { leaf: GOOD, faults: {} },
  misses: { leaf: OTHER, faults: {} },
  refuted: { leaf: GOOD, faults: { 'ct/v1/get-proof-by-hash*': absent } },
  down: { leaf: GOOD, faults: { 'ct/v1/get-sth': down } },
  lying: { leaf: GOOD, faults: { 'ct/v1/get-proof-by-hash*': json({ leaf_index: 1, audit_path: [] }) } },
} as const satisfies Record<string, { leaf: Uint8Array; faults: Faults }>;
type Kind = keyof typeof KINDS;

interface World {
  readonly directory: LogDirectory;
  readonly claim: (...places: readonly number[]) => LogClaim;
  readonly entry: (place: number) => LogEntry;
  /** Places of logs whose tree head was asked for, in order. */
  readonly asked: number[];
  readonly context: CommitmentContext;
  readonly remembered: Map<string, EntryOutcome>;
  readonly keyOf: (place: number) => string;
}

const signers = await Promise.all(Array.from({ length: 12 }, () => makeSigner()));

/** Logs in a row, each with one entry and one behaviour. */
async function world(
  kinds: readonly Kind[],
  more: Partial<LogDirectory> & { readonly change?: (log: KnownLog, at: number) => KnownLog } = {},
): Promise<World> {
  const minis: readonly MiniLog[] = await Promise.all(
    kinds.map((kind, at) => hashLog([KINDS[kind].leaf], KINDS[kind].faults, signers[at])),
  );
  const hashOf = (place: number): Uint8Array => referenceLeafHash(KINDS[kinds[place] ?? 'holds'].leaf);
  const idOf = (place: number): string => signers[place]?.id ?? '';
  const entry = (place: number): LogEntry => ({ kind: 'rfc6962', id: idOf(place), hash: hashOf(place) });
  const logs = minis.map(({ log }, at) => more.change?.(log, at) ?? log);
  const asked: number[] = [];
  const remembered = new Map<string, EntryOutcome>();
  const memory: EntryMemory = {
    recall: async (key) => remembered.get(key) ?? null,
    remember: (key, outcome) => {
      remembered.set(key, outcome);
    },
  };
  const read: ReadLog = (log, path, limit) => {
    const place = minis.findIndex((mini) => mini.log.id === log.id);
    if (path.endsWith('get-sth')) asked.push(place);
    return minis[place]?.read(log, path, limit) ?? Promise.resolve(absent);
  };
  const directory: LogDirectory = { logs, complete: more.complete ?? true, problems: [] };
  return {
    directory,
    entry,
    asked,
    remembered,
    claim: (...places) => ({ readable: true, entries: places.map(entry) }),
    context: { directory: async () => directory, read, memory, now: NOW },
    keyOf: (place) => `${idOf(place)}|${Buffer.from(hashOf(place)).toString('base64')}|${KID}|${DOMAIN}`,
  };
}

const need = (claim: LogClaim, role: CommitmentClaim['role'] = 'internal', kid = KID): CommitmentClaim => ({
  role,
  kid,
  kids: [kid],
  domain: DOMAIN,
  isPublicSuffix: false,
  claim,
  notBefore: 0,
});
async function settleOne(claim: LogClaim, context: CommitmentContext): Promise<Commitment> {
  const wanted = need(claim);
  return (await verifyCommitments([wanted], context)).get(wanted) ?? expect.fail('a commitment');
}
const codes = ({ logs, problems }: Commitment): readonly string[] =>
  [...problems, ...logs.flatMap(({ outcome }) => outcome.problems)].map(({ code }) => code);
const outcomes = ({ logs }: Commitment): readonly string[] => logs.map(({ outcome }) => outcome.outcome);
const OLD: EntryOutcome = { outcome: 'holds', problems: [], proven: provenEntry(NAMES, { notAfter: NOW }) };

describe('outcome', () => {
  it.each<[readonly Kind[], string, string | null]>([
    [['holds'], 'holds', null],
    [['misses', 'holds'], 'holds', null],
    [['down', 'lying', 'refuted', 'holds'], 'holds', null],
    [['misses'], 'fails', null],
    [['refuted'], 'fails', null],
    [['down', 'misses'], 'fails', null],
    [['lying', 'refuted', 'down'], 'fails', null],
    [['down'], 'undetermined', 'log-unreachable'],
    [['lying'], 'undetermined', 'log-not-proven'],
    [['lying', 'down'], 'undetermined', 'log-unreachable'],
  ])('%j: %s', async (kinds, outcome, doubt) => {
    const { claim, context } = await world(kinds);
    expect(await settleOne(claim(...kinds.keys()), context)).toMatchObject({ outcome, doubt });
  });
  it.each<LogClaim>([{ readable: false }, { readable: true, entries: [] }])('%j fails as malformed', async (claim) => {
    const { context } = await world([]);
    expect(await settleOne(claim, context)).toEqual({
      outcome: 'fails',
      doubt: null,
      logs: [],
      problems: [{ code: 'log-claim-malformed', detail: null }],
    });
  });
  it('an entry that cannot be read is in doubt, and spoils nothing', async () => {
    const { entry, context } = await world(['holds']);
    const unreadable = await settleOne({ readable: true, entries: [null] }, context);
    expect(unreadable).toMatchObject({ outcome: 'undetermined', doubt: 'log-not-known' });
    expect(codes(unreadable)).toEqual(['log-entry-malformed']);
    expect((await settleOne({ readable: true, entries: [null, entry(0)] }, context)).outcome).toBe('holds');
  });
  it('the first that holds ends the asking', async () => {
    const { claim, context, asked } = await world(['misses', 'holds', 'holds']);
    const commitment = await settleOne(claim(0, 1, 2), context);
    expect(asked).toEqual([0, 1]);
    expect(outcomes(commitment)).toEqual(['misses', 'holds']);
  });
});

describe("an endorsement younger than the log's merge delay", () => {
  const MONTH = 30 * 86_400_000;
  const younger = async (age: number, kind: Kind = 'refuted'): Promise<Commitment> => {
    const { claim, context } = await world([kind], { change: (log) => ({ ...log, mergeDelay: MONTH }) });
    const wanted: CommitmentClaim = { ...need(claim(0)), notBefore: NOW - age };
    return (await verifyCommitments([wanted], context)).get(wanted) ?? expect.fail('a commitment');
  };
  it('is not refuted by a denial', async () => {
    const commitment = await younger(MONTH - 1);
    expect(commitment).toMatchObject({ outcome: 'undetermined', doubt: 'log-not-proven' });
    expect(codes(commitment)).toEqual(['log-entry-not-merged']);
  });
  it('is refuted from then on', async () => {
    expect(await younger(MONTH)).toMatchObject({ outcome: 'fails' });
  });
  it('is proven where the entry is there', async () => {
    expect(await younger(0, 'holds')).toMatchObject({ outcome: 'holds' });
  });
  it('is not refuted by what an older one came to, now or before', async () => {
    const { claim, context, remembered } = await world(['refuted']);
    const [old, young] = [need(claim(0)), { ...need(claim(0)), notBefore: NOW }];
    for (const turn of ['now', 'before']) {
      const commitments = await verifyCommitments([old, young], context);
      expect(
        [old, young].map((wanted) => commitments.get(wanted)?.outcome),
        turn,
      ).toEqual(['fails', 'undetermined']);
      remembered.clear();
      await verifyCommitments([old], context);
    }
  });
});

describe('logs that are not asked', () => {
  it.each<[string, Parameters<typeof world>[1], string, string]>([
    ['unknown', { change: (log) => ({ ...log, id: 'other' }) }, 'log-not-known', 'log-unknown'],
    [
      'unlisted while a list is missing',
      { change: (log) => ({ ...log, id: 'other' }), complete: false },
      'log-unreachable',
      'log-list-unavailable',
    ],
    ['not accepted', { change: (log) => ({ ...log, counts: false }) }, 'log-not-known', 'log-not-accepted'],
    ['of the other kind', { change: (log) => ({ ...log, kind: 'static' }) }, 'log-not-known', 'log-kind-mismatch'],
  ])('%s', async (_name, more, doubt, code) => {
    const { claim, context, asked, remembered, keyOf } = await world(['holds'], more);
    remembered.set(keyOf(0), OLD); // what was proven counts no more than its log does
    const commitment = await settleOne(claim(0), context);
    expect(commitment).toMatchObject({ outcome: 'undetermined', doubt });
    expect(codes(commitment)).toEqual([code]);
    expect(asked).toEqual([]);
  });
  it('come after a wrong proof, and that after a log that is down', async () => {
    const { claim, context } = await world(['lying', 'holds', 'down'], {
      change: (log, at) => (at === 1 ? { ...log, counts: false } : log),
    });
    expect((await settleOne(claim(0, 1), context)).doubt).toBe('log-not-proven');
    expect((await settleOne(claim(0, 1, 2), context)).doubt).toBe('log-unreachable');
  });
});

describe('budget of one claim', () => {
  it('asks four, and says so', async () => {
    const { claim, context, asked } = await world(['lying', 'lying', 'lying', 'lying', 'holds']);
    const commitment = await settleOne(claim(0, 1, 2, 3, 4), context);
    expect(asked).toEqual([0, 1, 2, 3]);
    expect(commitment).toMatchObject({ outcome: 'undetermined', doubt: 'log-not-proven' });
    expect(codes(commitment)).toContain('log-budget-exhausted');
  });
  it('passes over logs that do not count, without cost', async () => {
    const { claim, context, asked } = await world(['down', 'down', 'down', 'down', 'holds'], {
      change: (log, at) => (at < 4 ? { ...log, counts: false } : log),
    });
    expect((await settleOne(claim(0, 1, 2, 3, 4), context)).outcome).toBe('holds');
    expect(asked).toEqual([4]);
  });
  it('considers eight', async () => {
    const { claim, entry, context, asked } = await world(['holds']);
    const eighth = await settleOne(
      { readable: true, entries: [null, null, null, null, null, null, null, entry(0), entry(0)] },
      context,
    );
    expect(eighth.outcome).toBe('holds');
    expect(eighth.problems).toEqual([{ code: 'log-entries-ignored', detail: '1' }]);
    const ninth = await settleOne(
      { readable: true, entries: [...Array.from({ length: 8 }, () => null), entry(0)] },
      context,
    );
    expect(ninth).toMatchObject({ outcome: 'undetermined', doubt: 'log-not-known' });
    expect(ninth.logs).toHaveLength(8);
    expect(asked).toEqual([0]);
    expect((await settleOne(claim(0), context)).problems).toEqual([]);
  });
});

describe('memory', () => {
  it('keeps every outcome, and asks nothing again', async () => {
    const kinds = ['misses', 'refuted', 'down', 'holds'] as const;
    const { claim, context, asked, remembered, keyOf } = await world(kinds);
    const first = await settleOne(claim(0, 1, 2, 3), context);
    expect(kinds.map((_, at) => remembered.get(keyOf(at))?.outcome)).toEqual([
      'misses',
      'refuted',
      'undetermined',
      'holds',
    ]);
    expect(asked, 'the denial was asked about twice').toEqual([0, 1, 1, 2, 3]);
    expect(await settleOne(claim(0, 1, 2, 3), context)).toMatchObject({ outcome: first.outcome });
    expect(asked).toHaveLength(5);
  });
  it('of what was proven before the log ended is not enough', async () => {
    const { claim, context, asked, remembered, keyOf } = await world(['holds'], {
      change: (log) => ({ ...log, end: { kind: 'time', before: 1 } }),
    });
    remembered.set(keyOf(0), OLD);
    expect(codes(await settleOne(claim(0), context))).toEqual(['log-entry-too-late']);
    expect(asked).toEqual([0]);
  });
  it('puts what was proven first', async () => {
    const { claim, context, asked, remembered, keyOf } = await world(['down', 'down', 'down', 'down', 'holds']);
    remembered.set(keyOf(4), OLD);
    expect((await settleOne(claim(0, 1, 2, 3, 4), context)).outcome).toBe('holds');
    expect(asked).toEqual([]);
  });
  it("of another key or organisation is not this one's", async () => {
    const { claim, context, asked, remembered, keyOf } = await world(['misses']);
    remembered.set(keyOf(0).replace(KID, 'b'.repeat(52)), OLD);
    remembered.set(keyOf(0).replace(DOMAIN, 'other.example'), OLD);
    expect((await settleOne(claim(0), context)).outcome).toBe('fails');
    expect(asked).toEqual([0]);
  });
});

describe('budget of a check', () => {
  const eleven = Array.from({ length: 11 }, (): Kind => 'lying');
  const all = async (needs: readonly CommitmentClaim[], { context }: World): Promise<readonly Commitment[]> => [
    ...(await verifyCommitments(needs, context)).values(),
  ];
  it('asks eight, internal needs first', async () => {
    const made = await world(eleven);
    const { claim, asked } = made;
    const commitments = await all(
      [need(claim(8, 9), 'external'), need(claim(0, 1, 2, 3)), need(claim(4, 5, 6, 7))],
      made,
    );
    expect(asked.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(commitments.map(codes)[0]).toEqual(['log-budget-exhausted', 'log-budget-exhausted']);
    expect(commitments[0]).toMatchObject({ outcome: 'undetermined', doubt: 'log-unreachable' });
  });
  it('lets external needs have what internal ones cannot use, at once', async () => {
    const made = await world([...eleven]);
    const { claim, asked } = made;
    await all([need(claim(0, 1, 2, 3)), need(claim(4, 5, 6), 'external'), need(claim(7, 8, 9), 'external')], made);
    expect(asked.slice(0, 3)).toEqual([0, 4, 7]);
    expect(asked).toHaveLength(8);
    expect(asked.filter((place) => place < 4)).toHaveLength(4);
  });
  it('gives external needs what internal ones did not use in the end', async () => {
    const made = await world(['holds', 'lying', 'lying', 'lying', 'holds', 'lying', 'lying', 'lying', 'holds']);
    const { claim, asked } = made;
    const commitments = await all([need(claim(0, 1, 2, 3)), need(claim(4, 5, 6, 7)), need(claim(8), 'external')], made);
    expect(commitments.map(({ outcome }) => outcome)).toEqual(['holds', 'holds', 'holds']);
    expect(asked).toEqual([0, 4, 8]);
  });
  it('asks no further for a need that depends on others of which none can hold any more', async () => {
    const made = await world(['misses', 'lying', 'lying', 'holds']);
    const { claim, asked } = made;
    const internal = need(claim(0));
    await all([internal, { ...need(claim(1, 2), 'external'), dependsOn: [internal] }], made);
    expect(asked).toEqual([0, 1]);
    await all([internal, { ...need(claim(2), 'external'), dependsOn: [internal] }], made);
    expect(asked).toEqual([0, 1]); // the failure is remembered
    const other = need(claim(3));
    await all([internal, other, { ...need(claim(2), 'external'), dependsOn: [internal, other] }], made);
    expect(asked.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3]);
  });
  it('asks on for a need that depends on one that holds', async () => {
    const made = await world(['holds', 'lying', 'lying', 'holds']);
    const internal = need(made.claim(0, 1));
    const commitments = await all([internal, { ...need(made.claim(2, 3), 'external'), dependsOn: [internal] }], made);
    expect(commitments.map(({ outcome }) => outcome)).toEqual(['holds', 'holds']);
  });
  it('asks for a need that depends on one proven before', async () => {
    const made = await world(['holds', 'holds']);
    made.remembered.set(made.keyOf(0), OLD);
    const internal = need(made.claim(0));
    const commitments = await all([internal, { ...need(made.claim(1), 'external'), dependsOn: [internal] }], made);
    expect(commitments.map(({ outcome }) => outcome)).toEqual(['holds', 'holds']);
    expect(made.asked).toEqual([1]);
  });
  it('asks on where one of those that a need depends on holds', async () => {
    const made = await world(['misses', 'holds', 'lying', 'holds']);
    const [one, other] = [need(made.claim(0)), need(made.claim(1))];
    const commitments = await all(
      [one, other, { ...need(made.claim(2, 3), 'external'), dependsOn: [one, other] }],
      made,
    );
    expect(commitments.map(({ outcome }) => outcome)).toEqual(['fails', 'holds', 'holds']);
  });
  it('keeps for internal needs only what they have not asked yet', async () => {
    const made = await world([...eleven]);
    await all([need(made.claim(0, 1, 2, 3)), need(made.claim(4, 5, 6)), need(made.claim(7, 8), 'external')], made);
    expect(made.asked.slice(0, 3)).toEqual([0, 4, 7]);
  });
  it('counts an entry once, whatever it is to prove, and asks the same once', async () => {
    const made = await world(eleven);
    const { claim, asked } = made;
    const other = need(claim(0), 'external', 'b'.repeat(52));
    const commitments = await all(
      [need(claim(0, 1, 2, 3)), need(claim(4, 5, 6, 7)), need(claim(0, 1, 2, 3), 'external'), other],
      made,
    );
    expect(asked.filter((place) => place === 1)).toHaveLength(1);
    expect(commitments.flatMap(codes)).not.toContain('log-budget-exhausted');
  });
  it('lets no need wait for the log of another', async () => {
    const made = await world(['down', 'lying', 'lying', 'holds']);
    const { claim, asked } = made;
    let release = (): void => {};
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const read: ReadLog = async (log, path, limit) => {
      if (log.id === made.directory.logs[0]?.id) await slow;
      // Everything else has been asked by the time the slow log answers.
      if (log.id === made.directory.logs[3]?.id) release();
      return made.context.read(log, path, limit);
    };
    for (const role of ['internal', 'external'] as const) {
      asked.length = 0;
      made.remembered.clear();
      const commitments = [
        ...(await verifyCommitments([need(claim(0), role), need(claim(1, 2, 3))], { ...made.context, read })).values(),
      ];
      expect(commitments.map(({ outcome }) => outcome)).toEqual(['undetermined', 'holds']);
      expect(asked).toContain(3);
    }
  });
  it('asks the first entry of a need beside what it depends on, the others once that holds', async () => {
    const made = await world(['lying', 'holds', 'lying', 'lying', 'holds']);
    const { claim, asked } = made;
    const internal = need(claim(0, 1));
    const [, external] = await all([internal, { ...need(claim(2, 3, 4), 'external'), dependsOn: [internal] }], made);
    expect(asked.slice(0, 2)).toEqual([0, 2]);
    expect(asked.indexOf(1)).toBeLessThan(asked.indexOf(3));
    expect(external).toMatchObject({ outcome: 'holds' });
  });
  it('asks needs side by side', async () => {
    const made = await world(['holds', 'holds']);
    let [now, most] = [0, 0];
    const read: ReadLog = async (log, path, limit) => {
      now += 1;
      most = Math.max(most, now);
      const answer = await made.context.read(log, path, limit);
      await new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
      now -= 1;
      return answer;
    };
    await verifyCommitments([need(made.claim(0)), need(made.claim(1), 'external')], { ...made.context, read });
    expect(most).toBe(2);
  });
});

describe('telling', () => {
  it('says once, before the first log is asked, that logs are in use', async () => {
    const { claim, context, asked } = await world(['misses', 'holds']);
    const told: number[] = [];
    const onUse = (): void => {
      told.push(asked.length);
    };
    await settleOne(claim(0, 1), { ...context, onUse });
    expect(told).toEqual([0]);
    await settleOne(claim(0, 1), { ...context, onUse }); // remembered by now
    expect(told).toEqual([0]);
  });
  it('eight entries are none too many', async () => {
    const { context } = await world([]);
    expect(
      (await settleOne({ readable: true, entries: Array.from({ length: 8 }, () => null) }, context)).problems,
    ).toEqual([]);
  });
  it('asks for the logs only where one is cited', async () => {
    const { context } = await world([]);
    const directory = async (): Promise<LogDirectory> => expect.fail('nobody cited a log');
    expect((await settleOne({ readable: false }, { ...context, directory })).outcome).toBe('fails');
    expect((await settleOne({ readable: true, entries: [] }, { ...context, directory })).outcome).toBe('fails');
  });
  it.each<[string, number, readonly string[]]>([
    ['thirteen months after', Date.UTC(2027, 6, 1), []],
    ['a second later', Date.UTC(2027, 6, 1) + 1000, ['commitment-old']],
  ])('a certificate that ended %s', async (_name, now, problems) => {
    const { claim, context } = await world(['holds']);
    expect(codes(await settleOne(claim(0), { ...context, now }))).toEqual(problems);
  });
  it('a certificate long ended is told of with its end', async () => {
    const { claim, context } = await world(['holds']);
    expect((await settleOne(claim(0), { ...context, now: Date.UTC(2028, 0, 1) })).problems).toEqual([
      { code: 'commitment-old', detail: '2026-06-01T00:00:00.000Z' },
    ]);
  });
  it('static entries are remembered by index', async () => {
    const { context, directory, remembered } = await world(['holds'], {
      change: (log) => ({ ...log, kind: 'static', origin: 'x' }),
    });
    const id = directory.logs[0]?.id ?? '';
    const commitment = await settleOne(
      { readable: true, entries: [{ kind: 'static', id, index: 7 }] },
      { ...context, read: () => Promise.resolve({ answer: 'body', body: bytes('page') }) },
    );
    expect(codes(commitment)).toEqual(['log-checkpoint-malformed']);
    expect([...remembered.keys()]).toEqual([`${id}|7|${KID}|${DOMAIN}`]);
  });
});
