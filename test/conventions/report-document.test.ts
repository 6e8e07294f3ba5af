// Does the documentation of the report list every problem code, as the tables of the code have it?

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { writeProblemTables } from '../../build/problem-tables.ts';
import { PROBLEMS } from '../../src/problem.ts';
import { PROBLEM_SOURCES, type ProblemSource } from '../../src/problem-sources.ts';
import { filesBelow } from './source.ts';

const sources: readonly (readonly [string, ProblemSource])[] = Object.values<Readonly<Record<string, ProblemSource>>>(
  PROBLEM_SOURCES,
).flatMap((problems) => Object.entries(problems));

test('every code has one source, in the order of the table', () => {
  expect(sources.map(([code]) => code)).toEqual(Object.keys(PROBLEMS));
});

test('every rule that is named is there', () => {
  const rules = filesBelow('docs/rules', /\.md$/)
    .map(({ text }) => text)
    .join('\n');
  expect(sources.filter(([, { rule }]) => !rules.includes(`**[${rule}]**`))).toEqual([]);
});

test('the document has the tables of today', () => {
  const document = readFileSync('docs/REPORT.md', 'utf8');
  expect(document).toBe(writeProblemTables(document));
});
