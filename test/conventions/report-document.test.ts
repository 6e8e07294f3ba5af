// Does the documentation of the report list every problem code with its severity and rule?

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PROBLEMS } from '../../src/emblem/problem.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const documented = [...read('docs/REPORT.md').matchAll(/^\| `([a-z-]+)` \| (error|warning|advice|info) \| (.+) \| (.+) \|$/gm)].map(([, code, severity, , rule]) => `${code} ${severity} ${rule}`);
const declared = [...read('src/emblem/problem.ts').matchAll(/^ {2}'([a-z-]+)': '(\w+)', \/\/ (.+)$/gm)].map(([, code, severity, rule]) => `${code} ${severity} ${rule}`);

test('the table of problem codes is the one of the code', () => {
  expect(declared).toHaveLength(Object.keys(PROBLEMS).length);
  expect(documented).toEqual(declared);
});
