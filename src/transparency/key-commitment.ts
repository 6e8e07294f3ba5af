// Key commitments: what follows from the entries that one claim cites.

import { problem, type Problem } from '../problem.ts';
import type { EntryOutcome, KnownLog, LogEntry, UndeterminedReason } from './log.ts';
import type { LogClaim } from '../emblem/token.ts';

/**
 * One entry of a claim and what became of it; `entry` is null where it cannot be read, `log` where it is not listed.
 */
export interface JudgedEntry {
  readonly entry: LogEntry | null;
  readonly log: KnownLog | null;
  readonly outcome: EntryOutcome;
}

/** What a claim came to. `problems` are those of the claim as a whole; those of its entries stand with `logs`. */
export interface Commitment {
  readonly outcome: 'holds' | 'fails' | 'undetermined';
  /** Why it is undetermined; null where it is not. */
  readonly doubt: UndeterminedReason | null;
  readonly logs: readonly JudgedEntry[];
  readonly problems: readonly Problem[];
}

/** The doubt most likely to pass comes first: a log that could not be asked may be asked again. */
const DOUBTS = ['log-unreachable', 'log-not-proven', 'log-not-known'] as const satisfies readonly UndeterminedReason[];

/** [C7]: how long after the certificate's end a commitment is called old. */
const OLD_AFTER_MONTHS = 13;

function isOld(notAfter: number, now: number): boolean {
  const limit = new Date(notAfter);
  limit.setUTCMonth(limit.getUTCMonth() + OLD_AFTER_MONTHS);
  return now > limit.getTime();
}

/**
 * Combines entries [C8]: one that holds carries the claim; else one proven without the names, or one refuted,
 * fails it; anything else leaves it undetermined.
 * @param entries every entry looked at; none means that the claim is malformed or empty, which fails.
 * @param problems what else is known about the claim.
 * @param now milliseconds since the epoch.
 */
export function combineEntries(entries: readonly JudgedEntry[], problems: readonly Problem[], now: number): Commitment {
  if (entries.length === 0)
    return { outcome: 'fails', doubt: null, logs: [], problems: [problem('log-claim-malformed'), ...problems] };
  const outcomes = entries.map(({ outcome }) => outcome);
  const proof = outcomes.find((outcome) => outcome.outcome === 'holds');
  if (proof !== undefined) {
    const { notAfter } = proof.proven;
    const age =
      notAfter !== null && isOld(notAfter, now) ? [problem('commitment-old', new Date(notAfter).toISOString())] : [];
    return { outcome: 'holds', doubt: null, logs: entries, problems: [...age, ...problems] };
  }
  if (outcomes.some(({ outcome }) => outcome === 'misses' || outcome === 'refuted')) {
    return { outcome: 'fails', doubt: null, logs: entries, problems };
  }
  const open = outcomes.filter((outcome) => outcome.outcome === 'undetermined');
  // An entry that the budget left out says nothing of its log; beside one that lied it must not pass for a log that is
  // merely down.
  const telling = open.some(({ doubt }) => doubt === 'log-not-proven')
    ? open.filter(({ problems: why }) => why.every(({ code }) => code !== 'log-budget-exhausted'))
    : open;
  const doubts = new Set(telling.map(({ doubt }) => doubt));
  return {
    outcome: 'undetermined',
    doubt: DOUBTS.find((doubt) => doubts.has(doubt)) ?? 'log-not-known',
    logs: entries,
    problems,
  };
}

/** One claim to settle: that the key `kid` is a root key of the organisation at `domain`. */
export interface CommitmentClaim {
  readonly role: 'internal' | 'external';
  readonly kid: string; // computed, 52 characters
  /** Every identifier of the key, `kid` first: a certificate may bear any. */
  readonly kids: readonly string[];
  readonly domain: string; // of the organisation identifier, lower case
  /** Whether anybody may register names below the domain. */
  readonly isPublicSuffix: boolean;
  readonly claim: LogClaim;
  readonly notBefore: number; // of the endorsement, milliseconds since the epoch
  /** Needs of which one must hold for this one to matter; absent where it matters whatever becomes of others. */
  readonly dependsOn?: readonly CommitmentClaim[];
}

/** Whether any need cites entries of logs, so that it matters which logs are known. */
export const citesLogs = (needs: readonly CommitmentClaim[]): boolean =>
  needs.some(({ claim }) => claim.readable && claim.entries.length > 0);
