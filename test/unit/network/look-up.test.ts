// Does each way of failing have its own code, and is an answer kept exactly as long as it lives?

import { describe, expect, test } from 'vitest';
import { lookUp } from '../../../src/network/dns/lookup.ts';
import { dohResolver, memoryCache, type NetworkOptions } from '../../../src/network/sources.ts';
import { openTransport } from '../../../src/network/transport.ts';
import { edns, message, type Message, RESPONSE, soa, txt, wireName } from '../codec/dns-message.ts';
import { dnsReply, fakeFetch, NOW, options, questionOf } from './fake-network.ts';

const HOST = 'clinic.example';
const record = { type: 16, data: txt('adem-token=', 'abc') };
const ask = async (fetch: typeof globalThis.fetch, changes: Partial<NetworkOptions> = {}, host = HOST) => {
  const all = options(fetch, changes);
  return lookUp(host, openTransport(all), all);
};
const answering = (parts: Message) => fakeFetch(() => dnsReply(message(parts)));
const text = (data: Uint8Array): string => new TextDecoder().decode(data);

test('a TXT record is joined and bears its owner', async () => {
  const { fetch, sent } = answering({ answers: [record] });
  const found = await ask(fetch, {}, 'Clinic.Example.');
  expect(found).toMatchObject({
    exists: true,
    failures: [],
    notes: [],
    expiresAt: NOW + 300_000,
    records: [{ generation: 'jws', owner: HOST }],
  });
  expect(found.records.map(({ data }) => text(data))).toEqual(['adem-token=abc']);
  expect(sent).toMatchObject([{ init: { method: 'GET', headers: { accept: 'application/dns-message' } } }]);
  expect(questionOf(new URL(sent[0]?.url ?? ''))).toEqual({ name: HOST, type: 16, class: 1 });
});

describe('could not check', () => {
  const faults: Record<string, [string, () => Response]> = {
    'the connection fails': [
      'dns-unreachable',
      () => {
        throw new TypeError('failed');
      },
    ],
    'HTTP 500': ['dns-http-status', () => dnsReply(message({ answers: [record] }), undefined, 500)],
    'another media type': ['dns-media-type', () => dnsReply(message({ answers: [record] }), 'text/html')],
    'no media type': ['dns-media-type', () => new Response(message({ answers: [record] }))],
    'a byte too many': ['dns-too-large', () => dnsReply(new Uint8Array(65_536))],
    'a byte left over': ['dns-malformed', () => dnsReply(message({ answers: [record], trailing: [0] }))],
    'an empty body': ['dns-malformed', () => dnsReply(new Uint8Array(0))],
    'a question instead of an answer': [
      'dns-mismatch',
      () => dnsReply(message({ flags: RESPONSE & 0x7fff, answers: [record] })),
    ],
    'another id': ['dns-mismatch', () => dnsReply(message({ id: 1, answers: [record] }))],
    'another opcode': ['dns-mismatch', () => dnsReply(message({ flags: RESPONSE | 0x1000, answers: [record] }))],
    'another name': [
      'dns-mismatch',
      () => dnsReply(message({ question: { name: 'other.example', type: 16 }, answers: [record] })),
    ],
    'another type': ['dns-mismatch', () => dnsReply(message({ question: { name: HOST, type: 1 }, answers: [record] }))],
    'another class': [
      'dns-mismatch',
      () => dnsReply(message({ question: { name: HOST, type: 16, class: 3 }, answers: [record] })),
    ],
    'no question': ['dns-mismatch', () => dnsReply(message({ question: null, answers: [record] }))],
    'a truncated answer': ['dns-truncated', () => dnsReply(message({ flags: RESPONSE | 0x0200, answers: [record] }))],
    SERVFAIL: ['dns-rcode', () => dnsReply(message({ flags: RESPONSE | 2, answers: [record] }))],
    'FORMERR to TXT': ['dns-rcode', () => dnsReply(message({ flags: RESPONSE | 1 }))],
    'an extended rcode': ['dns-rcode', () => dnsReply(message({ answers: [record], additionals: [edns(1)] }))],
    blocked: ['dns-filtered', () => dnsReply(message({ additionals: [edns(0, { code: 15, data: [0, 15] })] }))],
    censored: ['dns-filtered', () => dnsReply(message({ additionals: [edns(0, { code: 15, data: [0, 16, 97] })] }))],
    'filtered, as NXDOMAIN': [
      'dns-filtered',
      () => dnsReply(message({ flags: RESPONSE | 3, additionals: [edns(0, { code: 15, data: [0, 17] })] })),
    ],
    'aliases in a circle': [
      'dns-malformed',
      () =>
        dnsReply(
          message({
            answers: [
              { type: 5, data: wireName('a.example') },
              { owner: 'a.example', type: 5, data: wireName(HOST) },
            ],
          }),
        ),
    ],
    'two aliases of one name': [
      'dns-malformed',
      () =>
        dnsReply(
          message({
            answers: [
              { type: 5, data: wireName('a.example') },
              { type: 5, data: wireName('b.example') },
            ],
          }),
        ),
    ],
    'aliases without end': [
      'dns-malformed',
      () =>
        dnsReply(
          message({
            answers: Array.from({ length: 40 }, (_, n) => ({
              owner: n === 0 ? HOST : `a${n}.example`,
              type: 5,
              data: wireName(`a${n + 1}.example`),
            })),
          }),
        ),
    ],
  };
  test.each(Object.entries(faults))('%s', async (_what, [code, reply]) => {
    const session = memoryCache();
    const { fetch, sent } = fakeFetch(reply);
    expect(await ask(fetch, { session })).toMatchObject({
      records: [],
      failures: [{ code }],
      notes: [],
      expiresAt: null,
    });
    await ask(fetch, { session });
    expect(sent.length, 'failures are not kept').toBe(2);
  });

  test('permission missing: nothing is sent', async () => {
    const { fetch, sent } = answering({ answers: [record] });
    expect(await ask(fetch, { permitted: async () => false })).toMatchObject({
      failures: [{ code: 'permission-missing' }],
    });
    expect(sent).toEqual([]);
  });

  test('no time left: nothing is sent', async () => {
    const { fetch, sent } = answering({ answers: [record] });
    expect(await ask(fetch, { timeout: () => AbortSignal.abort() })).toMatchObject({
      failures: [{ code: 'time-exhausted' }],
    });
    expect(sent).toEqual([]);
  });

  test('a name that no message can carry', async () => {
    const { fetch, sent } = answering({ answers: [record] });
    expect(await ask(fetch, {}, `${'a'.repeat(64)}.example`)).toMatchObject({
      failures: [{ code: 'host-not-checkable' }],
    });
    expect(sent).toEqual([]);
  });
});

describe('an answer', () => {
  test('of NXDOMAIN says that the name does not exist', async () => {
    const { fetch } = answering({ flags: RESPONSE | 3, authorities: [{ owner: 'example', type: 6, data: soa(120) }] });
    expect(await ask(fetch)).toMatchObject({ records: [], exists: false, failures: [], expiresAt: NOW + 120_000 });
  });

  test('follows aliases and names the owner', async () => {
    const { fetch } = answering({
      answers: [
        { owner: 'end.example', ...record },
        { type: 5, data: wireName('End.example'), ttl: 90 },
      ],
    });
    expect(await ask(fetch)).toMatchObject({ records: [{ owner: 'end.example' }], expiresAt: NOW + 90_000 });
  });

  test('leaves out what does not belong to the name, the type or the class', async () => {
    const { fetch } = answering({
      answers: [
        { owner: 'other.example', ...record },
        { class: 3, ...record },
        { type: 99, data: txt('a') },
      ],
    });
    expect(await ask(fetch)).toMatchObject({ records: [], exists: true });
  });

  test('an alias of another class leads nowhere', async () => {
    const { fetch } = answering({
      answers: [
        { type: 5, class: 3, data: wireName('end.example') },
        { owner: 'end.example', ...record },
      ],
    });
    expect(await ask(fetch)).toMatchObject({ records: [] });
  });

  test('that the resolver validated is noted', async () => {
    const { fetch } = answering({ flags: RESPONSE | 0x20, answers: [record] });
    expect((await ask(fetch)).notes).toEqual([{ code: 'dns-authenticated', detail: null }]);
  });

  test('with the name in other case is ours', async () => {
    const { fetch } = answering({
      question: { name: 'CLINIC.example', type: 16 },
      answers: [{ ...record, owner: 'Clinic.EXAMPLE' }],
    });
    expect(await ask(fetch)).toMatchObject({ failures: [], records: [{ owner: HOST }] });
  });

  test('of a resolver named by a URI template', async () => {
    const { fetch, sent } = answering({ answers: [record] });
    await ask(fetch, { resolver: dohResolver('https://resolver.example/q{?dns}') });
    await ask(fetch, { resolver: dohResolver('https://resolver.example/q?a=b') });
    expect(sent.map(({ url }) => url.replace(/dns=.*/, ''))).toEqual([
      'https://resolver.example/q?',
      'https://resolver.example/q?a=b&',
    ]);
  });
});

const authority = (ttl: number, minimum: number) => ({
  authorities: [{ owner: 'example', type: 6, ttl, data: soa(minimum) }],
});

describe('the life of an answer', () => {
  const lives: Record<string, [Message, number]> = {
    'the smallest TTL': [{ answers: [record, { ...record, ttl: 200 }] }, 200],
    'at least a minute': [{ answers: [{ ...record, ttl: 1 }] }, 60],
    'at most a day': [{ answers: [{ ...record, ttl: 1_000_000 }] }, 86_400],
    'none where the top bit is set': [{ answers: [{ ...record, ttl: 0x80000000 }] }, 60],
    'of absence: the SOA minimum': [authority(900, 600), 600],
    'of absence: no longer than the SOA record lives': [authority(500, 600), 500],
    'of absence: at most an hour': [authority(90_000, 90_000), 3600],
    'of absence: at least a minute': [authority(5, 5), 60],
    'of absence without SOA': [{}, 60],
    'of absence behind an alias': [
      { answers: [{ type: 5, ttl: 100, data: wireName('a.example') }], ...authority(900, 900) },
      100,
    ],
  };
  test.each(Object.entries(lives))('%s', async (_what, [parts, seconds]) => {
    expect((await ask(answering(parts).fetch)).expiresAt).toBe(NOW + seconds * 1000);
  });

  test('decides whether anybody is asked again', async () => {
    const session = memoryCache();
    const { fetch, sent } = answering({ answers: [record], flags: RESPONSE | 0x20 });
    const first = await ask(fetch, { session });
    expect(await ask(fetch, { session, now: () => NOW + 299_999 })).toEqual(first);
    expect(sent.length).toBe(1);
    await ask(fetch, { session, fresh: true });
    expect(sent.length, 'asked anew on request').toBe(2);
    await ask(fetch, { session, now: () => NOW + 300_000 });
    expect(sent.length, 'asked anew after its life').toBe(3);
    await ask(fetch, { session, resolver: dohResolver('https://other.example/') });
    expect(sent.length, 'another resolver is asked itself').toBe(4);
    await ask(fetch, { session, ihleTypes: [65400] });
    expect(sent.length, 'other types are asked for').toBe(6);
    await ask(fetch, { session, now: () => NOW - 90_000_000 });
    expect(sent.length, 'a clock set back keeps nothing alive').toBe(7);
  });

  test('ends early for the oldest of many', async () => {
    const session = memoryCache();
    const { fetch, sent } = fakeFetch((url) =>
      dnsReply(message({ question: { name: questionOf(url)?.name ?? '', type: 16 } })),
    );
    for (let n = 0; n <= 500; n += 1) await ask(fetch, { session }, `h${n}.example`);
    await ask(fetch, { session }, 'h1.example');
    expect(sent.length).toBe(501);
    await ask(fetch, { session }, 'h0.example');
    expect(sent.length).toBe(502);
  }, 30_000);

  test('ends early where records weigh too much', async () => {
    const session = memoryCache();
    const heavy = Array.from({ length: 200 }, (_, n) => ({
      owner: [0xc0, 12],
      type: 16,
      data: txt(String(n).padStart(250, 'x')),
    }));
    const { fetch, sent } = fakeFetch((url) =>
      dnsReply(message({ question: { name: questionOf(url)?.name ?? '', type: 16 }, answers: heavy })),
    );
    for (let n = 0; n < 40; n += 1) await ask(fetch, { session }, `h${n}.example`);
    await ask(fetch, { session }, 'h39.example');
    expect(sent.length).toBe(40);
    await ask(fetch, { session }, 'h0.example');
    expect(sent.length).toBe(41);
  }, 30_000);

  test.each([null, 7, 'x', [null], { exists: true }])('nonsense in the cache (%j) is no answer', async (nonsense) => {
    const session = memoryCache();
    const { fetch, sent } = answering({ answers: [record] });
    await ask(fetch, { session });
    const [key = ''] = await session.keys();
    await session.set({ [key]: nonsense });
    expect(await ask(fetch, { session })).toMatchObject({ records: [{ owner: HOST }] });
    expect(sent.length).toBe(2);
  });

  test('a kept answer with one unreadable record is none', async () => {
    const session = memoryCache();
    const { fetch, sent } = answering({ answers: [record] });
    await ask(fetch, { session });
    const [key = ''] = await session.keys();
    const kept = await session.get(key);
    for (const bad of [
      { generation: 'jws', owner: HOST, data: '*' },
      { generation: 'xyz', owner: HOST, data: '' },
      { generation: 'jws', owner: 1, data: '' },
    ]) {
      await session.set({ [key]: Object.assign({}, kept, { records: [bad] }) });
      await ask(fetch, { session });
    }
    expect(sent.length).toBe(4);
  });
});

const replying = (replies: Record<number, Message>) =>
  fakeFetch((url) => {
    const type = questionOf(url)?.type ?? 0;
    return dnsReply(message({ question: { name: HOST, type }, ...replies[type] }));
  });

describe('the IHLE types', () => {
  const ihleTypes = [65400, 65297];
  const token = { type: 65400, data: [0xd2, 0x84] };
  test('are asked beside TXT, in parallel', async () => {
    const { fetch, sent } = replying({ 16: { answers: [record] }, 65400: { answers: [token] } });
    const found = await ask(fetch, { ihleTypes });
    expect(found.records).toMatchObject([
      { generation: 'jws' },
      { generation: 'cwt', owner: HOST, data: Uint8Array.from(token.data) },
    ]);
    expect(sent.map(({ url }) => questionOf(new URL(url))?.type)).toEqual([16, ...ihleTypes]);
    expect(found.expiresAt).toBe(NOW + 300_000);
  });

  test('absent beside records: the records live on, but the absence is asked about again when it ends', async () => {
    const session = memoryCache();
    const { fetch, sent } = replying({ 16: { answers: [record] } });
    expect((await ask(fetch, { ihleTypes, session })).expiresAt).toBe(NOW + 300_000);
    expect((await ask(fetch, { ihleTypes, session, now: () => NOW + 59_999 })).expiresAt).toBe(NOW + 300_000);
    expect(sent).toHaveLength(3);
    await ask(fetch, { ihleTypes, session, now: () => NOW + 60_000 });
    expect(sent).toHaveLength(6);
  });

  test.each([1, 4])('unknown to the resolver (rcode %i) count as no record', async (rcode) => {
    const { fetch } = replying({
      65400: { flags: RESPONSE | rcode, question: null },
      65297: { flags: RESPONSE | rcode },
    });
    expect(await ask(fetch, { ihleTypes })).toMatchObject({
      failures: [],
      notes: [{ code: 'dns-type-unsupported' }, { code: 'dns-type-unsupported' }],
    });
  });

  test('unknown to the resolver, in answer to another question, is a mismatch', async () => {
    const { fetch } = replying({ 65400: { flags: RESPONSE | 1, question: { name: 'other.example', type: 65400 } } });
    expect(await ask(fetch, { ihleTypes })).toMatchObject({ failures: [{ code: 'dns-mismatch' }], notes: [] });
  });

  test('failing are failures, whatever TXT says, and then nothing is kept', async () => {
    const session = memoryCache();
    const { fetch, sent } = replying({ 16: { answers: [record] }, 65297: { flags: RESPONSE | 2 } });
    expect(await ask(fetch, { ihleTypes, session })).toMatchObject({
      records: [{ generation: 'jws' }],
      failures: [{ code: 'dns-rcode' }],
    });
    await ask(fetch, { ihleTypes, session });
    expect(sent.length).toBe(6);
  });

  test('are taken from the Additional section, for the exact name and class, once', async () => {
    const additionals = [
      token,
      { ...token, class: 3, data: [1] },
      { ...token, owner: 'other.example', data: [2] },
      { type: 65000, data: [3] },
    ];
    const { fetch } = replying({ 16: { answers: [record], additionals }, 65400: { answers: [token] } });
    expect((await ask(fetch, { ihleTypes })).records.map(({ generation }) => generation)).toEqual(['jws', 'cwt']);
  });

  test.each([
    [604_800, 86_400],
    [1, 60],
    [0x80000001, 60],
    [3600, 3600],
  ])('in the Additional section live %d s as %d s', async (ttl, life) => {
    const { fetch } = replying({
      16: {
        additionals: [
          { ...token, ttl },
          { ...token, data: [1], ttl: 700_000 },
        ],
      },
    });
    expect((await ask(fetch, { ihleTypes })).expiresAt).toBe(NOW + life * 1000);
  });

  test('show that a name exists, whatever the answer to TXT says', async () => {
    const { fetch } = replying({ 16: { flags: RESPONSE | 3 }, 65400: { answers: [token] } });
    expect(await ask(fetch, { ihleTypes })).toMatchObject({ exists: true, records: [{ generation: 'cwt' }] });
  });

  test('survive being kept', async () => {
    const session = memoryCache();
    const { fetch, sent } = replying({ 65400: { answers: [token] } });
    const first = await ask(fetch, { ihleTypes, session });
    expect(await ask(fetch, { ihleTypes, session })).toEqual(first);
    expect(sent.length).toBe(3);
  });

  test('at a name that the same answer says does not exist, or is an alias, are no answer', async () => {
    const alias = { type: 5, data: wireName('elsewhere.example') };
    for (const answer of [
      { flags: RESPONSE | 3, additionals: [token] },
      { answers: [alias], additionals: [token] },
      { flags: RESPONSE | 3, answers: [token] },
    ]) {
      const { fetch } = replying({ 65400: answer });
      expect(await ask(fetch, { ihleTypes })).toMatchObject({ records: [], failures: [{ code: 'dns-mismatch' }] });
    }
  });
});

describe('an answer that contradicts itself, or answers nothing', () => {
  const alias = { type: 5, data: wireName('elsewhere.example') };
  const nameServer = { owner: 'example', type: 2, data: wireName('ns.example') };
  const [NO_RECURSION, AUTHORITATIVE] = [0x8100, 0x8500];
  test.each([
    ['records of a name that does not exist', { flags: RESPONSE | 3, answers: [record] }, 'dns-mismatch'],
    ['records beside an alias', { answers: [alias, record] }, 'dns-mismatch'],
    ['a referral', { flags: NO_RECURSION, authorities: [nameServer] }, 'dns-not-answered'],
    ['a referral that claims authority', { flags: AUTHORITATIVE, authorities: [nameServer] }, 'dns-not-answered'],
    ['silence of one who asks nobody', { flags: NO_RECURSION }, 'dns-not-answered'],
    ['an alias without its target', { flags: AUTHORITATIVE, answers: [alias] }, 'dns-not-answered'],
    ['no such name, of one who asks nobody', { flags: NO_RECURSION | 3 }, 'dns-not-answered'],
  ])('%s could not be checked', async (_, answer, code) => {
    expect(await ask(replying({ 16: answer }).fetch)).toMatchObject({ records: [], failures: [{ code }] });
  });

  const authorities = [{ owner: 'example', type: 6, data: soa(60) }];
  test.each([
    ['nothing, of one who asks others', {}],
    ['an alias without its target, of one who asks others', { answers: [alias] }],
    ['nothing, with authority', { flags: AUTHORITATIVE }],
    ['a sound absence', { flags: NO_RECURSION, authorities }],
    ['a sound absence behind an alias', { flags: AUTHORITATIVE, answers: [alias], authorities }],
    ['no such name behind an alias', { flags: RESPONSE | 3, answers: [alias] }],
  ])('%s is an absence', async (_, answer) => {
    expect(await ask(replying({ 16: answer }).fetch)).toMatchObject({ records: [], failures: [] });
  });
});

describe('a page that stays open', () => {
  test('is judged from kept records, also beyond their life, and nobody is asked', async () => {
    const session = memoryCache();
    const { fetch, sent } = answering({ answers: [record] });
    const found = await ask(fetch, { session });
    const later = NOW + 12 * 3_600_000;
    expect(await ask(fetch, { session, keptOnly: true, now: () => later })).toEqual(found);
    expect(await ask(fetch, { session: memoryCache(), keptOnly: true })).toMatchObject({
      records: [],
      failures: [{ code: 'dns-not-asked' }],
    });
    expect(sent).toHaveLength(1);
    await ask(fetch, { session, now: () => later });
    expect(sent).toHaveLength(2);
  });

  test('a fresh answer takes the place of the kept one', async () => {
    const session = memoryCache();
    await ask(answering({ answers: [record] }).fetch, { session });
    const changed = answering({ answers: [{ ...record, data: txt('adem-token=new') }] });
    await ask(changed.fetch, { session, fresh: true });
    expect((await ask(changed.fetch, { session })).records.map(({ data }) => text(data))).toEqual(['adem-token=new']);
    expect(changed.sent).toHaveLength(1);
  });
});
