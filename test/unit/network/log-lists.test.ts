// Are log lists had once, kept, refreshed by the day, and never lost to a failing refresh?

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { memoryCache, openNetwork, refreshLogLists } from '../../../src/network/sources.ts';
import { fakeFetch, NOW, options } from './fake-network.ts';

const A = 'https://lists.example/a.json';
const B = 'https://lists.example/b.json';
const DAY = 86_400_000;

const listOf = (name: string) => {
  const key = Buffer.from(`key of ${name}`);
  const log = {
    description: name,
    log_id: createHash('sha256').update(key).digest('base64'),
    key: key.toString('base64'),
    url: `https://${name}.example/`,
    state: { usable: { timestamp: '2026-01-01T00:00:00Z' } },
  };
  return { version: '1', operators: [{ name, email: [], logs: [log], tiled_logs: [] }] };
};
const serving = (lists: Record<string, unknown>) =>
  fakeFetch((url) => {
    const list = lists[url.href];
    if (list === undefined) return new Response('no', { status: 503 });
    return new Response(typeof list === 'string' ? list : JSON.stringify(list));
  });
const logsOf = async (opened: ReturnType<typeof options>) => openNetwork(opened).logs();

test('the union of what the lists and the documents say', async () => {
  const { fetch, sent } = serving({ [A]: listOf('a'), [B]: listOf('b') });
  const sources = openNetwork(options(fetch, { logLists: [A, B, A], logListDocuments: [listOf('c')] }));
  const directory = await sources.logs();
  expect(directory).toMatchObject({ complete: true, problems: [] });
  expect(directory.logs.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  expect(await sources.logs()).toBe(directory);
  expect(sent.length).toBe(2);
  expect(sources.requests()).toMatchObject([
    { to: 'lists.example', purpose: 'log-list', what: 'lists.example', ok: true },
    { ok: true },
  ]);
});

test('without any list the directory is empty and complete', async () => {
  expect(await logsOf(options(serving({}).fetch))).toEqual({ logs: [], complete: true, problems: [] });
});

describe('a list that cannot be had', () => {
  const faults: Record<string, [string, unknown]> = {
    'is not there': ['log-list-unavailable', undefined],
    'is no JSON': ['log-list-malformed', '<html>'],
    'is no list': ['log-list-malformed', {}],
    'is too large': ['log-answer-too-large', ' '.repeat(1024 * 1024 + 1)],
  };
  test.each(Object.entries(faults))('because it %s', async (_what, [code, list]) => {
    const { fetch } = serving({ [A]: list, [B]: listOf('b') });
    const directory = await logsOf(options(fetch, { logLists: [A, B] }));
    expect(directory).toMatchObject({ complete: false, problems: [{ code }] });
    expect(directory.logs.map(({ name }) => name)).toEqual(['b']);
  });

  test('as a document', async () => {
    expect(await logsOf(options(serving({}).fetch, { logListDocuments: [7] }))).toMatchObject({
      complete: false,
      problems: [{ code: 'log-list-malformed' }],
    });
  });

  test('as a text, told of by its name', async () => {
    const logs = await logsOf(
      options(serving({}).fetch, {
        logListTexts: [
          { name: 'mine.json', text: '<html>' },
          { name: 'other.json', text: JSON.stringify(listOf('c')) },
        ],
      }),
    );
    expect(logs).toMatchObject({
      complete: false,
      problems: [{ code: 'log-list-malformed', detail: 'mine.json' }],
      logs: [{ name: 'c' }],
    });
  });

  test('is left in peace for five minutes, unless asked for again', async () => {
    const session = memoryCache();
    const { fetch, sent } = serving({});
    const opened = options(fetch, { logLists: [A], session });
    await logsOf(opened);
    expect(await logsOf({ ...opened, now: () => NOW + 299_999 })).toMatchObject({
      complete: false,
      problems: [{ code: 'log-list-unavailable', detail: 'lists.example' }],
    });
    expect(sent.length).toBe(1);
    await logsOf({ ...opened, fresh: true });
    expect(sent.length).toBe(2);
    await logsOf({ ...opened, now: () => NOW + 300_000 });
    expect(sent.length).toBe(3);
  });

  test.each<[string, Parameters<typeof options>[1]]>([
    ['its time', { timeout: () => AbortSignal.abort() }],
    ['its end', { signal: AbortSignal.abort() }],
  ])('because the check is over by %s is asked for by the next', async (_whose, over) => {
    const session = memoryCache();
    const { fetch } = serving({ [A]: listOf('a') });
    const opened = options(fetch, { logLists: [A], session });
    expect(await logsOf({ ...opened, ...over })).toMatchObject({
      complete: false,
      problems: [{ code: 'time-exhausted' }],
    });
    expect(await logsOf(opened)).toMatchObject({ complete: true });
  });

  test('takes nothing from another that failed before it', async () => {
    const session = memoryCache();
    const { fetch, sent } = serving({});
    const opened = options(fetch, { logLists: [A, B], session });
    await logsOf(opened);
    await logsOf({ ...opened, logLists: [A, B], now: () => NOW + 1 });
    expect(sent.length, 'both are left in peace').toBe(2);
    await logsOf({ ...opened, now: () => NOW - 1 });
    expect(sent.length, 'a clock set back').toBe(4);
  });

  test('for want of permission is asked for as soon as there is permission', async () => {
    const session = memoryCache();
    const { fetch, sent } = serving({ [A]: listOf('a') });
    const opened = options(fetch, { logLists: [A], session });
    expect(await logsOf({ ...opened, permitted: async () => false })).toMatchObject({
      complete: false,
      problems: [{ code: 'permission-missing' }],
    });
    expect(sent).toEqual([]);
    expect(await logsOf(opened)).toMatchObject({ complete: true });
  });
});

test.each([true, false])('lists are asked for beside the records only where that is wanted: %s', async (listsEarly) => {
  const { fetch, sent } = serving({ [A]: listOf('a') });
  await openNetwork(options(fetch, { logLists: [A], listsEarly })).settled();
  expect(sent).toHaveLength(listsEarly ? 1 : 0);
});

describe('a kept list', () => {
  test('is read once in the life of a process, and made into one directory', async () => {
    const local = memoryCache();
    await refreshLogLists(options(serving({ [A]: listOf('a') }).fetch, { logLists: [A], local }));
    let reads = 0;
    const later = {
      ...local,
      get: (key: string) => {
        reads += 1;
        return local.get(key);
      },
    };
    const opened = options(serving({}).fetch, { logLists: [A], local: later });
    const first = await logsOf(opened);
    expect(await logsOf(opened)).toBe(first);
    expect(reads).toBe(1);
  });

  test('of which something could not be read is read as strictly again', async () => {
    const local = memoryCache();
    const {
      operators: [operator],
    } = listOf('a');
    const forged = {
      operators: [
        {
          ...operator,
          logs: [
            ...(operator?.logs ?? []),
            ...(operator?.logs.map((log) => ({ ...log, log_id: 'A'.repeat(43) + '=' })) ?? []),
          ],
        },
      ],
    };
    await refreshLogLists(options(serving({ [A]: forged }).fetch, { logLists: [A], local }));
    expect((await logsOf(options(serving({}).fetch, { logLists: [A], local: { ...local } }))).logs).toHaveLength(1);
  });

  test('is used at once, however old', async () => {
    const local = memoryCache();
    const { fetch, sent } = serving({ [A]: listOf('a') });
    const opened = options(fetch, { logLists: [A], local });
    const first = await logsOf(opened);
    expect(await logsOf({ ...opened, now: () => NOW + 100 * DAY })).toEqual(first);
    expect(sent.length).toBe(1);
  });

  test('is refreshed after a day, not before', async () => {
    const local = memoryCache();
    const { fetch, sent } = serving({ [A]: listOf('a') });
    const opened = options(fetch, { logLists: [A], local });
    expect(await refreshLogLists(opened)).toEqual({ refreshed: 1, failed: [] });
    expect(await refreshLogLists({ ...opened, now: () => NOW + DAY - 1 })).toEqual({ refreshed: 0, failed: [] });
    expect(sent.length).toBe(1);
    expect(await refreshLogLists({ ...opened, now: () => NOW + DAY })).toEqual({ refreshed: 1, failed: [] });
    expect(await refreshLogLists({ ...opened, now: () => NOW - 1 }), 'a clock set back').toEqual({
      refreshed: 1,
      failed: [],
    });
    expect(await refreshLogLists({ ...opened, fresh: true })).toEqual({ refreshed: 1, failed: [] });
  });

  test.each([undefined, '<html>', { operators: 7 }])('stays where a refresh brings %j', async (list) => {
    const local = memoryCache();
    await refreshLogLists(options(serving({ [A]: listOf('a') }).fetch, { logLists: [A], local }));
    const opened = options(serving({ [A]: list }).fetch, { logLists: [A], local, now: () => NOW + 2 * DAY });
    expect(await refreshLogLists(opened)).toEqual({ refreshed: 0, failed: [A] });
    expect(await logsOf(opened)).toMatchObject({ complete: true, logs: [{ name: 'a' }] });
  });

  test('of another address is not used, and goes when it is no longer wanted', async () => {
    const local = memoryCache();
    const { fetch } = serving({ [A]: listOf('a'), [B]: listOf('b') });
    await refreshLogLists(options(fetch, { logLists: [A], local }));
    expect(await logsOf(options(fetch, { logLists: [B], local }))).toMatchObject({ logs: [{ name: 'b' }] });
    expect(await local.keys()).toEqual([`list ${B}`]);
  });

  test.each([7, [null], { at: NOW, text: '<html>' }, { at: NOW }])(
    'that is nonsense (%j) is fetched anew',
    async (nonsense) => {
      const local = memoryCache();
      await local.set({ [`list ${A}`]: nonsense });
      expect(await logsOf(options(serving({ [A]: listOf('a') }).fetch, { logLists: [A], local }))).toMatchObject({
        complete: true,
        logs: [{ name: 'a' }],
      });
    },
  );
});
