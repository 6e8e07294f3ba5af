// What do we know about the page in a tab? Written by the background, read and watched by the pages.

import type { Step } from '../check.ts';
import type { Report } from '../verdict/report.ts';

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
