// What does the background remember of a tab, and in what order do changes to it happen?

import { shortened } from '../../verdict/shorten-report.ts';
import { browser } from '../webext.ts';
import { forgetObservations } from './connection.ts';
import { forgetPrivateHosts } from './private-hosts.ts';
import { keepInSession } from '../session-storage.ts';
import { isTabState, tabKey, tabOfKey, type TabState } from '../tab-store.ts';

/** A tab's state with what only the background needs. */
export interface TabRecord extends TabState {
  /** Address of the page without fragment, kept only while connected addresses are observed. */
  readonly url: string | null;
  /** When the page was committed, by the browser's clock; milliseconds since the epoch. */
  readonly committedAt: number;
  /** The address the browser was connected to for exactly this page, or null. */
  readonly address: string | null;
  /** Chrome's name for the document that stands in the tab; null in Firefox. */
  readonly document: string | null;
  /** Whether the check under way asks the DNS even where an answer is kept. */
  readonly fresh: boolean;
  /**
   * Whether the check under way, or the one shown, asks the DNS nothing, and when one last might (milliseconds since
   * the epoch).
   */
  readonly keptOnly: boolean;
  readonly askedAt: number;
  /**
   * How many checks in a row learned nothing, and when the next is made by itself (milliseconds since the epoch; null
   * where none is).
   */
  readonly failures: number;
  readonly retryAt: number | null;
}

// Records that could not be written. They count in this life of the background, and are written again with the next
// change.
const unwritten = new Map<number, TabRecord>();

export async function readRecord(tabId: number): Promise<TabRecord | null> {
  const held = unwritten.get(tabId);
  if (held !== undefined) return held;
  const key = tabKey(tabId);
  return parseRecord((await browser.storage.session.get(key))[key]);
}

/** A record from whatever is stored; null where it is none. */
export function parseRecord(stored: unknown): TabRecord | null {
  if (!isTabState(stored)) return null;
  const more: Readonly<Record<string, unknown>> = { ...stored };
  const { url, committedAt, address, document, fresh, keptOnly, askedAt, failures, retryAt } = more;
  return {
    ...stored,
    url: typeof url === 'string' ? url : null,
    committedAt: typeof committedAt === 'number' ? committedAt : 0,
    address: typeof address === 'string' ? address : null,
    document: typeof document === 'string' ? document : null,
    fresh: fresh === true,
    keptOnly: keptOnly === true,
    askedAt: typeof askedAt === 'number' ? askedAt : 0,
    failures: typeof failures === 'number' ? failures : 0,
    retryAt: typeof retryAt === 'number' ? retryAt : null,
  };
}

const write = (tabId: number, record: TabRecord): Promise<void> => keepInSession({ [tabKey(tabId)]: record });

/**
 * Writes a record. Where room is short, of its own report all but the emblem that decides gives way; then other tabs'
 * reports, each in its turn.
 * What cannot be written is held until then, and counts all the same. Work in the tab's turn.
 */
export async function writeRecord(tabId: number, record: TabRecord): Promise<void> {
  try {
    await write(tabId, record).catch(() =>
      write(tabId, { ...record, report: record.report === null ? null : shortened(record.report) }),
    );
    unwritten.delete(tabId);
  } catch {
    unwritten.set(tabId, record);
    // Not waited for: two tabs that wait for each other's turn would wait for ever.
    void makeRoom(tabId);
  }
}

/**
 * Sets other tabs back as if nobody had asked yet (where each site is checked they are made anew in front), then writes
 * what is held.
 */
async function makeRoom(tabId: number): Promise<void> {
  const others = (await tabsKnown()).filter((other) => other !== tabId && !unwritten.has(other));
  await Promise.all(
    others.map((other) =>
      inTurn(other, async () => {
        const known = await readRecord(other);
        if (known?.phase === 'done') await write(other, { ...known, phase: 'idle', report: null }).catch(() => {});
      }),
    ),
  );
  await inTurn(tabId, async () => {
    const held = unwritten.get(tabId);
    if (held === undefined) return;
    await write(tabId, held).then(
      () => unwritten.delete(tabId),
      () => false,
    );
  });
}

/** Forgets what is known of a tab. */
export async function forgetRecord(tabId: number): Promise<void> {
  unwritten.delete(tabId);
  await browser.storage.session.remove(tabKey(tabId));
}

/** All tabs something is known of. */
export const tabsKnown = async (): Promise<readonly number[]> => [
  ...new Set([
    ...(await browser.storage.session.getKeys()).map(tabOfKey).filter((tabId) => tabId !== null),
    ...unwritten.keys(),
  ]),
];

// Turns under way. Nothing is lost with them: they only keep two events of one tab from overtaking each other within
// one life of the background.
const turns = new Map<number, Promise<unknown>>();

/** Does the work when all earlier work on this tab is done, so that reading a record and writing it are one step. */
export function inTurn<T>(tabId: number, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(tabId) ?? Promise.resolve()).then(work, work);
  turns.set(tabId, turn);
  return turn.finally(() => {
    if (turns.get(tabId) === turn) turns.delete(tabId);
  });
}

/**
 * Sets every tab back to where nobody has asked about its page, and forgets its address where that is wanted; a check
 * under way finds its navigation gone.
 */
export async function forgetAnswers(addresses: boolean): Promise<void> {
  if (addresses) await forgetPrivateHosts();
  await Promise.all(
    (await tabsKnown()).map((tabId) =>
      inTurn(tabId, async () => {
        const record = await readRecord(tabId);
        if (addresses) await forgetObservations(tabId);
        const unseen = addresses ? { url: null, address: null } : {};
        if (record !== null)
          await writeRecord(tabId, {
            ...record,
            ...unseen,
            stamp: `${record.stamp}+`,
            phase: 'idle',
            step: null,
            report: null,
          });
      }),
    ),
  );
}
