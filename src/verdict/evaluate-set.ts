// Evaluation of a set before any log is asked ([V3] to [V5]), and what [V6] and [V7] need proven.

import { problem, type Problem } from '../problem.ts';
import { sameKey } from '../emblem/key.ts';
import type { Suffixes } from '../emblem/name.ts';
import { domainOf } from '../emblem/organisation.ts';
import { type EmblemClaims, toMilliseconds } from '../emblem/token.ts';
import type { CommitmentClaim } from '../transparency/verify-commitments.ts';
import { brokenConstraints } from './constraints.ts';
import { reportProblem } from './report-problem.ts';
import { isSetAside, isValid, type ValidToken } from './assessed-token.ts';
import { type Endorsement, endorses, gatherLinks, isLinkTrusted, type Link, orderLine, reaching } from './chain.ts';
import type { ReportedProblem } from './report.ts';
import { type TokenSet, validEndorsements } from './token-set.ts';

/**
 * A link whose commitment decides something: its members that satisfy every other check, each with what must be proven
 * for it.
 */
export interface CommittedLink {
  readonly link: Link;
  readonly committed: readonly { readonly endorsement: Endorsement; readonly need: CommitmentClaim }[];
}

/**
 * A set whose emblem stands: the line, its top as a candidate (null without line or `log`), and the external
 * endorsements that could count.
 */
export interface AcceptedSet {
  readonly set: TokenSet;
  readonly emblem: ValidToken;
  readonly claims: EmblemClaims;
  readonly line: readonly Link[];
  readonly top: CommittedLink | null;
  readonly externals: readonly CommittedLink[];
  readonly problems: readonly ReportedProblem[];
}

/** A set that cannot be more than invalid, or than unknown where something was only set aside. */
export interface RejectedSet {
  readonly set: TokenSet;
  readonly line: readonly Link[];
  readonly outcome: 'invalid' | 'unknown';
  readonly problems: readonly ReportedProblem[];
}

/** A set that was weighed. */
export type EvaluatedSet =
  { readonly lost: false; readonly plan: AcceptedSet } | { readonly lost: true; readonly set: RejectedSet };

/** Everything that speaks against one endorsement, but for its commitment. */
function faults(
  emblem: ValidToken,
  claims: EmblemClaims,
  { claims: endorsement }: Endorsement,
  mustEndorse: boolean,
  mustCommit: boolean,
): readonly Problem[] {
  const faultsFound: Problem[] = [];
  if (mustEndorse && !endorsement.mayEndorse) faultsFound.push(problem('endorsing-not-permitted'));
  faultsFound.push(...brokenConstraints(emblem.token, claims, endorsement));
  if (mustCommit && endorsement.log === null) faultsFound.push(problem('commitment-missing'));
  return faultsFound;
}

/** Keeps the members of a link that satisfy every check; where none does, says why for each. */
function filterMembers(link: Link, check: (member: Endorsement) => readonly Problem[], severity?: 'warning') {
  const checked = link.members.map((member) => ({ member, found: check(member) }));
  const members = checked.filter(({ found }) => found.length === 0).map(({ member }) => member);
  const problems =
    members.length > 0
      ? []
      : checked.flatMap(({ member, found }) => found.map((item) => reportProblem(item, member.judged.index, severity)));
  return { link: { ...link, members }, problems };
}

/**
 * What must be proven for each member of a link that carries `log`; members without are not asked about. `dependsOn`:
 * see `CommitmentClaim`.
 */
function candidate(
  link: Link,
  role: CommitmentClaim['role'],
  suffixes: Suffixes,
  dependsOn?: readonly CommitmentClaim[],
): CommittedLink {
  const committed = link.members.flatMap((endorsement) => {
    const { log } = endorsement.claims;
    if (log === null || link.issuer === null) return [];
    const domain = domainOf(link.issuer);
    const { kids } = endorsement.judged.signed;
    const need = {
      role,
      kid: link.kid,
      kids,
      domain,
      isPublicSuffix: suffixes.isPublicSuffix(domain),
      claim: log,
      notBefore: toMilliseconds(endorsement.judged.token.notBefore),
    };
    return [{ endorsement, need: dependsOn === undefined ? need : { ...need, dependsOn } }];
  });
  return { link, committed };
}

/**
 * Whether an endorsement that was only set aside, its algorithm not being implemented, says that it endorses the given
 * token.
 */
function mayBeCompleted(set: TokenSet, { token: target, signed }: ValidToken): boolean {
  return set.endorsements.some((judged) => {
    const { token } = judged;
    if (!isSetAside(judged) || token?.claims.kind !== 'endorsement' || token.issuer !== target.issuer) return false;
    const { subject, endorsedKey } = token.claims;
    return (
      subject === target.issuer &&
      (endorsedKey.kind === 'key' ? sameKey(endorsedKey.key.key, signed.key) : signed.kids.includes(endorsedKey.kid))
    );
  });
}

/** Weighs a set up to the point where logs must be asked [V3] to [V7]. */
export function evaluateSet(set: TokenSet, suffixes: Suffixes): EvaluatedSet {
  const { emblem } = set;
  const problems: ReportedProblem[] = [emblem, ...set.endorsements].flatMap((judged) => [
    ...(judged.fault === null ? [] : [reportProblem(judged.fault, judged.index)]),
    ...[...(judged.token?.notes ?? []), ...(judged.signed?.notes ?? [])].map((note) =>
      reportProblem(note, judged.index),
    ),
  ]);
  const lose = (
    outcome: RejectedSet['outcome'],
    line: readonly Link[],
    found: readonly ReportedProblem[],
  ): EvaluatedSet => ({
    lost: true,
    set: { set, line, outcome, problems: [...problems, ...found] },
  });

  const claims = emblem.token?.claims;
  if (!isValid(emblem) || claims?.kind !== 'emblem') return lose(isSetAside(emblem) ? 'unknown' : 'invalid', [], []);
  if (set.rivalled) return lose('invalid', [], [reportProblem(problem('emblem-conflict'), emblem.index)]);
  const { issuer } = emblem.token;
  const target = { kid: emblem.signed.kid, issuer };
  const links = gatherLinks(validEndorsements(set));
  const kept = reaching(
    target,
    links.filter((link) => link.issuer === issuer),
  );
  const ordered = orderLine(target, kept);
  if (!ordered.ok) return lose('invalid', [...kept], [reportProblem(ordered.problem, emblem.index)]);

  const topLink = ordered.value.at(-1);
  const foreign = links.filter((link) => !kept.has(link));
  const related = foreign.filter(
    (link) =>
      topLink !== undefined &&
      issuer !== null &&
      link.issuer !== null &&
      link.issuer !== issuer &&
      endorses(link, topLink),
  );
  for (const link of foreign.filter((other) => !related.includes(other)))
    problems.push(...link.members.map(({ judged }) => reportProblem(problem('endorsement-unrelated'), judged.index)));

  const sifted = ordered.value.map((link, place) =>
    filterMembers(link, (member) => faults(emblem, claims, member, place > 0, false)),
  );
  const line = sifted.map(({ link }) => link);
  const broken = sifted.flatMap((item) => item.problems);
  if (broken.length > 0) return lose('invalid', ordered.value, broken);

  const siftedTop = line.at(-1);
  const top = siftedTop === undefined || issuer === null ? null : candidate(siftedTop, 'internal', suffixes);
  if (issuer !== null && (top === null || top.committed.length === 0)) {
    const missing =
      siftedTop === undefined
        ? reportProblem(problem('organisation-not-endorsed'), emblem.index)
        : reportProblem(problem('commitment-missing'), siftedTop.members[0]?.judged.index ?? null);
    return lose(mayBeCompleted(set, siftedTop?.members[0]?.judged ?? emblem) ? 'unknown' : 'invalid', line, [missing]);
  }

  const externals = related.map((link) =>
    filterMembers(link, (member) => faults(emblem, claims, member, true, true), 'warning'),
  );
  problems.push(...externals.flatMap((item) => item.problems));
  // Endorsers count only with a proven organisation (step 7), which a trusted key can stand in for.
  const proof = top === null || isLinkTrusted(top.link) ? undefined : top.committed.map(({ need }) => need);
  const counting = externals
    .filter(({ link }) => link.members.length > 0)
    .map(({ link }) => candidate(link, 'external', suffixes, proof));
  return { lost: false, plan: { set, emblem, claims, line, top, externals: counting, problems } };
}

/** What must be proven for a plan, the organisation's own key first. */
export const claimsOf = ({ top, externals }: AcceptedSet): readonly CommitmentClaim[] =>
  [...(top === null ? [] : [top]), ...externals].flatMap(({ committed }) => committed.map(({ need }) => need));
