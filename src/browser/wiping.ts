// How is everything forgotten but what the person has chosen, even while checks are under way?

import { expectNoCheck } from './alarms.ts';
import { draw } from './drawing.ts';
import { lookAtTabsInFront } from './navigation.ts';
import { abandonChecks } from './run-check.ts';
import { wipeStorage } from './settings.ts';
import { inTurn, tabsKnown } from './tab-record.ts';

/** Wipes answers, proven entries, log lists, and what is known about the open tabs; those in front are then looked at as if they had just come. */
export async function wipe(): Promise<void> {
  const tabs = await tabsKnown();
  abandonChecks();
  await wipeStorage();
  await Promise.all(tabs.map((tabId) => inTurn(tabId, async () => {
    await expectNoCheck(tabId);
    await draw(tabId, null);
  })));
  await lookAtTabsInFront();
}
