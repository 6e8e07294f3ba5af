// Do the papers name what is there, and does every citation resolve? Paths, links with their anchors, and the numbers
// of rules.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, type SourceFile, sources } from './source.ts';

const ROOT_PAPERS = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'PRIVACY.md', 'CHANGELOG.md'];
const below = (folder: string, files: readonly SourceFile[]): readonly SourceFile[] =>
  files.map(({ path, text }) => ({ path: `${folder}/${path}`, text }));
const papers = [
  ...ROOT_PAPERS.map((path) => ({ path, text: readFileSync(path, 'utf8') })),
  ...below('docs', filesBelow('docs', /\.md$/)),
];
const code = below('src', sources);

/** The anchor of a heading, as renderers of Markdown make it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .trim()
    .replaceAll(/\s/g, '-');
const anchorsOf = (path: string): readonly string[] =>
  [...readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

function deadLinks({ path, text }: SourceFile): readonly string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^https?:/.test(link));
  return links.filter((link) => {
    const [file = '', anchor] = link.split('#', 2);
    const target = file === '' ? path : normalize(join(dirname(path), file));
    return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
  });
}

test.each(papers.map((paper) => [paper.path, paper] as const))('every link in %s leads somewhere', (_path, paper) => {
  expect(deadLinks(paper)).toEqual([]);
});

/**
 * Files in backticks, read from the project's root, from `src/`, or, bare, as the name of a file beside the one named
 * before.
 */
const filesIn = (text: string): readonly string[] =>
  [...text.matchAll(/`((?:[\w.-]+\/)+[\w-]+\.\w+)`/g)].map(([, path = '']) => path);
/** What a build or a run makes is not there before it. */
const MADE = /^(dist|out|node_modules)\//;

test.each(papers.map((paper) => [paper.path, paper] as const))(
  '%s names no file that is not there',
  (_path, { text }) => {
    expect(filesIn(text).filter((path) => !MADE.test(path) && !existsSync(path) && !existsSync(`src/${path}`))).toEqual(
      [],
    );
  },
);

const numbers = filesBelow('docs/rules', /\.md$/).flatMap(({ text }) =>
  [...text.matchAll(/^\*\*\[([A-Z]\d+)\]\*\*/gm)].map(([, number = '']) => number),
);
const RULES = new Set(numbers);

test('every rule has a number of its own', () => {
  expect(RULES.size).toBeGreaterThan(70);
  expect(numbers).toHaveLength(RULES.size);
});

test.each([...papers, ...code].map((file) => [file.path, file] as const))(
  'every rule that %s cites is there',
  (_path, { text }) => {
    const cited = [...text.matchAll(/\[([A-Z]\d+)\](?!\*)/g)].map(([, number = '']) => number);
    expect(cited.filter((number) => !RULES.has(number))).toEqual([]);
  },
);

test.each(code.map((file) => [file.path, file] as const))(
  '%s cites nothing that cannot be resolved here but RFCs and standards',
  (_path, { text }) => {
    expect(text.match(/spec: |draft core|[Kk]ey-commitments,/g) ?? []).toEqual([]);
  },
);
