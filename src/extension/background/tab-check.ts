// How is the page in a tab checked, so that neither a late answer nor the background's end does harm?

import { reportInternalError, reportRefused } from '../../check.ts';
import type { Report } from '../../verdict/report.ts';
import { expectCheck, expectNoCheck, expectRenewal, expectRetry } from './alarms.ts';
import { beginning, ended, isFromFuture, isOutdated, type Occasion, refused, renewing } from './arrival.ts';
import { draw } from './toolbar.ts';
import { runCheck } from './run-check.ts';
import { readSettings } from '../settings.ts';
import { inTurn, readRecord, type TabRecord, writeRecord } from './tab-record.ts';
import type { Asking } from '../tab-store.ts';
import { openPace } from './turns.ts';

/**
 * A check that runs in this life of the background, and of which navigation. Nothing is lost with it: the alarm starts
 * the check anew.
 */
interface RunningCheck {
  readonly tabId: number;
  readonly stamp: string;
  readonly end: AbortController;
}
const running = new Set<RunningCheck>();

const runs = (tabId: number, { stamp }: TabRecord): boolean =>
  [...running].some((check) => check.tabId === tabId && check.stamp === stamp);

/**
 * Ends the checks of pages that have gone from a tab: all but those of the navigation with this stamp, where one stands
 * there.
 */
export function endChecks(tabId: number, but: string | null = null): void {
  for (const check of running) if (check.tabId === tabId && check.stamp !== but) check.end.abort();
}

/** Keeps and draws a tab's record. Work in the tab's turn. */
export async function show(tabId: number, record: TabRecord): Promise<void> {
  endChecks(tabId, record.stamp);
  await writeRecord(tabId, record);
  await draw(tabId, record);
}

/**
 * Of one tab at most so many checks in a minute [C9], lest a page that changes its name by script make us hammer
 * others.
 */
const mayBegin = openPace(10, 60_000);

/**
 * Shows that a check is under way, and makes sure that it ends even if the background does first; `finish` follows
 * outside of the turn, with what is returned.
 * Null where the tab was checked too often: then the check is made later. Work in the tab's turn.
 */
export async function beginCheck(tabId: number, record: TabRecord): Promise<TabRecord | null> {
  const now = Date.now();
  const later = mayBegin(tabId, now);
  if (later !== null) {
    await show(tabId, refused(record, reportRefused(record, now), later, now));
    await expectRetry(tabId, later);
    return null;
  }
  await expectCheck(tabId, now);
  await show(tabId, beginning(record, now));
  return record;
}

/** Changes the record of a navigation, if that is still what the tab shows: an answer for another is dropped. */
const change = (tabId: number, stamp: string, to: (record: TabRecord) => Promise<void>): Promise<void> =>
  inTurn(tabId, async () => {
    const record = await readRecord(tabId);
    if (record !== null && record.stamp === stamp && record.phase === 'checking') await to(record);
  });

/** A verdict that has an end is looked at again then. */
const expectEnd = async ({ validUntil }: Report): Promise<void> => {
  if (validUntil !== null) await expectRenewal(Date.parse(validUntil), Date.now());
};

export interface CheckOptions {
  /**
   * Firefox tells of a response up to a tenth of a second after the commit of its page: a page that came from a private
   * address is not asked about.
   */
  readonly awaitsResponse?: boolean;
}

const RESPONSE_LATE = 300;

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** Runs the check of a record that `beginCheck` has shown, unless it is running already, and shows the answer. */
export async function finish(
  tabId: number,
  record: TabRecord,
  { awaitsResponse = false }: CheckOptions = {},
): Promise<void> {
  const { stamp, host, page, address, fresh, keptOnly } = record;
  if (runs(tabId, record)) return;
  const own: RunningCheck = { tabId, stamp, end: new AbortController() };
  running.add(own);
  try {
    if (awaitsResponse) await pause(RESPONSE_LATE);
    if (awaitsResponse && (await readRecord(tabId))?.stamp !== stamp) return;
    const report = await runCheck({ host, page, address }, { fresh, keptOnly }, own.end.signal, (step) => {
      void change(tabId, stamp, (current) => writeRecord(tabId, { ...current, step }));
    });
    // Its page has gone, or it was an answer to another question: what stands in the tab now has begun its own.
    if (report === null) return;
    await change(tabId, stamp, async (current) => {
      const done = ended(current, report, Date.now());
      await show(tabId, done);
      // In this order: the one alarm is there until the other is.
      await expectEnd(done.report ?? report);
      await (done.retryAt === null ? expectNoCheck(tabId) : expectRetry(tabId, done.retryAt));
    });
  } catch (fault) {
    // An error of ours is shown as one, and nothing begins again by itself for it.
    console.error(fault);
    const report = reportInternalError({ host, page, address }, Date.now(), fault);
    await change(tabId, stamp, async (current) => {
      await show(tabId, { ...current, phase: 'done', step: null, fresh: false, failures: 0, retryAt: null, report });
      await expectNoCheck(tabId);
    });
  } finally {
    running.delete(own);
  }
}

/**
 * What is due for the page in a tab: a check cut short, or an outdated verdict, or a first check where each site is
 * checked; begun, if it is a check. Work in the tab's turn.
 */
async function beginDue(tabId: number, occasion: Occasion): Promise<TabRecord | null> {
  const record = await readRecord(tabId);
  if (record === null || runs(tabId, record)) return null;
  const now = Date.now();
  const { automatic } = await readSettings();
  const due = renewing(record, occasion, automatic === true, now);
  if (due !== null) return beginCheck(tabId, due);
  // On a click only: what was asked for once is not asked again, but neither does an outdated verdict stay.
  if (isOutdated(record, now)) {
    await show(tabId, { ...record, phase: 'idle', report: null });
    return null;
  }
  await draw(tabId, record);
  // The alarm may have rung while another tab was in front.
  if (record.report !== null) await expectEnd(record.report);
  return null;
}

/**
 * Does what is due for the page in a tab. Where somebody looks at it now, or the network is back, what learned nothing
 * is tried again.
 */
export async function bringUpToDate(tabId: number, occasion: Occasion = 'time'): Promise<void> {
  const due = await inTurn(tabId, () => beginDue(tabId, occasion));
  if (due !== null) await finish(tabId, due);
}

/** The check a person asked for at this time, begun, unless it runs or is answered already. Work in the tab's turn. */
async function beginAsked(tabId: number, at: number): Promise<TabRecord | null> {
  const record = await readRecord(tabId);
  const answered =
    record?.phase === 'done' &&
    record.report !== null &&
    Date.parse(record.report.checkedAt) >= at &&
    !isFromFuture(record.report, Date.now());
  if (record === null || answered || runs(tabId, record)) return null;
  // Asked again, the DNS is too; kept with the record, so that a check cut short is resumed as it was asked for.
  return beginCheck(tabId, {
    ...record,
    fresh: record.fresh || record.phase === 'done',
    keptOnly: false,
    askedAt: Date.now(),
  });
}

/**
 * Answers a page that asked about a tab at this time (milliseconds since the epoch). `taken` is called once nothing can
 * be lost any more.
 */
export async function answerPage(tabId: number, why: Asking, at: number, taken: () => Promise<void>): Promise<void> {
  const due = await inTurn(tabId, async () => {
    const begun = await (why === 'check' ? beginAsked(tabId, at) : beginDue(tabId, 'popup'));
    await taken();
    return begun;
  });
  if (due !== null) await finish(tabId, due);
}
