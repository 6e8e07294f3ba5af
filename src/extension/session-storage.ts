// Session storage: what is kept for speed gives way to what people see where room is short.

import { browser } from './webext.ts';
import { openKeeper } from './keeper.ts';

/** Everything kept beside the tabs by `network/` bears this prefix. */
export const KEPT = 'kept:';

/**
 * Keeps values by name. Browsers give 10 MB: where that is not enough, what answers were kept for speed are dropped
 * first.
 */
export async function keepInSession(items: Readonly<Record<string, unknown>>): Promise<void> {
  await browser.storage.session.set(items).catch(async () => {
    await browser.storage.session.remove(
      (await browser.storage.session.getKeys()).filter((key) => key.startsWith(KEPT)),
    );
    await browser.storage.session.set(items);
  });
}

/** Keeps what is only bookkeeping: where it cannot be written, nothing that people see may be lost with it. */
export const bookkeeping = openKeeper({
  get: (key) => browser.storage.session.get(key),
  set: keepInSession,
  remove: (keys) => browser.storage.session.remove(keys),
  getKeys: () => browser.storage.session.getKeys(),
});
