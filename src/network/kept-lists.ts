// Which log lists do we have? Their texts, kept for good, and for a few minutes which of them could not be had.

import { arrayOf, member } from './kept-value.ts';
import { changeKept } from './store.ts';
import type { Store } from './store.ts';

const LISTS = 'log-lists';
const FAILURES = 'log-list-failures';
/** After this long a list is to be fetched anew, in milliseconds. */
const DAY = 24 * 3_600_000;
/** For this long a list that could not be had is not asked for again, in milliseconds. */
const PAUSE = 300_000;

interface KeptList {
  readonly address: string;
  readonly at: number; // milliseconds since the epoch
  readonly text: string;
}

interface KeptFailure {
  readonly address: string;
  readonly at: number;
}

/** The kept lists by address. */
export async function keptLists(local: Store): Promise<ReadonlyMap<string, KeptList>> {
  return new Map(parseLists(await local.get(LISTS)).map((list) => [list.address, list]));
}

/** Whether a kept list is older than a day, or from the future (a clock set back). */
export const isOld = (list: KeptList, now: number): boolean => list.at > now || now - list.at >= DAY;

/** Keeps a list in place of an earlier one, and drops those no longer wanted. */
export async function keepList(local: Store, list: KeptList, wanted: readonly string[]): Promise<void> {
  await changeKept(local, LISTS, parseLists, (lists) =>
    [...lists.filter(({ address }) => address !== list.address && wanted.includes(address)), list]);
}

/** Addresses that failed lately, and are left in peace for now. */
export async function failedLately(session: Store, now: number): Promise<ReadonlySet<string>> {
  const failures = parseFailures(await session.get(FAILURES)).filter(({ at }) => at <= now && now - at < PAUSE);
  return new Set(failures.map(({ address }) => address));
}

/** Keeps in mind that a list could not be had. */
export async function keepFailure(session: Store, failure: KeptFailure, wanted: readonly string[]): Promise<void> {
  await changeKept(session, FAILURES, parseFailures, (failures) =>
    [...failures.filter(({ address }) => address !== failure.address && wanted.includes(address)), failure]);
}

const parseLists = (value: unknown): KeptList[] => arrayOf(value, (item) => {
  const [failure] = parseFailures([item]);
  const text = member(item, 'text');
  return failure !== undefined && typeof text === 'string' ? { ...failure, text } : null;
});

const parseFailures = (value: unknown): KeptFailure[] => arrayOf(value, (item) => {
  const [address, at] = [member(item, 'address'), member(item, 'at')];
  return typeof address === 'string' && typeof at === 'number' ? { address, at } : null;
});
