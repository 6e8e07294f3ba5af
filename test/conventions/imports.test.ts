// Do arrows between rooms run one way, and does nothing of the rules know time, chance, network or browser?

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { importsOf, namesUsed, roomOf, type SourceFile, sources } from './source.ts';

type Right = 'all' | 'types';

/** What each room may import of the others; nothing else. CONTRIBUTING prints the same table. */
const MAY_IMPORT: Readonly<Record<string, Readonly<Record<string, Right>>>> = {
  'problem.ts': {},
  'problem-sources.ts': { 'problem.ts': 'types' },
  codec: { 'problem.ts': 'types' },
  emblem: { codec: 'all', 'problem.ts': 'all' },
  signature: { codec: 'all', emblem: 'all', 'problem.ts': 'all' },
  transparency: { codec: 'all', emblem: 'all', 'problem.ts': 'all' },
  verdict: { emblem: 'all', 'problem.ts': 'all', signature: 'types', transparency: 'types' },
  'check.ts': { emblem: 'all', signature: 'all', transparency: 'all', verdict: 'all', 'problem.ts': 'all' },
  network: {
    codec: 'all',
    emblem: 'all',
    transparency: 'all',
    'problem.ts': 'all',
    'check.ts': 'types',
    verdict: 'types',
  },
  extension: { 'check.ts': 'all', network: 'all', verdict: 'all', emblem: 'all', 'problem.ts': 'all' },
  'extension/background': {
    'check.ts': 'all',
    extension: 'all',
    network: 'all',
    verdict: 'all',
    emblem: 'all',
    'problem.ts': 'all',
  },
  pages: { extension: 'all', verdict: 'types', emblem: 'types', 'problem.ts': 'types' },
  cli: {
    codec: 'all',
    emblem: 'all',
    signature: 'all',
    network: 'all',
    'check.ts': 'all',
    verdict: 'types',
    'problem.ts': 'all',
  },
};

/** The table as CONTRIBUTING prints it: a room, and what it may import. */
const printed = (room: string): string => {
  const rights = Object.entries(MAY_IMPORT[room] ?? {});
  const cells = rights.map(([name, right]) => (right === 'all' ? `\`${name}\`` : `types of \`${name}\``));
  return cells.length === 0 ? 'nothing of ours' : cells.join(', ');
};

test.each(Object.keys(MAY_IMPORT))('CONTRIBUTING says what %s may import', (room) => {
  const row = readFileSync('CONTRIBUTING.md', 'utf8')
    .split('\n')
    .find((line) => line.startsWith(`| \`${room}\` |`));
  expect(row?.split(' | ').at(-1)).toBe(`${printed(room)} |`);
});

/** What rooms draw on outside `src/`: texts, pictures, and the version. */
const MATERIAL: Readonly<Record<string, RegExp>> = {
  extension: /^\.\.\/public\/_locales\//,
  pages: /^\.\.\/(public\/_locales|icons)\//,
  cli: /^\.\.\/(public\/_locales\/|package\.json$)/,
};

function trespasses(file: SourceFile): readonly string[] {
  const room = roomOf(file.path);
  return importsOf(file)
    .relative.filter(({ to, typeOnly }) => {
      const right = MAY_IMPORT[room]?.[roomOf(to)];
      if (roomOf(to) === room || right === 'all' || (right === 'types' && typeOnly)) return false;
      return MATERIAL[room]?.test(to) !== true;
    })
    .map(({ to }) => to);
}

/** A way round from a file back to itself, types included; null where there is none. */
function findCycle(): readonly string[] | null {
  const graph = new Map(sources.map((file) => [file.path, importsOf(file).relative.map(({ to }) => to)]));
  const settled = new Set<string>();
  const walk = (path: string, trail: readonly string[]): readonly string[] | null => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (settled.has(path)) return null;
    for (const to of graph.get(path) ?? []) {
      const cycle = walk(to, [...trail, path]);
      if (cycle !== null) return cycle;
    }
    settled.add(path);
    return null;
  };
  for (const { path } of sources) {
    const cycle = walk(path, []);
    if (cycle !== null) return cycle;
  }
  return null;
}

test('every room of the source tree is one of the table', () => {
  expect([...new Set(sources.map(({ path }) => roomOf(path)))].filter((room) => !(room in MAY_IMPORT))).toEqual([]);
});

test.each(sources.map((file) => [file.path, file] as const))('%s imports only what its room may', (_path, file) => {
  expect(trespasses(file)).toEqual([]);
});

test('no file imports itself by a way round', () => {
  expect(findCycle()).toBeNull();
});

/** The rules: the same host, evidence and time always give the same verdict. */
const RULES = new Set(['problem.ts', 'codec', 'emblem', 'signature', 'transparency', 'verdict', 'check.ts']);
const FORBIDDEN_NAMES = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'browser',
  'chrome',
  'process',
  'navigator',
  'localStorage',
  'indexedDB',
  'setTimeout',
  'setInterval',
  'Date.now',
  'Date()',
  'performance.now',
  'Math.random',
  'crypto.getRandomValues',
  'crypto.randomUUID',
];
const FORBIDDEN_PACKAGES = /^(node:|webextension-polyfill$|preact|tldts$)/;

describe('the rules name neither network nor browser, neither time nor chance', () => {
  test.each(sources.filter(({ path }) => RULES.has(roomOf(path))).map((file) => [file.path, file] as const))(
    '%s',
    (_path, file) => {
      const used = namesUsed(file);
      expect(FORBIDDEN_NAMES.filter((name) => used.has(name))).toEqual([]);
      expect(importsOf(file).packages.filter((name) => FORBIDDEN_PACKAGES.test(name))).toEqual([]);
    },
  );
});

test('only the network room and the entries that hand it over name fetch', () => {
  const naming = sources.filter((file) => namesUsed(file).has('fetch')).map(({ path }) => path);
  expect(
    naming.filter(
      (path) => roomOf(path) !== 'network' && path !== 'cli/main.ts' && path !== 'extension/background/run-check.ts',
    ),
  ).toEqual([]);
});

test('only the extension names the browser', () => {
  const naming = sources
    .filter((file) => importsOf(file).packages.includes('webextension-polyfill') || namesUsed(file).has('chrome'))
    .map(({ path }) => path);
  expect(naming.filter((path) => !path.startsWith('extension/'))).toEqual([]);
});

/** Every package that these files reach, whatever lies between. */
function packagesBehind(entries: readonly SourceFile[]): readonly string[] {
  const reached = new Set(entries.map(({ path }) => path));
  const packages = new Set<string>();
  for (const path of reached) {
    const file = sources.find((source) => source.path === path);
    const { relative, packages: named } = file === undefined ? { relative: [], packages: [] } : importsOf(file);
    for (const { to } of relative) reached.add(to);
    for (const name of named) packages.add(name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
  }
  return [...packages].toSorted();
}

/** What the build makes the extension of. */
const ENTRIES = sources.filter(
  ({ path }) => path === 'extension/background/main.ts' || /^pages\/\w+\/main\.tsx$/.test(path),
);

test('the extension is made of few packages, and none of those of the command line', () => {
  expect(ENTRIES.map(({ path }) => path)).toEqual([
    'extension/background/main.ts',
    'pages/options/main.tsx',
    'pages/popup/main.tsx',
    'pages/welcome/main.tsx',
  ]);
  expect(packagesBehind(ENTRIES)).toEqual([
    '@noble/curves',
    '@scure/base',
    'cbor2',
    'ipaddr.js',
    'jose',
    'preact',
    'webextension-polyfill',
  ]);
  expect(packagesBehind(sources.filter(({ path }) => path === 'cli/main.ts'))).toEqual(
    expect.arrayContaining(['undici', 'tldts', 'tr46']),
  );
});

test('the parser behind these tests sees what it must', () => {
  const sample: SourceFile = {
    path: 'emblem/sample.ts',
    text: "import type { A } from '../codec/a.ts';\nimport { b, type C } from '../verdict/b.ts';\nexport * from './c.ts';\nexport const now = () => [new Date(), Date.now(), new Date(5), fetch('x')]; // chrome",
  };
  expect(importsOf(sample).relative).toEqual([
    { to: 'codec/a.ts', typeOnly: true },
    { to: 'verdict/b.ts', typeOnly: false },
    { to: 'emblem/c.ts', typeOnly: false },
  ]);
  expect(trespasses(sample)).toEqual(['verdict/b.ts']);
  const used = namesUsed(sample);
  expect(['Date()', 'Date.now', 'fetch', 'chrome'].filter((name) => used.has(name))).toEqual([
    'Date()',
    'Date.now',
    'fetch',
  ]);
});
