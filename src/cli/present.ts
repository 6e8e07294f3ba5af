// How does a person in a terminal read a report? A short verdict, and the chain of who stands behind it.

import type { Report, ReportedEmblem, ReportedLink, ReportedProblem, Status } from '../verdict/report.ts';

const VERDICTS: Readonly<Record<Status, string>> = {
  marked: 'bears an emblem',
  unconfirmed: 'bears an emblem that could not be confirmed',
  'not-covered': 'has an emblem that marks other assets',
  unknown: 'could not be checked',
  invalid: 'has emblem records that do not stand up',
  none: 'bears no emblem',
};
/** The same words as the popup's. */
const FORMATS: Readonly<Record<ReportedEmblem['generation'], string>> = { jws: 'JSON format of 2025–2026', cwt: '2026 draft format' };
const CAVEAT = 'This says nothing about whether the site is protected.';

/** A report as plain text of several lines, without anything that could steer a terminal. */
export function presentReport(report: Report): string {
  const lines = [
    `${report.host} ${presentTimes(report) ?? `${VERDICTS[report.status]}${inBrackets(report.strength ?? report.because)}`}.`,
    ...report.emblems.flatMap((emblem) => presentEmblem(emblem)),
    ...report.problems.map((problem) => `  ${presentProblem(problem)}`),
    ...(report.validUntil === null ? [] : [`  This verdict stands until ${report.validUntil}.`]),
    ...(report.status === 'marked' ? [] : [`  ${CAVEAT}`]),
  ];
  // Control and format characters come from the network, and would be obeyed.
  return lines.map((line) => line.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD')).join('\n');
}

/** Where time is an emblem's only fault this is said neutrally, with the day (spec: validation, "What the user is told"); else null. */
function presentTimes({ status, because, emblems }: Report): string | null {
  const decisive = emblems.find((emblem) => emblem.status === status && emblem.because === because);
  if (decisive === undefined) return null;
  if (because === 'expired') return `bore an emblem that expired on ${decisive.notAfter}`;
  return because === 'not-yet-valid' ? `has an emblem that is valid from ${decisive.notBefore} on` : null;
}

function presentEmblem(emblem: ReportedEmblem): string[] {
  const { issuer, notBefore, notAfter } = emblem;
  return [
    `  Emblem${inBrackets(emblem.set)}: ${emblem.status}${inBrackets(emblem.strength ?? emblem.because)}; ${emblem.levels.join(' ')}`,
    ...(issuer === null ? [] : [emblem.issuerProven ? `    ${issuer} says so.` : `    It claims to be of ${issuer}, not shown.`]),
    ...emblem.endorsedBy.map((authority) => `    ${authority} vouches for it.`),
    ...emblem.endorsementsUndetermined.map((authority) => `    ${authority} may vouch for it; that could not be confirmed.`),
    `    format: ${FORMATS[emblem.generation]}`,
    `    kind: ${emblem.purposes.join(', ') || 'not stated'}`,
    `    marks: ${emblem.assets.join(', ') || 'nothing'}`,
    ...(notBefore === null || notAfter === null ? [] : [`    valid: ${notBefore} to ${notAfter}`]),
    ...emblem.chain.map((link) => `    ${presentLink(link)}`),
    ...emblem.problems.map((problem) => `    ${presentProblem(problem)}`),
  ];
}

function presentLink(link: ReportedLink): string {
  const { commitment } = link;
  const proven = commitment.logs.filter((log) => log.outcome === 'holds').map((log) => log.name ?? log.id ?? 'a log');
  const committed = commitment.outcome === 'none' ? '' : `, commitment ${commitment.outcome}${inBrackets(proven.join(', '))}`;
  const whom = link.role === 'emblem' ? '' : ` for ${link.subject ?? 'no organisation'}`;
  return `${link.role}: ${link.issuer ?? 'no organisation'}${whom}, ${link.algorithm} key ${link.kid ?? 'unknown'}${link.trusted ? ' (trusted)' : ''}${committed}`;
}

const presentProblem = ({ severity, code, token, detail }: ReportedProblem): string =>
  `${severity}: ${code}${token === null ? '' : ` in token ${token}`}${inBrackets(detail)}`;

const inBrackets = (text: string | null): string => (text === null || text === '' ? '' : ` (${text})`);
