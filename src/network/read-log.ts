// How is a log asked? Requests below the address its list gives, and what counts as "not there".

import { problem } from '../emblem/problem.ts';
import type { ProblemCode } from '../emblem/problem.ts';
import type { KnownLog, LogAnswer, ReadLog } from '../transparency/log.ts';
import type { Failure, Transport } from './transport.ts';

/** Statuses that say that what was asked for is not there. */
const ABSENT = [400, 404];

const CODES = {
  permission: 'permission-missing',
  time: 'time-exhausted',
  unreachable: 'log-unreachable',
  'too-large': 'log-answer-too-large',
  status: 'log-unreachable',
} as const satisfies Record<Failure['why'], ProblemCode>;

/** Reads logs over the transport. The same thing asked twice in one check is sent once. */
export function openLogReader(transport: Transport): ReadLog {
  const asked = new Map<string, { readonly limit: number; readonly answer: Promise<LogAnswer> }>();
  return async (log, path, limit) => {
    const url = log.url + path;
    const before = asked.get(url);
    if (before !== undefined && before.limit >= limit) return before.answer;
    const answer = read(transport, log, path, limit);
    asked.set(url, { limit, answer });
    return answer;
  };
}

async function read(transport: Transport, log: KnownLog, path: string, limit: number): Promise<LogAnswer> {
  const url = log.url + path;
  // Whatever stands in the path, the request stays below the address of the list.
  if (!URL.canParse(url) || !new URL(url).href.startsWith(new URL(log.url).href)) return unreachable('address');
  const answered = await transport.ask({ url, accept: null, limit, purpose: 'log', what: `${log.name}: ${path}`, alsoAnswers: ABSENT });
  if (answered.ok) {
    const { status, body } = answered.value;
    return status === 200 ? { answer: 'body', body } : { answer: 'absent', status };
  }
  const { why, detail } = answered.failure;
  return { answer: 'unreachable', problem: problem(CODES[why], detail) };
}

const unreachable = (detail: string): LogAnswer => ({ answer: 'unreachable', problem: problem('log-unreachable', detail) });
