// Tab records: what the background remembers of a tab.

import { shortenReport } from '../../verdict/bounded-report.ts';
import { browser } from '../webext.ts';
import { forgetObservations } from './connection.ts';
import { forgetPrivateHosts } from './private-hosts.ts';
import { OpenTab } from './open-tab.ts';
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
 * What cannot be written is held until then, and counts all the same.
 */
export async function writeRecord({ id }: OpenTab, record: TabRecord): Promise<void> {
  try {
    await write(id, record).catch(() =>
      write(id, { ...record, report: record.report === null ? null : shortenReport(record.report) }),
    );
    unwritten.delete(id);
  } catch {
    unwritten.set(id, record);
    // Not waited for: two tabs that wait for each other's turn would wait for ever.
    void makeRoom(id);
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
      OpenTab.inTurn(other, async () => {
        const known = await readRecord(other);
        if (known?.phase === 'done') await write(other, { ...known, phase: 'idle', report: null }).catch(() => {});
      }),
    ),
  );
  await OpenTab.inTurn(tabId, async () => {
    const held = unwritten.get(tabId);
    if (held === undefined) return;
    await write(tabId, held).then(
      () => unwritten.delete(tabId),
      () => false,
    );
  });
}

/** Forgets what is known of a tab. */
export async function forgetRecord({ id }: OpenTab): Promise<void> {
  unwritten.delete(id);
  await browser.storage.session.remove(tabKey(id));
}

/** All tabs something is known of. */
export const tabsKnown = async (): Promise<readonly number[]> => [
  ...new Set([
    ...(await browser.storage.session.getKeys()).map(tabOfKey).filter((tabId) => tabId !== null),
    ...unwritten.keys(),
  ]),
];

/**
 * Sets every tab back to where nobody has asked about its page, and forgets its address where that is wanted; a check
 * under way finds its navigation gone.
 */
export async function forgetAnswers(addresses: boolean): Promise<void> {
  if (addresses) await forgetPrivateHosts();
  await Promise.all(
    (await tabsKnown()).map((tabId) =>
      OpenTab.inTurn(tabId, async (tab) => {
        const record = await readRecord(tabId);
        if (addresses) await forgetObservations(tab);
        const unseen = addresses ? { url: null, address: null } : {};
        if (record !== null)
          await writeRecord(tab, {
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
