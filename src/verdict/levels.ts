// Which levels does an emblem reach, once the logs have answered? Steps 6 to 8 and 10 of the validation.

import { sameDomain, type Suffixes } from '../emblem/name.ts';
import { domainOf } from '../emblem/organisation.ts';
import { problem } from '../emblem/problem.ts';
import type { Doubt } from '../transparency/log.ts';
import { linkCommitment, type Commitments, type LinkCommitment } from './commitment-outcome.ts';
import { finding } from './finding.ts';
import { isLinkTrusted, type Link } from './link.ts';
import type { SetPlan } from './plan.ts';
import { LEVELS, type Level, type ReportedProblem, type Strength } from './report.ts';

/** An external endorsement and how it fared: `counts`, or only its log could not be asked. */
export interface Endorser {
  readonly organisation: string;
  readonly link: Link;
  readonly commitment: LinkCommitment;
  readonly counts: boolean;
  readonly trusted: boolean;
}

/** How far an emblem gets. `levels` empty: the commitment of its root key fails, so that it is invalid. */
export interface Reached {
  readonly levels: readonly Level[];
  readonly topCommitment: LinkCommitment | null;
  readonly doubt: Doubt | null;
  readonly endorsers: readonly Endorser[];
  readonly problems: readonly ReportedProblem[];
}

/** Step 7: the external endorsements that count, and those whose only fault is that their log could not be asked. */
function weighEndorsers({ externals }: SetPlan, commitments: Commitments) {
  const endorsers: Endorser[] = [];
  const problems: ReportedProblem[] = [];
  for (const candidate of externals) {
    const { link } = candidate;
    const commitment = linkCommitment(candidate, commitments, 'warning');
    if (commitment === null || link.issuer === null) continue;
    const { outcome, member } = commitment;
    problems.push(...commitment.problems);
    if (outcome === 'fails') {
      problems.push(finding(problem('commitment-failed', link.issuer), member.judged.index, 'warning'));
      continue;
    }
    const trusted = isLinkTrusted(link);
    if (outcome === 'undetermined') problems.push(finding(problem(trusted ? 'commitment-trusted-instead' : 'commitment-undetermined', link.issuer), member.judged.index));
    endorsers.push({ organisation: link.issuer, link, commitment, counts: outcome === 'holds' || trusted, trusted });
  }
  return { endorsers, problems };
}

/** Computes the levels of a planned set from what asking the logs came to. */
export function reachLevels(plan: SetPlan, commitments: Commitments): Reached {
  const { emblem, line, top } = plan;
  const levels = new Set<Level>(['SIGNED']);
  if (emblem.trusted || line.some(isLinkTrusted)) levels.add('SIGNED_TRUSTED');
  const inOrder = () => LEVELS.filter((level) => levels.has(level));
  const topCommitment = top === null ? null : linkCommitment(top, commitments);
  if (top === null || topCommitment === null) return { levels: inOrder(), topCommitment, doubt: null, endorsers: [], problems: [] };

  const { outcome, doubt, member } = topCommitment;
  const problems = [...topCommitment.problems];
  const index = member.judged.index;
  const topTrusted = isLinkTrusted(top.link);
  if (outcome === 'fails') {
    problems.push(finding(problem('commitment-failed', top.link.issuer), index));
    return { levels: [], topCommitment, doubt, endorsers: [], problems };
  }
  if (outcome === 'undetermined') problems.push(finding(problem(topTrusted ? 'commitment-trusted-instead' : 'commitment-undetermined', top.link.issuer), index));
  if (outcome === 'undetermined' && !topTrusted) return { levels: inOrder(), topCommitment, doubt, endorsers: [], problems };

  levels.add('ORGANIZATIONAL');
  if (topTrusted) levels.add('ORGANIZATIONAL_TRUSTED');
  const { endorsers, problems: external } = weighEndorsers(plan, commitments);
  if (endorsers.some(({ counts }) => counts)) levels.add('ENDORSED');
  if (endorsers.some(({ counts, trusted }) => counts && trusted)) levels.add('ENDORSED_TRUSTED');
  return { levels: inOrder(), topCommitment, doubt: null, endorsers, problems: [...problems, ...external] };
}

/** Step 10: how strong what stands behind a marked site is. An endorser under the issuer's or the visited host's registrable domain is the same hand. */
export function weighStrength({ levels, endorsers }: Reached, issuer: string | null, host: string, suffixes: Suffixes): { strength: Strength; sameHand: readonly Endorser[] } {
  const counting = endorsers.filter(({ counts }) => counts);
  const sameHand = counting.filter(({ organisation }) => {
    const domain = domainOf(organisation);
    return sameDomain(domain, host, suffixes) || (issuer !== null && sameDomain(domain, domainOf(issuer), suffixes));
  });
  const trusted = levels.includes('ORGANIZATIONAL_TRUSTED') || levels.includes('ENDORSED_TRUSTED') || (issuer === null && levels.includes('SIGNED_TRUSTED'));
  if (trusted) return { strength: 'trusted', sameHand };
  return { strength: counting.length > sameHand.length ? 'endorsed' : 'declared', sameHand };
}
