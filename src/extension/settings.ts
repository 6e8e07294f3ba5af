// Settings: what this person has chosen.

import { IHLE_TYPES, isIhleType, LOG_LISTS, RESOLVER } from '../network/defaults.ts';
import { browser } from './webext.ts';
import { LIST_FILE } from './custom-log-list.ts';
import { bookkeeping } from './session-storage.ts';

export { parseIhleType } from '../network/defaults.ts';

/** Kept in `storage.local` under `settings`. */
export interface Settings {
  /** Address of the DNS-over-HTTPS resolver. */
  readonly resolver: string;
  /** Addresses of the log lists. */
  readonly logLists: readonly string[];
  /** Check each visited site (true), only on a click (false); null until the person has chosen, and then as false. */
  readonly automatic: boolean | null;
  /** Numbers of the record type of the October drafts to ask for; none for TXT alone. */
  readonly ihleTypes: readonly number[];
}

const KEY = 'settings';
const MAX_LISTS = 8;
/** Each number is one more question to the resolver for every site. */
export const MAX_TYPES = 4;

export const DEFAULTS: Settings = {
  resolver: RESOLVER,
  logLists: LOG_LISTS,
  automatic: null,
  ihleTypes: IHLE_TYPES,
};

/** Resolvers offered by name; the extension holds the permission to ask them from the start. */
export const RESOLVERS = [
  { name: 'Quad9', url: DEFAULTS.resolver },
  { name: 'Cloudflare', url: 'https://cloudflare-dns.com/dns-query' },
  { name: 'Google', url: 'https://dns.google/dns-query' },
] as const;

/** An address that may be asked: `https:`, without user, password or fragment; in its canonical spelling, else null. */
export function parseAddress(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 2000 || !URL.canParse(value)) return null;
  const url = new URL(value);
  const bare = url.username === '' && url.password === '' && url.hash === '';
  return url.protocol === 'https:' && bare ? url.href : null;
}

/** An empty list is a choice; one of which nothing is fit is damage. */
function parseTypes(stored: unknown): readonly number[] {
  if (!Array.isArray(stored)) return DEFAULTS.ihleTypes;
  const fit = [...new Set(stored.filter(isIhleType))].slice(0, MAX_TYPES);
  return fit.length > 0 || stored.length === 0 ? fit : DEFAULTS.ihleTypes;
}

/**
 * Settings from whatever is stored: what is missing, damaged or of another version gives way to the default, member by
 * member.
 */
export function parseSettings(stored: unknown): Settings {
  const from: Readonly<Record<string, unknown>> = typeof stored === 'object' && stored !== null ? { ...stored } : {};
  const { resolver, logLists, automatic, ihleTypes } = from;
  const lists = Array.isArray(logLists)
    ? logLists
        .map(parseAddress)
        .filter((address) => address !== null)
        .slice(0, MAX_LISTS)
    : [];
  return {
    resolver: parseAddress(resolver) ?? DEFAULTS.resolver,
    logLists: lists.length > 0 ? [...new Set(lists)] : DEFAULTS.logLists,
    automatic: typeof automatic === 'boolean' ? automatic : null,
    ihleTypes: parseTypes(ihleTypes),
  };
}

export async function readSettings(): Promise<Settings> {
  return parseSettings((await browser.storage.local.get(KEY))[KEY]);
}

/** Calls back with the settings and those before whenever they change. Returns what ends the watching. */
export function watchSettings(changed: (now: Settings, before: Settings) => void): () => void {
  const listen: Parameters<typeof browser.storage.onChanged.addListener>[0] = (changes, area) => {
    const change = changes[KEY];
    if (area === 'local' && change !== undefined)
      changed(parseSettings(change.newValue), parseSettings(change.oldValue));
  };
  browser.storage.onChanged.addListener(listen);
  return () => browser.storage.onChanged.removeListener(listen);
}

/** Changes the named settings and returns all of them as they now stand; an unfit value gives way to the default. */
export async function writeSettings(patch: Partial<Settings>): Promise<Settings> {
  const settings = parseSettings({ ...(await readSettings()), ...patch });
  await browser.storage.local.set({ [KEY]: settings });
  return settings;
}

/** Empties the storage of everything but what the person has chosen, and what `stays` of the session. */
export async function wipeStorage(stays: (key: string) => boolean): Promise<void> {
  const kept = (await browser.storage.local.getKeys()).filter((key) => key !== KEY && key !== LIST_FILE);
  await browser.storage.local.remove(kept);
  await bookkeeping.forget((await bookkeeping.names()).filter((key) => !stays(key)));
}
