// Verdict on the host: the strongest of several emblems decides; without any, what the look-up means.

import { problem } from '../problem.ts';
import type { LookUp } from '../emblem/record.ts';
import type { VerifiedRecord } from '../signature/verify-records.ts';
import { reportProblem } from './report-problem.ts';
import type { Because, ReportedEmblem, ReportedProblem, Status, Strength, Verdict } from './report.ts';

/** What the report says above its lists. */
export interface Decision extends Verdict {
  /** Index of the emblem that decides, or null. */
  readonly deciding: number | null;
  readonly problems: readonly ReportedProblem[];
}

/** First decides [V12]; among invalid ones the mildest reason. */
const RANKS: Record<Exclude<Status, 'none'>, number> = {
  marked: 0,
  unconfirmed: 1,
  'not-covered': 2,
  unknown: 3,
  invalid: 4,
};
const STRENGTHS: Record<Strength, number> = { trusted: 0, endorsed: 1, declared: 2 };
const REASONS: Record<Because, number> = {
  'no-organisation': 3,
  'log-unreachable': 0,
  'log-not-known': 1,
  'log-not-proven': 2,
  expired: 0,
  'not-yet-valid': 1,
  unsigned: 2,
  other: 3,
};

const rank = ({ status, strength, because }: ReportedEmblem): readonly number[] => [
  RANKS[status],
  strength === null ? 0 : STRENGTHS[strength],
  because === null ? 0 : REASONS[because],
];

function compareRanks(a: ReportedEmblem, b: ReportedEmblem): number {
  const other = rank(b);
  return (
    rank(a)
      .map((place, at) => place - (other[at] ?? 0))
      .find((difference) => difference !== 0) ?? 0
  );
}

/** Emblems in the order in which they decide. */
export const ranked = (emblems: readonly ReportedEmblem[]): readonly ReportedEmblem[] => emblems.toSorted(compareRanks);

/** The emblem whose verdict is the host's; undefined where there is none. */
export const decidingEmblem = (emblems: readonly ReportedEmblem[]): ReportedEmblem | undefined => ranked(emblems)[0];

const bare = (status: Status, problems: readonly ReportedProblem[], because: Because | null = null): Decision => ({
  status,
  strength: null,
  because,
  levels: status === 'invalid' ? ['INVALID'] : [],
  deciding: null,
  problems,
});

/**
 * Decides for the whole host. A failed look-up never reads as "no emblem", but does not undo what the other one shows.
 * `pageLoaded`: a page has just come from the host, so that NXDOMAIN means our resolver sees less than the browser's.
 */
export function decideHost(
  found: LookUp,
  examined: readonly VerifiedRecord[],
  emblems: readonly ReportedEmblem[],
  pageLoaded: boolean,
): Decision {
  const failures = found.failures.map((item) => reportProblem(item));
  const deciding = decidingEmblem(emblems);
  if (deciding !== undefined) {
    const { status, strength, because, levels } = deciding;
    return { status, strength, because, levels, deciding: emblems.indexOf(deciding), problems: failures };
  }
  if (examined.some(({ kind }) => kind === 'token'))
    return bare('invalid', [...failures, reportProblem(problem('no-emblem'))], 'other');
  if (failures.length > 0) return bare('unknown', failures);
  if (!found.exists && pageLoaded) return bare('unknown', [reportProblem(problem('dns-name-not-found'))]);
  // Keys alone are no emblem records (dns, "TXT records"): worth a note, and no more.
  return bare('none', examined.length > 0 ? [reportProblem(problem('no-emblem'), null, 'info')] : []);
}
