// What do the tests of the browser's side begin with? Records and reports, each member as plain as it can be.

import type { TabRecord } from '../../../src/extension/background/tab-record.ts';
import type { Report } from '../../../src/verdict/report.ts';

export const NOW = Date.parse('2026-06-17T00:10:00Z');

export const report = (change: Partial<Report> = {}): Report => ({
  report: 1,
  host: 'clinic.example',
  address: null,
  checkedAt: '2026-06-17T00:09:00Z',
  status: 'marked',
  strength: 'endorsed',
  because: null,
  validUntil: '2026-06-17T00:15:00Z',
  levels: [],
  emblems: [],
  tokens: [],
  deciding: null,
  blockedOrigins: [],
  problems: [],
  requests: [],
  ...change,
});

export const record = (change: Partial<TabRecord> = {}): TabRecord => ({
  stamp: 'first',
  host: 'clinic.example',
  page: 'https',
  phase: 'done',
  step: null,
  report: report(),
  url: null,
  committedAt: NOW - 60_000,
  address: null,
  document: null,
  fresh: false,
  keptOnly: false,
  askedAt: NOW - 60_000,
  failures: 0,
  retryAt: null,
  ...change,
});
