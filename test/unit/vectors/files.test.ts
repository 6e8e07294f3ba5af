// Do the frozen files say what the check says today? Each is judged anew; and one byte of a token
// turned over is noticed, and so is a log that falls silent.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it, test } from 'vitest';
import type { LogAnswer } from '../../../src/transparency/log.ts';
import { checkRecorded } from '../../recorded.ts';
import { suffixes } from '../../recordings.ts';
import { describeVectors, expectedOf, FOLDER, readVectorFiles, writeVector } from '../../vector-files.ts';

const files = readVectorFiles();
const said = [...files.values()].map(({ expected }) => expected);
const emblems = said.flatMap((expected) => expected.emblems);

const turnOver = (bytes: Uint8Array, at: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(bytes.with(at, (bytes[at] ?? 0) ^ 1));

describe.each([...files])('%s', (name, { title, rules, seen, expected }) => {
  it('leads to what it expects', async () => {
    expect(expectedOf(await checkRecorded(seen, suffixes))).toEqual(expected);
  });

  it('is written as it is read, with a title and rules', () => {
    expect(writeVector({ title, rules, seen, expected })).toBe(readFileSync(FOLDER + name, 'utf8'));
    expect(title).not.toBe('');
    expect(rules).not.toEqual([]);
  });
});

const marked = [...files].filter(([, { expected }]) => expected.status === 'marked');

describe.each(marked)('%s, attacked', (_name, { seen, expected }) => {
  it('no longer leads there with one byte of any token altered that it rests on', async () => {
    const { tokens } = await checkRecorded(seen, suffixes);
    const used = tokens.filter(({ kind, outcome }) => kind !== 'key' && outcome === 'used');
    const reports = await Promise.all(
      seen.found.records.map(async (record, at) => {
        const altered = { ...record, data: turnOver(record.data, record.data.length - 20) };
        const found = { ...seen.found, records: seen.found.records.with(at, altered) };
        return expectedOf(await checkRecorded({ ...seen, found }, suffixes));
      }),
    );
    const noticed = reports.filter((report) => !isDeepStrictEqual(report, expected));
    expect(used).not.toEqual([]);
    expect(noticed.length).toBeGreaterThanOrEqual(used.length);
  });

  it('no longer leads there when its logs answer nothing', async () => {
    const answers: Readonly<Record<string, LogAnswer>> = {};
    expect(expectedOf(await checkRecorded({ ...seen, answers, outcomes: {} }, suffixes))).not.toEqual(expected);
  });
});

test('together the files show every status, strength and reason, both generations and both kinds of log', () => {
  expect(files.size).toBeGreaterThanOrEqual(40);
  expect(new Set(said.map(({ status }) => status))).toEqual(
    new Set(['marked', 'unconfirmed', 'not-covered', 'unknown', 'invalid', 'none']),
  );
  expect(new Set(said.map(({ strength }) => strength))).toEqual(new Set(['trusted', 'endorsed', 'declared', null]));
  expect(new Set(said.map(({ because }) => because))).toEqual(
    new Set([
      'no-organisation',
      'log-unreachable',
      'log-not-known',
      'log-not-proven',
      'expired',
      'not-yet-valid',
      'unsigned',
      'other',
      null,
    ]),
  );
  expect(new Set(emblems.map(({ generation }) => generation))).toEqual(new Set(['jws', 'cwt']));
  const asked = [...files.values()].flatMap(({ seen }) => Object.keys(seen.answers));
  expect(asked.some((url) => url.includes('/ct/v1/'))).toBe(true);
  expect(asked.some((url) => url.includes('/tile/'))).toBe(true);
});

test('every rule of a file stands in docs/rules', () => {
  const folder = fileURLToPath(new URL('../../../docs/rules/', import.meta.url));
  const text = readdirSync(folder)
    .map((name) => readFileSync(folder + name, 'utf8'))
    .join('');
  const cited = new Set([...files.values()].flatMap(({ rules }) => rules));
  expect([...cited].filter((rule) => !text.includes(`**[${rule}]**`))).toEqual([]);
  expect(new Set([...cited].map((rule) => rule.charAt(0)))).toEqual(new Set(['C', 'D', 'J', 'K', 'U', 'V']));
});

test('the README names every file with its rules', () => {
  expect(readFileSync(`${FOLDER}README.md`, 'utf8')).toBe(describeVectors(files));
});
