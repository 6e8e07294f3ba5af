// Advice as text: the problems of a report that whoever publishes can mend, and how.

import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import type { ProblemCode } from '../problem.ts';
import type { Report, ReportedProblem } from '../verdict/report.ts';

const texts = new Map<string, { readonly message: string }>(Object.entries(messages));
const textOf = (kind: 'problem' | 'mend', code: ProblemCode): string | null =>
  texts.get(`${kind}_${code.replaceAll('-', '_')}`)?.message ?? null;

function presentOne({ tokens }: Report, { code, token, detail }: ReportedProblem, mend: string): readonly string[] {
  const concerned = token === null ? undefined : tokens[token];
  // By its kind alone: an issuer that is only claimed is named nowhere but as a claim.
  const where = concerned === undefined ? '' : ` in token ${token} (${concerned.kind})`;
  return [
    `    ${code}${where}${detail === null ? '' : `: ${detail}`}`,
    `      ${textOf('problem', code) ?? code}`,
    `      To mend it: ${mend}`,
  ];
}

/** The advice of a report as lines, each problem with its sentence and how to mend it. */
export function presentAdvice(report: Report): readonly string[] {
  const all = [...report.problems, ...report.emblems.flatMap(({ problems }) => problems)];
  const lines = all.flatMap((found) => {
    const mend = textOf('mend', found.code);
    return mend === null ? [] : presentOne(report, found, mend);
  });
  return lines.length === 0 ? ['  No advice.'] : ['  Advice:', ...lines];
}
