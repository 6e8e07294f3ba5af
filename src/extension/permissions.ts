// Permissions as the browser holds them now: which requests may be sent.

import { browser } from './webext.ts';
import { DEFAULTS, RESOLVERS, type Settings } from './settings.ts';

/** The match pattern of an address's origin; patterns name no ports. */
export const originPattern = (url: string): string => {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${hostname}/*`;
};

/**
 * Whether the permission to ask this address is held. Without it nothing may be sent: the browser would send it all the
 * same, with our `Origin`.
 */
export const permitted = (url: string): Promise<boolean> =>
  browser.permissions.contains({ origins: [originPattern(url)] });

/** All that is held, in one order: permissions by name, and match patterns. */
export async function heldPermissions(): Promise<readonly string[]> {
  const { permissions = [], origins = [] } = await browser.permissions.getAll();
  return [...permissions, ...origins].toSorted();
}

// Of the hosts in the manifest the log hosts are always needed; resolvers and lists only where chosen.
const CHOSEN: ReadonlySet<string> = new Set(
  [...RESOLVERS.map(({ url }) => url), ...DEFAULTS.logLists].map(originPattern),
);

/** The match patterns that checks under these settings need, held or not. */
export function neededPermissions(settings: Settings): readonly string[] {
  const logs = (browser.runtime.getManifest().host_permissions ?? []).filter((pattern) => !CHOSEN.has(pattern));
  return [...new Set([settings.resolver, ...settings.logLists].map(originPattern)), ...logs];
}

/** The match patterns that these settings need and that are not held: for `requestPermissions`. */
export async function missingPermissions(settings: Settings): Promise<readonly string[]> {
  const held = await Promise.all(
    neededPermissions(settings).map(async (pattern) => ({
      pattern,
      is: await browser.permissions.contains({ origins: [pattern] }),
    })),
  );
  return held.filter(({ is }) => !is).map(({ pattern }) => pattern);
}

/** Asks the person for host permissions; to be called at once in the handler of a click, before anything is awaited. */
export const requestPermissions = (origins: readonly string[]): Promise<boolean> =>
  browser.permissions.request({ origins: [...origins] });

/** What seeing connected addresses takes: the events of requests, of pages from any host. */
const ADDRESSES = { permissions: ['webRequest' as const], origins: ['https://*/*', 'http://*/*'] };

/** Whether the person lets us see which address a page came from. */
export const seesAddresses = (): Promise<boolean> => browser.permissions.contains(ADDRESSES);
/** Asks for that; to be called at once in the handler of a click. */
export const requestAddresses = (): Promise<boolean> => browser.permissions.request(ADDRESSES);
/** Gives it back. */
export const releaseAddresses = (): Promise<boolean> => browser.permissions.remove(ADDRESSES);
