// Problems as a report tells them: with their place, and how loud they are there.

import { type Problem, PROBLEMS, type Severity } from '../problem.ts';
import type { ReportedProblem } from './report.ts';

/**
 * A problem as reported; `token` is the index of the token it concerns. Severity is the table's unless the place makes
 * it milder.
 */
export const reportProblem = (
  { code, detail }: Problem,
  token: number | null = null,
  severity: Severity = PROBLEMS[code],
): ReportedProblem => ({ code, severity, token, detail });

/** Drops repetitions, keeping the order of first occurrence. */
export function distinctProblems(findings: readonly ReportedProblem[]): readonly ReportedProblem[] {
  const seen = new Set<string>();
  return findings.filter(({ code, token, detail }) => {
    const name = JSON.stringify([code, token, detail]);
    return !seen.has(name) && seen.add(name).size > 0;
  });
}
