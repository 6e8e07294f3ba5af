// Tab states in `storage.session`, which pages follow.

import { browser } from './webext.ts';
import type { Step } from '../check.ts';
import type { Report } from '../verdict/report.ts';

const TAB = 'tab:';

export const tabKey = (tabId: number): string => `${TAB}${tabId}`;

/** The tab a storage key is about, or null. */
export function tabOfKey(key: string): number | null {
  const digits = key.startsWith(TAB) ? key.slice(TAB.length) : '';
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}

const PHASES: readonly unknown[] = ['idle', 'checking', 'done'] satisfies readonly TabState['phase'][];

/**
 * Whether a stored value is a tab's state. Only the background writes there, so the report inside is taken as it is.
 */
export function isTabState(value: unknown): value is TabState {
  if (typeof value !== 'object' || value === null) return false;
  const state: Readonly<Record<string, unknown>> = { ...value };
  const { stamp, host, page, phase, step, report } = state;
  return (
    typeof stamp === 'string' &&
    typeof host === 'string' &&
    (page === 'https' || page === 'http') &&
    PHASES.includes(phase) &&
    step !== undefined &&
    (report === null || typeof report === 'object') &&
    (phase !== 'done' || report !== null)
  );
}

/**
 * Tells what is known about a tab, now and at each change; null where there is nothing to know: a browser page, or a
 * tab nobody has looked at yet (`resumeCheck` makes the background look). Resolves when it has told once.
 */
export async function followTab(tabId: number, tell: (state: TabState | null) => void): Promise<void> {
  const key = tabKey(tabId);
  let told = false;
  const tellOf = (value: unknown): void => {
    told = true;
    tell(isTabState(value) ? value : null);
  };
  // Listening comes before reading: a change between the two would never be heard of.
  browser.storage.onChanged.addListener((changes, area) => {
    const change = changes[key];
    if (area === 'session' && change !== undefined) tellOf(change.newValue);
  });
  const stored = (await browser.storage.session.get(key))[key];
  if (!told) tellOf(stored);
}

/**
 * State of one tab, kept in `storage.session` under `tab:` and the tab's number.
 * `idle`: nobody has asked yet (checking happens on a click). `checking`: a check is under way, `report` may hold an
 * earlier answer for the same host.
 * `done`: `report` is the answer.
 */
export interface TabState {
  /** Names the navigation this belongs to; a late answer with another stamp is dropped. */
  readonly stamp: string;
  readonly host: string;
  readonly page: 'https' | 'http';
  readonly phase: 'idle' | 'checking' | 'done';
  /** What the check is busy with; `turn`: it waits until others have ended. */
  readonly step: Step | 'turn' | null;
  readonly report: Report | null;
}
