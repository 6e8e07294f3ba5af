// Commitment behind a link of the chain, whichever of its members shows it.

import { problem, type Problem } from '../problem.ts';
import type { Commitment, CommitmentClaim } from '../transparency/verify-commitments.ts';
import type { UndeterminedReason } from '../transparency/log.ts';
import { reportProblem } from './report-problem.ts';
import type { CommittedLink } from './evaluate-set.ts';
import type { ReportedProblem } from './report.ts';
import type { Endorsement } from './chain.ts';

/** What asking came to, for every need. */
export type Commitments = ReadonlyMap<CommitmentClaim, Commitment>;

/** The outcome for a link: the best of its members', and the member that shows it. */
export interface LinkCommitment {
  readonly outcome: Commitment['outcome'];
  readonly doubt: UndeterminedReason | null;
  readonly member: Endorsement;
  readonly commitment: Commitment;
  readonly problems: readonly ReportedProblem[];
}

const BEST_FIRST = ['holds', 'undetermined', 'fails'] as const;

/** Every problem met with the entries of a claim, each with the log's name where it is known. */
function problemsOf({ logs, problems }: Commitment): readonly Problem[] {
  const ofEntries = logs.flatMap(({ log, outcome }) =>
    outcome.problems.map(({ code, detail }) =>
      problem(code, [log?.name, detail].filter((part) => part !== undefined && part !== null).join(': ') || null),
    ),
  );
  return [...problems, ...ofEntries];
}

/** Picks the member whose commitment serves best; null where none was asked about. */
export function linkCommitment(
  { committed }: CommittedLink,
  commitments: Commitments,
  severity?: 'warning',
): LinkCommitment | null {
  const answered = committed.flatMap(({ endorsement, need }) => {
    const commitment = commitments.get(need);
    return commitment === undefined ? [] : [{ member: endorsement, commitment }];
  });
  const best = BEST_FIRST.map((outcome) => answered.find(({ commitment }) => commitment.outcome === outcome)).find(
    (found) => found !== undefined,
  );
  if (best === undefined) return null;
  const { member, commitment } = best;
  const problems = problemsOf(commitment).map((item) =>
    reportProblem(
      item,
      member.judged.index,
      severity === undefined || commitment.outcome === 'holds' ? undefined : severity,
    ),
  );
  return { outcome: commitment.outcome, doubt: commitment.doubt, member, commitment, problems };
}
