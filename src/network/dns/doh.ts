// DNS over HTTPS (RFC 8484): one question to a resolver, by GET.

import { encodeBase64Url } from '../../codec/base64.ts';
import { TYPE_TXT } from '../../codec/dns/message.ts';
import { encodeQuery } from '../../codec/dns/query.ts';
import { fail, type ProblemCode, type Result } from '../../problem.ts';
import { type DnsAnswer, judgeAnswer } from './response.ts';
import type { Failure, Transport } from '../transport.ts';

const MEDIA_TYPE = 'application/dns-message';
/** Longest message, in bytes (a DNS message over a stream has a length of 16 bits). */
const MESSAGE_LIMIT = 65_535;

const CODES = {
  permission: 'permission-missing',
  time: 'time-exhausted',
  unreachable: 'dns-unreachable',
  'too-large': 'dns-too-large',
  status: 'dns-http-status',
} as const satisfies Record<Failure['why'], ProblemCode>;

/** Whoever is asked for records. */
export interface Resolver {
  /** Names it where answers are kept: the answer of one is none of another. */
  readonly identity: string;
  /** Asks for the records of one type at exactly this name (lower case, no trailing dot). */
  readonly ask: (transport: Transport, name: string, type: number) => Promise<Result<DnsAnswer>>;
}

/** The resolver at this address: `https:`, or `http:` on loopback; a URI template's `{?dns}` may stand at its end. */
export const dohResolver = (address: string): Resolver => ({
  identity: address,
  ask: (transport, name, type) => ask(transport, address, name, type),
});

async function ask(transport: Transport, resolver: string, name: string, type: number): Promise<Result<DnsAnswer>> {
  const query = encodeQuery(name, type);
  if (query === null) return fail('host-not-checkable', name);
  const answered = await transport.ask({
    method: 'GET',
    url: questionAddress(resolver, encodeBase64Url(query)),
    accept: MEDIA_TYPE,
    body: null,
    limit: MESSAGE_LIMIT,
    purpose: 'dns',
    what: `${name} ${type === TYPE_TXT ? 'TXT' : `TYPE${type}`}`,
    alsoAnswers: [],
  });
  if (!answered.ok) return fail(CODES[answered.problem.why], answered.problem.detail);
  if (answered.value.mediaType !== MEDIA_TYPE) return fail('dns-media-type', answered.value.mediaType);
  return judgeAnswer(answered.value.body, name, type);
}

/**
 * The resolver's address with the question in its `dns` parameter; a URI template's ending for it is taken off first.
 */
function questionAddress(resolver: string, question: string): string {
  const address = resolver.replace(/\{\?dns\}$/, '');
  return `${address}${address.includes('?') ? '&' : '?'}dns=${question}`;
}
