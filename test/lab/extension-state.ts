// What does the extension say of a tab? Read from a page of the extension: its storage and its toolbar.

import type { Page } from 'puppeteer-core';
import type { Browser as ExtensionApi } from 'webextension-polyfill';
import type { Settings } from '../../src/extension/settings.ts';
import type { TabState } from '../../src/extension/tab-store.ts';
import type { LabIcon } from './sites.ts';

// Both browsers know it by this name in pages of an extension; there the functions below run.
declare const chrome: ExtensionApi;

const ICONS = [
  'trusted',
  'endorsed',
  'declared',
  'unconfirmed',
  'invalid',
  'expired',
  'not-covered',
  'none',
  'unknown',
  'checking',
] as const;

export interface Settled {
  readonly tabId: number;
  readonly state: TabState;
  /** The toolbar's state, told by its words; null where they are none of ours. */
  readonly icon: LabIcon | 'checking' | null;
}

/** Answers the first-run question and sets what else is given. */
export async function writeSettings(page: Page, settings: Settings): Promise<void> {
  await page.evaluate(
    async (value) => {
      await chrome.storage.local.set({ settings: value });
    },
    { ...settings },
  );
}

/** The state of the tab that shows `host`, and what the toolbar says; null while there is none or it is not done. */
export async function readSettled(page: Page, host: string): Promise<Settled | null> {
  const found = await page.evaluate(
    async (wanted, icons) => {
      for (const [key, value] of Object.entries(await chrome.storage.session.get(null))) {
        if (
          key.startsWith('tab:') &&
          typeof value === 'object' &&
          value !== null &&
          'host' in value &&
          'phase' in value &&
          value.host === wanted &&
          value.phase === 'done'
        ) {
          const tabId = Number(key.slice(4));
          const title = await chrome.action.getTitle({ tabId });
          return {
            tabId,
            state: JSON.stringify(value),
            icon:
              icons.find((icon) =>
                title
                  .replace(/\. .*/, '')
                  .endsWith(`: ${chrome.i18n.getMessage(`title_${icon.replaceAll('-', '_')}`)}`),
              ) ?? null,
          };
        }
      }
      return null;
    },
    host,
    ICONS,
  );
  if (found === null) return null;
  const state: TabState = JSON.parse(found.state);
  return { ...found, state };
}

/** Waits until the check of `host` is done and drawn. Rejects after `patience` milliseconds with what there was. */
export async function waitSettled(page: Page, host: string, patience = 20_000): Promise<Settled> {
  const end = performance.now() + patience;
  for (;;) {
    const settled = await readSettled(page, host);
    if (settled !== null && settled.icon !== null && settled.icon !== 'checking') return settled;
    if (performance.now() > end)
      throw new Error(`no verdict on ${host} within ${patience} ms${settled === null ? '' : ', or no icon'}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}
