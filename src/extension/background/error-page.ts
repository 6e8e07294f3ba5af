// Error pages of the browser: one bears the address of the page that could not be had.

import { bookkeeping } from '../session-storage.ts';
import type { OpenTab } from './open-tab.ts';

const FAILED = 'failed:';
const keyOf = ({ id }: OpenTab): string => `${FAILED}${id}`;
export const isFailureKey = (key: string): boolean => key.startsWith(FAILED);

/**
 * A navigation given up for another, or for a download, leaves what stood there: Chrome's word for it, and Firefox's
 * number (NS_BINDING_ABORTED).
 */
const GIVEN_UP: ReadonlySet<string> = new Set(['net::ERR_ABORTED', 'Error code 2152398850']);

interface Attempt {
  /**
   * Where a navigation began to go that has neither failed nor been committed, or null: what fails otherwise is the
   * rest of a page that stands.
   */
  readonly trying: string | null;
  /** Address of the page that could not be had, of which the error page stands; null where there is none. */
  readonly failed: string | null;
}

async function read(tab: OpenTab): Promise<Attempt> {
  const stored = await bookkeeping.get(keyOf(tab));
  const from: Readonly<Record<string, unknown>> = typeof stored === 'object' && stored !== null ? { ...stored } : {};
  const { trying, failed } = from;
  return { trying: typeof trying === 'string' ? trying : null, failed: typeof failed === 'string' ? failed : null };
}

const write = (tab: OpenTab, attempt: Attempt): Promise<void> => bookkeeping.keep({ [keyOf(tab)]: attempt });

/** Notes that a navigation began; an error page stands until it is committed. */
export const noteBeginning = async (tab: OpenTab, url: string): Promise<void> =>
  write(tab, { ...(await read(tab)), trying: url });

/** Notes that a page could not be had, for this reason. */
export async function noteFailure(tab: OpenTab, url: string, reason: string): Promise<void> {
  const { trying } = await read(tab);
  // Given up, an attempt stays noted: another may be tried already, and Firefox commits the error page again on which
  // it was.
  if (trying !== null && !GIVEN_UP.has(reason)) await write(tab, { trying: null, failed: url });
}

/** Notes that a page was committed. Firefox commits error pages like others, once it has told of the failure. */
export async function noteCommit(tab: OpenTab, url: string): Promise<void> {
  const { trying, failed } = await read(tab);
  if (trying !== null || failed !== url) await forgetFailure(tab);
}

/** Whether the page at this address is one that could not be had. */
export const hasFailed = async (tab: OpenTab, url: string): Promise<boolean> => (await read(tab)).failed === url;

export const forgetFailure = (tab: OpenTab): Promise<void> => bookkeeping.forget([keyOf(tab)]);
