// Navigation: each way a page can come to a tab or leave it ends here.

import { expectNoCheck } from './alarms.ts';
import { arrive, type Occasion, visitedPage } from './arrival.ts';
import { observesResponses } from '../platform.ts';
import { browser } from '../webext.ts';
import {
  forgetObservations,
  keepObservation,
  type Observation,
  responseOf,
  takeResponse,
  withoutFragment,
} from './connection.ts';
import { draw } from './toolbar.ts';
import { forgetFailure, hasFailed, noteBeginning, noteCommit, noteFailure } from './error-page.ts';
import { addressOf } from './private-hosts.ts';
import { readSettings } from '../settings.ts';
import { beginCheck, bringUpToDate, endChecks, finish, pause, show } from './tab-check.ts';
import { OpenTab } from './open-tab.ts';
import { forgetRecord, readRecord, type TabRecord } from './tab-record.ts';

/** Shows a record, and begins its check where one is due. */
async function showOrBegin(tab: OpenTab, record: TabRecord): Promise<TabRecord | null> {
  if (record.phase === 'checking') return beginCheck(tab, record);
  await show(tab, record);
  return null;
}

/** No page of a site stands in the tab. */
async function clear(tab: OpenTab): Promise<void> {
  endChecks(tab.id);
  await forgetRecord(tab);
  await expectNoCheck(tab.id);
  await draw(tab.id, null);
}

/** A check that is due, at once or when the page's response has had time to be told of. */
interface DueCheck {
  readonly record: TabRecord;
  readonly awaitsResponse: boolean;
}

// The commit of a page may already be seen in the tab before its event arrives.
const COMMIT_LATE = 150;

/** What stands in a tab: its address, and in Chrome the name of the document, which no other has. */
export interface Standing {
  readonly url: string;
  readonly document: string | null;
}

/** Where no page of a site stands. */
const NOWHERE: Standing = { url: '', document: null };

/**
 * What an event or a frame tells of. Firefox too names documents by now, but with each error the one that stands: only
 * Chrome, which tells of their lives, is believed.
 */
export const standingOf = (details: { readonly url: string }): Standing => ({
  url: details.url,
  document:
    'documentLifecycle' in details && 'documentId' in details && typeof details.documentId === 'string'
      ? details.documentId
      : null,
});

/** A page at this address was committed in a tab at this time (milliseconds since the epoch). */
async function enter(tab: OpenTab, { url, document }: Standing, at: number): Promise<DueCheck | null> {
  const page = (await hasFailed(tab, url)) ? null : visitedPage(url);
  const response = await takeResponse(tab, url, at);
  if (page === null) {
    await clear(tab);
    return null;
  }
  const { automatic } = await readSettings();
  const address = await addressOf(page.host, response?.address ?? null, Date.now());
  const arrival = {
    ...page,
    stamp: crypto.randomUUID(),
    url: observesResponses() ? withoutFragment(url) : null,
    at,
    address,
    document,
  };
  const record = await showOrBegin(tab, arrive(await readRecord(tab.id), arrival, automatic === true, Date.now()));
  return record === null ? null : { record, awaitsResponse: observesResponses() && response === null };
}

/** A navigation began. */
export const onNavigationStarted = (tabId: number, url: string): Promise<void> =>
  OpenTab.inTurn(tabId, (tab) => noteBeginning(tab, url));

/** A page could not be had, in the browser's words. */
export async function onNavigationFailed(tabId: number, { url, document }: Standing, reason: string): Promise<void> {
  await OpenTab.inTurn(tabId, async (tab) => {
    // Of a page that stands only the rest could not be had, whatever was tried meanwhile and given up.
    const isRest = document !== null && (await readRecord(tabId))?.document === document;
    if (!isRest) await noteFailure(tab, url, reason);
  });
  await refreshTab(tabId);
}

/** A navigation was committed. */
export async function onCommitted(tabId: number, standing: Standing, at: number): Promise<void> {
  const due = await OpenTab.inTurn(tabId, async (tab) => {
    await noteCommit(tab, standing.url);
    return enter(tab, standing, at);
  });
  if (due !== null) await finish(tabId, due.record, due);
}

/** The page in a tab that nothing is known of; null where all is known. */
async function stranger(tab: OpenTab): Promise<Standing | null> {
  const frame = await browser.webNavigation.getFrame({ tabId: tab.id, frameId: 0 }).catch(() => null);
  const record = await readRecord(tab.id);
  // A discarded tab has no frame: what was known of its page still is.
  if (frame === null || frame === undefined) return null;
  if (await hasFailed(tab, frame.url)) return NOWHERE;
  const page = visitedPage(frame.url);
  if (page?.host === record?.host && page?.page === record?.page) return null;
  // Chrome says so also of a page of which only the rest could not be had: it is known already.
  return page === null || frame.errorOccurred ? NOWHERE : standingOf(frame);
}

/**
 * Looks at what stands in a tab: for pages that came without an event, icons that browsers wiped, and whatever is due.
 */
export async function refreshTab(tabId: number, occasion: Occasion = 'time'): Promise<void> {
  if ((await OpenTab.inTurn(tabId, stranger)) !== null) await pause(COMMIT_LATE);
  const due = await OpenTab.inTurn(tabId, async (tab) => {
    const standing = await stranger(tab);
    // When it was committed nobody can say now, so that no response can be tied to it.
    return standing === null ? null : enter(tab, standing, 0);
  });
  await (due === null ? bringUpToDate(tabId, occasion) : finish(tabId, due.record, due));
}

/**
 * Looks at the tabs people see; the others are when they come to the front, so that a hundred open tabs do not ask at
 * once.
 */
export async function refreshActiveTabs(occasion: Occasion = 'time'): Promise<void> {
  const ids = (await browser.tabs.query({ active: true })).map(({ id }) => id).filter((id) => id !== undefined);
  await Promise.all(ids.map((id) => refreshTab(id, occasion)));
}

/** A tab has gone. */
export const onTabClosed = (tabId: number): Promise<void> =>
  OpenTab.inTurn(tabId, async (tab) => {
    endChecks(tabId);
    await Promise.all([forgetRecord(tab), forgetObservations(tab), forgetFailure(tab), expectNoCheck(tabId)]);
  });

/** A response was seen. Firefox may tell of it after the commit: then the page is checked anew with its address. */
export async function responded(tabId: number, seen: Observation): Promise<void> {
  const due = await OpenTab.inTurn(tabId, async (tab) => {
    const record = await readRecord(tabId);
    const address =
      record?.url === seen.url ? (responseOf(seen.url, record.committedAt, [seen])?.address ?? null) : null;
    if (record === null || address === null || address === record.address) {
      await keepObservation(tab, seen);
      return null;
    }
    await addressOf(record.host, address, Date.now());
    const { automatic } = await readSettings();
    return showOrBegin(
      tab,
      arrive(
        record,
        { ...record, stamp: `${record.stamp}+`, at: record.committedAt, address },
        automatic === true || record.phase === 'checking',
        Date.now(),
      ),
    );
  });
  if (due !== null) await finish(tabId, due);
}
