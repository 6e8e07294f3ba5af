// Commands of pages, carried out once in each life of the background, and again in the next where it ended before.

import { isLogList } from '../../network/logs/log-lists.ts';
import { browser } from '../webext.ts';
import { type Command, isCommandKey, parseCommand, settleCommand } from '../commands.ts';
import { LIST_FILE } from '../custom-log-list.ts';
import { refreshTab } from './navigation.ts';
import { bringUpToDate, performCheck } from './tab-check.ts';
import { wipe } from './wipe.ts';

// A command is told of as a change of storage, and found there by a background that the change has started.
const inHand = new Set<string>();

/** Carries out the command under this key of the session, if it is one. Never rejects: the page hears what failed. */
export async function dispatchCommand(key: string, stored: unknown): Promise<void> {
  if (!isCommandKey(key) || inHand.has(key)) return;
  inHand.add(key);
  let waiting = true;
  const settled = (): Promise<void> => {
    waiting = false;
    return settleCommand(key);
  };
  try {
    const command = parseCommand(stored);
    await (command === null ? settled() : execute(command, settled));
  } catch (fault) {
    console.error(fault);
    if (waiting) await settleCommand(key, fault instanceof Error ? fault : new Error('unknown')).catch(() => {});
  } finally {
    inHand.delete(key);
  }
}

/** `settled` is called once nothing can be lost any more. */
async function execute(command: Command, settled: () => Promise<void>): Promise<void> {
  switch (command.kind) {
    case 'check':
      await refreshTab(command.tabId);
      return performCheck(command.tabId, command.at, settled);
    case 'resume':
      await refreshTab(command.tabId);
      return bringUpToDate(command.tabId, 'popup', settled);
    case 'wipe':
      await wipe();
      return settled();
    case 'use-list':
      if (await isLogList(command.file.text)) await browser.storage.local.set({ [LIST_FILE]: command.file });
      return settled();
  }
}
