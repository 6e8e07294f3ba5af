// Are errors seen that nobody waits for, and does the extension make none where tabs go while it is at work?

import type { Browser as ExtensionApi } from 'webextension-polyfill';
import { expect, it } from 'vitest';
import { goTo, pause, seenTabs, until } from './tabs.ts';
import { inEachBrowser } from './world.ts';

// Both browsers know it by this name in pages of an extension; there the functions below run.
declare const chrome: ExtensionApi;

const NO_TAB = 999_999_999;

inEachBrowser('an error that nobody waits for', (world) => {
  it.each([
    [
      'in a function of the browser',
      /No tab with id|Invalid tab ID/,
      (tabId: number) => {
        void chrome.action.setBadgeText({ tabId, text: '' });
      },
    ],
    [
      'in a script',
      /thrown/,
      () => {
        setTimeout(() => {
          throw new Error('thrown');
        });
      },
    ],
    [
      'in a promise',
      /refused/,
      () => {
        void Promise.reject(new Error('refused'));
      },
    ],
    [
      'on the console',
      /written/,
      () => {
        console.error('written');
      },
    ],
  ])('is seen %s', async (_where, words, fail) => {
    const { followed, storage } = world();
    await storage.evaluate(fail, NO_TAB);
    expect(await until('the error is seen', async () => followed.take().find((fault) => words.test(fault)))).toMatch(
      words,
    );
  });

  it('is seen where Chromium logs it, though the promise was caught', async ({ skip }) => {
    const { followed, kind, storage } = world();
    skip(kind !== 'chromium', 'Firefox logs nothing then');
    await storage.evaluate(async (tabId) => {
      await chrome.action.setIcon({ tabId, path: '/icons/lens-16.png' }).catch(() => {});
    }, NO_TAB);
    expect(await until('the error is seen', async () => followed.take()[0])).toContain('Unchecked runtime.lastError');
  });
});

inEachBrowser('tabs closed while they are checked', (world) => {
  it('leave no error, and nothing kept of them', async () => {
    const { followed, hold, launched, storage } = world();
    const { asked, release } = hold('clinic.relief.example');
    const page = await launched.browser.newPage();
    await goTo(page, 'https://clinic.relief.example/');
    await until('the resolver was asked', async () => asked());
    await page.close();
    release();
    // Each closed the moment that its check begins, or ends: its icon is about to be drawn then.
    await storage.evaluate(async () => {
      const seen = new Set<string>();
      chrome.storage.session.onChanged.addListener((changes) => {
        for (const [key, { newValue }] of Object.entries(changes)) {
          if (!key.startsWith('tab:') || typeof newValue !== 'object' || newValue === null || !('phase' in newValue))
            continue;
          seen.add(key);
          if (newValue.phase === 'done' || seen.size % 2 === 0)
            void chrome.tabs.remove(Number(key.slice(4))).catch(() => {});
        }
      });
      for (let i = 0; i < 40; i += 1) await chrome.tabs.create({ url: 'https://shelter.example/', active: false });
    });
    await until('all tabs are forgotten', async () => (await seenTabs(storage)).length === 0);
    await pause(500);
    expect(followed.take()).toEqual([]);
  });
});
