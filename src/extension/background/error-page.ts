// Does the browser's own error page stand in this tab? It bears the address of the page that could not be had.

import { bookkeeping } from '../session-storage.ts';

const FAILED = 'failed:';
const keyOf = (tabId: number): string => `${FAILED}${tabId}`;
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

async function read(tabId: number): Promise<Attempt> {
  const stored = await bookkeeping.get(keyOf(tabId));
  const from: Readonly<Record<string, unknown>> = typeof stored === 'object' && stored !== null ? { ...stored } : {};
  const { trying, failed } = from;
  return { trying: typeof trying === 'string' ? trying : null, failed: typeof failed === 'string' ? failed : null };
}

const write = (tabId: number, attempt: Attempt): Promise<void> => bookkeeping.keep({ [keyOf(tabId)]: attempt });

/** Notes that a navigation began; an error page stands until it is committed. Work in the tab's turn. */
export const noteBeginning = async (tabId: number, url: string): Promise<void> =>
  write(tabId, { ...(await read(tabId)), trying: url });

/** Notes that a page could not be had, for this reason. Work in the tab's turn. */
export async function noteFailure(tabId: number, url: string, reason: string): Promise<void> {
  const { trying } = await read(tabId);
  // Given up, an attempt stays noted: another may be tried already, and Firefox commits the error page again on which
  // it was.
  if (trying !== null && !GIVEN_UP.has(reason)) await write(tabId, { trying: null, failed: url });
}

/**
 * Notes that a page was committed. Firefox commits error pages like others, once it has told of the failure. Work in
 * the tab's turn.
 */
export async function noteCommit(tabId: number, url: string): Promise<void> {
  const { trying, failed } = await read(tabId);
  if (trying !== null || failed !== url) await forgetFailure(tabId);
}

/** Whether the page at this address is one that could not be had. */
export const hasFailed = async (tabId: number, url: string): Promise<boolean> => (await read(tabId)).failed === url;

export const forgetFailure = (tabId: number): Promise<void> => bookkeeping.forget([keyOf(tabId)]);
