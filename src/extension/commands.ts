// Commands: what pages ask of the background, kept in `storage.session` until it is carried out. A message to a
// background that is just ending would be lost (docs/decisions/05-storage-and-commands.md).

import { browser } from './webext.ts';
import { type ListFile, parseListFile, readListFile } from './custom-log-list.ts';
import { keepInSession } from './session-storage.ts';

/**
 * One command. `check`: the person wants a (new) check of the page in this tab, asked for at this time (milliseconds
 * since the epoch). `resume`: the popup has opened, which completes what is unfinished or outdated and starts nothing
 * that nobody asked for. `wipe`: everything is forgotten but what the person has chosen. `use-list`: this file is the
 * list of logs from now on, if it is one.
 */
export type Command =
  | { readonly kind: 'check'; readonly tabId: number; readonly at: number }
  | { readonly kind: 'resume'; readonly tabId: number }
  | { readonly kind: 'wipe' }
  | { readonly kind: 'use-list'; readonly file: ListFile };

const PREFIX = 'command:';
export const isCommandKey = (key: string): boolean => key.startsWith(PREFIX);

/** Stands in a command's place where carrying it out failed, until the page that waits has read it. */
interface FailedCommand {
  readonly kind: 'failed';
  readonly reason: string;
}

/** A command from whatever is stored; null where it is none. */
export function parseCommand(stored: unknown): Command | null {
  const { kind, tabId, at, file }: { [name in 'kind' | 'tabId' | 'at' | 'file']?: unknown } =
    typeof stored === 'object' && stored !== null ? stored : {};
  const isTab = (value: unknown): value is number => Number.isSafeInteger(value);
  switch (kind) {
    case 'check':
      return isTab(tabId) && typeof at === 'number' ? { kind, tabId, at } : null;
    case 'resume':
      return isTab(tabId) ? { kind, tabId } : null;
    case 'wipe':
      return { kind };
    case 'use-list': {
      const list = parseListFile(file);
      return list === null ? null : { kind, file: list };
    }
    default:
      return null;
  }
}

const failureIn = (stored: unknown): FailedCommand | null =>
  typeof stored === 'object' && stored !== null && 'kind' in stored && stored.kind === 'failed' && 'reason' in stored
    ? { kind: 'failed', reason: String(stored.reason) }
    : null;

/** Resolves when the background has carried the command out; rejects where it cannot be kept, or failed. */
const send = (command: Command): Promise<void> =>
  new Promise((resolve, reject) => {
    const key = PREFIX + crypto.randomUUID();
    const stop = (): void => browser.storage.onChanged.removeListener(listen);
    const listen: Parameters<typeof browser.storage.onChanged.addListener>[0] = (changes, area) => {
      const change = changes[key];
      if (area !== 'session' || change === undefined) return;
      const failure = failureIn(change.newValue);
      if (change.newValue !== undefined && failure === null) return;
      stop();
      if (failure === null) return resolve();
      void browser.storage.session.remove(key);
      reject(new Error(failure.reason));
    };
    browser.storage.onChanged.addListener(listen);
    keepInSession({ [key]: command }).catch((fault: unknown) => {
      stop();
      reject(fault);
    });
  });

/** The person asks for a check of the page in this tab, or for another one: records are asked for anew. */
export const requestCheck = (tabId: number): Promise<void> => send({ kind: 'check', tabId, at: Date.now() });

/**
 * To be called when the popup opens. Resolves when the background has looked at the tab: where nothing has been told of
 * it by then, there is nothing to know.
 */
export const resumeCheck = (tabId: number): Promise<void> => send({ kind: 'resume', tabId });

/** Asks for everything to be forgotten but what the person has chosen. */
export const requestWipe = (): Promise<void> => send({ kind: 'wipe' });

/** Offers a file as the list from now on. Returns whether it was taken: a file that is no log list is not. */
export async function useListFile(file: ListFile): Promise<boolean> {
  await send({ kind: 'use-list', file });
  return (await readListFile())?.text === file.text;
}

/** Told by the background: the command has been carried out, or why not. */
export const settleCommand = (key: string, failed: Error | null = null): Promise<void> =>
  failed === null
    ? browser.storage.session.remove(key)
    : keepInSession({ [key]: { kind: 'failed', reason: failed.message } satisfies FailedCommand });
