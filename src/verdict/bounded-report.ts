// Bounds of a report: what a stranger can multiply is kept up to a number, and the rest is counted.

import { cut, problem } from '../problem.ts';
import { ranked } from './host-verdict.ts';
import { reportProblem } from './report-problem.ts';
import type { Report, ReportedEmblem, ReportedLink, ReportedProblem } from './report.ts';

/** Bounds of lists (docs/REPORT.md, Size). What a person could look through is far below them. */
const MOST = { problems: 32, assets: 100, organisations: 32, external: 8, internal: 8, names: 6, emblems: 32 } as const;
/** What all emblems but the one that decides may weigh together, in characters of JSON. */
const OTHER_EMBLEMS = 128 * 1024;
/** Longest words of a stranger's: a name of the DNS fits. */
const LONGEST_WORDS = 256;

const LOUDEST_FIRST = ['error', 'warning', 'advice', 'info'] as const;

/** The loudest problems in their order; the others are counted. */
function fewProblems(problems: readonly ReportedProblem[]): readonly ReportedProblem[] {
  if (problems.length <= MOST.problems) return problems;
  const kept = new Set(
    LOUDEST_FIRST.flatMap((loudness) => problems.filter(({ severity }) => severity === loudness)).slice(
      0,
      MOST.problems,
    ),
  );
  return [
    ...problems.filter((item) => kept.has(item)),
    reportProblem(problem('problems-omitted', String(problems.length - MOST.problems))),
  ];
}

/** The names that matter come first: those at and below the organisation's domain. */
function fewNames(names: readonly string[], issuer: string | null): readonly string[] {
  const own = (name: string): boolean => issuer !== null && `https://${name}`.endsWith(issuer.replace('https://', ''));
  return names
    .toSorted((a, b) => Number(own(b)) - Number(own(a)))
    .slice(0, MOST.names)
    .map((name) => cut(name, LONGEST_WORDS));
}

/** Of each claim no more than 8 entries are looked at [C9]: what they hold of others' names is what can grow. */
const smallLink = (link: ReportedLink): ReportedLink => ({
  ...link,
  commitment: {
    ...link.commitment,
    logs: link.commitment.logs.map((log) => ({ ...log, names: fewNames(log.names, link.issuer) })),
  },
});

/** External links, those the person trusts first, then the own line with its top and its end. */
function fewLinks(chain: readonly ReportedLink[]): readonly ReportedLink[] {
  const external = chain
    .filter(({ role }) => role === 'external')
    .toSorted((a, b) => Number(b.trusted) - Number(a.trusted))
    .slice(0, MOST.external);
  const line = chain.filter(({ role }) => role === 'internal');
  const ends = line.filter((_, at) => at < MOST.internal / 2 || at >= line.length - MOST.internal / 2);
  const kept = new Set([...external, ...ends]);
  return chain.filter((link) => link.role === 'emblem' || kept.has(link)).map(smallLink);
}

function smallEmblem(emblem: ReportedEmblem): ReportedEmblem {
  const few = (organisations: readonly string[]): readonly string[] => organisations.slice(0, MOST.organisations);
  const small = {
    ...emblem,
    set: emblem.set === null ? null : cut(emblem.set, LONGEST_WORDS),
    assets: emblem.assets.slice(0, MOST.assets),
    chain: fewLinks(emblem.chain),
    endorsedBy: few(emblem.endorsedBy),
    endorsementsUndetermined: few(emblem.endorsementsUndetermined),
    throughBelow: few(emblem.throughBelow),
  };
  const count = ({ assets, chain, endorsedBy, endorsementsUndetermined }: ReportedEmblem): number =>
    assets.length + chain.length + endorsedBy.length + endorsementsUndetermined.length;
  const omitted = count(emblem) - count(small);
  return {
    ...small,
    problems: [
      ...fewProblems(emblem.problems),
      ...(omitted > 0 ? [reportProblem(problem('parts-omitted', String(omitted)))] : []),
    ],
  };
}

/**
 * The report within the bounds of its size (docs/REPORT.md, Size), whatever the records held. What is left out is
 * counted by
 * `problems-omitted`, `parts-omitted` and `emblems-omitted`. The emblem that decides is always kept; others in the
 * order in which they would decide.
 */
export function bounded(report: Report): Report {
  const kept = new Map<ReportedEmblem, ReportedEmblem>();
  let weight = 0;
  for (const emblem of ranked(report.emblems).slice(0, MOST.emblems)) {
    const small = smallEmblem(emblem);
    weight += kept.size === 0 ? 0 : JSON.stringify(small).length;
    if (weight > OTHER_EMBLEMS) break;
    kept.set(emblem, small);
  }
  const validEndorsements = report.emblems.filter((emblem) => kept.has(emblem));
  const omitted = report.emblems.length - validEndorsements.length;
  const deciding = report.deciding === null ? undefined : report.emblems[report.deciding];
  return {
    ...report,
    emblems: validEndorsements.flatMap((emblem) => kept.get(emblem) ?? []),
    deciding: deciding === undefined ? null : validEndorsements.indexOf(deciding),
    problems: [
      ...fewProblems(report.problems),
      ...(omitted > 0 ? [reportProblem(problem('emblems-omitted', String(omitted)))] : []),
    ],
  };
}

/** The report with the emblem that decides alone, without the names in certificates; it says so. */
export function shortenReport(report: Report): Report {
  const deciding = report.deciding === null ? undefined : report.emblems[report.deciding];
  const emblems =
    deciding === undefined
      ? []
      : [
          {
            ...deciding,
            chain: deciding.chain.map((link) => ({
              ...link,
              commitment: { ...link.commitment, logs: link.commitment.logs.map((log) => ({ ...log, names: [] })) },
            })),
          },
        ];
  const others = report.problems.filter(({ code }) => code !== 'report-shortened');
  return {
    ...report,
    emblems,
    deciding: emblems.length > 0 ? 0 : null,
    problems: [...others, reportProblem(problem('report-shortened', String(report.emblems.length)))],
  };
}
