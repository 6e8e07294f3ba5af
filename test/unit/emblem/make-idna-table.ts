// Which code points may a label hold, which of them are marks, and which are written from right to left? The table of
// `src/emblem/idna-table.ts`, made from the library's data.
// `npx tsx test/unit/emblem/make-idna-table.ts` writes it anew when the library has newer tables.

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const FILE = 'src/emblem/idna-table.ts';
const [VALID, DEVIATION] = [2, 6];
const LAST = 0x10ffff;

/** First and last of each run of code points from 128 on for which `isIn` holds. */
function runsOf(isIn: (codePoint: number) => boolean): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (let codePoint = 128; codePoint <= LAST; codePoint += 1) {
    if (!isIn(codePoint)) continue;
    const run = runs.at(-1);
    if (run?.[1] === codePoint - 1) run[1] = codePoint;
    else runs.push([codePoint, codePoint]);
  }
  return runs;
}

/**
 * Runs as gaps and lengths in base 36: `gap` since the end of the last, and length less one where it is not nothing.
 */
const written = (runs: readonly (readonly [number, number])[]): string =>
  runs
    .map(([first, last], at) => {
      const gap = first - (runs[at - 1]?.[1] ?? 127) - 1;
      return gap.toString(36) + (last === first ? '' : `-${(last - first).toString(36)}`);
    })
    .join(' ');

/** The file's text. */
export function makeTable(): string {
  const mapping: unknown = JSON.parse(readFileSync(require.resolve('tr46/lib/mappingTable.json'), 'utf8'));
  const valid = new Set<number>();
  for (const [range, status] of Array.isArray(mapping) ? mapping : []) {
    const [first, last] = Array.isArray(range) ? range : [range, range];
    if (status === VALID || status === DEVIATION)
      for (let codePoint = Number(first); codePoint <= Number(last); codePoint += 1) valid.add(codePoint);
  }
  const { bidiDomain, combiningMarks }: { bidiDomain: RegExp; combiningMarks: RegExp } = require('tr46/lib/regexes.js');
  return `// UTS #46 table of the code points a label may hold, which are marks, and which are written from right to left; made by
// test/unit/emblem/make-idna-table.ts.

/** Runs from 128 on: the gap before each, and its length less one, in base 36. */
export const VALID = '${written(runsOf((codePoint) => valid.has(codePoint)))}';

export const MARKS = '${written(runsOf((codePoint) => valid.has(codePoint) && combiningMarks.test(String.fromCodePoint(codePoint))))}';

export const RIGHT_TO_LEFT = '${written(runsOf((codePoint) => bidiDomain.test(String.fromCodePoint(codePoint))))}';
`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(FILE, makeTable());
