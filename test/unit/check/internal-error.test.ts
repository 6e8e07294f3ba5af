// Is an error of ours shown as one, with what helps to mend it?

import { expect, test } from 'vitest';
import { reportInternalError } from '../../../src/check.ts';
import { HOST, NOW } from './scene.ts';

const visit = { host: HOST, address: null, page: 'https' } as const;

test('it is no answer, and says what went wrong and where', () => {
  const report = reportInternalError(visit, NOW, new RangeError('too far'));
  expect(report).toMatchObject({
    host: HOST,
    status: 'unknown',
    validUntil: null,
    requests: [],
    problems: [{ code: 'internal-error', severity: 'error' }],
  });
  expect(report.problems[0]?.detail).toMatch(/^RangeError: too far \(internal-error\.test\.ts:\d+:\d+\)$/);
});

test('its particulars are cut, and hold no path', () => {
  const detail = reportInternalError(visit, NOW, new Error('x'.repeat(5000))).problems[0]?.detail ?? '';
  expect(detail.length).toBeLessThanOrEqual(301);
  expect(reportInternalError(visit, NOW, new Error('y')).problems[0]?.detail).not.toContain('/');
  expect(reportInternalError(visit, NOW, 'thrown as text').problems[0]?.detail).toBe('string');
});
