// Levels that an emblem reaches once the logs have answered ([V6] to [V8], [V10]).

import { isWithin, sameDomain, type Suffixes } from '../emblem/name.ts';
import { domainOf } from '../emblem/organisation.ts';
import { problem } from '../problem.ts';
import type { UndeterminedReason } from '../transparency/log.ts';
import { type Commitments, linkCommitment, type LinkCommitment } from './link-commitment.ts';
import { reportProblem } from './report-problem.ts';
import { isLinkTrusted, type Link } from './chain.ts';
import type { AcceptedSet } from './evaluate-set.ts';
import { type Level, LEVELS, type ReportedProblem, type Strength } from './report.ts';

/** An external endorsement that counts. */
export interface Endorser {
  readonly organisation: string;
  readonly link: Link;
  readonly commitment: LinkCommitment;
  readonly trusted: boolean;
}

/** How far an emblem gets. `levels` empty: the commitment of its root key fails, so that it is invalid. */
export interface Reached {
  readonly levels: readonly Level[];
  readonly topCommitment: LinkCommitment | null;
  readonly doubt: UndeterminedReason | null;
  readonly endorsers: readonly Endorser[];
  /**
   * Organisations that may endorse: a log that counts could not be reached for what a token says of them, and that is
   * all that is known.
   */
  readonly unreached: readonly string[];
  readonly problems: readonly ReportedProblem[];
}

/**
 * Whether a log that counts could not be reached for an entry that can be read: the one doubt that lets an endorser be
 * named at all (validation 7).
 * An unlisted log, an unreadable entry, or a bound of our own are open to anybody who writes somebody else's name.
 */
const isUnreached = ({ commitment: { logs } }: LinkCommitment): boolean =>
  logs.some(
    ({ entry, log, outcome }) =>
      entry !== null &&
      log?.counts === true &&
      outcome.outcome === 'undetermined' &&
      outcome.problems.some(({ code }) => code === 'log-unreachable'),
  );

/** Why nothing could be found out, in codes. */
const reasonsOf = ({ problems }: LinkCommitment): string => [...new Set(problems.map(({ code }) => code))].join(', ');

/**
 * Step 7: the external endorsements that count, and the names of those that only wait for a log. Nobody else is named:
 * anybody can write anybody's name.
 */
function weighEndorsers({ externals }: AcceptedSet, commitments: Commitments) {
  const endorsers: Endorser[] = [];
  const unreached: string[] = [];
  const problems: ReportedProblem[] = [];
  for (const candidate of externals) {
    const { link } = candidate;
    const commitment = linkCommitment(candidate, commitments, 'warning');
    if (commitment === null || link.issuer === null) continue;
    const { outcome, member } = commitment;
    const { index } = member.judged;
    const trusted = isLinkTrusted(link);
    if (outcome === 'fails') {
      problems.push(...commitment.problems, reportProblem(problem('commitment-failed'), index, 'warning'));
    } else if (outcome === 'holds' || trusted) {
      problems.push(
        ...commitment.problems,
        ...(outcome === 'holds' ? [] : [reportProblem(problem('commitment-trusted-instead', link.issuer), index)]),
      );
      endorsers.push({ organisation: link.issuer, link, commitment, trusted });
    } else if (isUnreached(commitment)) {
      problems.push(...commitment.problems, reportProblem(problem('commitment-undetermined'), index));
      unreached.push(link.issuer);
    } else {
      problems.push(reportProblem(problem('endorser-not-shown', reasonsOf(commitment)), index));
    }
  }
  return { endorsers, unreached, problems };
}

/** Computes the levels of a planned set from what asking the logs came to. */
export function computeLevels(plan: AcceptedSet, commitments: Commitments): Reached {
  const { emblem, line, top } = plan;
  const levels = new Set<Level>(['SIGNED']);
  if (emblem.trusted || line.some(isLinkTrusted)) levels.add('SIGNED_TRUSTED');
  const inOrder = () => LEVELS.filter((level) => levels.has(level));
  const topCommitment = top === null ? null : linkCommitment(top, commitments);
  if (top === null || topCommitment === null)
    return { levels: inOrder(), topCommitment, doubt: null, endorsers: [], unreached: [], problems: [] };

  const { outcome, doubt, member } = topCommitment;
  const problems = [...topCommitment.problems];
  const index = member.judged.index;
  const topTrusted = isLinkTrusted(top.link);
  if (outcome === 'fails') {
    problems.push(reportProblem(problem('commitment-failed'), index));
    return { levels: [], topCommitment, doubt, endorsers: [], unreached: [], problems };
  }
  if (outcome === 'undetermined')
    problems.push(
      reportProblem(
        topTrusted ? problem('commitment-trusted-instead', top.link.issuer) : problem('commitment-undetermined'),
        index,
      ),
    );
  if (outcome === 'undetermined' && !topTrusted)
    return { levels: inOrder(), topCommitment, doubt, endorsers: [], unreached: [], problems };

  levels.add('ORGANIZATIONAL');
  if (topTrusted) levels.add('ORGANIZATIONAL_TRUSTED');
  const { endorsers, unreached, problems: external } = weighEndorsers(plan, commitments);
  if (endorsers.length > 0) levels.add('ENDORSED');
  if (endorsers.some(({ trusted }) => trusted)) levels.add('ENDORSED_TRUSTED');
  return { levels: inOrder(), topCommitment, doubt: null, endorsers, unreached, problems: [...problems, ...external] };
}

/**
 * Step 10: how strong what stands behind a marked site is. An endorser under the issuer's or the visited host's
 * registrable domain, or at a suffix above either, is the same hand.
 */
export function weighStrength(
  { levels, endorsers }: Reached,
  issuer: string | null,
  host: string,
  suffixes: Suffixes,
): { strength: Strength; sameDomainEndorsers: readonly Endorser[] } {
  const sameDomainEndorsers = endorsers.filter(({ organisation }) => {
    const domain = domainOf(organisation);
    const others = [host, ...(issuer === null ? [] : [domainOf(issuer)])];
    return others.some((other) => sameDomain(domain, other, suffixes) || isWithin(other, domain));
  });
  const trusted =
    levels.includes('ORGANIZATIONAL_TRUSTED') ||
    levels.includes('ENDORSED_TRUSTED') ||
    (issuer === null && levels.includes('SIGNED_TRUSTED'));
  if (trusted) return { strength: 'trusted', sameDomainEndorsers };
  return { strength: endorsers.length > sameDomainEndorsers.length ? 'endorsed' : 'declared', sameDomainEndorsers };
}
