// Words for problems: which are told, in which order, and how loudly.

import type { ProblemCode, Severity } from '../../problem.ts';
import type { Report, ReportedEmblem, ReportedProblem } from '../../verdict/report.ts';
import { byName } from './messages.ts';

/** A problem as it is told: once for all tokens that share it, with every particular. */
export interface ToldProblem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly details: readonly string[];
}

export interface Told {
  /** What belongs near the top. */
  readonly notes: readonly ToldProblem[];
  /** What waits behind a fold. */
  readonly remarks: readonly ToldProblem[];
}

const ORDER: Record<Severity, number> = { error: 0, warning: 1, advice: 2, info: 3 };
const MAX_FAULTS_SHOWN = 3;

/** Told whatever the verdict: they say how it is to be taken. */
const ALWAYS: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'page-not-authenticated',
  'permission-missing',
  'clock-suspect',
  'commitment-old',
  'commitment-without-domain',
  'endorser-same-domain',
]);

/** Already said by the heading or the sentence below it. */
const SAID: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'token-expired',
  'token-not-yet-valid',
  'host-not-covered',
  'token-unsecured',
]);

export const problemWords = (code: ProblemCode): string => byName(`problem_${code}`);

/** Problems told once each, loudest first. */
export function gathered(problems: readonly ReportedProblem[]): readonly ToldProblem[] {
  const codes = [...new Set(problems.map(({ code }) => code))];
  return codes
    .map((code) => ({ code, same: problems.filter((problem) => problem.code === code) }))
    .map(({ code, same }) => ({
      code,
      severity: same.map(({ severity }) => severity).toSorted((a, b) => ORDER[a] - ORDER[b])[0] ?? 'info',
      details: [...new Set(same.map(({ detail }) => detail).filter((detail) => detail !== null))],
    }))
    .toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity]);
}

/** Whether the faults themselves explain the verdict: then they are told openly. */
const explains = (report: Report): boolean =>
  report.status === 'unconfirmed' ||
  report.status === 'unknown' ||
  (report.status === 'invalid' && report.because === 'other');

/** Advice that only who publishes has a use for: it stands among the remarks. */
const FOR_ISSUERS: ReadonlySet<ProblemCode> = new Set([
  'token-expires-soon',
  'envelope-untagged',
  'endorsement-unrelated',
  'commitment-single-log',
]);

/**
 * The problems of a look-up and of the emblem that decides, sorted by loudness; `led` is one already told in the
 * sentence at the top.
 */
export function told(report: Report, emblem: ReportedEmblem | null, led: ProblemCode | null): Told {
  const all = gathered([...report.problems, ...(emblem?.problems ?? [])]);
  const faults = explains(report)
    ? all.filter(
        ({ code, severity }) =>
          (severity === 'error' || severity === 'warning') && !SAID.has(code) && !ALWAYS.has(code) && code !== led,
      )
    : [];
  const notes = [
    ...faults.slice(0, MAX_FAULTS_SHOWN),
    ...all.filter(
      ({ code, severity }) => code !== led && (ALWAYS.has(code) || (severity === 'advice' && !FOR_ISSUERS.has(code))),
    ),
  ];
  return { notes, remarks: all.filter((problem) => !notes.includes(problem)) };
}
