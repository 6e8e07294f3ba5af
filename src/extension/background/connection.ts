// Connected addresses: which the browser was connected to for exactly this page. Only where `webRequest` is held; doubt
// means null.

import { observesResponses } from '../platform.ts';
import { bookkeeping } from '../session-storage.ts';
import type { OpenTab } from './open-tab.ts';

/** One main-frame response. */
export interface Observation {
  /** Without fragment. */
  readonly url: string;
  /**
   * The server's address; null where it is no proof of the server: from a cache, through a proxy, for a page not shown.
   */
  readonly address: string | null;
  /** When the response began, by the browser's clock; milliseconds since the epoch. */
  readonly at: number;
}

/** What of a webRequest event counts here; Chrome alone tells the lifecycle, Firefox alone the proxy. */
export interface ResponseDetails {
  readonly tabId: number;
  readonly frameId: number;
  readonly url: string;
  readonly timeStamp: number;
  readonly fromCache: boolean;
  readonly ip?: string | null;
  readonly proxyInfo?: { readonly type: string } | null;
  readonly documentLifecycle?: string;
}

const KEY = 'connected:';
const MAX_RESPONSES = 4;

export const withoutFragment = (url: string): string => url.split('#', 1)[0] ?? '';

/**
 * What a response proves; null where it concerns no page of a tab. An unusable response replaces an earlier one of the
 * same address with null.
 */
export function observe(details: ResponseDetails): Observation | null {
  // A prerendered page comes with frame 0 too, but is not the page of this tab.
  if (details.tabId < 0 || details.frameId !== 0 || (details.documentLifecycle ?? 'active') !== 'active') return null;
  const direct = (details.proxyInfo ?? null) === null || details.proxyInfo?.type === 'direct';
  const address =
    direct && !details.fromCache && typeof details.ip === 'string' && details.ip !== '' ? details.ip : null;
  return { url: withoutFragment(details.url), address, at: details.timeStamp };
}

/**
 * The response that a page committed at this time came from: the latest of exactly this URL that began before; null
 * where none was seen.
 */
export const responseOf = (
  url: string,
  committedAt: number,
  observations: readonly Observation[],
): Observation | null =>
  observations.findLast((seen) => seen.url === withoutFragment(url) && seen.at <= committedAt) ?? null;

const isObservation = (value: unknown): value is Observation => {
  if (typeof value !== 'object' || value === null) return false;
  const seen: Readonly<Record<string, unknown>> = { ...value };
  return (
    typeof seen['url'] === 'string' &&
    (seen['address'] === null || typeof seen['address'] === 'string') &&
    typeof seen['at'] === 'number'
  );
};

const keyOf = ({ id }: OpenTab): string => `${KEY}${id}`;

async function readObservations(tab: OpenTab): Promise<readonly Observation[]> {
  const stored = await bookkeeping.get(keyOf(tab));
  return Array.isArray(stored) ? stored.filter(isObservation) : [];
}

/** Keeps a response until its page is committed. */
export async function keepObservation(tab: OpenTab, seen: Observation): Promise<void> {
  const others = (await readObservations(tab)).filter(({ url }) => url !== seen.url);
  await bookkeeping.keep({ [keyOf(tab)]: [...others, seen].slice(-MAX_RESPONSES) });
}

/** Takes the response of a page just committed; what was seen before it is used up. */
export async function takeResponse(tab: OpenTab, url: string, committedAt: number): Promise<Observation | null> {
  if (!observesResponses()) return null;
  const seen = await readObservations(tab);
  await bookkeeping.keep({ [keyOf(tab)]: seen.filter(({ at }) => at > committedAt) });
  return responseOf(url, committedAt, seen);
}

export const forgetObservations = (tab: OpenTab): Promise<void> => bookkeeping.forget([keyOf(tab)]);
