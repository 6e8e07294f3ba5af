// Listeners of the background, all registered at once, so that no event is lost that starts it.

import { dueOf, expectLogLists, unfinished } from './alarms.ts';
import { observesResponses } from '../platform.ts';
import { browser } from '../webext.ts';
import { observe, type ResponseDetails } from './connection.ts';
import { LIST_FILE } from '../custom-log-list.ts';
import { dispatchCommand } from './dispatch-command.ts';
import {
  onCommitted,
  onNavigationFailed,
  onNavigationStarted,
  onTabClosed,
  refreshActiveTabs,
  refreshTab,
  responded,
  standingOf,
} from './navigation.ts';
import { seesAddresses } from '../permissions.ts';
import { discardChecks, refreshDueLists } from './run-check.ts';
import { readSettings, type Settings, watchSettings } from '../settings.ts';
import { bringUpToDate } from './tab-check.ts';
import { forgetAnswers } from './tab-record.ts';

/** What Chrome alone tells of a frame: a page may load before it is shown. */
interface Lifecycle {
  readonly documentLifecycle?: string;
}

/** What both browsers tell of a page that could not be had, and in which words; the types leave those out. */
interface NavigationError extends Lifecycle {
  readonly tabId: number;
  readonly frameId: number;
  readonly url: string;
  readonly error?: string;
}

const isShown = ({ frameId, documentLifecycle }: { readonly frameId: number } & Lifecycle): boolean =>
  frameId === 0 && (documentLifecycle ?? 'active') === 'active';

// Pages come and go.
browser.webNavigation.onBeforeNavigate.addListener((details) => {
  if (isShown(details)) void onNavigationStarted(details.tabId, details.url);
});
browser.webNavigation.onCommitted.addListener((details) => {
  if (isShown(details)) void onCommitted(details.tabId, standingOf(details), details.timeStamp);
});
browser.webNavigation.onHistoryStateUpdated.addListener((details) => {
  if (isShown(details)) void refreshTab(details.tabId);
});
browser.webNavigation.onErrorOccurred.addListener((details: NavigationError) => {
  if (isShown(details)) void onNavigationFailed(details.tabId, standingOf(details), details.error ?? '');
});
browser.webNavigation.onTabReplaced.addListener(({ replacedTabId, tabId }) => {
  void onTabClosed(replacedTabId);
  void refreshTab(tabId);
});
browser.tabs.onUpdated.addListener((tabId, { status }) => {
  if (status === 'complete') void refreshTab(tabId);
});
browser.tabs.onActivated.addListener(({ tabId }) => void refreshTab(tabId, 'front'));
browser.tabs.onRemoved.addListener((tabId) => void onTabClosed(tabId));

// Which address a page came from, where the person allowed us to see it.
let listens = false;
const listenToResponses = (): void => {
  if (listens || !observesResponses()) return;
  listens = true;
  browser.webRequest.onResponseStarted.addListener(
    (details: ResponseDetails) => {
      const seen = observe(details);
      if (seen !== null) void responded(details.tabId, seen);
    },
    { urls: ['https://*/*', 'http://*/*'], types: ['main_frame'] },
  );
};
listenToResponses();

// People ask, choose and allow.
browser.storage.onChanged.addListener((changes, area) => {
  if (area !== 'session') return;
  for (const [key, { newValue }] of Object.entries(changes)) {
    if (newValue !== undefined) void dispatchCommand(key, newValue);
  }
});
// Another list of logs: another question.
browser.storage.onChanged.addListener((changes, area) => {
  if (area === 'local' && LIST_FILE in changes) void chosen(true);
});
const question = (settings: Settings): string => JSON.stringify({ ...settings, automatic: null });
watchSettings((now, before) => void chosen(question(now) !== question(before)));
browser.permissions.onAdded.addListener(() => {
  listenToResponses();
  void chosen(true);
});
browser.permissions.onRemoved.addListener(({ permissions }) => {
  // The listener goes with the permission.
  if (permissions?.includes('webRequest') === true) listens = false;
  void seesAddresses().then((seen) => chosen(true, !seen));
});

// The network is back.
addEventListener('online', () => void refreshActiveTabs('front'));

// Time passes.
browser.alarms.onAlarm.addListener(({ name }) => {
  const due = dueOf(name);
  if (due?.kind === 'check') void bringUpToDate(due.tabId);
  if (due?.kind === 'renew') void refreshActiveTabs();
  if (due?.kind === 'log-lists') void readSettings().then(refreshDueLists);
});
// Its start is all that is wanted.
browser.runtime.onStartup.addListener(() => {});
browser.runtime.onInstalled.addListener(({ reason }) => {
  if (reason === 'install') void browser.tabs.create({ url: browser.runtime.getURL('welcome.html') });
});
void expectLogLists();
// Enabled again or updated, icons are wiped and no event tells of the pages that stand.
void refreshActiveTabs();
// What an earlier life of the background did not come to, or was cut short in, is taken up by whatever starts the next.
void unfinished().then((tabs) => Promise.all(tabs.map((tabId) => bringUpToDate(tabId))));
void browser.storage.session
  .get(null)
  .then((kept) => Promise.all(Object.entries(kept).map(([key, value]) => dispatchCommand(key, value))));

/**
 * Answers under other settings or permissions are answers to another question. Addresses are forgotten with the
 * permission to see them.
 */
async function chosen(forget: boolean, addresses = false): Promise<void> {
  if (forget) {
    discardChecks();
    await forgetAnswers(addresses);
  }
  await Promise.all([refreshActiveTabs(), readSettings().then(refreshDueLists)]);
}
