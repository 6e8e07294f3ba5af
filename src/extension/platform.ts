// Platform: what this browser can do, asked once. What is missing (as on Android) does nothing, and each difference has
// its one home here.

import { browser } from './webext.ts';

/** Whether an object of the browser's has this member; not every browser has every object. */
const has = (owner: unknown, name: string): boolean => typeof owner === 'object' && owner !== null && name in owner;

/** What a tab's place in the toolbar can show. */
const toolbar = {
  icon: has(browser.action, 'setIcon'),
  badge: has(browser.action, 'setBadgeText'),
  badgeColor: has(browser.action, 'setBadgeBackgroundColor'),
  title: has(browser.action, 'setTitle'),
} as const;

/**
 * Sets the picture. Of a promise Chrome logs an error of its own for a tab that has gone, whoever catches it; not where
 * a callback looks at the error.
 */
const setIcon = (tabId: number, path: Record<string, string>): Promise<void> =>
  new Promise((resolve, reject) => {
    chrome.action.setIcon({ tabId, path }, () => {
      // Null in Firefox where there is none.
      const fault = chrome.runtime.lastError ?? null;
      if (fault === null) resolve();
      else reject(new Error(fault.message));
    });
  });

/** What a tab shows in the toolbar. */
export interface ToolbarState {
  /** Files by width in pixels. */
  readonly path: Record<string, string>;
  readonly badge: string;
  readonly badgeColor: string;
  readonly title: string;
}

/** Draws what this browser can draw for a tab. Resolves with the first error, or null. */
export async function drawToolbar(tabId: number, { path, badge, badgeColor, title }: ToolbarState): Promise<unknown> {
  const drawn = await Promise.allSettled([
    toolbar.icon ? setIcon(tabId, path) : null,
    toolbar.badge ? browser.action.setBadgeText({ tabId, text: badge }) : null,
    toolbar.badgeColor ? browser.action.setBadgeBackgroundColor({ tabId, color: badgeColor }) : null,
    toolbar.title ? browser.action.setTitle({ tabId, title }) : null,
  ]);
  return drawn.find((result) => result.status === 'rejected')?.reason ?? null;
}

/** Whether connected addresses can be seen now: where the person allowed it, and the browser has the function. */
export const observesResponses = (): boolean => browser.webRequest !== undefined;
