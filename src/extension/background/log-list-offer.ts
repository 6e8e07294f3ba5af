// Is the file that a page offers a log list? Then it is the list from now on.

import { isLogList } from '../../network/logs/log-lists.ts';
import { browser } from '../webext.ts';
import { LIST_FILE, OFFER, parseListFile } from '../custom-log-list.ts';

/** Takes or refuses what is offered; the page that waits looks at what is kept then, also where it could not be. */
export async function judgeOffer(offered: unknown): Promise<void> {
  const file = parseListFile(offered);
  try {
    if (file !== null && (await isLogList(file.text))) await browser.storage.local.set({ [LIST_FILE]: file });
  } finally {
    await browser.storage.session.remove(OFFER);
  }
}
