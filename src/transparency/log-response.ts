// Log responses read field by field, and what to make of one that says nothing, denies too early or proves too late.

import { decodeBase64 } from '../codec/base64.ts';
import { fail, ok, problem, type Problem, type ProblemCode, type Result } from '../problem.ts';
import type { EntryOutcome, KnownLog, LogAnswer, UndeterminedReason } from './log.ts';

export type Undetermined = Extract<EntryOutcome, { outcome: 'undetermined' }>;

/** Body limits, in bytes [C11]. */
export const JSON_LIMIT = 1024 * 1024;
export const TILE_LIMIT = 8 * 1024 * 1024;

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads bytes as UTF-8 text; null where they are not. */
export function readText(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null;
  }
}

/** Reads a body that must be one JSON object; fails with `log-answer-malformed`. */
export function readJsonObject(body: Uint8Array): Result<Readonly<Record<string, unknown>>> {
  const text = readText(body);
  if (text === null) return fail('log-answer-malformed', 'not UTF-8');
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? ok(value) : fail('log-answer-malformed', 'not an object');
  } catch {
    return fail('log-answer-malformed', 'not JSON');
  }
}

/** A number of entries or milliseconds: a safe integer from 0; null for anything else. */
export const readCount = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;

/** Bytes in base64, of exact `length` where one is given; null for anything else. */
export function readBytes(value: unknown, length?: number): Uint8Array<ArrayBuffer> | null {
  const bytes = typeof value === 'string' ? decodeBase64(value) : null;
  return bytes === null || (length !== undefined && bytes.length !== length) ? null : bytes;
}

/** The outcome of an entry nothing could be found out about. */
export const undetermined = (
  doubt: UndeterminedReason,
  code: ProblemCode,
  detail: string | null = null,
): Undetermined => from(doubt, problem(code, detail));

const from = (doubt: UndeterminedReason, cause: Problem): Undetermined => ({
  outcome: 'undetermined',
  doubt,
  problems: [cause],
});

/** The outcome where an answer could not be had, or could not be read: the log is as good as unreachable. */
export const unreadable = (cause: Problem): Undetermined => from('log-unreachable', cause);

/** The outcome of a request without a body: whatever the error status, it reads as a log that cannot be reached. */
export const unanswered = (answer: Exclude<LogAnswer, { answer: 'body' }>, what: string): Undetermined =>
  answer.answer === 'absent'
    ? undetermined('log-unreachable', 'log-unreachable', `${what} ${answer.status}`)
    : { ...unreadable(answer.problem), ...(answer.pause === undefined ? {} : { pause: answer.pause }) };

/**
 * Whether an endorsement that begins at `notBefore` is younger than the log's merge delay: the log has promised the
 * entry, and need not have merged it yet [C8]. Both times in milliseconds since the epoch.
 */
export const isYoung = (notBefore: number, { mergeDelay }: KnownLog, now: number): boolean =>
  now - notBefore < mergeDelay;

/**
 * The outcome of an entry that is denied while its endorsement is young: the log was reached, so this names nobody as
 * one that could not be asked about.
 */
export const notMerged = (detail: string | null = null): Undetermined =>
  undetermined('log-not-proven', 'log-entry-not-merged', detail);

/** The outcome of a proven entry that stands after the log's own end [C3]; null where it does not. */
export function judgeLateness({ end }: KnownLog, timestamp: number, index: number): Undetermined | null {
  if (end === null || (end.kind === 'time' ? timestamp < end.before : index < end.below)) return null;
  const detail = end.kind === 'time' ? `${timestamp} of ${end.before}` : `${index} of ${end.below}`;
  return undetermined('log-not-known', 'log-entry-too-late', detail);
}
