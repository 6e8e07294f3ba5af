// How does the documentation of the report list the problem codes? Run by itself, it writes the tables anew.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ProblemCode, PROBLEMS } from '../src/problem.ts';
import { PROBLEM_SOURCES, type ProblemSource } from '../src/problem-sources.ts';
import messages from '../public/_locales/en/messages.json' with { type: 'json' };

const HEADING = '## Problem codes\n';
const REPORT = fileURLToPath(new URL('../docs/REPORT.md', import.meta.url));

const sentences = new Map<string, { readonly message: string }>(Object.entries(messages));
const isCode = (code: string): code is ProblemCode => Object.hasOwn(PROBLEMS, code);

function row(code: string, { document, section, rule }: ProblemSource): string {
  if (!isCode(code)) throw new Error(`${code} is no problem code`);
  const meaning = sentences.get(`problem_${code.replaceAll('-', '_')}`)?.message ?? '';
  return `| \`${code}\` | ${PROBLEMS[code]} | ${meaning} | ${[document, section].filter((part) => part !== '').join(' ')} | [${rule}] |`;
}

/** The tables of all codes, by what they are about. */
const tables = (): string =>
  Object.entries<Readonly<Record<string, ProblemSource>>>(PROBLEM_SOURCES)
    .map(([about, problems]) =>
      [
        `### ${about}`,
        '',
        '| code | severity | meaning | document and section | rule |',
        '| --- | --- | --- | --- | --- |',
        ...Object.entries(problems).map(([code, source]) => row(code, source)),
      ].join('\n'),
    )
    .join('\n\n');

/** The document with its last part, the problem codes, as they are. */
export function writeProblemTables(document: string): string {
  const [before] = document.split(HEADING);
  return `${before}${HEADING}
Made from \`src/problem-sources.ts\` and the texts by \`npm run document\`. Documents are named as in [CONFORMANCE.md](CONFORMANCE.md), rules by their numbers in [rules](rules/README.md).

${tables()}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(REPORT, writeProblemTables(readFileSync(REPORT, 'utf8')));
