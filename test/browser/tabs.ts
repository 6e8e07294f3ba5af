// What does the extension say of the tabs? Read from one of its own pages, as a person sees it in the toolbar.

import type { Browser as ExtensionApi } from 'webextension-polyfill';
import type { Page } from 'puppeteer-core';
import type { IconState } from '../../src/extension/icon.ts';
import { isTabState, type TabState } from '../../src/extension/tab-store.ts';

// Both browsers know it by this name in pages of an extension; there the functions below run.
declare const chrome: ExtensionApi;

export interface SeenTab {
  readonly tabId: number;
  readonly title: string;
  readonly badge: string;
  readonly state: TabState;
}

/** All tabs the extension knows something of. */
export async function seenTabs(storage: Page): Promise<readonly SeenTab[]> {
  const seen = await storage.evaluate(async () => {
    const tabs = Object.entries(await chrome.storage.session.get(null)).filter(([key]) => key.startsWith('tab:'));
    return Promise.all(
      tabs.map(async ([key, state]) => {
        const tabId = Number(key.slice(4));
        // A tab closed a moment ago has no title any more.
        const title = await chrome.action.getTitle({ tabId }).catch(() => '');
        return {
          tabId,
          state: JSON.stringify(state),
          title,
          badge: await chrome.action.getBadgeText({ tabId }).catch(() => ''),
        };
      }),
    );
  });
  return seen.flatMap((tab) => {
    const state: unknown = JSON.parse(tab.state);
    return isTabState(state) ? [{ ...tab, state }] : [];
  });
}

/** Asks again and again until there is an answer. Rejects after `patience` milliseconds. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false>,
  patience = 15_000,
): Promise<T> {
  const end = performance.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (performance.now() > end) throw new Error(`not within ${patience} ms: ${what}`);
    await pause(50);
  }
}

/** For what must not happen: the only way to see that is to wait. */
export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** The tab that shows a host, once it is in this phase. */
export const tabOf = (
  storage: Page,
  host: string,
  phase: TabState['phase'] = 'done',
  patience?: number,
): Promise<SeenTab> =>
  until(
    `${host} is ${phase}`,
    async () => (await seenTabs(storage)).find(({ state }) => state.host === host && state.phase === phase),
    patience,
  );

/**
 * What the toolbar says of a state, in the words of the language the browser speaks; names of those who stand behind an
 * emblem may follow.
 */
export const titleFor = (storage: Page, host: string, icon: IconState): Promise<string> =>
  titleWith(storage, host, `title_${icon.replaceAll('-', '_')}`);

/** The same by the name of the message. */
export const titleWith = (storage: Page, host: string, key: string): Promise<string> =>
  storage.evaluate((of, name) => `${of}: ${chrome.i18n.getMessage(name)}`, host, key);

/** Goes to an address without waiting for more than the browser's start of it. */
export const goTo = async (page: Page, url: string): Promise<void> => {
  await page.goto(url, { waitUntil: [] }).catch((error: unknown) => {
    // A navigation overtaken by the next one is what some tests want.
    if (!/ERR_ABORTED|NS_BINDING_ABORTED|interrupted|Navigation failed|aborted/i.test(String(error))) throw error;
  });
};

/** Goes to an address that cannot be had. */
export const fail = (page: Page, url: string): Promise<void> => goTo(page, url).catch(() => {});

/** The toolbar's words up to the names of those who stand behind an emblem. */
const withoutNames = (title: string): string => title.replace(/\. .*/, '');

/**
 * A tab once its check of this host is done and the toolbar says so, both in one look; after the navigation of
 * `earlier`, where one is given.
 */
export async function drawn(storage: Page, host: string, icon: IconState, earlier?: string): Promise<SeenTab> {
  const wanted = await titleFor(storage, host, icon);
  return until(`${host} is drawn as ${icon}`, async () =>
    (await seenTabs(storage)).find(
      ({ state, title }) =>
        state.host === host && state.phase === 'done' && state.stamp !== earlier && withoutNames(title) === wanted,
    ),
  );
}

/** Resolves once nothing is known of a tab and its toolbar says nothing, both in one look. */
export const cleared = (storage: Page, tabId: number): Promise<true> =>
  until('nothing is known of the tab', () => isCleared(storage, tabId));

/** Whether nothing is known of a tab and its toolbar says nothing. */
export const isCleared = (storage: Page, tabId: number): Promise<boolean> =>
  storage.evaluate(async (id) => {
    const [kept, title] = await Promise.all([
      chrome.storage.session.get(`tab:${id}`),
      chrome.action.getTitle({ tabId: id }),
    ]);
    return Object.keys(kept).length === 0 && title === chrome.i18n.getMessage('extension_name');
  }, tabId);
