// Which page stands in a tab now? Each way a page can come or go ends here.

import { expectNothing } from './alarms.ts';
import { arrive } from './arrival.ts';
import { browser } from './browser.ts';
import { addressFor, forgetObservations, keepObservation, observing, takeAddress, withoutFragment } from './connection.ts';
import type { Observation } from './connection.ts';
import { draw } from './drawing.ts';
import { readSettings } from './settings.ts';
import { begin, bringUpToDate, finish, show } from './tab-check.ts';
import { inTurn, readRecord } from './tab-record.ts';
import type { TabRecord } from './tab-record.ts';
import { tabKey } from './tab-store.ts';
import { visitedPage } from './visited-page.ts';

/** Shows a record, and begins its check where one is due. Work in the tab's turn. */
async function settle(tabId: number, record: TabRecord): Promise<TabRecord | null> {
  if (record.phase === 'checking') {
    await begin(tabId, record);
    return record;
  }
  await show(tabId, record);
  return null;
}

/** No page of a site stands in the tab. Work in the tab's turn. */
async function clear(tabId: number): Promise<void> {
  await browser.storage.session.remove(tabKey(tabId));
  await expectNothing(tabId);
  await draw(tabId, null);
}

/** A page at this address was committed in a tab at this time (milliseconds since the epoch). Work in the tab's turn. */
async function enter(tabId: number, url: string, at: number): Promise<TabRecord | null> {
  const page = visitedPage(url);
  const address = await takeAddress(tabId, url, at);
  if (page === null) {
    await clear(tabId);
    return null;
  }
  const { automatic } = await readSettings();
  const arrival = { ...page, stamp: crypto.randomUUID(), url: observing() ? withoutFragment(url) : null, at, address };
  return settle(tabId, arrive(await readRecord(tabId), arrival, automatic === true, Date.now()));
}

/** A navigation was committed. */
export async function committed(tabId: number, url: string, at: number): Promise<void> {
  const due = await inTurn(tabId, () => enter(tabId, url, at));
  if (due !== null) await finish(tabId, due);
}

/** Looks at what stands in a tab: for pages that came without an event, icons that browsers wiped, and whatever is due. */
export async function look(tabId: number): Promise<void> {
  const due = await inTurn(tabId, async () => {
    const frame = await browser.webNavigation.getFrame({ tabId, frameId: 0 }).catch(() => null);
    const record = await readRecord(tabId);
    // A discarded tab has no frame: what was known of its page still is.
    if (frame === null || frame === undefined) return null;
    const page = visitedPage(frame.url);
    if (page !== null && record !== null && page.host === record.host && page.page === record.page) return null;
    // An error page bears the address of the page that could not be had.
    if (page === null || frame.errorOccurred) {
      await clear(tabId);
      return null;
    }
    // When it was committed nobody can say now, so that no response can be tied to it.
    return enter(tabId, frame.url, 0);
  });
  await (due === null ? bringUpToDate(tabId) : finish(tabId, due));
}

/** Looks at the tabs people see, or at all of them. */
export async function lookAtTabs(which: { readonly active?: true }): Promise<void> {
  const ids = (await browser.tabs.query(which)).map(({ id }) => id).filter((id) => id !== undefined);
  await Promise.all(ids.map(look));
}

/** A tab has gone. */
export const left = (tabId: number): Promise<void> =>
  inTurn(tabId, async () => {
    await Promise.all([browser.storage.session.remove(tabKey(tabId)), forgetObservations(tabId), expectNothing(tabId)]);
  });

/** A response was seen. Firefox may tell of it after the commit: then the page is checked anew with its address. */
export async function responded(tabId: number, seen: Observation): Promise<void> {
  const due = await inTurn(tabId, async () => {
    const record = await readRecord(tabId);
    const address = record?.url === seen.url && record.address === null ? addressFor(seen.url, record.committedAt, [seen]) : null;
    if (record === null || address === null) {
      await keepObservation(tabId, seen);
      return null;
    }
    const { automatic } = await readSettings();
    return settle(tabId, arrive(record, { ...record, stamp: `${record.stamp}+`, at: record.committedAt, address }, automatic === true || record.phase === 'checking', Date.now()));
  });
  if (due !== null) await finish(tabId, due);
}
