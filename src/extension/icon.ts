// Icon states: which picture stands for what is known of a page.

import type { Report } from '../verdict/report.ts';
import type { TabState } from './tab-store.ts';

/** The pictures in `icons/`, named by what they say. */
export type IconState =
  | 'trusted'
  | 'endorsed'
  | 'declared'
  | 'unconfirmed'
  | 'invalid'
  | 'expired'
  | 'not-covered'
  | 'none'
  | 'unknown'
  | 'checking';

type Picture = (report: Report, page: TabState['page']) => IconState;

const PICTURES: Record<Report['status'], Picture> = {
  // A page that is not on HTTPS may be anybody's: no strength is shown for it.
  marked: ({ strength }, page) => (page === 'https' && strength !== null ? strength : 'unconfirmed'),
  unconfirmed: () => 'unconfirmed',
  'not-covered': () => 'not-covered',
  invalid: ({ because }) => (because === 'expired' || because === 'not-yet-valid' ? 'expired' : 'invalid'),
  none: () => 'none',
  unknown: () => 'unknown',
};

/**
 * The picture for a tab; null is the extension's own icon: browser pages, and pages nobody has asked about. An earlier
 * answer for the same host stands while a new check runs.
 */
export function iconState(state: TabState | null): IconState | null {
  if (state === null || state.phase === 'idle') return null;
  return state.report === null ? 'checking' : PICTURES[state.report.status](state.report, state.page);
}
