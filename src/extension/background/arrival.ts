// Arrival of a page in a tab: what is known the moment it stands there. Pure: from what was known before, and what the
// person has chosen.

import type { Report } from '../../verdict/report.ts';
import type { TabRecord } from './tab-record.ts';

/** A page that has come to stand in a tab. */
export interface Arrival extends VisitedPage {
  /** Names this navigation and no other. */
  readonly stamp: string;
  readonly url: string | null;
  readonly at: number;
  readonly address: string | null;
  /** Chrome's name for the document; null in Firefox. */
  readonly document: string | null;
}

/** Whether a report was made later than now: the clock was set back, and nobody can say how long it stands. */
export const isFromFuture = (report: Report, now: number): boolean => Date.parse(report.checkedAt) > now;

/** Whether a report's verdict still stands; one without an end (nothing could be learned) never does. */
export const isCurrent = (report: Report, now: number): boolean =>
  report.validUntil !== null && now < Date.parse(report.validUntil) && !isFromFuture(report, now);

/** Whether the verdict shown for a page has passed its end. */
export const isOutdated = ({ phase, report }: TabRecord, now: number): boolean =>
  phase === 'done' &&
  report !== null &&
  (isFromFuture(report, now) || (report.validUntil !== null && !isCurrent(report, now)));

/** Whether this page must be checked now: never before the person has chosen so, or asked. */
export const mustCheck = (record: TabRecord, automatic: boolean, now: number): boolean => {
  if (record.phase === 'checking' || (record.retryAt !== null && now >= record.retryAt)) return true;
  return automatic && (record.phase === 'idle' || isOutdated(record, now));
};

/**
 * Who wants a verdict brought up to date: time that passed, a tab that came to the front (or the network, back), or the
 * popup.
 */
export type Occasion = 'time' | 'front' | 'popup';

/** How long a page may stay open before its coming to the front lets the DNS be asked again, in milliseconds. */
const LONG_OPEN = 3_600_000;

/**
 * The record to begin a check with that brings a verdict up to date; null where none is due. A page that stays open is
 * judged anew from what is kept:
 * the DNS must not learn how long it does.
 */
export function renewing(record: TabRecord, occasion: Occasion, automatic: boolean, now: number): TabRecord | null {
  const asking = { ...record, keptOnly: false, askedAt: now };
  if (record.phase !== 'done')
    return mustCheck(record, automatic, now) ? (record.phase === 'checking' ? record : asking) : null;
  if ((record.retryAt !== null && now >= record.retryAt) || (occasion !== 'time' && record.failures > 0)) return asking;
  if (!automatic) return null;
  const isDue = isOutdated(record, now);
  const mayAsk = occasion === 'popup' || (occasion === 'front' && now - record.askedAt >= LONG_OPEN);
  if (mayAsk && (isDue || record.keptOnly)) return asking;
  return isDue ? { ...record, keptOnly: true } : null;
}

// When a check that learned nothing is made again, and then no more by itself: a page left open must not tell how long
// it is.
const RETRIES: readonly number[] = [30_000, 120_000, 600_000];

/**
 * The record of a page whose check has ended. An answer that learned nothing takes no verdict away that still stands.
 */
export function ended(record: TabRecord, report: Report, now: number): TabRecord {
  const done = { ...record, phase: 'done' as const, step: null, fresh: false };
  if (report.status !== 'unknown' || report.validUntil !== null || report.requests.length === 0)
    return { ...done, report, failures: 0, retryAt: null };
  const delay = RETRIES[record.failures];
  const last = record.report !== null && isCurrent(record.report, now) ? record.report : report;
  return { ...done, report: last, failures: record.failures + 1, retryAt: delay === undefined ? null : now + delay };
}

/**
 * The record of a page whose check must wait until `later`: an answer that still stands stays, or else this report says
 * why there is none.
 */
export const refused = (record: TabRecord, report: Report, later: number, now: number): TabRecord => ({
  ...record,
  phase: 'done',
  step: null,
  retryAt: later,
  report: record.report !== null && isCurrent(record.report, now) ? record.report : report,
});

/** A record to begin a check with; an earlier report is shown meanwhile only while it stands. */
export const beginning = (record: TabRecord, now: number): TabRecord => ({
  ...record,
  phase: 'checking',
  step: 'records',
  report: record.report !== null && isCurrent(record.report, now) ? record.report : null,
});

/**
 * The record of a page that has just arrived. An answer for the same host, page and address is kept while it stands;
 * where each site is checked it is judged anew meanwhile, from records that are kept: an undetermined log may answer by
 * now.
 */
export function arrive(before: TabRecord | null, arrival: Arrival, automatic: boolean, now: number): TabRecord {
  const same =
    before !== null &&
    before.host === arrival.host &&
    before.page === arrival.page &&
    before.address === arrival.address;
  const { stamp, host, page, url, address, document } = arrival;
  const record: TabRecord = {
    stamp,
    host,
    page,
    url,
    address,
    document,
    committedAt: arrival.at,
    fresh: false,
    keptOnly: false,
    askedAt: now,
    failures: 0,
    retryAt: null,
    phase: 'idle',
    step: null,
    report: null,
  };
  if (!automatic && same && before.report !== null && before.phase === 'done' && isCurrent(before.report, now))
    return { ...record, askedAt: before.askedAt, phase: 'done', report: before.report };
  // The answer under way is this page's too: it depends on nothing but host, page and address.
  if (same && before.phase === 'checking')
    return beginning({ ...record, stamp: before.stamp, fresh: before.fresh, report: before.report }, now);
  return automatic ? beginning({ ...record, report: same ? before.report : null }, now) : record;
}

/**
 * A page of a site: the host as it stands in the address bar (A-labels, brackets around IPv6), and how it was loaded.
 */
export interface VisitedPage {
  readonly host: string;
  readonly page: 'https' | 'http';
}

/** The site an address shows; null for browser pages, extension pages, files and all else that no host serves. */
export function visitedPage(url: string): VisitedPage | null {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname } = new URL(url);
  if (hostname === '') return null;
  switch (protocol) {
    case 'https:':
      return { host: hostname, page: 'https' };
    case 'http:':
      return { host: hostname, page: 'http' };
    default:
      return null;
  }
}
