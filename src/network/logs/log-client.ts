// Log client: requests below the address that a log's list gives, and what counts as "not there".

import { problem, type ProblemCode } from '../../problem.ts';
import type { KnownLog, LogAnswer, ReadLog } from '../../transparency/log.ts';
import { untilAborted } from '../bounded-body.ts';
import { isOurs } from '../cache/log-outcomes.ts';
import type { LogTraffic } from './log-traffic.ts';
import { type Answered, CHECK_TIME, type Failure, type Transport } from '../transport.ts';

/** Statuses that say that what was asked for is not there. */
const ABSENT = [400, 404];

const CODES = {
  permission: 'permission-missing',
  time: 'time-exhausted',
  unreachable: 'log-unreachable',
  'too-large': 'log-answer-too-large',
  status: 'log-unreachable',
} as const satisfies Record<Failure['why'], ProblemCode>;

/** Statuses by which a log asks to come again, and after how long where it does not say, in milliseconds. */
const AGAIN: ReadonlySet<number> = new Set([429, 503]);
const PAUSE = 1000;

/**
 * How long the log wants to be left in peace, in milliseconds: `Retry-After` in seconds or as a date (RFC 9110 section
 * 10.2.3).
 */
function readPause(text: string | null, now: number): number {
  if (text === null) return PAUSE;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const until = Date.parse(text);
  return Number.isNaN(until) ? PAUSE : Math.max(0, until - now);
}

export interface LogReading {
  readonly transport: Transport;
  readonly traffic: LogTraffic;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Reads logs over the transport. The same thing asked twice in one check is sent once, and shared with other checks
 * while it is under way.
 */
export function openLogReader(reading: LogReading): ReadLog {
  const { traffic } = reading;
  const end = traffic.clock() + CHECK_TIME;
  const asked = new Map<string, { readonly limit: number; readonly answer: Promise<LogAnswer> }>();
  return async (log, path, limit, anew = false) => {
    const url = log.url + path;
    const before = asked.get(url);
    if (!anew && before !== undefined && before.limit >= limit) return before.answer;
    const answer = anew ? send(reading, log, path, limit, end) : share(reading, log, path, limit, end);
    asked.set(url, { limit, answer });
    return answer;
  };
}

/**
 * Another check's answer under way, or one of our own. What failed another for reasons of its own says nothing to us.
 */
async function share(reading: LogReading, log: KnownLog, path: string, limit: number, end: number): Promise<LogAnswer> {
  const {
    transport,
    traffic: { underWay },
  } = reading;
  const other = (await permittedTo(reading, log, path)) ? underWay.get(`${limit} ${log.url}${path}`) : undefined;
  if (other === undefined) return send(reading, log, path, limit, end);
  try {
    const answer = await untilAborted(transport.signal, other);
    return answer.answer === 'unreachable' && isOurs(answer.problem)
      ? await share(reading, log, path, limit, end)
      : answer;
  } catch {
    return unreachable('time-exhausted', new URL(log.url).host); // our time ended while we waited, told by throwing
  }
}

const permittedTo = ({ transport }: LogReading, log: KnownLog, path: string): Promise<boolean> =>
  transport.permitted(log.url + path);

async function send(reading: LogReading, log: KnownLog, path: string, limit: number, end: number): Promise<LogAnswer> {
  const { underWay } = reading.traffic;
  const name = `${limit} ${log.url}${path}`;
  const answer = read(reading, log, path, limit, end);
  underWay.set(name, answer);
  try {
    return await answer;
  } finally {
    if (underWay.get(name) === answer) underWay.delete(name);
  }
}

async function read(
  { transport, traffic, now }: LogReading,
  log: KnownLog,
  path: string,
  limit: number,
  end: number,
): Promise<LogAnswer> {
  const url = log.url + path;
  // Whatever stands in the path, the request stays below the address of the list.
  if (!URL.canParse(url) || !new URL(url).href.startsWith(new URL(log.url).href))
    return unreachable('log-unreachable', 'address');
  const { host } = new URL(url);
  const ask = (): Promise<Answered | null> =>
    traffic.send(log.url, transport.signal, () =>
      transport.ask({
        method: 'GET',
        url,
        accept: null,
        body: null,
        limit,
        purpose: 'log',
        what: `${log.name}: ${path}`,
        alsoAnswers: ABSENT,
      }),
    );
  try {
    let answered = await ask();
    let pause = pauseOf(answered, now());
    if (pause !== null && traffic.clock() + pause < end) {
      await untilAborted(transport.signal, traffic.wait(pause));
      answered = await ask();
      pause = pauseOf(answered, now());
    }
    if (answered === null) return unreachable('too-many-checks', host);
    if (answered.ok) {
      const { status, body } = answered.value;
      return status === 200 ? { answer: 'body', body } : { answer: 'absent', status };
    }
    const { why, detail } = answered.problem;
    return { ...unreachable(CODES[why], detail), ...(pause === null ? {} : { pause }) };
  } catch {
    return unreachable('time-exhausted', host); // the check ended while this waited, told by throwing
  }
}

const pauseOf = (answered: Answered | null, now: number): number | null =>
  answered?.ok === false && answered.problem.status !== null && AGAIN.has(answered.problem.status)
    ? readPause(answered.problem.retryAfter, now)
    : null;

const unreachable = (code: ProblemCode, detail: string): Extract<LogAnswer, { answer: 'unreachable' }> => ({
  answer: 'unreachable',
  problem: problem(code, detail),
});
