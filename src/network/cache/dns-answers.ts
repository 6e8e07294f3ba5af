// Cache of DNS answers, kept for their lives; stored values are parsed as untrusted input.

import { decodeBase64, encodeBase64 } from '../../codec/base64.ts';
import { problem, type Problem, type ProblemCode, PROBLEMS } from '../../problem.ts';
import type { DnsRecord, LookUp } from '../../emblem/record.ts';
import { allOf, arrayOf, member } from '../../codec/stored-value.ts';
import { type Cache, keep, type Kind } from './store.ts';

const ANSWERS: Kind = { prefix: 'dns ', count: 500, weight: 2 * 1024 * 1024 };
/** Longest life of any answer, in milliseconds. */
const LIFE_LIMIT = 24 * 3_600_000;

interface StoredAnswer {
  readonly records: readonly {
    readonly generation: DnsRecord['generation'];
    readonly owner: string;
    readonly data: string;
  }[];
  readonly exists: boolean;
  readonly notes: readonly Problem[];
  /** Until when the records live, and until when this may be taken for an answer: absences may end sooner. */
  readonly expiresAt: number;
  readonly keptUntil: number;
}

/** Alive, and not for longer than any answer is kept: a clock set back must not keep answers for good. */
const isAlive = ({ expiresAt, keptUntil }: StoredAnswer, now: number): boolean =>
  now < keptUntil && Math.max(keptUntil, expiresAt) <= now + LIFE_LIMIT;

/**
 * Whether an answer may still be read by a page that stays open beyond the answer's life: for as long again as any may
 * live.
 */
const isAtHand = (kept: StoredAnswer, now: number): boolean =>
  isAlive(kept, Math.min(now, kept.keptUntil - 1)) && now < kept.keptUntil + LIFE_LIMIT;

/** The kept answer to a question, where it is still alive at `now`, or `beyondLife` still at hand; null else. */
export async function recallAnswer(
  cache: Cache,
  question: string,
  now: number,
  beyondLife = false,
): Promise<LookUp | null> {
  const kept = parseKept(await cache.get(ANSWERS.prefix + question));
  if (kept === null || !(beyondLife ? isAtHand : isAlive)(kept, now)) return null;
  const records: DnsRecord[] = [];
  for (const { generation, owner, data } of kept.records) {
    const bytes = decodeBase64(data);
    if (bytes === null) return null;
    records.push({ generation, owner, data: bytes });
  }
  return { records, exists: kept.exists, failures: [], notes: kept.notes, expiresAt: kept.expiresAt };
}

/** Keeps an answer in place of an earlier one to the same question. Whatever failed is not kept. */
export async function rememberAnswer(
  cache: Cache,
  question: string,
  answer: LookUp,
  keptUntil: number | null,
): Promise<void> {
  const { records, exists, failures, notes, expiresAt } = answer;
  if (failures.length > 0 || expiresAt === null || keptUntil === null) return;
  const added: StoredAnswer = {
    exists,
    notes,
    expiresAt,
    keptUntil,
    records: records.map(({ generation, owner, data }) => ({ generation, owner, data: encodeBase64(data) })),
  };
  await keep(cache, ANSWERS, new Map([[question, added]]));
}

function parseKept(value: unknown): StoredAnswer | null {
  const [exists, expiresAt, keptUntil] = ['exists', 'expiresAt', 'keptUntil'].map((name) => member(value, name));
  if (typeof exists !== 'boolean' || typeof expiresAt !== 'number' || typeof keptUntil !== 'number') return null;
  const records = allOf(member(value, 'records'), parseRecord);
  if (records === null) return null;
  return { exists, expiresAt, keptUntil, records, notes: arrayOf(member(value, 'notes'), parseProblem) };
}

function parseRecord(value: unknown): StoredAnswer['records'][number] | null {
  const [generation, owner, data] = [member(value, 'generation'), member(value, 'owner'), member(value, 'data')];
  if ((generation !== 'jws' && generation !== 'cwt') || typeof owner !== 'string' || typeof data !== 'string')
    return null;
  return { generation, owner, data };
}

const isCode = (value: unknown): value is ProblemCode => typeof value === 'string' && Object.hasOwn(PROBLEMS, value);

/** Reads a kept problem. */
export function parseProblem(value: unknown): Problem | null {
  const [code, detail] = [member(value, 'code'), member(value, 'detail')];
  return isCode(code) && (detail === null || typeof detail === 'string') ? problem(code, detail) : null;
}
