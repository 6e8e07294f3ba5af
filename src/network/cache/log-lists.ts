// Cache of log lists: their texts, kept for good, and for a few minutes which of them could not be had.

import { member } from '../../codec/stored-value.ts';
import type { Cache } from './store.ts';

const LIST = 'list ';
const FAILURE = 'list-failed ';
/** After this long a list is to be fetched anew, in milliseconds. */
const DAY = 24 * 3_600_000;
/** For this long a list that could not be had is not asked for again, in milliseconds. */
const PAUSE = 300_000;

export interface StoredList {
  readonly at: number; // milliseconds since the epoch
  readonly text: string;
  /** Whether all of it could be read when it was kept, so that ids need not be computed again. */
  readonly complete: boolean;
}

/** The kept list of an address; null where there is none. */
export async function recallList(local: Cache, address: string): Promise<StoredList | null> {
  const value = await local.get(LIST + address);
  const [at, text] = [member(value, 'at'), member(value, 'text')];
  return typeof at === 'number' && typeof text === 'string'
    ? { at, text, complete: member(value, 'complete') === true }
    : null;
}

/** Whether a kept list is older than a day, or from the future (a clock set back). */
export const isOld = ({ at }: StoredList, now: number): boolean => at > now || now - at >= DAY;

/** Keeps a list in place of an earlier one, and drops those no longer wanted. */
export async function keepList(
  local: Cache,
  address: string,
  list: StoredList,
  wanted: readonly string[],
): Promise<void> {
  await local.set({ [LIST + address]: list });
  await dropOthers(local, LIST, wanted);
}

/** Whether a list failed lately, and is left in peace for now. */
export async function failedLately(session: Cache, address: string, now: number): Promise<boolean> {
  const at = await session.get(FAILURE + address);
  return typeof at === 'number' && at <= now && now - at < PAUSE;
}

/** Keeps in mind that a list could not be had at this time (milliseconds since the epoch). */
export async function keepFailure(
  session: Cache,
  address: string,
  at: number,
  wanted: readonly string[],
): Promise<void> {
  await session.set({ [FAILURE + address]: at });
  await dropOthers(session, FAILURE, wanted);
}

async function dropOthers(cache: Cache, prefix: string, wanted: readonly string[]): Promise<void> {
  const gone = (await cache.keys()).filter(
    (key) => key.startsWith(prefix) && !wanted.includes(key.slice(prefix.length)),
  );
  if (gone.length > 0) await cache.remove(gone);
}
