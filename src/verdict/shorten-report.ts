// What must stay of a report where there is no room for all of it?

import { problem } from '../problem.ts';
import { reportProblem } from './report-problem.ts';
import type { Report } from './report.ts';

/** The report with the emblem that decides alone, without the names in certificates; it says so. */
export function shortened(report: Report): Report {
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
