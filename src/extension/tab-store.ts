// How do pages learn what is known about a tab, and ask for more? Through `storage.session`; there is no message
// protocol.

import { browser } from './webext.ts';
import { untilTaken } from './session-storage.ts';
import type { Step } from '../check.ts';
import type { Report } from '../verdict/report.ts';

const TAB = 'tab:';
const ASK = 'ask:';
/** There while a page waits for everything to be wiped. */
export const WIPE = 'wipe';

/**
 * Why a page asks: the person wants a (new) check, or has merely opened the popup, which completes what is unfinished
 * or outdated.
 */
export type Asking = 'check' | 'resume';

export const tabKey = (tabId: number): string => `${TAB}${tabId}`;

/** The tab a storage key is about, or null. */
export const tabOfKey = (key: string): number | null => numberAfter(TAB, key);
export const tabOfAsk = (key: string): number | null => numberAfter(ASK, key);

const numberAfter = (prefix: string, key: string): number | null => {
  const digits = key.startsWith(prefix) ? key.slice(prefix.length) : '';
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
};

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
 * tab nobody has looked at yet
 * (`resumeCheck` makes the background look). Resolves when it has told once.
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

// The time makes each asking a change of the stored value, and so an event.
const ask = (tabId: number, why: Asking): Promise<void> => untilTaken(`${ASK}${tabId}`, { why, at: Date.now() });

/** The person asks for a check of the page in this tab, or for another one: records are asked for anew. */
export const askCheck = (tabId: number): Promise<void> => ask(tabId, 'check');

/** What a page asked about a tab, as it is kept until it is answered. */
export function readAsk(value: unknown): { readonly why: Asking; readonly at: number } {
  const { why, at }: { why?: unknown; at?: unknown } = typeof value === 'object' && value !== null ? value : {};
  return { why: why === 'check' ? 'check' : 'resume', at: typeof at === 'number' ? at : 0 };
}

/** Asks the background to forget everything but what the person has chosen. Resolves when it has. */
export const askWipe = (): Promise<void> => untilTaken(WIPE, Date.now());

/**
 * To be called when the popup opens: completes a check cut short and renews an outdated one; starts none that nobody
 * asked for.
 * Resolves when the background has looked at the tab: where nothing has been told of it by then, there is nothing to
 * know.
 */
export const resumeCheck = (tabId: number): Promise<void> => ask(tabId, 'resume');

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
