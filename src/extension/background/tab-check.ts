// Check of the page in a tab, begun, resumed and ended so that neither a late answer nor the background's end does
// harm.

import { reportInternalError, reportRefused } from '../../check.ts';
import type { Report } from '../../verdict/report.ts';
import { expectCheck, expectNoCheck, expectRenewal, expectRetry } from './alarms.ts';
import { beginning, ended, isFromFuture, isOutdated, type Occasion, refused, renewing } from './arrival.ts';
import { draw } from './toolbar.ts';
import { runCheck } from './run-check.ts';
import { readSettings } from '../settings.ts';
import { OpenTab } from './open-tab.ts';
import { readRecord, type TabRecord, writeRecord } from './tab-record.ts';
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

/** Keeps and draws a tab's record. */
export async function show(tab: OpenTab, record: TabRecord): Promise<void> {
  endChecks(tab.id, record.stamp);
  await writeRecord(tab, record);
  await draw(tab.id, record);
}

/**
 * Of one tab at most so many checks in a minute [C9], lest a page that changes its name by script make us hammer
 * others.
 */
const mayBegin = openPace(10, 60_000);

/**
 * Shows that a check is under way, and makes sure that it ends even if the background does first; `finish` follows
 * outside of the turn, with what is returned.
 * Null where the tab was checked too often: then the check is made later.
 */
export async function beginCheck(tab: OpenTab, record: TabRecord): Promise<TabRecord | null> {
  const now = Date.now();
  const later = mayBegin(tab.id, now);
  if (later !== null) {
    await show(tab, refused(record, reportRefused(record, now), later, now));
    await expectRetry(tab.id, later);
    return null;
  }
  await expectCheck(tab.id, now);
  await show(tab, beginning(record, now));
  return record;
}

/** Changes the record of a navigation, if that is still what the tab shows: an answer for another is dropped. */
const change = (tabId: number, stamp: string, to: (tab: OpenTab, record: TabRecord) => Promise<void>): Promise<void> =>
  OpenTab.inTurn(tabId, async (tab) => {
    const record = await readRecord(tabId);
    if (record !== null && record.stamp === stamp && record.phase === 'checking') await to(tab, record);
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
      void change(tabId, stamp, (tab, current) => writeRecord(tab, { ...current, step }));
    });
    // Its page has gone, or it was an answer to another question: what stands in the tab now has begun its own.
    if (report === null) return;
    await change(tabId, stamp, async (tab, current) => {
      const done = ended(current, report, Date.now());
      await show(tab, done);
      // In this order: the one alarm is there until the other is.
      await expectEnd(done.report ?? report);
      await (done.retryAt === null ? expectNoCheck(tabId) : expectRetry(tabId, done.retryAt));
    });
  } catch (fault) {
    // An error of ours is shown as one, and nothing begins again by itself for it.
    console.error(fault);
    const report = reportInternalError({ host, page, address }, Date.now(), fault);
    await change(tabId, stamp, async (tab, current) => {
      await show(tab, { ...current, phase: 'done', step: null, fresh: false, failures: 0, retryAt: null, report });
      await expectNoCheck(tabId);
    });
  } finally {
    running.delete(own);
  }
}

/**
 * What is due for the page in a tab: a check cut short, or an outdated verdict, or a first check where each site is
 * checked; begun, if it is a check.
 */
async function beginDue(tab: OpenTab, occasion: Occasion): Promise<TabRecord | null> {
  const record = await readRecord(tab.id);
  if (record === null || runs(tab.id, record)) return null;
  const now = Date.now();
  const { automatic } = await readSettings();
  const due = renewing(record, occasion, automatic === true, now);
  if (due !== null) return beginCheck(tab, due);
  // On a click only: what was asked for once is not asked again, but neither does an outdated verdict stay.
  if (isOutdated(record, now)) {
    await show(tab, { ...record, phase: 'idle', report: null });
    return null;
  }
  await draw(tab.id, record);
  // The alarm may have rung while another tab was in front.
  if (record.report !== null) await expectEnd(record.report);
  return null;
}

/** The check a person asked for at this time, begun, unless it runs or is answered already. */
async function beginAsked(tab: OpenTab, at: number): Promise<TabRecord | null> {
  const record = await readRecord(tab.id);
  const answered =
    record?.phase === 'done' &&
    record.report !== null &&
    Date.parse(record.report.checkedAt) >= at &&
    !isFromFuture(record.report, Date.now());
  if (record === null || answered || runs(tab.id, record)) return null;
  // Asked again, the DNS is too; kept with the record, so that a check cut short is resumed as it was asked for.
  return beginCheck(tab, {
    ...record,
    fresh: record.fresh || record.phase === 'done',
    keptOnly: false,
    askedAt: Date.now(),
  });
}

async function beginAndFinish(
  tabId: number,
  begin: (tab: OpenTab) => Promise<TabRecord | null>,
  begun: () => Promise<void>,
): Promise<void> {
  const due = await OpenTab.inTurn(tabId, async (tab) => {
    const record = await begin(tab);
    await begun();
    return record;
  });
  if (due !== null) await finish(tabId, due);
}

/**
 * Does what is due for the page in a tab. Where somebody looks at it now, or the network is back, what learned nothing
 * is tried again. `begun` is called once nothing can be lost any more.
 */
export const bringUpToDate = (
  tabId: number,
  occasion: Occasion = 'time',
  begun: () => Promise<void> = async () => {},
): Promise<void> => beginAndFinish(tabId, (tab) => beginDue(tab, occasion), begun);

/**
 * Checks the page in a tab because a person asked for it at this time (milliseconds since the epoch). `begun` is called
 * once nothing can be lost any more.
 */
export const performCheck = (tabId: number, at: number, begun: () => Promise<void>): Promise<void> =>
  beginAndFinish(tabId, (tab) => beginAsked(tab, at), begun);
