// Does the lab's resolver speak DNS that somebody else's decoder reads?

import { decode, encode } from '@leichtgewicht/dns-packet';
import { expect, test } from 'vitest';
import { type DnsFault, openResolver } from '../../lab/resolver.ts';
import type { LabReply } from '../../lab/reply.ts';

function ask(resolver: ReturnType<typeof openResolver>, name: string, method = 'GET'): LabReply {
  const query = encode({ type: 'query', id: 0, flags: 0x100, questions: [{ type: 'TXT', name }] });
  const url = new URL(
    `https://dns.quad9.net/dns-query${method === 'GET' ? `?dns=${Buffer.from(query).toString('base64url')}` : ''}`,
  );
  return resolver.answer({ method, url, headers: {}, body: method === 'GET' ? new Uint8Array() : query });
}
const body = (reply: LabReply): Uint8Array => {
  if (reply.reply !== 'answer') throw new Error(reply.reply);
  return reply.body;
};

const long = 'x'.repeat(700);

test.each(['GET', 'POST'])('%s: texts come whole, in character strings, behind aliases', (method) => {
  const resolver = openResolver();
  resolver.zones.set('alias.example', { cname: 'real.example' });
  resolver.zones.set('real.example', { txt: [long, ['a', 'b']], ttl: 77 });
  const packet = decode(body(ask(resolver, 'Alias.Example', method)));
  expect(packet.answers?.map(({ type, name, ttl }) => [type, name, ttl])).toEqual([
    ['CNAME', 'alias.example', 3600],
    ['TXT', 'real.example', 77],
    ['TXT', 'real.example', 77],
  ]);
  const texts = packet.answers
    ?.filter(({ type }) => type === 'TXT')
    .map(({ data }) => (Array.isArray(data) ? data.map(String) : []));
  expect(texts?.[0]?.length).toBe(3);
  expect(
    packet.answers?.flatMap((each) =>
      each.type === 'TXT' && Array.isArray(each.data)
        ? [each.data.map((part) => Buffer.from(part).toString()).join('')]
        : [],
    ),
  ).toEqual([long, 'ab']);
});

test.each([
  ['servfail', 'SERVFAIL'],
  ['nxdomain', 'NXDOMAIN'],
  ['refused', 'REFUSED'],
  ['filtered', 'NXDOMAIN'],
] as const)('%s answers %s', (fault, rcode) => {
  const resolver = openResolver();
  resolver.faults.set('*', fault);
  expect(decode(body(ask(resolver, 'a.example')))).toHaveProperty('rcode', rcode);
});

test('a name without records has none, one unknown does not exist; both with an SOA', () => {
  const resolver = openResolver();
  resolver.zones.set('a.example', {});
  expect(decode(body(ask(resolver, 'a.example')))).toMatchObject({
    rcode: 'NOERROR',
    answers: [],
    authorities: [{ type: 'SOA', data: { minimum: 300 } }],
  });
  expect(decode(body(ask(resolver, 'b.example')))).toMatchObject({ rcode: 'NXDOMAIN', answers: [] });
});

test('what is additional stands there, for exactly that name, beside whatever is answered', () => {
  const resolver = openResolver();
  resolver.zones.set('a.example', { additional: { 65400: [new Uint8Array([1, 2, 3])] } });
  resolver.zones.set('alias.example', { cname: 'b.example', additional: { 65400: [new Uint8Array([4])] } });
  resolver.zones.set('b.example', {});
  expect(decode(body(ask(resolver, 'a.example')))).toMatchObject({
    answers: [],
    additionals: [{ type: 'UNKNOWN_65400', name: 'a.example' }, { type: 'OPT' }],
  });
  expect(decode(body(ask(resolver, 'alias.example')))).toMatchObject({ additionals: [{ type: 'OPT' }] });
});

test.each<[DnsFault, (reply: LabReply) => boolean]>([
  ['down', (reply) => reply.reply === 'drops'],
  ['slow', (reply) => reply.reply === 'hangs'],
  ['http-500', (reply) => reply.reply === 'answer' && reply.status === 500],
  ['truncated', (reply) => decode(body(reply)).flag_tc === true],
  ['wrong-question', (reply) => decode(body(reply)).questions?.[0]?.name === 'another.example'],
  ['wrong-media-type', (reply) => reply.reply === 'answer' && reply.headers['content-type'] === 'text/html'],
  ['oversized', (reply) => body(reply).length > 65_535],
])('%s does what it says', (fault, holds) => {
  const resolver = openResolver();
  resolver.zones.set('a.example', { txt: [long] });
  resolver.faults.set('a.example', fault);
  expect(holds(ask(resolver, 'a.example'))).toBe(true);
});
