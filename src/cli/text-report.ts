// Report as text for a terminal: a short verdict, and the chain of who stands behind it.

import { presentAdvice } from './advice-text.ts';
import { domainOf } from '../emblem/organisation.ts';
import { publicSuffixes } from './public-suffixes.ts';
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
const FORMATS: Readonly<Record<ReportedEmblem['generation'], string>> = { jws: 'JSON format', cwt: 'CBOR format' };
const CAVEAT = 'This says nothing about whether the site is protected.';

/**
 * A report as plain text of several lines, without anything that could steer a terminal; with `advice` also what an
 * issuer should change, and how.
 */
export function presentReport(report: Report, advice = false): string {
  const lines = [
    `${report.host} ${presentTimes(report) ?? `${VERDICTS[report.status]}${inBrackets(report.strength ?? report.because)}`}.`,
    ...report.emblems.flatMap((emblem) => presentEmblem(emblem)),
    ...report.problems.map((problem) => `  ${presentProblem(problem)}`),
    ...(report.validUntil === null ? [] : [`  This verdict stands until ${report.validUntil}.`]),
    ...(report.status === 'marked' ? [] : [`  ${CAVEAT}`]),
    ...(advice ? presentAdvice(report) : []),
  ];
  // Control and format characters come from the network, and would be obeyed.
  return lines.map((line) => line.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD')).join('\n');
}

/** Where time is an emblem's only fault this is said neutrally, with the day [V12]; else null. */
function presentTimes({ because, emblems, deciding }: Report): string | null {
  const decisive = deciding === null ? undefined : emblems[deciding];
  if (decisive === undefined) return null;
  if (because === 'expired') return `bore an emblem that expired on ${decisive.notAfter}`;
  return because === 'not-yet-valid' ? `has an emblem that is valid from ${decisive.notBefore} on` : null;
}

/**
 * A proven organisation by its domain; whose that is where the domain is not registrable itself, and that a name below
 * it spoke, where one did.
 */
function presentProven(organisation: string, { throughBelow }: ReportedEmblem): string {
  const host = domainOf(organisation);
  const own = publicSuffixes.registrableDomain(host) ?? host;
  return `${host}${own === host ? '' : ` (of ${own})`}${throughBelow.includes(organisation) ? ' (through a name below it)' : ''}`;
}

/** So many names that are only claimed are told, the others are counted. */
const MOST_CLAIMS = 3;

function presentClaims(claimed: readonly string[]): readonly string[] {
  const more = claimed.length - MOST_CLAIMS;
  return [
    ...claimed.slice(0, MOST_CLAIMS).map((name) => `${name} vouches`),
    ...(more > 0 ? [`${more} more vouch`] : []),
  ].map((words) => `    It claims that ${words} for it; that is not shown.`);
}

function presentEmblem(emblem: ReportedEmblem): string[] {
  const { issuer, notBefore, notAfter } = emblem;
  return [
    `  Emblem${inBrackets(emblem.set === null ? null : quoted(emblem.set))}: ${emblem.status}${inBrackets(emblem.strength ?? emblem.because)}; ${emblem.levels.join(' ')}`,
    ...(issuer === null
      ? []
      : [
          emblem.issuerProven
            ? `    ${presentProven(issuer, emblem)} says so.`
            : `    It claims to be ${issuer}, not shown.`,
        ]),
    ...emblem.endorsedBy.map((authority) => `    ${presentProven(authority, emblem)} vouches for it.`),
    `    format: ${FORMATS[emblem.generation]}`,
    `    kind: ${emblem.purposes.join(', ') || 'not stated'}`,
    `    marks: ${emblem.assets.join(', ') || 'nothing'}`,
    ...(notBefore === null || notAfter === null ? [] : [`    valid: ${notBefore} to ${notAfter}`]),
    ...emblem.chain.map((link) => `    ${presentLink(link, emblem)}`),
    ...presentClaims(emblem.endorsementsUndetermined),
    ...emblem.problems.map((problem) => `    ${presentProblem(problem)}`),
  ];
}

function presentLink(link: ReportedLink, emblem: ReportedEmblem): string {
  const { commitment } = link;
  const name = (organisation: string | null): string =>
    organisation === null ? 'no organisation' : presentProven(organisation, emblem);
  const proven = commitment.logs.filter((log) => log.outcome === 'holds').map((log) => log.name ?? log.id ?? 'a log');
  const committed =
    commitment.outcome === 'none' ? '' : `, commitment ${commitment.outcome}${inBrackets(proven.join(', '))}`;
  const whom = link.role === 'emblem' ? '' : ` for ${name(link.subject)}`;
  // A name that is only claimed is told of as a claim, and stands in no row.
  const who = link.issuer === null || emblem.issuerProven ? `${name(link.issuer)}${whom}, ` : '';
  return `${link.role}: ${who}${link.algorithm} key ${link.kid ?? 'unknown'}${link.trusted ? ' (trusted)' : ''}${committed}`;
}

const presentProblem = ({ severity, code, token, detail }: ReportedProblem): string =>
  `${severity}: ${code}${token === null ? '' : ` in token ${token}`}${inBrackets(detail)}`;

/** What a stranger chose, cut short and in quotation marks. */
const quoted = (words: string): string => `“${words.replace(/^(.{60}).+/su, '$1…')}”`;

const inBrackets = (text: string | null): string => (text === null || text === '' ? '' : ` (${text})`);
