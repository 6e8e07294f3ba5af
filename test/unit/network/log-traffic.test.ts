// Is one log asked no more than it bears, whoever asks, and does nobody's end cost another an answer?

import { expect, test } from 'vitest';
import { openLogTraffic, openNetwork } from '../../../src/network/sources.ts';
import type { KnownLog } from '../../../src/transparency/log.ts';
import { fakeFetch, NOW, options } from './fake-network.ts';

const log: KnownLog = {
  kind: 'static',
  id: 'id',
  name: 'Log',
  key: new Uint8Array(0),
  url: 'https://log.example/2026/',
  origin: null,
  state: 'usable',
  counts: true,
  mergeDelay: 0,
  end: null,
};
const elsewhere: KnownLog = { ...log, url: 'https://other.example/' };

/** Time that stands still but while somebody waits. */
function frozen() {
  let at = 0;
  const waited: number[] = [];
  const traffic = openLogTraffic({
    clock: () => at,
    wait: async (ms) => {
      waited.push(ms);
      at += ms;
    },
  });
  return {
    traffic,
    waited,
    pass: (ms: number) => {
      at += ms;
    },
  };
}
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
};

/** A network that answers when told to. */
function held() {
  const waiting: (() => void)[] = [];
  const network = fakeFetch(
    () =>
      new Promise<Response>((resolve) => {
        waiting.push(() => resolve(new Response('body')));
      }),
  );
  return {
    ...network,
    answer: async () => {
      waiting.shift()?.();
      await turns();
    },
  };
}

test('three requests at once go to one log, the others wait, and another log does not', async () => {
  const { traffic } = frozen();
  const { fetch, sent, answer } = held();
  const [one, two] = [
    openNetwork(options(fetch, { logTraffic: traffic })),
    openNetwork(options(fetch, { logTraffic: traffic })),
  ];
  const answers = [1, 2, 3, 4, 5].map((n) => (n % 2 === 0 ? one : two).readLog(log, `tile/${n}`, 9));
  await turns();
  expect(sent).toHaveLength(3);
  const other = one.readLog(elsewhere, 'checkpoint', 9);
  await turns();
  expect(sent).toHaveLength(4);
  for (const length of [5, 6, 6, 6, 6, 6]) {
    await answer();
    expect(sent).toHaveLength(length);
  }
  expect(await Promise.all([...answers, other])).toMatchObject(Array.from({ length: 6 }, () => ({ answer: 'body' })));
});

test('what is under way is shared between checks, but for one that asks anew', async () => {
  const { traffic } = frozen();
  const { fetch, sent, answer } = held();
  const [one, two] = [
    openNetwork(options(fetch, { logTraffic: traffic })),
    openNetwork(options(fetch, { logTraffic: traffic })),
  ];
  const shared = [one.readLog(log, 'checkpoint', 9), two.readLog(log, 'checkpoint', 9)];
  await turns();
  expect(sent).toHaveLength(1);
  const anew = two.readLog(log, 'checkpoint', 9, true);
  await turns();
  expect(sent).toHaveLength(2);
  await answer();
  await answer();
  expect(await Promise.all([...shared, anew])).toMatchObject([
    { answer: 'body' },
    { answer: 'body' },
    { answer: 'body' },
  ]);
  expect([one.requests().length, two.requests().length]).toEqual([1, 1]);
});

test("a check that ends takes its own requests with it, and no other's answer", async () => {
  const { traffic } = frozen();
  const { fetch, sent, answer } = held();
  const gone = new AbortController();
  const one = openNetwork(options(fetch, { logTraffic: traffic, signal: gone.signal }));
  const two = openNetwork(options(fetch, { logTraffic: traffic }));
  const [lost, kept] = [one.readLog(log, 'checkpoint', 9), two.readLog(log, 'checkpoint', 9)];
  await turns();
  gone.abort();
  expect(await lost).toMatchObject({ answer: 'unreachable', problem: { code: 'time-exhausted' } });
  expect(sent[0]?.init.signal?.aborted).toBe(true);
  await turns();
  expect(sent).toHaveLength(2);
  await answer();
  await answer();
  expect(await kept).toMatchObject({ answer: 'body' });
  expect(await one.readLog(log, 'tile/0/000', 9)).toMatchObject({ answer: 'unreachable' });
  expect(sent).toHaveLength(2);
});

test('one that ends while it waits for its turn is sent nothing, and holds up nobody', async () => {
  const { traffic } = frozen();
  const { fetch, sent, answer } = held();
  const gone = new AbortController();
  const one = openNetwork(options(fetch, { logTraffic: traffic, signal: gone.signal }));
  const two = openNetwork(options(fetch, { logTraffic: traffic }));
  const first = [1, 2, 3].map((n) => two.readLog(log, `tile/${n}`, 9));
  await turns();
  const [lost, last] = [one.readLog(log, 'tile/4', 9), two.readLog(log, 'tile/5', 9)];
  await turns();
  gone.abort();
  expect(await lost).toMatchObject({ answer: 'unreachable', problem: { code: 'time-exhausted' } });
  for (let n = 0; n < 4; n += 1) await answer();
  expect(await Promise.all([...first, last])).toMatchObject(Array.from({ length: 4 }, () => ({ answer: 'body' })));
  expect(sent.map(({ url }) => url.slice(-1))).toEqual(['1', '2', '3', '5']);
});

test('one log is asked thirty times a minute, and then no more for a while', async () => {
  const { traffic, pass } = frozen();
  const { fetch, sent } = fakeFetch(() => new Response('body'));
  const ask = async (n: number, of = log) =>
    openNetwork(options(fetch, { logTraffic: traffic })).readLog(of, `tile/${n}`, 9);
  for (let n = 0; n < 30; n += 1) expect(await ask(n)).toMatchObject({ answer: 'body' });
  expect(await ask(30)).toEqual({ answer: 'unreachable', problem: { code: 'too-many-checks', detail: 'log.example' } });
  expect(await ask(31, elsewhere)).toMatchObject({ answer: 'body' });
  pass(59_999);
  expect(await ask(32)).toMatchObject({ problem: { code: 'too-many-checks' } });
  expect(sent).toHaveLength(31);
  pass(1);
  expect(await ask(33)).toMatchObject({ answer: 'body' });
});

test.each([
  [429, '3', 3000],
  [503, '0', 0],
  [429, null, 1000],
  [503, 'soon', 1000],
  [429, new Date(NOW + 4000).toUTCString(), 4000],
  [429, new Date(NOW - 4000).toUTCString(), 0],
  [429, '11', 11_000],
])('a log that answers %i with %s is asked once more after so long', async (status, after, ms) => {
  const { traffic, waited } = frozen();
  const busy = () => new Response(null, { status, headers: after === null ? {} : { 'retry-after': after } });
  const replies = [busy(), new Response('body'), busy(), busy()];
  const { fetch, sent } = fakeFetch(() => replies.shift() ?? Response.error());
  expect(await openNetwork(options(fetch, { logTraffic: traffic })).readLog(log, 'checkpoint', 9)).toMatchObject({
    answer: 'body',
  });
  expect(waited).toEqual([ms]);
  expect(await openNetwork(options(fetch, { logTraffic: traffic })).readLog(log, 'checkpoint', 9)).toEqual({
    answer: 'unreachable',
    problem: { code: 'log-unreachable', detail: `log.example ${status}` },
    pause: ms,
  });
  expect(sent).toHaveLength(4);
});

test('a log that wants more time than the check has is not asked once more', async () => {
  const { traffic, waited } = frozen();
  const { fetch, sent } = fakeFetch(() => new Response(null, { status: 429, headers: { 'retry-after': '12' } }));
  expect(await openNetwork(options(fetch, { logTraffic: traffic })).readLog(log, 'checkpoint', 9)).toMatchObject({
    answer: 'unreachable',
    pause: 12_000,
  });
  expect(waited).toEqual([]);
  expect(sent).toHaveLength(1);
});
