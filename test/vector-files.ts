// What does a file of `test/vectors` hold? A recorded check, the rules it shows, and what decides of the report.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Report } from '../src/verdict/report.ts';
import { preserve, type Recorded, revive } from './recorded.ts';

export const FOLDER = fileURLToPath(new URL('vectors/', import.meta.url));

/** The parts of a report that tell a wrong verdict from a right one. */
const decidingParts = ({
  status,
  strength,
  because,
  levels,
  validUntil,
  deciding,
  emblems,
  tokens,
  problems,
}: Report) => ({
  status,
  strength,
  because,
  levels,
  validUntil,
  deciding,
  problems: problems.map(({ code }) => code),
  tokens: tokens.map(({ outcome }) => outcome),
  emblems: emblems.map((emblem) => ({
    status: emblem.status,
    generation: emblem.generation,
    issuer: emblem.issuer,
    issuerProven: emblem.issuerProven,
    endorsedBy: emblem.endorsedBy,
    coveredBy: emblem.coveredBy,
    commitments: emblem.chain.map(({ commitment }) => commitment.outcome),
    problems: emblem.problems.map(({ code }) => code),
  })),
});

export type Expected = ReturnType<typeof decidingParts>;
export const expectedOf = (report: Report): Expected => decidingParts(report);

export interface VectorFile {
  readonly title: string;
  /** Numbers of `docs/rules`. */
  readonly rules: readonly string[];
  readonly seen: Recorded;
  readonly expected: Expected;
}

/** The text of a file. */
export const writeVector = (file: VectorFile): string => `${JSON.stringify(JSON.parse(preserve(file)), null, 1)}\n`;

/** Every file by its name, in the order of the names. */
export const readVectorFiles = (): ReadonlyMap<string, VectorFile> =>
  new Map(
    readdirSync(FOLDER)
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .map((name) => [name, revive<VectorFile>(readFileSync(FOLDER + name, 'utf8'))]),
  );

/** The text of the folder's README. */
export const describeVectors = (files: ReadonlyMap<string, VectorFile>): string =>
  `# Vectors

One check a file: the visit, the time, what DNS and logs answered, and what decides of the report. Keys, signatures and clock are frozen; \`bytes:\` begins base64. Everything is made by the project's own issuer (\`test/lab\`) and by the scenes of \`test/unit/check\`. \`npm run vectors\` makes what is missing and writes this table; to make a file anew, delete it first.

| file | shows | rules | expected |
| --- | --- | --- | --- |
${[...files]
  .map(([name, { title, rules, expected }]) =>
    [
      '',
      `[${name}](${name})`,
      title.replaceAll('|', String.raw`\|`),
      rules.join(', '),
      [expected.status, expected.strength, expected.because].filter((part) => part !== null).join(', '),
      '',
    ]
      .join(' | ')
      .trim(),
  )
  .join('\n')}
`;
