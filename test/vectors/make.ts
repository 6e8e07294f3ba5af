// Which vectors are missing? Makes them from the sites of the lab and the scenes of the rules; those that stand stay as
// they are, for signatures differ each time.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type ProblemCode, PROBLEMS } from '../../src/problem.ts';
import { PROBLEM_SOURCES, type ProblemSource } from '../../src/problem-sources.ts';
import { parseJwk } from '../../src/emblem/key.ts';
import type { Report } from '../../src/verdict/report.ts';
import { createLab } from '../lab/lab.ts';
import type { Organisation } from '../lab/organisation.ts';
import { preserve } from '../recorded.ts';
import { type Made, recordScenes, recordSite } from '../recordings.ts';
import { describeVectors, expectedOf, FOLDER, readVectorFiles, writeVector } from '../vector-files.ts';

const NOW = Date.parse('2026-11-01T12:00:00Z');
/** A scene that would need more bytes shows its rule too laboriously to be read. */
const LARGEST = 40_000;

const sourceOf = new Map<string, ProblemSource>(
  Object.values(PROBLEM_SOURCES).flatMap((codes) => Object.entries(codes)),
);
const messages: Readonly<Record<string, { readonly message: string }>> = JSON.parse(
  readFileSync(new URL('../../public/_locales/en/messages.json', import.meta.url), 'utf8'),
);

const errorsOf = (report: Report): ReadonlySet<ProblemCode> =>
  new Set(
    [...report.problems, ...report.emblems.flatMap(({ problems }) => problems)]
      .map(({ code }) => code)
      .filter((code) => PROBLEMS[code] === 'error'),
  );

/** The status, the strength where there is one, and the rules of what is wrong. */
const rulesOf = (report: Report): readonly string[] => [
  'V12',
  ...(report.strength === null ? [] : ['V10']),
  ...new Set([...errorsOf(report)].flatMap((code) => sourceOf.get(code)?.rule ?? [])),
];

/** Generation, outcome, the logs asked, and the site's first label. */
function nameOf(host: string, { recorded, report: { emblems, strength, because, status } }: Made): string {
  const asked = Object.keys(recorded.answers).join(' ');
  return [
    emblems[0]?.generation ?? 'dns',
    strength ?? (because === 'other' ? status : (because ?? status)),
    ...(asked.includes('/ct/v1/') ? ['rfc6962'] : []),
    ...(asked.includes('/tile/') ? ['static'] : []),
    host.slice(0, host.indexOf('.')).slice(0, 14),
  ].join('-');
}

const make = (name: string, title: string, rules: readonly string[], { recorded: seen, report }: Made): void => {
  const path = `${FOLDER}${name}.json`;
  if (!existsSync(path)) writeFileSync(path, writeVector({ title, rules, seen, expected: expectedOf(report) }));
};

const lab = await createLab({ now: NOW });
for (const { host, shows } of lab.sites) {
  // One after the other: each site asks the same logs.
  const made = await recordSite(lab, host);
  if (preserve(made.recorded).length < LARGEST * 2) make(nameOf(host, made), shows, rulesOf(made.report), made);
}

const trusting = async (host: string, { root, oi }: Organisation): Promise<Made> => {
  const key = parseJwk(root.jwk);
  if (!key.ok) throw new Error(key.problem.code);
  return recordSite(lab, host, [{ key: key.value.key, algorithm: null, organisation: oi }]);
};
make(
  'jws-trusted-rfc6962-clinic',
  'The visitor trusts the key of the authority that vouches.',
  ['V8', 'V10'],
  await trusting('clinic.relief.example', lab.organisations.state),
);
make(
  'cwt-trusted-rfc6962-ward',
  'The visitor trusts the key of the authority that vouches, 2026 draft.',
  ['V8', 'V10'],
  await trusting('ward.relief.example', lab.organisations.state),
);

const shortest = new Map<ProblemCode, Made>();
for (const made of await recordScenes()) {
  const [code, ...others] = errorsOf(made.report);
  const own = made.recorded.visit.host.endsWith('.example');
  if (code === undefined || others.length > 0 || !own) continue;
  const size = preserve(made.recorded).length;
  const known = shortest.get(code);
  if (size < LARGEST && (known === undefined || size < preserve(known.recorded).length)) shortest.set(code, made);
}
for (const [code, made] of shortest) {
  const rule = sourceOf.get(code)?.rule;
  const title = messages[`problem_${code.replaceAll('-', '_')}`]?.message;
  if (rule === undefined || title === undefined) throw new Error(`nothing is said of ${code}`);
  make(`fault-${code}`, title.replaceAll(/\s+/gv, ' '), [rule], made);
}

writeFileSync(`${FOLDER}README.md`, describeVectors(readVectorFiles()));
