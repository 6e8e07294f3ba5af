// What stands in the toolbar for a tab? Icon, badge and title; drawing the same state again changes nothing.

import { browser } from './browser.ts';
import { iconState } from './icon.ts';
import type { IconState } from './icon.ts';
import type { TabState } from './tab-state.ts';

/** Pixels of a toolbar picture on ordinary and on dense screens. */
const SIZES = [16, 32] as const;

/** A mark beside the picture where a person should look; the pictures say the rest by their shapes. */
const BADGES: Record<IconState, string> = {
  trusted: '', endorsed: '', declared: '', unconfirmed: '', invalid: '!', expired: '', 'not-covered': '', none: '', unknown: '', checking: '',
};

/** The files of a picture, by width in pixels. */
const iconPaths = (state: IconState | null): Record<string, string> =>
  Object.fromEntries(SIZES.map((size) => [String(size), `/icons/${state ?? 'lens'}-${size}.png`]));

/** The title: what the picture says, in words, and of which host. */
export function titleOf(state: TabState | null): string {
  const picture = iconState(state);
  const name = browser.i18n.getMessage('extension_name');
  const words = picture === null ? '' : browser.i18n.getMessage(`title_${picture.replaceAll('-', '_')}`);
  return state === null || words === '' ? name : `${state.host}: ${words}`;
}

/** Draws a tab's state. To be called on or after the commit of a navigation: browsers wipe what was drawn before. */
export async function draw(tabId: number, state: TabState | null): Promise<void> {
  // Chrome logs an error of its own for a tab that has gone, whoever catches ours.
  if (!await isThere(tabId)) return;
  const picture = iconState(state);
  const drawn = await Promise.allSettled([
    browser.action.setIcon({ tabId, path: iconPaths(picture) }),
    browser.action.setBadgeText({ tabId, text: picture === null ? '' : BADGES[picture] }),
    browser.action.setBadgeBackgroundColor({ tabId, color: '#8a1c1c' }),
    browser.action.setTitle({ tabId, title: titleOf(state) }),
  ]);
  const failed = drawn.find((result) => result.status === 'rejected');
  // A tab that has gone needs no icon; anything else is a fault of ours.
  if (failed !== undefined && await isThere(tabId)) throw new Error('the toolbar could not be drawn', { cause: failed.reason });
}

const isThere = (tabId: number): Promise<boolean> => browser.tabs.get(tabId).then(() => true, () => false);
