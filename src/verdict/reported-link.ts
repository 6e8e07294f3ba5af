// Links of the chain as a report shows them.

import { toMilliseconds } from '../emblem/token.ts';
import type { Commitment } from '../transparency/verify-commitments.ts';
import type { LinkCommitment } from './link-commitment.ts';
import { instant, type ValidToken } from './assessed-token.ts';
import type { Link } from './chain.ts';
import type { ReportedLink, ReportedLog } from './report.ts';

type CommitmentLog = Commitment['logs'][number];

const NOTHING_PROVEN = {
  names: [],
  treeSize: null,
  index: null,
  treeHeadAt: null,
  loggedAt: null,
  leafHash: null,
  path: [],
  rootHash: null,
  notBefore: null,
  notAfter: null,
} as const;

const when = (milliseconds: number | null): string | null => (milliseconds === null ? null : instant(milliseconds));

/** What the entry's log proved, with the outcome in the report's words. */
function provenOf({ outcome }: CommitmentLog): Pick<ReportedLog, 'outcome' | keyof typeof NOTHING_PROVEN> {
  switch (outcome.outcome) {
    case 'holds':
    case 'misses': {
      const words = outcome.outcome === 'holds' ? 'holds' : 'fails';
      if (outcome.proven === null) return { outcome: words, ...NOTHING_PROVEN };
      const {
        names,
        inclusion: { treeHeadAt, loggedAt, ...inclusion },
        notBefore,
        notAfter,
      } = outcome.proven;
      return {
        outcome: words,
        names,
        ...inclusion,
        treeHeadAt: instant(treeHeadAt),
        loggedAt: instant(loggedAt),
        notBefore: when(notBefore),
        notAfter: when(notAfter),
      };
    }
    case 'refuted':
      return { outcome: 'fails', ...NOTHING_PROVEN };
    case 'undetermined':
      return { outcome: 'undetermined', ...NOTHING_PROVEN };
  }
}

const reportLog = (asked: CommitmentLog): ReportedLog => ({
  id: asked.entry?.id ?? null,
  name: asked.log?.name ?? null,
  kind: asked.entry?.kind ?? null,
  state: asked.log?.state ?? null,
  ...provenOf(asked),
});

/** Reports one token of the chain, with what was found out about its key's commitment. */
export function reportToken(
  judged: ValidToken,
  role: ReportedLink['role'],
  commitment: Commitment | null,
): ReportedLink {
  const { token, signed } = judged;
  const { claims } = token;
  return {
    role,
    token: judged.index,
    issuer: token.issuer,
    subject: claims.kind === 'endorsement' ? claims.subject : null,
    kid: signed.kid,
    endorses: signed.endorsedKid,
    mayEndorse: claims.kind === 'endorsement' ? claims.mayEndorse : null,
    algorithm: signed.algorithm.name,
    notBefore: instant(toMilliseconds(token.notBefore)),
    notAfter: instant(toMilliseconds(token.notAfter)),
    trusted: judged.trusted,
    commitment:
      commitment === null
        ? { outcome: 'none', logs: [] }
        : { outcome: commitment.outcome, logs: commitment.logs.map(reportLog) },
  };
}

/** Reports a link by the member that shows its commitment, or else its first. */
export function reportLink(
  link: Link,
  role: ReportedLink['role'],
  shown: LinkCommitment | null,
): readonly ReportedLink[] {
  const member = shown?.member ?? link.members[0];
  return member === undefined ? [] : [reportToken(member.judged, role, shown?.commitment ?? null)];
}
