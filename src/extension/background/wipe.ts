// Wipe: everything is forgotten but what the person has chosen, even while checks are under way.

import { expectNoCheck } from './alarms.ts';
import { draw } from './toolbar.ts';
import { isFailureKey } from './error-page.ts';
import { refreshActiveTabs } from './navigation.ts';
import { privateHostKey } from './private-hosts.ts';
import { abandonChecks } from './run-check.ts';
import { wipeStorage } from '../settings.ts';
import { isCommandKey } from '../commands.ts';
import { OpenTab } from './open-tab.ts';
import { forgetRecord, readRecord, tabsKnown } from './tab-record.ts';

/**
 * Wipes answers, proven entries, log lists, and what is known about the open tabs; those in front are then looked at as
 * if they had just come.
 */
export async function wipe(): Promise<void> {
  const tabs = await tabsKnown();
  // Of what stands in a tab it stays known that nobody is asked about it: an error page, a page from a private address.
  const shown = new Set(
    (await Promise.all(tabs.map(readRecord))).flatMap((record) =>
      record === null ? [] : [privateHostKey(record.host)],
    ),
  );
  abandonChecks();
  await wipeStorage((key) => isFailureKey(key) || isCommandKey(key) || shown.has(key));
  try {
    await Promise.all(
      tabs.map((tabId) =>
        OpenTab.inTurn(tabId, async (tab) => {
          await forgetRecord(tab);
          await expectNoCheck(tabId);
          await draw(tabId, null);
        }),
      ),
    );
  } finally {
    await refreshActiveTabs();
  }
}
