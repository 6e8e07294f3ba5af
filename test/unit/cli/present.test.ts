// Can a report steer the terminal it is shown in, and does it name who stands behind an emblem only where that is shown?

import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { presentReport } from '../../../src/cli/present.ts';
import type { Report, ReportedEmblem } from '../../../src/verdict/report.ts';

const emblem: ReportedEmblem = {
  generation: 'jws', set: null, status: 'marked', levels: ['SIGNED', 'ORGANIZATIONAL'], issuer: 'https://relief.example', issuerProven: true, strength: 'declared', because: null,
  endorsementsUndetermined: [], endorsedBy: [], purposes: [], assets: ['clinic.example'], coveredBy: 'clinic.example', notBefore: null, notAfter: null, chain: [], problems: [],
};
const report: Report = {
  report: 1, host: 'clinic.example', address: null, checkedAt: '2026-06-17T00:10:00Z', status: 'marked', strength: 'declared', because: null, validUntil: null,
  levels: [], emblems: [emblem], tokens: [], problems: [], requests: [],
};

test('a proven issuer says so, a claimed one only claims', () => {
  expect(presentReport(report)).toContain('https://relief.example says so.');
  const claimed = presentReport({ ...report, emblems: [{ ...emblem, issuerProven: false }] });
  expect(claimed).not.toContain('says so');
  expect(claimed).toContain('It claims to be of https://relief.example, not shown.');
});

test('the format is named in the words of the popup', async () => {
  const messages: Readonly<Record<string, { readonly message: string }>> = JSON.parse(await readFile('public/_locales/en/messages.json', 'utf8'));
  for (const generation of ['jws', 'cwt'] as const) {
    expect(presentReport({ ...report, emblems: [{ ...emblem, generation }] })).toContain(`    format: ${messages[`generation_${generation}`]?.message}\n`);
  }
});

test('an emblem whose only fault is time is not called unsound', () => {
  const timed = { ...emblem, status: 'invalid', strength: null, notBefore: '2026-06-18T00:00:00Z', notAfter: '2026-06-16T00:00:00Z' } as const;
  const present = (because: 'expired' | 'not-yet-valid' | 'other'): string =>
    presentReport({ ...report, status: 'invalid', strength: null, because, emblems: [{ ...timed, because: 'other', notBefore: null, notAfter: null }, { ...timed, because }] }).split('\n')[0] ?? '';
  expect(present('expired')).toBe('clinic.example bore an emblem that expired on 2026-06-16T00:00:00Z.');
  expect(present('not-yet-valid')).toBe('clinic.example has an emblem that is valid from 2026-06-18T00:00:00Z on.');
  expect(present('other')).toBe('clinic.example has emblem records that do not stand up (other).');
});

test('what it does not mean is said of every state but marked', () => {
  expect(presentReport(report)).not.toContain('says nothing');
  for (const status of ['unconfirmed', 'not-covered', 'unknown', 'invalid', 'none'] as const) {
    expect(presentReport({ ...report, status })).toContain('This says nothing about whether the site is protected.');
  }
});

test('control and format characters from the network are not passed on', () => {
  const steering = presentReport({ ...report, problems: [{ code: 'record-malformed', severity: 'warning', token: null, detail: 'a\u001b[2J\r\n\u202e\u009bb' }] });
  expect(steering).toContain('a\uFFFD[2J\uFFFD\uFFFD\uFFFD\uFFFDb');
  expect(steering.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/v);
});
