// Advice for whoever publishes: what is right, but should change. It changes no verdict [V15].

import { toMilliseconds } from '../emblem/token.ts';
import { problem } from '../problem.ts';
import { instant } from './assessed-token.ts';
import type { AcceptedSet, EvaluatedSet } from './evaluate-set.ts';
import type { Reached } from './levels.ts';
import { reportProblem } from './report-problem.ts';
import type { ReportedEmblem, ReportedProblem } from './report.ts';
import type { TokenSet } from './token-set.ts';

/** A token of the chain that ends sooner than this should be renewed, in milliseconds. */
const SOON = 30 * 86_400_000;

/** What the issuer of an emblem that stands, or its endorsers, should change. `now` in milliseconds since the epoch. */
export const advise = (plan: AcceptedSet, reached: Reached, now: number): readonly ReportedProblem[] => [
  ...adviseRenewals(plan, reached, now),
  ...adviseLogs(reached),
];

/** Tokens of the chain that end within 30 days; of a link that has been renewed the one that lasts longest counts. */
function adviseRenewals(
  { emblem, line }: AcceptedSet,
  { endorsers }: Reached,
  now: number,
): readonly ReportedProblem[] {
  const links = [...line, ...endorsers.map(({ link }) => link)].map(({ members }) =>
    members.map(({ judged }) => judged),
  );
  return [[emblem], ...links].flatMap((members) => {
    const [last] = members.toSorted((a, b) => b.token.notAfter - a.token.notAfter);
    if (last === undefined) return [];
    const end = toMilliseconds(last.token.notAfter);
    return end - now < SOON ? [reportProblem(problem('token-expires-soon', instant(end)), last.index)] : [];
  });
}

/** A log that ends takes the proof with it: an endorsement that shows whose key it is should cite entries of two. */
function adviseLogs({ topCommitment, endorsers }: Reached): readonly ReportedProblem[] {
  const shown = [...(topCommitment === null ? [] : [topCommitment]), ...endorsers.map(({ commitment }) => commitment)];
  return shown.flatMap(({ member: { judged, claims } }) => {
    const entries = claims.log?.readable === true ? claims.log.entries : [];
    const logs = new Set(entries.flatMap((entry) => (entry === null ? [] : [entry.id])));
    return logs.size === 1 ? [reportProblem(problem('commitment-single-log', [...logs].join('')), judged.index)] : [];
  });
}

/** How often each number occurs. */
function countEach(numbers: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return counts;
}

const setOf = (set: EvaluatedSet): TokenSet => (set.lost ? set.set.set : set.plan.set);

/**
 * The same emblems, in which an endorsement that is unrelated to one emblem and not to every other that it stands beside
 * is no more than a note: it is not left over, but another's.
 */
export function quietenOthersEndorsements(
  emblems: readonly ReportedEmblem[],
  sets: readonly EvaluatedSet[],
): readonly ReportedEmblem[] {
  const beside = countEach(sets.flatMap((set) => setOf(set).endorsements.map(({ index }) => index)));
  const unrelated = countEach(
    emblems.flatMap(({ problems }) =>
      problems.flatMap(({ code, token }) => (code === 'endorsement-unrelated' && token !== null ? [token] : [])),
    ),
  );
  const isAnothers = ({ code, token }: ReportedProblem): boolean =>
    code === 'endorsement-unrelated' && token !== null && unrelated.get(token) !== beside.get(token);
  return emblems.map((emblem) => ({
    ...emblem,
    problems: emblem.problems.map((item) => (isAnothers(item) ? { ...item, severity: 'info' } : item)),
  }));
}
