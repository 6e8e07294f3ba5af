// Does anything leave the machine that must not, or come in that is too much?

import { describe, expect, test } from 'vitest';
import {
  allowedAddress,
  CHECK_BYTES,
  CHECK_TIME,
  openTransport,
  type Request as Asked,
  REQUEST_TIME,
} from '../../../src/network/transport.ts';
import { fakeFetch, never } from './fake-network.ts';

const asked: Asked = {
  method: 'GET',
  body: null,
  url: 'https://log.example/a',
  accept: 'application/json',
  limit: 10,
  purpose: 'log',
  what: 'a',
  alsoAnswers: [404],
};
const permitted = async (): Promise<boolean> => true;
const body = (length: number): Response =>
  new Response(new Uint8Array(length), { headers: { 'content-type': 'Text/Plain; charset=utf-8' } });

test('a request says nothing about who asks', async () => {
  const { fetch, sent } = fakeFetch(() => body(3));
  const transport = openTransport({ fetch, permitted, timeout: never });
  expect(await transport.ask(asked)).toMatchObject({
    ok: true,
    value: { status: 200, mediaType: 'text/plain', body: new Uint8Array(3) },
  });
  expect(sent[0]).toMatchObject({
    url: asked.url,
    init: {
      method: 'GET',
      headers: { accept: 'application/json' },
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'error',
    },
  });
  expect(transport.requests()).toMatchObject([{ to: 'log.example', purpose: 'log', what: 'a', ok: true }]);
});

test('what is sent goes with its media type, and nothing else', async () => {
  const { fetch, sent } = fakeFetch(() => body(3));
  const bytes = Uint8Array.of(1, 2);
  await openTransport({ fetch, permitted, timeout: never }).ask({
    ...asked,
    method: 'POST',
    body: { mediaType: 'application/oblivious-dns-message', bytes },
  });
  expect(sent[0]).toMatchObject({
    init: {
      method: 'POST',
      body: bytes,
      headers: {
        'accept-language': '*',
        accept: 'application/json',
        'content-type': 'application/oblivious-dns-message',
      },
      credentials: 'omit',
    },
  });
});

test('without permission nothing is sent and nothing written down', async () => {
  const { fetch, sent } = fakeFetch(() => body(3));
  const transport = openTransport({ fetch, permitted: async () => false, timeout: never });
  expect(await transport.ask(asked)).toEqual({
    ok: false,
    problem: { why: 'permission', detail: 'log.example', status: null, retryAfter: null, ours: true },
  });
  expect(sent).toEqual([]);
  expect(transport.requests()).toEqual([]);
});

test.each([
  'http://log.example/',
  'ftp://log.example/',
  'https://user@log.example/',
  'https://:x@log.example/',
  'https://log.example/#a',
  'http://127.example/',
  'nothing',
])('nothing is sent to %s', async (url) => {
  const { fetch, sent } = fakeFetch(() => body(3));
  expect(await openTransport({ fetch, permitted, timeout: never }).ask({ ...asked, url })).toMatchObject({ ok: false });
  expect(sent).toEqual([]);
});

test.each(['https://log.example/', 'http://127.0.0.1:8053/', 'http://localhost:1/', 'http://[::1]:1/'])(
  'requests may go to %s',
  (url) => {
    expect(allowedAddress(url)?.href).toBe(url);
  },
);

describe('bodies', () => {
  test.each([
    [10, true],
    [11, false],
  ])('of %i bytes where 10 are taken', async (length, ok) => {
    const { fetch } = fakeFetch(() => body(length));
    expect((await openTransport({ fetch, permitted, timeout: never }).ask(asked)).ok).toBe(ok);
  });

  test('are told of with their size, as far as they were read, and when they were asked for', async () => {
    const { fetch } = fakeFetch((url) => body(url.href.endsWith('long') ? 11 : 7));
    const transport = openTransport({ fetch, permitted, timeout: never });
    await transport.ask(asked);
    await transport.ask({ ...asked, url: `${asked.url}long` });
    const [first, second] = transport.requests();
    expect([first?.bytes, second?.bytes]).toEqual([7, 11]);
    expect(second?.start).toBeGreaterThanOrEqual(first?.start ?? Infinity);
  });

  test('are not read beyond their bound', async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (c) => {
        pulled += 1;
        c.enqueue(new Uint8Array(4));
      },
    });
    const { fetch } = fakeFetch(() => new Response(endless));
    expect(await openTransport({ fetch, permitted, timeout: never }).ask(asked)).toMatchObject({
      ok: false,
      problem: { why: 'too-large' },
    });
    expect(pulled).toBeLessThan(6);
  });

  test('of a whole check have a bound together, and nothing is sent beyond it', async () => {
    const { fetch, sent } = fakeFetch(() => body(CHECK_BYTES / 2));
    const transport = openTransport({ fetch, permitted, timeout: never });
    const large = { ...asked, limit: CHECK_BYTES };
    expect(await transport.ask(large)).toMatchObject({ ok: true });
    expect(await transport.ask(large)).toMatchObject({ ok: true });
    expect(await transport.ask(large)).toMatchObject({ ok: false, problem: { why: 'too-large' } });
    expect(sent.length).toBe(2);
  });

  test('a body that takes a check over its bound is not taken', async () => {
    const { fetch } = fakeFetch(() => body(CHECK_BYTES / 2 + 1));
    const transport = openTransport({ fetch, permitted, timeout: never });
    const large = { ...asked, limit: CHECK_BYTES };
    expect(await transport.ask(large)).toMatchObject({ ok: true });
    expect(await transport.ask(large)).toMatchObject({ ok: false, problem: { why: 'too-large' } });
  });
});

describe('statuses', () => {
  test.each([
    [404, true],
    [500, false],
    [301, false],
    [204, false],
  ])('%i', async (status, ok) => {
    const { fetch } = fakeFetch(() => new Response(null, { status }));
    const transport = openTransport({ fetch, permitted, timeout: never });
    expect(await transport.ask(asked)).toMatchObject(
      ok ? { ok, value: { status } } : { ok, problem: { why: 'status', status } },
    );
    expect(transport.requests()).toMatchObject([{ ok }]);
  });

  test('a failing connection is unreachable', async () => {
    const { fetch } = fakeFetch(() => {
      throw new TypeError('failed');
    });
    expect(await openTransport({ fetch, permitted, timeout: never }).ask(asked)).toMatchObject({
      ok: false,
      problem: { why: 'unreachable' },
    });
  });
});

test('the allowance of a check may be used up to its last byte, and what fails beyond it is our own', async () => {
  const sizes = [CHECK_BYTES - 10, 10, 1];
  const { fetch, sent } = fakeFetch(() => body(sizes.shift() ?? 0));
  const transport = openTransport({ fetch, permitted, timeout: never });
  const large = { ...asked, limit: CHECK_BYTES };
  expect(await transport.ask(large)).toMatchObject({ ok: true });
  expect(await transport.ask(large)).toMatchObject({ ok: true });
  expect(await transport.ask(large)).toMatchObject({ ok: false, problem: { why: 'too-large', ours: true } });
  expect(sent).toHaveLength(2);
});

test.each([
  [9, true],
  [10, true],
  [11, false],
])('with ten bytes left of the allowance, %i are taken: %s', async (length, ok) => {
  const sizes = [CHECK_BYTES - 10, length];
  const { fetch } = fakeFetch(() => body(sizes.shift() ?? 0));
  const transport = openTransport({ fetch, permitted, timeout: never });
  const large = { ...asked, limit: CHECK_BYTES };
  await transport.ask(large);
  expect(await transport.ask(large)).toMatchObject(ok ? { ok } : { ok, problem: { why: 'too-large', ours: true } });
});

test.each<[string, () => Response]>([
  ['too long for its own bound', () => body(11)],
  ['of another status', () => new Response(null, { status: 500 })],
  [
    'cut off',
    () =>
      new Response(
        new ReadableStream({
          start: (c) => {
            c.enqueue(new Uint8Array(4));
            c.error(new TypeError('cut off'));
          },
        }),
      ),
  ],
])("an answer %s is the other's failure, and not told of as answered", async (_name, reply) => {
  const transport = openTransport({ fetch: fakeFetch(reply).fetch, permitted, timeout: never });
  expect(await transport.ask(asked)).toMatchObject({ ok: false, problem: { ours: false } });
  expect(transport.requests()).toMatchObject([{ ok: false }]);
});

/** Timers in the hands of the test, by their length. */
function hands() {
  const check = new AbortController();
  const requests: AbortController[] = [];
  const timeout = (ms: number): AbortSignal => {
    if (ms === CHECK_TIME) return check.signal;
    expect(ms).toBe(REQUEST_TIME);
    const request = new AbortController();
    requests.push(request);
    return request.signal;
  };
  return { check, requests, timeout };
}
const hanging = () => fakeFetch(() => new Promise<Response>(() => {}));

describe('time', () => {
  test('of one request is over: unreachable, even where fetch does not heed the signal', async () => {
    const { requests, timeout } = hands();
    const { fetch } = hanging();
    const answer = openTransport({ fetch, permitted, timeout }).ask(asked);
    await Promise.resolve();
    await Promise.resolve();
    requests[0]?.abort();
    expect(await answer).toMatchObject({ ok: false, problem: { why: 'unreachable', detail: 'log.example timeout' } });
  });

  test('of the check is over while waiting, and then nothing more is sent', async () => {
    const { check, timeout } = hands();
    const { fetch, sent } = hanging();
    const transport = openTransport({ fetch, permitted, timeout });
    const answer = transport.ask(asked);
    await Promise.resolve();
    check.abort();
    expect(await answer).toMatchObject({ ok: false, problem: { why: 'time' } });
    const before = sent.length;
    expect(await transport.ask(asked)).toMatchObject({ ok: false, problem: { why: 'time' } });
    expect(sent.length).toBe(before);
  });

  test('is over when the check is ended from outside: requests are aborted, nothing more is sent', async () => {
    const ended = new AbortController();
    const { fetch, sent } = hanging();
    const transport = openTransport({ fetch, permitted, timeout: never, signal: ended.signal });
    const answer = transport.ask(asked);
    await Promise.resolve();
    await Promise.resolve();
    expect(sent[0]?.init.signal?.aborted).toBe(false);
    ended.abort();
    expect(sent[0]?.init.signal?.aborted).toBe(true);
    expect(await answer).toMatchObject({ ok: false, problem: { why: 'time', ours: true } });
    expect(await transport.ask(asked)).toMatchObject({ ok: false, problem: { why: 'time', ours: true } });
    expect(transport.requests()).toMatchObject([{ ok: false }]);
  });

  test('covers the body too', async () => {
    const { requests, timeout } = hands();
    const { fetch } = fakeFetch(() => new Response(new ReadableStream({ pull: () => new Promise(() => {}) })));
    const answer = openTransport({ fetch, permitted, timeout }).ask(asked);
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    requests[0]?.abort();
    expect(await answer).toMatchObject({ ok: false, problem: { why: 'unreachable' } });
  });

  test.each(['request', 'check'] as const)('a fetch is told when the time of the %s is over', async (whose) => {
    const { check, requests, timeout } = hands();
    const { fetch, sent } = hanging();
    const answer = openTransport({ fetch, permitted, timeout }).ask(asked);
    await Promise.resolve();
    await Promise.resolve();
    expect(sent[0]?.init.signal?.aborted).toBe(false);
    (whose === 'check' ? check : requests[0])?.abort();
    expect(sent[0]?.init.signal?.aborted).toBe(true);
    expect(await answer).toMatchObject({ ok: false });
  });
});
