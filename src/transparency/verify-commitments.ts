// Commitments of all claims of one check, verified within its budget.

import { encodeBase64 } from '../codec/base64.ts';
import { problem, type Problem } from '../problem.ts';
import { isYoung, undetermined } from './log-response.ts';
import { askAll, ASKED_OF_ONE, type AskingContext, holds, type Item, type Pending } from './query-scheduler.ts';
import type { EntryOutcome, KnownLog, LogDirectory, LogEntry } from './log.ts';
import {
  citesLogs,
  combineEntries,
  type Commitment,
  type CommitmentClaim,
  type JudgedEntry,
} from './key-commitment.ts';

export type { CommitmentClaim } from './key-commitment.ts';
export type { Commitment, JudgedEntry } from './key-commitment.ts';

/** What settling needs from outside. */
export interface CommitmentContext extends AskingContext {
  readonly directory: () => Promise<LogDirectory>;
}

/** [C9]. */
const CONSIDERED = 8;

/** Why an entry is not asked at all [C3]. */
function shut(entry: LogEntry, log: KnownLog | null, directory: LogDirectory): EntryOutcome {
  if (log !== null) return undetermined('log-not-known', 'log-not-accepted', log.state);
  if (directory.logs.some(({ id }) => id === entry.id))
    return undetermined('log-not-known', 'log-kind-mismatch', entry.kind);
  return directory.complete
    ? undetermined('log-not-known', 'log-unknown', entry.id)
    : undetermined('log-unreachable', 'log-list-unavailable', entry.id);
}

/** What is remembered of an entry; an older endorsement's refutation says nothing of a young one. */
async function recall(
  key: string,
  need: CommitmentClaim,
  log: KnownLog,
  { memory, now }: CommitmentContext,
): Promise<EntryOutcome | null> {
  const outcome = await memory.recall(key);
  return outcome?.outcome === 'refuted' && isYoung(need.notBefore, log, now) ? null : outcome;
}

async function considerEntry(
  entry: LogEntry | null,
  need: CommitmentClaim,
  directory: LogDirectory,
  context: CommitmentContext,
): Promise<Item> {
  if (entry === null)
    return { entry, log: null, askable: null, outcome: undetermined('log-not-known', 'log-entry-malformed') };
  const log = directory.logs.find(({ id, kind }) => id === entry.id && kind === entry.kind) ?? null;
  if (log === null || !log.counts) return { entry, log, askable: null, outcome: shut(entry, log, directory) };
  const place = `${log.id}|${entry.kind === 'static' ? entry.index : encodeBase64(entry.hash)}`;
  // What was proven before the log ended is proven anew: it may stand after that end.
  const key = [place, need.kid, need.domain, ...(log.end === null ? [] : [JSON.stringify(log.end)])].join('|');
  return { entry, log, askable: { log, entry, place, key }, outcome: await recall(key, need, log, context) };
}

/** Considers the first entries of a claim, and of those in logs that count the first few for asking. */
async function considerClaim(
  need: CommitmentClaim,
  directory: LogDirectory,
  context: CommitmentContext,
): Promise<Pending> {
  const entries = need.claim.readable ? need.claim.entries.slice(0, CONSIDERED) : [];
  const items = await Promise.all(entries.map((entry) => considerEntry(entry, need, directory, context)));
  // One proven before settles the claim wherever it stands (`asking.ts`), so it need not be put first.
  return {
    need,
    items,
    turns: items.filter(({ askable }) => askable !== null).slice(0, ASKED_OF_ONE),
    asking: null,
    begun: false,
  };
}

/** What was looked at: entries passed over because another holds are not told of, those the budget left out are. */
function judged(items: readonly Item[]): readonly JudgedEntry[] {
  const settled = items.some(holds);
  return items.flatMap(({ entry, log, outcome }) => {
    if (outcome === null && settled) return [];
    return [{ entry, log, outcome: outcome ?? undetermined('log-unreachable', 'log-budget-exhausted') }];
  });
}

/**
 * Settles every claim of one check [C8], [C9]: of one claim the first 8 entries are considered and up to
 * 4 asked, those proven before first; of one check 8 are asked, internal needs first.
 * @returns a commitment for each need, by identity.
 */
export async function verifyCommitments(
  needs: readonly CommitmentClaim[],
  context: CommitmentContext,
): Promise<ReadonlyMap<CommitmentClaim, Commitment>> {
  const directory = citesLogs(needs) ? await context.directory() : { logs: [], complete: true, problems: [] };
  const pending = await Promise.all(needs.map((need) => considerClaim(need, directory, context)));
  await askAll(pending, context);
  return new Map(
    pending.map(({ need, items }) => {
      const ignored: readonly Problem[] =
        need.claim.readable && need.claim.entries.length > CONSIDERED
          ? [problem('log-entries-ignored', String(need.claim.entries.length - CONSIDERED))]
          : [];
      return [need, combineEntries(judged(items), ignored, context.now)];
    }),
  );
}
