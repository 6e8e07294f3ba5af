// Verdict on one emblem, from an evaluated set and what the logs answered.

import { sameDomain, type Suffixes } from '../emblem/name.ts';
import type { VisitedHost } from '../emblem/host.ts';
import { problem } from '../problem.ts';
import type { Commitments } from './link-commitment.ts';
import { findCoverage } from './coverage.ts';
import { advise } from './advice.ts';
import { distinctProblems, reportProblem } from './report-problem.ts';
import { toMilliseconds } from '../emblem/token.ts';
import { type AssessedToken, clockDoubt, instant, isValid } from './assessed-token.ts';
import { computeLevels, type Reached, weighStrength } from './levels.ts';
import type { AcceptedSet, RejectedSet } from './evaluate-set.ts';
import { reportLink, reportToken } from './reported-link.ts';
import type { Because, ReportedEmblem } from './report.ts';

/** What a verdict depends on besides the set. */
export interface VerdictContext {
  readonly visited: VisitedHost;
  readonly suffixes: Suffixes;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What an emblem says of itself, whatever its verdict. */
function claimed({ token, generation, set }: AssessedToken) {
  const claims = token?.claims.kind === 'emblem' ? token.claims : null;
  return {
    generation,
    set,
    issuer: token?.issuer ?? null,
    purposes: claims?.purposes ?? [],
    assets: (claims?.assets ?? []).map(({ text }) => text),
    notBefore: token === null ? null : instant(toMilliseconds(token.notBefore)),
    notAfter: token === null ? null : instant(toMilliseconds(token.notAfter)),
  };
}

const NOTHING_REACHED = {
  issuerProven: false,
  strength: null,
  because: null,
  endorsementsUndetermined: [],
  endorsedBy: [],
  throughBelow: [],
  coveredBy: null,
} as const;

/** Why an emblem is invalid; time or a missing signature only where that is the emblem's only fault. */
function invalidBecause({ fault }: AssessedToken): Because {
  if (fault?.code === 'token-unsecured') return 'unsigned';
  // Times are looked at only where the signature is good.
  if (fault?.code === 'token-expired') return 'expired';
  return fault?.code === 'token-not-yet-valid' ? 'not-yet-valid' : 'other';
}

/** Reports a set that no log could save. */
export function reportRejectedSet(
  { set, line, outcome, problems }: RejectedSet,
  { now }: VerdictContext,
): ReportedEmblem {
  const { emblem } = set;
  const doubt =
    emblem.fault?.code === 'token-not-yet-valid' && emblem.token !== null ? clockDoubt(emblem.token, now) : null;
  return {
    ...claimed(emblem),
    ...NOTHING_REACHED,
    status: outcome,
    levels: outcome === 'invalid' ? ['INVALID'] : [],
    because: outcome === 'invalid' ? invalidBecause(emblem) : null,
    chain: [
      ...line.toReversed().flatMap((link) => reportLink(link, 'internal', null)),
      ...(isValid(emblem) ? [reportToken(emblem, 'emblem', null)] : []),
    ],
    problems: distinctProblems([...problems, ...(doubt === null ? [] : [reportProblem(doubt, emblem.index)])]),
  };
}

/** The chain, top first: external endorsements that count, then root to emblem. */
function reportChain({ emblem, line }: AcceptedSet, { endorsers, topCommitment }: Reached) {
  const downwards = line.toReversed();
  return [
    ...endorsers.flatMap(({ link, commitment }) => reportLink(link, 'external', commitment)),
    ...downwards.flatMap((link, place) => reportLink(link, 'internal', place === 0 ? topCommitment : null)),
    reportToken(emblem, 'emblem', null),
  ];
}

/**
 * The proven organisations for whom a name below their domain spoke (commitments): whoever was handed that name can do
 * so.
 */
function throughBelow(issuer: string | null, { topCommitment, endorsers }: Reached): readonly string[] {
  const shown = [{ organisation: issuer, commitment: topCommitment }, ...endorsers];
  return [
    ...new Set(
      shown.flatMap(({ organisation, commitment }) =>
        organisation !== null && commitment?.problems.some(({ code }) => code === 'commitment-without-domain') === true
          ? [organisation]
          : [],
      ),
    ),
  ];
}

/** Reports a set once its logs have answered [V6] to [V10], [V12]. */
export function reportEmblem(plan: AcceptedSet, commitments: Commitments, context: VerdictContext): ReportedEmblem {
  const { emblem, claims } = plan;
  const { visited, suffixes, now } = context;
  const { issuer } = emblem.token;
  const reached = computeLevels(plan, commitments);
  const { levels, doubt, endorsers, unreached } = reached;
  const issuerProven = levels.includes('ORGANIZATIONAL');
  const coverage = findCoverage(claims.assets, { visited, owner: emblem.owner, issuer, suffixes });
  const { strength, sameDomainEndorsers } = weighStrength(reached, issuer, visited.name, suffixes);
  const alias = sameDomain(emblem.owner, visited.name, suffixes)
    ? []
    : [reportProblem(problem('via-alias', emblem.owner), emblem.index, 'info')];
  const suspect = clockDoubt(emblem.token, now);

  const base = { ...claimed(emblem), ...NOTHING_REACHED, chain: reportChain(plan, reached) };
  const problems = [
    ...plan.problems,
    ...reached.problems,
    ...(suspect === null ? [] : [reportProblem(suspect, emblem.index)]),
  ];
  if (levels.length === 0)
    return {
      ...base,
      status: 'invalid',
      levels: ['INVALID'],
      because: 'other',
      problems: distinctProblems([...problems, ...alias]),
    };

  const endorsedBy = [...new Set(endorsers.map(({ organisation }) => organisation))];
  const valid = {
    ...base,
    levels,
    issuerProven,
    endorsedBy,
    throughBelow: issuerProven ? throughBelow(issuer, reached) : [],
    endorsementsUndetermined: [...new Set(unreached)].filter((organisation) => !endorsedBy.includes(organisation)),
    coveredBy: coverage.coveredBy?.text ?? null,
    problems: distinctProblems([
      ...problems,
      // Before the alias as such: where it costs the coverage it is told of louder.
      ...coverage.problems.map((item) => reportProblem(item, emblem.index)),
      ...alias,
      ...sameDomainEndorsers.map(({ organisation, commitment }) =>
        reportProblem(problem('endorser-same-domain', organisation), commitment.member.judged.index),
      ),
      ...advise(plan, reached, now),
    ]),
  };
  if (coverage.coveredBy === null) return { ...valid, status: 'not-covered' };
  if (issuerProven || (issuer === null && levels.includes('SIGNED_TRUSTED')))
    return { ...valid, status: 'marked', strength };
  return {
    ...valid,
    status: 'unconfirmed',
    because: issuer === null ? 'no-organisation' : (doubt ?? 'log-not-proven'),
  };
}
