// The main path of a check: records, tokens, signatures, sets, commitments, verdict. Says whether a host bears an
// emblem and who stands behind it.

import { parseVisitedHost, type VisitedHost } from './emblem/host.ts';
import type { Suffixes } from './emblem/name.ts';
import { problem } from './problem.ts';
import { readRecords } from './emblem/read-records.ts';
import type { LookUp } from './emblem/record.ts';
import { verifyRecords } from './signature/verify-records.ts';
import type { TrustedKey } from './signature/trusted-key.ts';
import type { VerifiedSignatures } from './signature/verified-signatures.ts';
import { verifyCommitments } from './transparency/verify-commitments.ts';
import type { EntryMemory, LogDirectory, ReadLog } from './transparency/log.ts';
import { citesLogs } from './transparency/key-commitment.ts';
import { quietenOthersEndorsements } from './verdict/advice.ts';
import { reportEmblem, reportRejectedSet } from './verdict/emblem-verdict.ts';
import { decideHost } from './verdict/host-verdict.ts';
import type { Examination, Visit } from './verdict/examination.ts';
import { assessTokens } from './verdict/assess-tokens.ts';
import { claimsOf, evaluateSet } from './verdict/evaluate-set.ts';
import type { Report, ReportedRequest } from './verdict/report.ts';
import { reportExamination, reportUnexamined } from './verdict/report-builder.ts';
import { gatherSets } from './verdict/token-set.ts';

export { openVerifiedSignatures } from './signature/verified-signatures.ts';
export type { Visit } from './verdict/examination.ts';

/** What a check is busy with, for those who wait. */
export type Step = 'records' | 'signatures' | 'logs';

/**
 * Everything the check needs from outside. `network/` satisfies it; tests and the lab may too. One instance serves one
 * check.
 */
export interface Sources {
  readonly lookUp: (host: string) => Promise<LookUp>;
  /** The logs known; asked for only where a token cites one, and the same throughout a check. */
  readonly logs: () => Promise<LogDirectory>;
  readonly readLog: ReadLog;
  readonly memory: EntryMemory;
  readonly suffixes: Suffixes;
  readonly trustedKeys: readonly TrustedKey[];
  /** Signatures that verified before, and those that do now. */
  readonly verified: VerifiedSignatures;
  readonly progress: (step: Step) => void;
  /** Lets other events have their turn. */
  readonly pause: () => Promise<void>;
  /** What has left the machine so far. */
  readonly requests: () => readonly ReportedRequest[];
}

/**
 * What can be told of an error of ours: its kind, its words, and where it arose; no address of a person's own files.
 */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const place = /([\w.-]+\.[jt]sx?:\d+:\d+)\)?$/m.exec(error.stack ?? '')?.[1];
  return `${error.name}: ${error.message}${place === undefined ? '' : ` (${place})`}`;
}

/**
 * The report where a check ended in an error of ours: shown as one, never as an answer. `now` in milliseconds since the
 * epoch.
 */
export const reportInternalError = (visit: Visit, now: number, error: unknown): Report =>
  reportUnexamined(visit, now, problem('internal-error', describeError(error)));

/** The report where a check was not made, because there were too many [C9]. `now` in milliseconds since the epoch. */
export const reportRefused = (visit: Visit, now: number): Report =>
  reportUnexamined(visit, now, problem('too-many-checks'));

/**
 * Examines one host at one instant (`now`, milliseconds since the epoch) and keeps every stage ([V1] to [V12]).
 * Never rejects for what the network or the records hold: every such failure is in the examination.
 */
export async function examine(visit: Visit, visited: VisitedHost, now: number, sources: Sources): Promise<Examination> {
  const { suffixes, memory } = sources;

  sources.progress('records');
  const found = await sources.lookUp(visited.name);
  const { read: records, problems: recordProblems } = await readRecords(found.records, visited.name, sources.pause);

  sources.progress('signatures');
  const verified = await verifyRecords(records, sources);
  const tokens = assessTokens(verified, now);
  const sets = gatherSets(tokens).map((set) => evaluateSet(set, suffixes));
  const needs = sets.flatMap((set) => (set.lost ? [] : claimsOf(set.plan)));

  if (needs.length > 0) sources.progress('logs');
  const commitments = await verifyCommitments(needs, {
    directory: sources.logs,
    read: sources.readLog,
    memory,
    now,
  });
  const listProblems = citesLogs(needs) ? (await sources.logs()).problems : [];

  const context = { visited, suffixes, now };
  const reported = sets.map((set) =>
    set.lost ? reportRejectedSet(set.set, context) : reportEmblem(set.plan, commitments, context),
  );
  const emblems = quietenOthersEndorsements(reported, sets);
  const decision = decideHost(found, verified, emblems, visit.page !== null);
  return {
    visit,
    visited,
    now,
    found,
    records,
    recordProblems,
    verified,
    tokens,
    sets,
    commitments,
    listProblems,
    emblems,
    decision,
    requests: sources.requests(),
  };
}

/**
 * Checks one host at one instant (`now`, milliseconds since the epoch) and says what follows from the evidence
 * (docs/REPORT.md).
 * A host that is not for checking is reported without anything being asked.
 */
export async function check(visit: Visit, now: number, sources: Sources): Promise<Report> {
  const visited = parseVisitedHost(visit.host, visit.address);
  return visited.ok
    ? reportExamination(await examine(visit, visited.value, now, sources))
    : reportUnexamined(visit, now, visited.problem);
}
