// Is a page checked when, and only when, it should be, and is no answer shown that is not its own?

import { describe, expect, it } from 'vitest';
import {
  type Arrival,
  arrive,
  beginning,
  ended,
  isOutdated,
  mustCheck,
  refused,
  renewing,
} from '../../../src/extension/background/arrival.ts';
import { NOW, record, report } from './fixtures.ts';

const arrival: Arrival = {
  stamp: 'second',
  host: 'clinic.example',
  page: 'https',
  url: null,
  at: NOW,
  address: null,
  document: null,
};
const outdated = report({ validUntil: '2026-06-17T00:10:00Z' });

describe('arriving at a page', () => {
  it('begins a check where each site is checked', () => {
    expect(arrive(null, arrival, true, NOW)).toMatchObject({
      stamp: 'second',
      phase: 'checking',
      step: 'records',
      report: null,
    });
  });

  it('checks nothing before the person asks or has chosen so', () => {
    expect(arrive(null, arrival, false, NOW)).toMatchObject({ phase: 'idle', step: null, report: null });
  });

  it('keeps an answer that isCurrent for the same host, and judges anew meanwhile where each site is checked', () => {
    expect(arrive(record(), arrival, false, NOW)).toMatchObject({ stamp: 'second', phase: 'done', report: report() });
    expect(arrive(record(), arrival, true, NOW)).toMatchObject({
      stamp: 'second',
      phase: 'checking',
      report: report(),
    });
  });

  it.each([{ host: 'other.example' }, { page: 'http' as const }, { address: '192.0.2.7' }])(
    'drops the answer where %j differs',
    (change) => {
      expect(arrive(record(), { ...arrival, ...change }, true, NOW)).toMatchObject({ phase: 'checking', report: null });
      expect(arrive(record(), { ...arrival, ...change }, false, NOW)).toMatchObject({ phase: 'idle', report: null });
    },
  );

  it('drops an answer past its end', () => {
    expect(arrive(record({ report: outdated }), arrival, true, NOW)).toMatchObject({ phase: 'checking', report: null });
    expect(arrive(record({ report: outdated }), arrival, false, NOW)).toMatchObject({ phase: 'idle', report: null });
  });

  it('asks anew after an answer without an end', () => {
    expect(
      arrive(record({ report: report({ status: 'unknown', strength: null, validUntil: null }) }), arrival, true, NOW),
    ).toMatchObject({ phase: 'checking', report: null });
  });

  it('awaits the answer under way for the same host, and no other', () => {
    const checking = record({ phase: 'checking', step: 'logs', report: null });
    expect(arrive(checking, arrival, false, NOW)).toMatchObject({ stamp: 'first', phase: 'checking' });
    expect(arrive(checking, { ...arrival, host: 'other.example' }, true, NOW).stamp).toBe('second');
  });
});

describe('a check that must wait', () => {
  const why = report({ status: 'unknown', strength: null, validUntil: null });

  it('says so, and is made when it may be', () => {
    const waiting = refused(record({ phase: 'checking', step: 'records', report: null }), why, NOW + 60_000, NOW);
    expect(waiting).toMatchObject({ phase: 'done', step: null, report: why, retryAt: NOW + 60_000 });
    expect(mustCheck(waiting, true, NOW + 59_999)).toBe(false);
    expect(mustCheck(waiting, true, NOW + 60_000)).toBe(true);
  });

  it('takes no verdict away that still stands', () => {
    expect(refused(record({ phase: 'checking' }), why, NOW + 60_000, NOW).report).toEqual(report());
    expect(refused(record({ phase: 'checking', report: outdated }), why, NOW + 60_000, NOW).report).toEqual(why);
  });
});

describe('a check that learned nothing', () => {
  const nothing = report({
    status: 'unknown',
    strength: null,
    validUntil: null,
    requests: [{ to: 'resolver.example', purpose: 'dns', what: 'TXT', start: 0, ms: 1, bytes: 0, ok: false }],
  });

  it('takes no verdict away that still stands', () => {
    expect(ended(record({ phase: 'checking' }), nothing, NOW)).toMatchObject({
      phase: 'done',
      report: report(),
      failures: 1,
    });
    expect(ended(record({ phase: 'checking', report: outdated }), nothing, NOW).report).toEqual(nothing);
  });

  it('is made again after 30 seconds, 2 and 10 minutes, and then no more by itself', () => {
    const delays = [0, 1, 2, 3].map(
      (failures) => ended(record({ phase: 'checking', report: null, failures }), nothing, NOW).retryAt,
    );
    expect(delays).toEqual([NOW + 30_000, NOW + 120_000, NOW + 600_000, null]);
    expect(mustCheck(record({ report: nothing, failures: 1, retryAt: NOW }), false, NOW)).toBe(true);
    expect(mustCheck(record({ report: nothing, failures: 1, retryAt: NOW + 1 }), true, NOW)).toBe(false);
  });

  it('is forgotten by one that learned something, and by one that asks nobody', () => {
    expect(ended(record({ phase: 'checking', failures: 2 }), report(), NOW)).toMatchObject({
      failures: 0,
      retryAt: null,
    });
    expect(ended(record({ phase: 'checking', report: null }), { ...nothing, requests: [] }, NOW)).toMatchObject({
      failures: 0,
      retryAt: null,
    });
  });
});

describe('what is due', () => {
  it('completes every unfinished check', () => {
    expect(mustCheck(record({ phase: 'checking', report: null }), false, NOW)).toBe(true);
  });

  it('renews an outdated verdict only where each site is checked', () => {
    expect(isOutdated(record({ report: outdated }), NOW)).toBe(true);
    expect(mustCheck(record({ report: outdated }), true, NOW)).toBe(true);
    expect(mustCheck(record({ report: outdated }), false, NOW)).toBe(false);
  });

  it('looks again at a verdict from the future, for the clock was set back, also where it has no end', () => {
    for (const validUntil of ['2026-06-17T01:00:00Z', null]) {
      expect(isOutdated(record({ report: report({ checkedAt: '2026-06-17T00:30:00Z', validUntil }) }), NOW)).toBe(true);
    }
  });

  it('resumes a check as it was asked for', () => {
    expect(beginning(record({ phase: 'checking', report: null, fresh: true }), NOW).fresh).toBe(true);
    expect(arrive(record({ phase: 'checking', report: null, fresh: true }), arrival, true, NOW).fresh).toBe(true);
  });

  it('lets a verdict stand until its end', () => {
    expect(isOutdated(record(), NOW)).toBe(false);
    expect(mustCheck(record(), true, NOW)).toBe(false);
  });

  it('does not repeat by itself what could not be learned', () => {
    expect(mustCheck(record({ report: report({ validUntil: null }) }), true, NOW)).toBe(false);
  });

  it('shows an outdated verdict no longer while it is renewed', () => {
    expect(beginning(record({ report: outdated }), NOW).report).toBeNull();
    expect(beginning(record(), NOW).report).toEqual(report());
  });
});

describe('a page that stays open', () => {
  const open = record({ report: outdated, askedAt: NOW - 3_599_999 });

  it('is judged anew from what is kept when its verdict ends: the DNS is not asked', () => {
    expect(renewing(open, 'time', true, NOW)).toMatchObject({ keptOnly: true, askedAt: open.askedAt });
    expect(renewing(open, 'front', true, NOW)).toMatchObject({ keptOnly: true });
    expect(renewing(record(), 'time', true, NOW)).toBeNull();
  });

  it('is asked about again in front after an hour, and when the popup opens', () => {
    expect(renewing({ ...open, askedAt: NOW - 3_600_000 }, 'front', true, NOW)).toMatchObject({
      keptOnly: false,
      askedAt: NOW,
    });
    expect(renewing({ ...open, askedAt: NOW - 3_600_000 }, 'time', true, NOW)).toMatchObject({ keptOnly: true });
    expect(renewing(open, 'popup', true, NOW)).toMatchObject({ keptOnly: false, askedAt: NOW });
  });

  it('is asked about again where what is shown rests on kept records alone', () => {
    const kept = record({ keptOnly: true, report: report({ validUntil: null }), askedAt: NOW - 3_600_000 });
    expect(renewing(kept, 'time', true, NOW)).toBeNull();
    expect(renewing(kept, 'front', true, NOW)).toMatchObject({ keptOnly: false });
    expect(renewing({ ...kept, askedAt: NOW }, 'front', true, NOW)).toBeNull();
    expect(renewing({ ...kept, askedAt: NOW }, 'popup', true, NOW)).toMatchObject({ keptOnly: false });
  });

  it('is not asked about by itself where the person checks on a click', () => {
    expect(renewing(open, 'popup', false, NOW)).toBeNull();
    expect(renewing(record({ phase: 'idle', report: null }), 'front', false, NOW)).toBeNull();
    expect(renewing(record({ phase: 'idle', report: null }), 'front', true, NOW)).toMatchObject({ keptOnly: false });
  });
});
