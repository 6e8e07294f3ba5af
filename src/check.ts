// Does this host bear an emblem, and who stands behind it? The main path: records, tokens, signatures, sets, commitments, verdict.

import { parseVisitedHost } from './emblem/host.ts';
import type { Suffixes } from './emblem/name.ts';
import { problem, type Problem } from './emblem/problem.ts';
import { readRecords } from './emblem/record-content.ts';
import type { LookUp } from './emblem/record.ts';
import { examineRecords } from './signature/examine.ts';
import type { TrustedKey } from './signature/trust.ts';
import type { VerifiedSignatures } from './signature/verified.ts';
import { settle } from './transparency/commitment.ts';
import type { EntryMemory, LogDirectory, ReadLog } from './transparency/log.ts';
import { citesLogs } from './transparency/need.ts';
import { bounded } from './verdict/bounded.ts';
import { conclude, concludeLost } from './verdict/conclude.ts';
import { decide } from './verdict/decide.ts';
import { finding } from './verdict/finding.ts';
import { instant } from './verdict/judged-token.ts';
import { judgeTokens, looseFindings, reportTokens, standsUntil } from './verdict/judge.ts';
import { needsOf, planSet } from './verdict/plan.ts';
import type { Report, ReportedRequest } from './verdict/report.ts';
import { gatherSets } from './verdict/token-set.ts';

export { openVerifiedSignatures } from './signature/verified.ts';

/** What is being checked. */
export interface Visit {
  /** As it stands in the address bar or on the command line. */
  readonly host: string;
  /** The address the browser was observed to be connected to for exactly this page, or null. */
  readonly address: string | null;
  /** How the page was loaded; null where no page was (command line). */
  readonly page: 'https' | 'http' | null;
}

/** What a check is busy with, for those who wait. */
export type Step = 'records' | 'signatures' | 'logs';

/** Everything the check needs from outside. `network/` satisfies it; tests and the lab may too. One instance serves one check. */
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

/** A report where nothing was asked: the host is not for checking. */
function reportUnchecked({ host, address }: Visit, now: number, reason: Problem): Report {
  return {
    report: 1, host, address, checkedAt: instant(now / 1000), status: 'unknown', strength: null, because: null, validUntil: null,
    levels: [], emblems: [], tokens: [], deciding: null, blockedOrigins: [], problems: [finding(reason, null, 'error')], requests: [],
  };
}

/** The origins that could not be asked for want of a permission: such a problem tells of the host. */
const blockedOrigins = (problems: readonly Problem[]): readonly string[] =>
  [...new Set(problems.flatMap(({ code, detail }) => (code === 'permission-missing' && detail !== null ? [`https://${detail}`] : [])))];

/** What can be told of an error of ours: its kind, its words, and where it arose; no address of a person's own files. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const place = /([\w.-]+\.[jt]sx?:\d+:\d+)\)?$/m.exec(error.stack ?? '')?.[1];
  return `${error.name}: ${error.message}${place === undefined ? '' : ` (${place})`}`;
}

/** The report where a check ended in an error of ours: shown as one, never as an answer. `now` in milliseconds since the epoch. */
export const reportInternalError = (visit: Visit, now: number, error: unknown): Report => reportUnchecked(visit, now, problem('internal-error', describeError(error)));

/** The report where a check was not made, because there were too many [C9]. `now` in milliseconds since the epoch. */
export const reportRefused = (visit: Visit, now: number): Report => reportUnchecked(visit, now, problem('too-many-checks'));

/**
 * Checks one host at one instant (`now`, milliseconds since the epoch) and says what follows from the evidence ([V1] to [V12]; docs/REPORT.md).
 * Never rejects for what the network or the records hold: every such failure is in the report.
 */
export async function check(visit: Visit, now: number, sources: Sources): Promise<Report> {
  const visited = parseVisitedHost(visit.host, visit.address);
  if (!visited.ok) return reportUnchecked(visit, now, visited.problem);
  const { suffixes, memory } = sources;
  const seconds = now / 1000;

  sources.progress('records');
  const found = await sources.lookUp(visited.value.name);
  const { read, problems } = await readRecords(found.records, visited.value.name, sources.pause);

  sources.progress('signatures');
  const examined = await examineRecords(read, sources);
  const judged = judgeTokens(examined, seconds);
  const planned = gatherSets(judged).map((set) => planSet(set, suffixes));
  const needs = planned.flatMap((set) => (set.lost ? [] : needsOf(set.plan)));

  if (needs.length > 0) sources.progress('logs');
  const commitments = await settle(needs, { directory: sources.logs, read: sources.readLog, memory, now: seconds });

  const lists = citesLogs(needs) ? (await sources.logs()).problems : [];
  const met = [...found.failures, ...found.notes, ...lists, ...[...commitments.values()].flatMap(({ logs }) => logs.flatMap(({ outcome }) => outcome.problems))];
  const context = { visited: visited.value, suffixes, now: seconds };
  const emblems = planned.map((set) => (set.lost ? concludeLost(set.set, context) : conclude(set.plan, commitments, context)));
  const { problems: decisive, ...decision } = decide(found, examined, emblems, visit.page !== null);
  const tokens = reportTokens(examined, judged, emblems);
  const until = standsUntil(judged, tokens, found.expiresAt, now);
  const unread = read.flatMap(({ content }) => (content.kind === 'other' ? [finding(content.problem)] : []));
  return bounded({
    report: 1, host: visited.value.name, address: visit.address, checkedAt: instant(seconds), ...decision,
    validUntil: until === null ? null : instant(until / 1000), emblems, tokens, blockedOrigins: blockedOrigins(met),
    problems: [
      ...decisive, ...[...problems, ...found.notes, ...lists].map((item) => finding(item)), ...unread, ...looseFindings(examined, judged, emblems),
      ...(visit.page === 'http' && emblems.some(({ coveredBy }) => coveredBy !== null) ? [finding(problem('page-not-authenticated'))] : []),
    ],
    requests: sources.requests(),
  });
}
