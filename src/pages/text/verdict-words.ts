// Words for the verdict: the heading, and the sentences that name who stands behind it.

import type { TabState } from '../../extension/tab-store.ts';
import type { ProblemCode } from '../../problem.ts';
import type { Because, Instant, Report, ReportedEmblem, Status } from '../../verdict/report.ts';
import { dayWords } from './dates.ts';
import { hostWords, organisationWords } from '../../extension/host-name.ts';
import { problemWords } from './problem-words.ts';
import { provenNames } from './proven-name.ts';
import { type MessageKey, rich, richCounted, type Sentence, t } from './messages.ts';

/** The emblem that decided the report; null where none did. */
export const decidingEmblem = ({ emblems, deciding }: Report): ReportedEmblem | null =>
  deciding === null ? null : (emblems[deciding] ?? null);

/** When an emblem ends: with the first to end of its own line. Without an endorser it would be weaker, but there. */
export const endOf = ({ notAfter, chain }: ReportedEmblem): Instant | null =>
  [notAfter, ...chain.filter(({ role }) => role === 'internal').map((link) => link.notAfter)]
    .filter((end) => end !== null)
    .toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;

/** Whether the page itself may be anybody's: then no strength is shown (validation.md, "What the user is told"). */
export const isAuthenticated = (page: TabState['page'], report: Report): boolean =>
  page === 'https' && !report.problems.some(({ code }) => code === 'page-not-authenticated');

const INVALID: Partial<Record<Because, MessageKey>> = {
  expired: 'heading_expired',
  'not-yet-valid': 'heading_not_yet_valid',
  unsigned: 'heading_unsigned',
};

/** As the icon's title has them, where it says as much. */
const HEADINGS: Record<Status, (because: Because | null) => MessageKey> = {
  marked: () => 'heading_marked',
  unconfirmed: () => 'title_unconfirmed',
  'not-covered': () => 'title_not_covered',
  invalid: (because) => (because === null ? undefined : INVALID[because]) ?? 'title_invalid',
  none: () => 'title_none',
  unknown: () => 'heading_unknown',
};

/** The verdict in a few words. It names nobody. */
export const heading = (status: Status, because: Because | null, authenticated: boolean): string =>
  t(status === 'marked' && !authenticated ? 'heading_marked_name' : HEADINGS[status](because));

/** Those whose keys in this chain the person trusts. */
const trustedNames = ({ chain }: ReportedEmblem): readonly string[] => [
  ...new Set(
    chain
      .filter(({ trusted }) => trusted)
      .map(({ issuer }) => issuer)
      .filter((issuer) => issuer !== null),
  ),
];

/** Indicative use alone shows a link to the Movement and claims no protection (purpose_indicative_meaning). */
const claimsProtection = ({ purposes }: ReportedEmblem): boolean =>
  purposes.length === 0 || purposes.some((purpose) => purpose !== 'indicative');

function markedWords(emblem: ReportedEmblem): readonly Sentence[] {
  if (emblem.issuer === null || !emblem.issuerProven) return [[t('who_trusted_key')]];
  const { endorsedBy } = emblem;
  const says = rich(claimsProtection(emblem) ? 'who_says' : 'who_says_linked', provenNames([emblem.issuer], emblem));
  const trusted = emblem.strength === 'trusted' ? trustedNames(emblem) : [];
  const trust = trusted.length === 0 ? [] : [richCounted('who_trust', trusted.length, provenNames(trusted, emblem))];
  // What tokens merely claim changes nothing: anybody can write anybody's name.
  if (endorsedBy.length === 0) return [says, ...(trust.length === 0 ? [[t('who_says_nobody')]] : trust)];
  // An endorser under the issuer's or the site's own domain adds nothing, and the sentence says so.
  const vouches = emblem.strength === 'declared' ? 'who_vouches_same' : 'who_vouches';
  return [says, richCounted(vouches, endorsedBy.length, provenNames(endorsedBy, emblem)), ...trust];
}

/** Whose the emblem is, where it marks nothing here: proven and claimed are two sentences. */
function ownerWords(emblem: ReportedEmblem, claims: MessageKey = 'who_claims'): Sentence {
  const { issuer, issuerProven } = emblem;
  if (issuer === null) return [t('who_unnamed')];
  return issuerProven
    ? rich('who_from', provenNames([issuer], emblem))
    : rich(claims, [{ claimed: organisationWords(issuer) }]);
}

function unconfirmedWords(emblem: ReportedEmblem): readonly Sentence[] {
  if (emblem.issuer === null) return [[t('who_nobody')]];
  return emblem.because === 'log-unreachable'
    ? [ownerWords(emblem, 'who_claims_now')]
    : [ownerWords(emblem), [t('who_unknown_key')]];
}

function notCoveredWords(emblem: ReportedEmblem, address: string | null): readonly Sentence[] {
  const [first, ...more] = emblem.assets;
  // Where no address was seen, nobody can say that the site has none of these.
  const unseen = address === null ? emblem.assets.find((asset) => asset.startsWith('[')) : undefined;
  if (unseen !== undefined) return [rich('who_marks_addresses', [{ name: unseen }]), ownerWords(emblem)];
  const asset: Sentence = first === undefined ? [] : [{ name: hostWords(first) }];
  const marks =
    first === undefined
      ? [t('who_marks_nothing')]
      : more.length === 0
        ? rich('who_marks', asset)
        : richCounted('who_marks_more', more.length, asset);
  return [marks, ownerWords(emblem)];
}

function invalidWords(emblem: ReportedEmblem, now: number): readonly Sentence[] {
  if (emblem.because === 'expired' && emblem.notAfter !== null && Date.parse(emblem.notAfter) <= now)
    return [rich('who_expired', [dayWords(emblem.notAfter, now)])];
  if (emblem.because === 'not-yet-valid' && emblem.notBefore !== null && Date.parse(emblem.notBefore) > now)
    return [rich('who_not_yet', [dayWords(emblem.notBefore, now)])];
  return emblem.because === 'other' || emblem.because === 'unsigned' ? [ownerWords(emblem)] : [];
}

/**
 * Who stands behind an emblem, as sentences; `now` in milliseconds since the epoch, `address` that of the report. A
 * name that is not proven stands only in "claims to be".
 */
export function whoWords(emblem: ReportedEmblem, now: number, address: string | null): readonly Sentence[] {
  switch (emblem.status) {
    case 'marked':
      return markedWords(emblem);
    case 'unconfirmed':
      return unconfirmedWords(emblem);
    case 'not-covered':
      return notCoveredWords(emblem, address);
    case 'invalid':
      return invalidWords(emblem, now);
    case 'unknown':
      return [];
  }
}

/** The problem that explains why nothing could be found out, or null. */
export function leadingProblem(report: Report, emblem: ReportedEmblem | null): ProblemCode | null {
  if (report.status !== 'unknown') return null;
  const problems = [...report.problems, ...(emblem?.problems ?? [])];
  // A failed look-up outweighs what else is wrong; a method not known here outweighs what is wrong with other tokens.
  const first =
    report.problems.find(({ severity }) => severity === 'error') ??
    problems.find(({ code }) => code === 'algorithm-unsupported') ??
    problems.find(({ severity }) => severity === 'error') ??
    problems.find(({ severity }) => severity === 'warning') ??
    problems[0];
  return first?.code ?? null;
}

/** The sentences below the heading of a whole report. */
export function reportWords(report: Report, now: number): readonly Sentence[] {
  const emblem = decidingEmblem(report);
  if (report.status === 'none') return [];
  if (report.status !== 'unknown') return emblem === null ? [] : whoWords(emblem, now, report.address);
  const led = leadingProblem(report, emblem);
  return [[led === null ? t('who_unknown') : problemWords(led)]];
}
