// Alarms: what must happen later, even if the background sleeps in between.

import { browser } from '../webext.ts';

/** What an alarm is about. */
export type AlarmPurpose =
  { readonly kind: 'check'; readonly tabId: number } | { readonly kind: 'renew' | 'log-lists' };

const LOG_LISTS = 'log-lists';
const RENEW = 'renew';
// The shortest delay browsers keep to.
const SOON = 30_000;
const DAY_IN_MINUTES = 24 * 60;

const checkOf = (tabId: number): string => `check:${tabId}`;

/** What the alarm of this name is about; null for one that is not ours. */
export function dueOf(alarm: string): AlarmPurpose | null {
  if (alarm === LOG_LISTS || alarm === RENEW) return { kind: alarm };
  const tabId = /^check:(\d{1,15})$/.exec(alarm)?.[1];
  return tabId === undefined ? null : { kind: 'check', tabId: Number(tabId) };
}

/** An unfinished check is looked at again soon, in case the background is stopped in the middle of it. */
export const expectCheck = (tabId: number, now: number): Promise<void> => setAlarm(checkOf(tabId), now + SOON);

/** A check that learned nothing is made again then. */
export const expectRetry = (tabId: number, at: number): Promise<void> => setAlarm(checkOf(tabId), at);

/**
 * Browsers may refuse what concerns alarms; no verdict is lost with it, and its tab is looked at again when it comes to
 * the front.
 */
const attempt = <T>(work: Promise<T>): Promise<T | undefined> => work.catch(() => undefined);

const setAlarm = (name: string, when: number): Promise<void> => attempt(browser.alarms.create(name, { when }));

/** The check has ended, or its page has gone. */
export const expectNoCheck = async (tabId: number): Promise<void> =>
  void (await attempt(browser.alarms.clear(checkOf(tabId))));

/**
 * A verdict stands until `validUntil` (milliseconds since the epoch); then the tabs in front are looked at. One alarm
 * for all of them,
 * at the earliest end: browsers keep a limited number of alarms (Chrome 500), and people any number of tabs.
 */
export function expectRenewal(validUntil: number, now: number): Promise<void> {
  const when = Math.max(validUntil, now + SOON);
  const set = async (): Promise<void> => {
    const earlier = await attempt(browser.alarms.get(RENEW));
    if (earlier === undefined || earlier.scheduledTime > when) await setAlarm(RENEW, when);
  };
  renewals = renewals.then(set, set);
  return renewals;
}

// One after another, so that of two verdicts the one that ends first sets the alarm.
let renewals: Promise<void> = Promise.resolve();

/** The daily look at the log lists; set once, kept where it is already set. */
export async function expectLogLists(): Promise<void> {
  if ((await attempt(browser.alarms.get(LOG_LISTS))) === undefined)
    await attempt(
      browser.alarms.create(LOG_LISTS, { delayInMinutes: DAY_IN_MINUTES, periodInMinutes: DAY_IN_MINUTES }),
    );
}

/** Tabs whose check has not ended. */
export async function unfinished(): Promise<readonly number[]> {
  const dues = (await browser.alarms.getAll()).map((alarm) => dueOf(alarm.name));
  return dues.flatMap((due) => (due?.kind === 'check' ? [due.tabId] : []));
}
