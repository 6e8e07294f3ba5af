// Log list of the person's own, from a file; kept like a choice, in place of the lists that are fetched.

import { browser } from './webext.ts';

/** A log list (`log_list.json`, format v3) chosen from a file. */
export interface ListFile {
  /** Of the file, as the person knows it. */
  readonly name: string;
  readonly text: string;
}

/** Its key in `storage.local`. */
export const LIST_FILE = 'log-list-file';

/** A file from whatever is stored; null where there is none. */
export const parseListFile = (stored: unknown): ListFile | null =>
  typeof stored === 'object' &&
  stored !== null &&
  'name' in stored &&
  typeof stored.name === 'string' &&
  'text' in stored &&
  typeof stored.text === 'string'
    ? { name: stored.name, text: stored.text }
    : null;

export const readListFile = async (): Promise<ListFile | null> =>
  parseListFile((await browser.storage.local.get(LIST_FILE))[LIST_FILE]);

/** Goes back to the lists that are fetched. */
export const dropListFile = (): Promise<void> => browser.storage.local.remove(LIST_FILE);
