// Does the browser's own error page stand in this tab? It bears the address of the page that could not be had.

import { browser } from './browser.ts';

const keyOf = (tabId: number): string => `failed:${tabId}`;

/** A navigation given up for another, or for a download, leaves what stood there: Chrome's word for it, and Firefox's number (NS_BINDING_ABORTED). */
const GIVEN_UP: ReadonlySet<string> = new Set(['net::ERR_ABORTED', 'Error code 2152398850']);

/** Notes that a page could not be had, for this reason. Work in the tab's turn. */
export async function noteFailure(tabId: number, url: string, reason: string): Promise<void> {
  if (!GIVEN_UP.has(reason)) await browser.storage.session.set({ [keyOf(tabId)]: url });
}

/** Whether the page at this address is one that could not be had. Firefox alone needs to be told: it commits error pages like others. */
export const hasFailed = async (tabId: number, url: string): Promise<boolean> => (await browser.storage.session.get(keyOf(tabId)))[keyOf(tabId)] === url;

export const forgetFailure = (tabId: number): Promise<void> => browser.storage.session.remove(keyOf(tabId));
