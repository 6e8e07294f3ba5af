// What did a check see, so that another engine can be shown the same? As text, bytes in base64.

import { check, type Sources, type Visit } from '../src/check.ts';
import type { Suffixes } from '../src/emblem/name.ts';
import type { LookUp } from '../src/emblem/record.ts';
import type { TrustedKey } from '../src/signature/trusted-key.ts';
import { openVerifiedSignatures } from '../src/signature/verified-signatures.ts';
import type { EntryOutcome, LogAnswer, LogDirectory } from '../src/transparency/log.ts';
import type { Report } from '../src/verdict/report.ts';

export interface Recorded {
  readonly visit: Visit;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly found: LookUp;
  readonly directory: LogDirectory;
  /** What logs answered, by address. */
  readonly answers: Readonly<Record<string, LogAnswer>>;
  /** What was remembered of entries, by the memory's own key. */
  readonly outcomes: Readonly<Record<string, EntryOutcome>>;
  readonly trustedKeys: readonly TrustedKey[];
  readonly requests: Report['requests'];
}

/** Checks, and keeps what the check saw. */
export async function record(
  visit: Visit,
  now: number,
  sources: Sources,
): Promise<{ recorded: Recorded; report: Report }> {
  const [found, directory] = await Promise.all([sources.lookUp(visit.host), sources.logs()]);
  const answers: Record<string, LogAnswer> = {};
  const outcomes: Record<string, EntryOutcome> = {};
  const report = await check(visit, now, {
    ...sources,
    lookUp: async () => found,
    logs: async () => directory,
    readLog: async (log, path, limit) => (answers[`${log.url}${path}`] = await sources.readLog(log, path, limit)),
    memory: {
      recall: async (key) => {
        const outcome = await sources.memory.recall(key);
        if (outcome !== null) outcomes[key] = outcome;
        return outcome;
      },
      remember: () => {},
    },
  });
  return {
    recorded: {
      visit,
      now,
      found,
      directory,
      answers,
      outcomes,
      trustedKeys: sources.trustedKeys,
      requests: report.requests,
    },
    report,
  };
}

/** Checks anew from what a check saw; a question it did not ask finds no log. */
export const checkRecorded = async (
  { visit, now, found, directory, answers, outcomes, trustedKeys, requests }: Recorded,
  suffixes: Suffixes,
): Promise<Report> =>
  check(visit, now, {
    lookUp: async () => found,
    logs: async () => directory,
    readLog: async (log, path) =>
      answers[`${log.url}${path}`] ?? {
        answer: 'unreachable',
        problem: { code: 'log-unreachable', detail: 'not recorded' },
      },
    memory: { recall: async (key) => outcomes[key] ?? null, remember: () => {} },
    suffixes,
    trustedKeys,
    verified: openVerifiedSignatures(),
    progress: () => {},
    pause: async () => {},
    requests: () => requests,
  });

const BYTES = 'bytes:';
const encode = (bytes: Uint8Array): string =>
  BYTES + btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(''));

/** Any plain data as text that `revive` reads. */
export const preserve = (data: unknown): string =>
  // A function that sees the holder: node's buffers have become something else by the time their value is given.
  JSON.stringify(data, function preserved(this: Readonly<Record<string, unknown>>, key: string, value: unknown) {
    const held = this[key];
    return held instanceof Uint8Array ? encode(held) : value;
  });

export const revive = <T>(text: string): T =>
  JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(BYTES)
      ? Uint8Array.from(atob(value.slice(BYTES.length)), (character) => character.codePointAt(0) ?? 0)
      : value,
  );
