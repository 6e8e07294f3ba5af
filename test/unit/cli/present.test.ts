// Can a report steer the terminal it is shown in, and does it name who stands behind an emblem only where that is
// shown?

import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { presentReport } from '../../../src/cli/text-report.ts';
import type { Report, ReportedEmblem, ReportedLink } from '../../../src/verdict/report.ts';

const emblem: ReportedEmblem = {
  generation: 'jws',
  set: null,
  status: 'marked',
  levels: ['SIGNED', 'ORGANIZATIONAL'],
  issuer: 'https://relief.example',
  issuerProven: true,
  strength: 'declared',
  because: null,
  endorsementsUndetermined: [],
  endorsedBy: [],
  throughBelow: [],
  purposes: [],
  assets: ['clinic.example'],
  coveredBy: 'clinic.example',
  notBefore: null,
  notAfter: null,
  chain: [],
  problems: [],
};
const report: Report = {
  report: 1,
  host: 'clinic.example',
  address: null,
  checkedAt: '2026-06-17T00:10:00Z',
  status: 'marked',
  strength: 'declared',
  because: null,
  validUntil: null,
  levels: [],
  emblems: [emblem],
  tokens: [],
  deciding: 0,
  blockedOrigins: [],
  problems: [],
  requests: [],
};

test('a proven issuer says so, a claimed one only claims', () => {
  expect(presentReport(report)).toContain('    relief.example says so.\n');
  const claimed = presentReport({ ...report, emblems: [{ ...emblem, issuerProven: false }] });
  expect(claimed).not.toContain('says so');
  expect(claimed).toContain('It claims to be https://relief.example, not shown.');
});

const LINK: ReportedLink = {
  role: 'internal',
  token: 1,
  issuer: 'https://relief.example',
  subject: 'https://relief.example',
  kid: 'k',
  endorses: 'e',
  mayEndorse: true,
  algorithm: 'ES256',
  notBefore: '2026-06-17T00:00:00Z',
  notAfter: '2026-06-18T00:00:00Z',
  trusted: false,
  commitment: { outcome: 'undetermined', logs: [] },
};

test('of a proven name it is told whose it is, and that a name below it spoke', () => {
  const state = 'https://health.state.example';
  const told = presentReport({
    ...report,
    emblems: [
      {
        ...emblem,
        endorsedBy: [state],
        throughBelow: ['https://relief.example'],
        chain: [{ ...LINK, role: 'external', issuer: state }, LINK],
      },
    ],
  });
  expect(told).toContain(
    '    relief.example (through a name below it) says so.\n    health.state.example (of state.example) vouches for it.\n',
  );
  expect(told).toContain(
    'external: health.state.example (of state.example) for relief.example (through a name below it), ES256',
  );
});

test('a name that is only claimed stands in no row of the chain, and of many that are said to vouch three are named', () => {
  const famous = Array.from({ length: 5 }, (_, i) => `https://famous-${i}.example`);
  const told = presentReport({
    ...report,
    emblems: [{ ...emblem, issuerProven: false, chain: [LINK], endorsementsUndetermined: famous }],
  });
  expect(told.replace('It claims to be https://relief.example, not shown.', '')).not.toContain('relief.example');
  expect(told).toContain(
    '    It claims that https://famous-2.example vouches for it; that is not shown.\n    It claims that 2 more vouch for it; that is not shown.',
  );
  expect(told).toContain('    internal: ES256 key k, commitment undetermined\n');
  expect(told).not.toContain('famous-3');
});

test('the identifier of a set is cut and quoted', () => {
  expect(
    presentReport({ ...report, emblems: [{ ...emblem, set: `a): marked (trusted${'x'.repeat(300)}` }] }),
  ).toContain(`  Emblem (“a): marked (trusted${'x'.repeat(41)}…”): marked`);
});

test('the format is named in the words of the popup', async () => {
  const messages: Readonly<Record<string, { readonly message: string }>> = JSON.parse(
    await readFile('public/_locales/en/messages.json', 'utf8'),
  );
  for (const generation of ['jws', 'cwt'] as const) {
    expect(presentReport({ ...report, emblems: [{ ...emblem, generation }] })).toContain(
      `    format: ${messages[`generation_${generation}`]?.message}\n`,
    );
  }
});

test('an emblem whose only fault is time is not called unsound', () => {
  const timed = {
    ...emblem,
    status: 'invalid',
    strength: null,
    notBefore: '2026-06-18T00:00:00Z',
    notAfter: '2026-06-16T00:00:00Z',
  } as const;
  const present = (because: 'expired' | 'not-yet-valid' | 'other'): string =>
    presentReport({
      ...report,
      status: 'invalid',
      strength: null,
      because,
      deciding: 1,
      emblems: [
        { ...timed, because: 'other', notBefore: null, notAfter: null },
        { ...timed, because },
      ],
    }).split('\n')[0] ?? '';
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
  const steering = presentReport({
    ...report,
    problems: [{ code: 'record-malformed', severity: 'warning', token: null, detail: 'a\u001b[2J\r\n\u202e\u009bb' }],
  });
  expect(steering).toContain('a\uFFFD[2J\uFFFD\uFFFD\uFFFD\uFFFDb');
  expect(steering.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/v);
});

test('advice is told with its token and how to mend it, and only where it is asked for', () => {
  const advised: Report = {
    ...report,
    tokens: [{ record: 0, kind: 'emblem', kid: null, issuer: 'https://relief.example', outcome: 'used' }],
    emblems: [
      {
        ...emblem,
        problems: [
          { code: 'claim-missing-emb', severity: 'advice', token: 0, detail: null },
          { code: 'token-expires-soon', severity: 'advice', token: 0, detail: '2026-06-18T00:00:00Z' },
          { code: 'commitment-without-domain', severity: 'warning', token: null, detail: 'relief.example' },
          { code: 'clock-suspect', severity: 'advice', token: 0, detail: null },
        ],
      },
    ],
  };
  const [, section = ''] = presentReport(advised, true).split('  Advice:\n');
  expect(section.split('\n').filter((_, at) => at % 3 === 0)).toEqual([
    '    claim-missing-emb in token 0 (emblem)',
    '    token-expires-soon in token 0 (emblem): 2026-06-18T00:00:00Z',
    '    commitment-without-domain: relief.example',
  ]);
  expect(
    section
      .split('\n')
      .filter((_, at) => at % 3 === 2)
      .every((line) => /^ {6}To mend it: \S.*\.$/.test(line)),
  ).toBe(true);
  expect(presentReport(advised)).not.toContain('To mend it');
  expect(presentReport(report, true)).toMatch(/\n {2}No advice\.$/);
});
