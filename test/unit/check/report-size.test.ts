// Is a report small whatever the records held, and does it keep what decides?

import { expect, test } from 'vitest';
import { cut, problem, type ProblemCode, PROBLEMS } from '../../../src/problem.ts';
import { bounded } from '../../../src/verdict/bounded-report.ts';
import { base64url, text } from '../../lab/wire.ts';
import { emblem as emblemOf, emblemLink, log, report as reportOf, rootLink } from '../../gallery/reports.ts';
import { tokenRecord } from '../../lab/issuer.ts';
import { checkScene, codesOf, emblemKey, makeEmblem, soundSet } from './scene.ts';

/** As documented (docs/REPORT.md, Size). */
const LARGEST = 1_000_000;
const sizeOf = (value: unknown): number => JSON.stringify(value).length;
const times = <T>(count: number, make: (place: number) => T): T[] =>
  Array.from({ length: count }, (_, place) => make(place));

test('what a stranger wrote is cut where a problem is made, never through a character', () => {
  expect(problem('algorithm-refused', 'x'.repeat(10_000)).detail).toBe(`${'x'.repeat(300)}…`);
  expect(problem('algorithm-refused', 'x'.repeat(300)).detail).toBe('x'.repeat(300));
  expect(cut(`a${'🐝'.repeat(9)}`, 4)).toBe('a🐝…');
});

test('100 emblems beside 100 endorsements with long headers make a small report', async () => {
  const payload = (await makeEmblem()).split('.')[1] ?? '';
  const token = (cty: string, place: number): string =>
    `${base64url(text(JSON.stringify({ alg: `${String.fromCodePoint(0)}${'x'.repeat(3000)}${place}`, cty, kid: emblemKey.kid })))}.${payload}.${base64url(text('x'))}`;
  const values = [
    ...times(100, (place) => tokenRecord(token('adem-emb', place), `-s${place}`)),
    ...times(95, (place) => tokenRecord(token('adem-end', place))),
  ];
  const report = await checkScene({
    records: values.map((value) => ({ generation: 'jws' as const, owner: 'clinic.relief.example', data: text(value) })),
  });
  expect(report).toMatchObject({ status: 'invalid' });
  expect(sizeOf(report)).toBeLessThan(LARGEST);
  expect(codesOf(report)).toEqual(expect.arrayContaining(['emblems-omitted', 'problems-omitted']));
  const sound = await checkScene({
    values: [...values, ...(await soundSet()).map((value) => value.replace('adem-token=', 'adem-token-zz='))].slice(
      -150,
    ),
  });
  expect(sound).toMatchObject({ status: 'marked', strength: 'endorsed' });
  expect(sound.emblems[sound.deciding ?? 99]).toMatchObject({
    status: 'marked',
    chain: [{ role: 'external' }, { role: 'internal' }, { role: 'emblem' }],
  });
  expect(sizeOf(sound)).toBeLessThan(LARGEST);
});

const NAME = `${'n'.repeat(60)}.${'n'.repeat(60)}.${'n'.repeat(60)}.${'n'.repeat(60)}.example`;
const codes = Object.keys(PROBLEMS).filter((code): code is ProblemCode => code in PROBLEMS);
const problems = times(300, (place) => ({
  ...problem(codes[place % codes.length] ?? 'no-emblem', String.fromCodePoint(0).repeat(999)),
  severity: 'error' as const,
  token: place,
}));
const names = times(1000, (place) => `${place}.${NAME}`);
/** Of one claim 8 entries are looked at, and 4 asked. */
const logs = times(8, () => log({ names }));
const links = (role: 'external' | 'internal') =>
  times(100, (token) => rootLink({ role, token, issuer: `https://${NAME}`, commitment: { outcome: 'holds', logs } }));
const worst = emblemOf({
  set: 's'.repeat(60_000),
  assets: names,
  endorsedBy: names,
  endorsementsUndetermined: names,
  throughBelow: names,
  problems,
  chain: [...links('external'), ...links('internal'), emblemLink()],
});

test('the worst of everything at once is below the documented size with room to spare, and what is left out is counted', () => {
  const report = bounded(
    reportOf(
      times(100, () => ({ ...worst })),
      {
        problems,
        tokens: times(200, (record) => ({
          record,
          kind: 'emblem',
          kid: 'k'.repeat(52),
          issuer: `https://${NAME}`,
          outcome: 'used',
        })),
      },
    ),
  );
  expect(sizeOf(report)).toBeLessThan(LARGEST * 0.75);
  expect(report.problems).toHaveLength(34);
  expect(report.problems.slice(-2)).toMatchObject([
    { code: 'problems-omitted', detail: '268' },
    { code: 'emblems-omitted', detail: String(100 - report.emblems.length) },
  ]);
  const [kept] = report.emblems;
  expect(kept?.problems.slice(-2)).toMatchObject([
    { code: 'problems-omitted', detail: '268' },
    { code: 'parts-omitted', detail: String(900 + 968 * 2 + 184) },
  ]);
  expect(kept?.chain).toHaveLength(17);
});

test('the emblem that decides is kept, wherever it isValid, and its place is right', () => {
  const weak = { ...worst, status: 'invalid', because: 'other', strength: null } as const;
  const strong = emblemOf({ strength: 'endorsed' });
  const report = bounded(reportOf([...times(60, () => ({ ...weak })), strong], { deciding: 60 }));
  expect(report.emblems.length).toBeLessThan(61);
  expect(report.emblems[report.deciding ?? 99]).toMatchObject({ strength: 'endorsed', problems: [] });
});

test('the loudest problems are kept, in their order', () => {
  const quiet = times(40, () => ({ ...problem('claim-not-used'), severity: 'info' as const, token: null }));
  const loud = { ...problem('signature-wrong'), severity: 'error' as const, token: 7 };
  const report = bounded(reportOf([emblemOf({ problems: [...quiet, loud] })]));
  expect(report.emblems[0]?.problems.slice(-2)).toMatchObject([
    { code: 'signature-wrong' },
    { code: 'problems-omitted', detail: '9' },
  ]);
});

test("of a certificate's names those of the organisation are kept", () => {
  const link = rootLink({
    commitment: {
      outcome: 'holds',
      logs: [log({ names: [...names, 'k.adem-configuration.relief.example', 'relief.example'] })],
    },
  });
  const kept = bounded(reportOf([emblemOf({ chain: [link, emblemLink()] })])).emblems[0]?.chain[0]?.commitment.logs[0]
    ?.names;
  expect(kept).toHaveLength(6);
  expect(kept?.slice(0, 2)).toEqual(['k.adem-configuration.relief.example', 'relief.example']);
});

test('a report within its bounds stays as it is', () => {
  const small = reportOf([emblemOf(), emblemOf({ status: 'invalid', because: 'expired', strength: null })]);
  expect(bounded(small)).toEqual(small);
});
