// Does every file answer one question, in few lines, and without ways round the types?

import { expect, test } from 'vitest';
import { filesBelow, sources } from './source.ts';

const LONGEST = 220;
const DRAWERS = /(^|\/)(utils?|helpers?|common|types|misc|shared)\.tsx?$/;

/** The comment that a file begins with, an empty line behind it; empty where there is none. */
const headOf = (text: string): string => /^((?:\/\/ .*\n)+)\n/.exec(text)?.[1] ?? '';

test.each(sources.map((file) => [file.path, file] as const))(
  'src/%s begins with its noun and is short',
  (path, { text }) => {
    const lines = text.trimEnd().split('\n');
    expect(headOf(text)).toMatch(/^\/\/ [A-Z][^?]*$/);
    expect(lines.length).toBeLessThanOrEqual(LONGEST);
    expect(path).not.toMatch(DRAWERS);
  },
);

const own = filesBelow('test', /\.tsx?$/);

test.each(own.map((file) => [file.path, file] as const))(
  'test/%s begins with its question and is no drawer',
  (path, { text }) => {
    expect(headOf(text)).toMatch(/\?/);
    expect(path).not.toMatch(DRAWERS);
  },
);

/**
 * Ways round the types and the linter, and tests that leave others out; written so that this file does not contain
 * them.
 */
const WAYS_ROUND: readonly (readonly [string, RegExp])[] = [
  ['any', /[:<,|(]\s*any\b(?!\w)\s*[>,;)=|[\]]|\bas any\b/],
  ['a suppressed error', new RegExp(['@ts', '(ignore|nocheck|expect-error)'].join('-'))],
  ['a silenced linter', new RegExp(['(oxlint|eslint)', 'disable'].join('-'))],
  ['a test that leaves others out', new RegExp(['[.]on', 'ly[(]'].join(''))],
];

test.each([
  ...sources.map((file) => [`src/${file.path}`, file.text] as const),
  ...own.map((file) => [`test/${file.path}`, file.text] as const),
])('%s takes no way round', (_path, text) => {
  const code = text
    .split('\n')
    .filter((line) => !/^\s*(\/\/|\*|\/\*\*)/.test(line))
    .join('\n');
  expect(WAYS_ROUND.filter(([, pattern]) => pattern.test(code)).map(([what]) => what)).toEqual([]);
});
