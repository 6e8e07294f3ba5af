// What did the log answer? Its JSON read field by field, and what to make of an answer that says nothing.

import { decodeBase64 } from '../codec/base64.ts';
import { fail, ok, problem, type Problem, type ProblemCode, type Result } from '../problem.ts';
import type { EntryOutcome, LogAnswer, UndeterminedReason } from './log.ts';

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
