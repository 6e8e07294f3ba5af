// What does asking a log come to, and what is remembered of it for how long?

import { describe, expect, test } from 'vitest';
import { memoryCache, openNetwork } from '../../../src/network/sources.ts';
import type { EntryOutcome, KnownLog } from '../../../src/transparency/log.ts';
import { fakeFetch, NOW, options } from './fake-network.ts';
import { inclusion, provenEntry } from '../transparency/proven-entry.ts';

const log: KnownLog = {
  kind: 'rfc6962',
  id: 'id',
  name: 'Log',
  key: new Uint8Array(0),
  url: 'https://log.example/2026/',
  origin: null,
  state: 'usable',
  counts: true,
  mergeDelay: 86_400_000,
  end: null,
};
const HOUR = 3_600_000;

describe('a log', () => {
  test.each([400, 404])('answering %i says that it is not there', async (status) => {
    const { readLog } = openNetwork(options(fakeFetch(() => new Response('x', { status })).fetch));
    expect(await readLog(log, 'ct/v1/get-sth', 9)).toEqual({ answer: 'absent', status });
  });

  test.each([401, 403, 410, 500, 302, 204])('answering %i is unreachable', async (status) => {
    const { readLog } = openNetwork(options(fakeFetch(() => new Response(null, { status })).fetch));
    expect(await readLog(log, 'ct/v1/get-sth', 9)).toEqual({
      answer: 'unreachable',
      problem: { code: 'log-unreachable', detail: `log.example ${status}` },
    });
  });

  test('answering too much is unreachable, and said to be', async () => {
    const { readLog } = openNetwork(options(fakeFetch(() => new Response('0123456789')).fetch));
    expect(await readLog(log, 'ct/v1/get-sth', 9)).toMatchObject({
      answer: 'unreachable',
      problem: { code: 'log-answer-too-large' },
    });
    expect(await readLog(log, 'ct/v1/get-sth', 10)).toMatchObject({ answer: 'body' });
  });

  test('is asked below its address, once for the same thing', async () => {
    const { fetch, sent } = fakeFetch(() => new Response('body'));
    const sources = openNetwork(options(fetch));
    const answers = await Promise.all([sources.readLog(log, 'checkpoint', 9), sources.readLog(log, 'checkpoint', 9)]);
    expect(answers).toEqual(
      Array.from({ length: 2 }, () => ({ answer: 'body', body: Uint8Array.from(Buffer.from('body')) })),
    );
    expect(sent.map(({ url }) => url)).toEqual(['https://log.example/2026/checkpoint']);
    expect(sources.requests()).toMatchObject([
      { to: 'log.example', purpose: 'log', what: 'Log: checkpoint', ok: true },
    ]);
  });

  test.each(['../2025/ct/v1/get-sth', '/../../x'])('is never asked outside its address: %s', async (path) => {
    const { fetch, sent } = fakeFetch(() => new Response('body'));
    const { readLog } = openNetwork(options(fetch));
    expect(await readLog(log, path, 9)).toMatchObject({ answer: 'unreachable' });
    expect(sent).toEqual([]);
  });

  test('may not be asked, or no longer', async () => {
    const { fetch, sent } = fakeFetch(() => new Response('body'));
    const forbidden = openNetwork(options(fetch, { permitted: async () => false }));
    expect(await forbidden.readLog(log, 'checkpoint', 9)).toMatchObject({
      answer: 'unreachable',
      problem: { code: 'permission-missing' },
    });
    const late = openNetwork(options(fetch, { timeout: () => AbortSignal.abort() }));
    expect(await late.readLog(log, 'checkpoint', 9)).toMatchObject({
      answer: 'unreachable',
      problem: { code: 'time-exhausted' },
    });
    expect(sent).toEqual([]);
  });
});

describe('an outcome', () => {
  const proven = provenEntry(['relief.example'], { notBefore: 1 });
  const problems = [{ code: 'log-unreachable', detail: 'log.example' }] as const;
  const outcomes: Record<string, [EntryOutcome, number]> = {
    holds: [{ outcome: 'holds', proven, problems: [] }, Infinity],
    misses: [{ outcome: 'misses', proven: null, problems: [] }, HOUR],
    'misses, proven': [{ outcome: 'misses', proven, problems }, HOUR],
    refuted: [{ outcome: 'refuted', problems }, 300_000],
    'undetermined, for as long as the log asked': [
      { outcome: 'undetermined', doubt: 'log-unreachable', problems, pause: 7000 },
      7000,
    ],
    undetermined: [{ outcome: 'undetermined', doubt: 'log-unreachable', problems }, 300_000],
  };
  const { fetch } = fakeFetch(() => new Response(''));

  test.each(Object.entries(outcomes))('that %s is kept for its time', async (_what, [outcome, life]) => {
    const session = memoryCache();
    const recallAt = async (now: number) =>
      openNetwork(options(fetch, { session, now: () => now })).memory.recall('key');
    const sources = openNetwork(options(fetch, { session }));
    expect(await sources.memory.recall('key')).toBeNull();
    sources.memory.remember('key', outcome);
    expect(await sources.memory.recall('key')).toEqual(outcome);
    expect(await recallAt(NOW), 'nothing is written before closing').toBeNull();
    await sources.close();
    const last = life === Infinity ? NOW * 2 : NOW + life - 1;
    expect(await recallAt(last)).toEqual(outcome);
    if (life === Infinity) return;
    expect(await recallAt(NOW + life)).toBeNull();
    expect(await recallAt(NOW - 1), 'a clock set back').toBeNull();
  });

  test.each([
    'permission-missing',
    'time-exhausted',
    'log-answer-too-large',
    'log-budget-exhausted',
    'too-many-checks',
  ] as const)('for %s is forgotten with the check', async (code) => {
    const session = memoryCache();
    const sources = openNetwork(options(fetch, { session }));
    sources.memory.remember('key', {
      outcome: 'undetermined',
      doubt: 'log-unreachable',
      problems: [{ code, detail: null }],
    });
    await sources.close();
    expect(await openNetwork(options(fetch, { session })).memory.recall('key')).toBeNull();
  });

  test('of two checks at once is kept of both, and the oldest of too many go', async () => {
    const session = memoryCache();
    const [one, two] = [openNetwork(options(fetch, { session })), openNetwork(options(fetch, { session }))];
    for (let n = 0; n < 600; n += 1) {
      one.memory.remember(`one ${n}`, { outcome: 'refuted', problems: [] });
      two.memory.remember(`two ${n}`, { outcome: 'refuted', problems: [] });
    }
    await Promise.all([one.close(), two.close()]);
    const { memory } = openNetwork(options(fetch, { session }));
    expect(
      (await Promise.all(['one 199', 'one 200', 'one 599', 'two 0', 'two 599'].map((key) => memory.recall(key)))).map(
        (kept) => kept !== null,
      ),
    ).toEqual([false, true, true, true, true]);
  });

  test('with thousands of names does not fill the store', async () => {
    const session = memoryCache();
    const sources = openNetwork(options(fetch, { session }));
    const names = Array.from({ length: 5000 }, (_, n) => `${'n'.repeat(90)}${n}.example`);
    for (let n = 0; n < 4; n += 1)
      sources.memory.remember(`key ${n}`, { outcome: 'holds', proven: { ...proven, names }, problems: [] });
    await sources.close();
    const { memory } = openNetwork(options(fetch, { session }));
    expect(
      (await Promise.all([0, 1, 2, 3].map((n) => memory.recall(`key ${n}`)))).map((kept) => kept !== null),
    ).toEqual([false, false, true, true]);
  });

  const nonsense: unknown[] = [
    { outcome: 'holds', proven: null, problems: [] },
    { outcome: 'holds', proven: { ...proven, names: [7] }, problems: [] },
    { outcome: 'holds', proven: { ...proven, inclusion: { ...inclusion, treeSize: '8' } }, problems: [] },
    { outcome: 'holds', proven: { ...proven, inclusion: { ...inclusion, path: [7] } }, problems: [] },
    { outcome: 'holds', proven: { ...proven, inclusion: { ...inclusion, rootHash: null } }, problems: [] },
    { outcome: 'holds', proven: { ...proven, notAfter: 'x' }, problems: [] },
    { outcome: 'holds', proven },
    { outcome: 'undetermined', doubt: 'x', problems: [] },
    { outcome: 'refuted', problems: [{ code: 'x', detail: null }] },
    { outcome: 'x', problems: [] },
    null,
  ];
  test.each(nonsense)('that is nonsense (%j) is not believed', async (outcome) => {
    const session = memoryCache();
    await session.set({ 'log key': { at: NOW, outcome } });
    expect(await openNetwork(options(fetch, { session })).memory.recall('key')).toBeNull();
  });
});
