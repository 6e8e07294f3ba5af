// Report of a check, laid out from its examination.

import { problem, type Problem } from '../problem.ts';
import type { VerifiedRecord } from '../signature/verify-records.ts';
import { bounded } from './bounded-report.ts';
import type { Examination, Visit } from './examination.ts';
import { reportProblem } from './report-problem.ts';
import { toMilliseconds } from '../emblem/token.ts';
import { type AssessedToken, instant, isValid } from './assessed-token.ts';
import type { Report, ReportedEmblem, ReportedProblem, ReportedToken } from './report.ts';

/** What is wrong with a key, or worth a note. */
const keyProblems = ({ key, from }: Extract<VerifiedRecord, { kind: 'key' }>): readonly Problem[] =>
  key.ok ? (from.content.kind === 'key' && from.content.key.ok ? from.content.key.value.notes : []) : [key.problem];

/** What is wrong with keys, and with endorsements that no emblem's problems tell of. */
const reportLooseProblems = (
  examined: readonly VerifiedRecord[],
  judged: readonly AssessedToken[],
  emblems: readonly ReportedEmblem[],
): readonly ReportedProblem[] => [
  ...examined.flatMap((item, index) =>
    item.kind === 'key' ? keyProblems(item).map((found) => reportProblem(found, index)) : [],
  ),
  ...judged.flatMap(({ fault, index, announced }) =>
    fault !== null &&
    announced === 'endorsement' &&
    !emblems.some(({ problems }) => problems.some(({ token }) => token === index))
      ? [reportProblem(fault, index)]
      : [],
  ),
];

function outcomeOf(judged: AssessedToken, used: ReadonlySet<number>): ReportedToken['outcome'] {
  if (used.has(judged.index)) return 'used';
  if (judged.fault?.code === 'algorithm-unsupported') return 'unsupported';
  return isValid(judged) ? 'unrelated' : 'discarded';
}

/** Everything that looked like a token or key; a key is used where it verified a used token. */
function reportTokens(
  examined: readonly VerifiedRecord[],
  judged: readonly AssessedToken[],
  emblems: readonly ReportedEmblem[],
): readonly ReportedToken[] {
  const used = new Set(emblems.flatMap(({ chain }) => chain.map(({ token }) => token)));
  const usedKids = new Set(judged.filter(({ index }) => used.has(index)).map(({ signed }) => signed?.kid));
  return examined.map((item, index) => {
    const { record } = item.from;
    if (item.kind === 'key') {
      const failed = item.key.ok
        ? null
        : item.key.problem.code === 'algorithm-unsupported'
          ? 'unsupported'
          : 'discarded';
      const kid = item.key.ok ? item.key.value.kid : null;
      return {
        record,
        kind: 'key',
        kid,
        issuer: null,
        outcome: failed ?? (kid !== null && usedKids.has(kid) ? 'used' : 'unrelated'),
      };
    }
    const own = judged.find((candidate) => candidate.index === index);
    return {
      record,
      kind: item.announced,
      kid: own?.signed?.kid ?? null,
      issuer: own?.token?.issuer ?? null,
      outcome: own === undefined ? 'discarded' : outcomeOf(own, used),
    };
  });
}

/**
 * Until when the verdict may stand [V11]: the earliest edge after `now` of a token that was used or discarded for time,
 * or the end of the records' life (`expiresAt`, milliseconds). Result in milliseconds, or null.
 */
function computeValidUntil(
  judged: readonly AssessedToken[],
  reported: readonly ReportedToken[],
  expiresAt: number | null,
  now: number,
): number | null {
  const timed = judged.filter(
    ({ index, fault }) =>
      reported[index]?.outcome === 'used' || fault?.code === 'token-expired' || fault?.code === 'token-not-yet-valid',
  );
  const edges = timed.flatMap(({ token }) =>
    token === null ? [] : [token.notBefore, token.notAfter].map(toMilliseconds),
  );
  const ahead = [...edges, ...(expiresAt === null ? [] : [expiresAt])].filter((edge) => edge > now);
  return ahead.length === 0 ? null : Math.min(...ahead);
}

/** The origins that could not be asked for want of a permission: such a problem tells of the host. */
const blockedOrigins = (problems: readonly Problem[]): readonly string[] => [
  ...new Set(
    problems.flatMap(({ code, detail }) =>
      code === 'permission-missing' && detail !== null ? [`https://${detail}`] : [],
    ),
  ),
];

/** A report where nothing was found out, and why. `now` in milliseconds since the epoch. */
export function reportUnexamined({ host, address }: Visit, now: number, reason: Problem): Report {
  return {
    report: 1,
    host,
    address,
    checkedAt: instant(now),
    status: 'unknown',
    strength: null,
    because: null,
    validUntil: null,
    levels: [],
    emblems: [],
    tokens: [],
    deciding: null,
    blockedOrigins: [],
    problems: [reportProblem(reason, null, 'error')],
    requests: [],
  };
}

/** The report of an examination (docs/REPORT.md), within the bounds of its size. */
export function reportExamination(examination: Examination): Report {
  const {
    visit,
    visited,
    now,
    found,
    records,
    recordProblems,
    verified,
    tokens,
    commitments,
    listProblems,
    emblems,
    decision,
    requests,
  } = examination;
  const { problems: decisive, ...verdict } = decision;
  const met = [
    ...found.failures,
    ...found.notes,
    ...listProblems,
    ...[...commitments.values()].flatMap(({ logs }) => logs.flatMap(({ outcome }) => outcome.problems)),
  ];
  const reported = reportTokens(verified, tokens, emblems);
  const until = computeValidUntil(tokens, reported, found.expiresAt, now);
  const unread = records.flatMap(({ content }) => (content.kind === 'other' ? [reportProblem(content.problem)] : []));
  return bounded({
    report: 1,
    host: visited.name,
    address: visit.address,
    checkedAt: instant(now),
    ...verdict,
    validUntil: until === null ? null : instant(until),
    emblems,
    tokens: reported,
    blockedOrigins: blockedOrigins(met),
    problems: [
      ...decisive,
      ...[...recordProblems, ...found.notes, ...listProblems].map((item) => reportProblem(item)),
      ...unread,
      ...reportLooseProblems(verified, tokens, emblems),
      ...(visit.page === 'http' && emblems.some(({ coveredBy }) => coveredBy !== null)
        ? [reportProblem(problem('page-not-authenticated'))]
        : []),
    ],
    requests,
  });
}
