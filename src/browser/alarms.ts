// What must happen later, even if the background sleeps in between? Alarms: they wake it.

import { browser } from './browser.ts';

/** What an alarm is about. */
export type Due =
  | { readonly due: 'check' | 'renew'; readonly tabId: number }
  | { readonly due: 'log-lists' };

const LOG_LISTS = 'log-lists';
// The shortest delay browsers keep to.
const SOON = 30_000;
const DAY_IN_MINUTES = 24 * 60;

const name = (due: 'check' | 'renew', tabId: number): string => `${due}:${tabId}`;

/** What the alarm of this name is about; null for one that is not ours. */
export function dueOf(alarm: string): Due | null {
  if (alarm === LOG_LISTS) return { due: 'log-lists' };
  const [, due, tabId] = /^(check|renew):(\d{1,15})$/.exec(alarm) ?? [];
  return due === 'check' || due === 'renew' ? { due, tabId: Number(tabId) } : null;
}

/** An unfinished check is looked at again soon, in case the background is stopped in the middle of it. */
export const expectCheck = (tabId: number, now: number): Promise<void> | void => browser.alarms.create(name('check', tabId), { when: now + SOON });

/** The check has ended; its verdict stands until `validUntil` (milliseconds since the epoch), where it has an end. */
export async function expectRenewal(tabId: number, validUntil: number | null, now: number): Promise<void> {
  await browser.alarms.clear(name('check', tabId));
  if (validUntil === null) await browser.alarms.clear(name('renew', tabId));
  else await browser.alarms.create(name('renew', tabId), { when: Math.max(validUntil, now + SOON) });
}

export async function expectNothing(tabId: number): Promise<void> {
  await Promise.all([browser.alarms.clear(name('check', tabId)), browser.alarms.clear(name('renew', tabId))]);
}

/** The daily look at the log lists; set once, kept where it is already set. */
export async function expectLogLists(): Promise<void> {
  if (await browser.alarms.get(LOG_LISTS) === undefined) await browser.alarms.create(LOG_LISTS, { delayInMinutes: DAY_IN_MINUTES, periodInMinutes: DAY_IN_MINUTES });
}

/** Tabs whose check has not ended. */
export async function unfinished(): Promise<readonly number[]> {
  const dues = (await browser.alarms.getAll()).map((alarm) => dueOf(alarm.name));
  return dues.flatMap((due) => (due?.due === 'check' ? [due.tabId] : []));
}
