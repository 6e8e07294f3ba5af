// Is nothing lost when the background ends, and nothing asked that nobody wanted?

import type { Browser as ExtensionApi } from 'webextension-polyfill';
import { type Page, TargetType } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { cleared, goTo, pause, seenTabs, tabOf, until } from './tabs.ts';
import { hostsAsked, ours } from './traffic.ts';
import { inEachBrowser, type World } from './world.ts';

// Both browsers know it by this name in pages of an extension; there the functions below run.
declare const chrome: ExtensionApi;

const IDLE = 400;
// Firefox offers no way to stop the event page from outside: a short patience with idle pages does it.
const prefs = { 'extensions.background.idle.timeout': IDLE };

/** Ends the background in the middle of whatever it does. */
async function stopBackground({ launched: { browser, kind }, followed }: World): Promise<void> {
  if (kind === 'firefox') {
    await pause(IDLE * 5);
    return;
  }
  await followed.letGo();
  const target = await browser.waitForTarget((each) => each.type() === TargetType.SERVICE_WORKER);
  await (await target.worker())?.close();
  await until(
    'the worker has ended',
    async () => !browser.targets().some((each) => each.type() === TargetType.SERVICE_WORKER),
  );
}

const alarmOf = (storage: Page, name: string): Promise<number | null> =>
  storage.evaluate(async (alarm) => (await chrome.alarms.get(alarm))?.scheduledTime ?? null, name);

/** Lets an alarm ring now that would ring later. */
const ring = (storage: Page, name: string): Promise<void> =>
  storage.evaluate(async (alarm) => {
    await chrome.alarms.create(alarm, { when: Date.now() + 200 });
  }, name);

/** Begins a check whose answer never reaches the background that asked. */
async function cutShort(world: World, host: string): Promise<{ page: Page; tabId: number }> {
  const { launched, storage } = world;
  const { asked, release } = world.hold(host);
  const page = await launched.browser.newPage();
  await goTo(page, `https://${host}/`);
  const { tabId } = await tabOf(storage, host, 'checking');
  await until('the resolver was asked', async () => asked());
  // The end of loading is an event: it would start the background anew.
  await until('the page has loaded', () =>
    storage.evaluate(async (id) => (await chrome.tabs.get(id)).status === 'complete', tabId),
  );
  await stopBackground(world);
  release();
  await pause(300);
  // The answer came, and nobody was there.
  expect((await seenTabs(storage)).find((tab) => tab.tabId === tabId)?.state.phase).toBe('checking');
  return { page, tabId };
}

inEachBrowser(
  'the background, stopped in the middle of a check',
  (world) => {
    it('is woken by the alarm that every unfinished check has', async () => {
      const { storage } = world();
      const { page, tabId } = await cutShort(world(), 'clinic.relief.example');
      const due = await alarmOf(storage, `check:${tabId}`);
      expect(due).not.toBeNull();
      expect(due).toBeLessThanOrEqual(Date.now() + 31_000);
      await ring(storage, `check:${tabId}`);
      expect((await tabOf(storage, 'clinic.relief.example')).state.report).toMatchObject({
        status: 'marked',
        strength: 'endorsed',
      });
      expect(await until('the alarm is gone', async () => (await alarmOf(storage, `check:${tabId}`)) === null)).toBe(
        true,
      );
      await page.close();
    });

    it('completes the check when the popup opens', async () => {
      const { storage, launched } = world();
      const { page, tabId } = await cutShort(world(), 'shelter.example');
      const popup = await launched.openExtensionPage(`popup.html?tab=${tabId}`);
      expect((await tabOf(storage, 'shelter.example')).state.report).toMatchObject({
        status: 'marked',
        strength: 'declared',
      });
      await popup.waitForSelector('main[aria-busy="false"] h1');
      await popup.close();
      await page.close();
    });

    it('completes the check at the next event', async () => {
      const { storage, launched } = world();
      const { page } = await cutShort(world(), 'water.aid.example');
      const other = await launched.browser.newPage();
      await goTo(other, 'https://plain.example/');
      await tabOf(storage, 'plain.example');
      expect((await tabOf(storage, 'water.aid.example')).state.report).toMatchObject({ status: 'marked' });
      await other.close();
      await page.close();
    });

    it('forgets a tab with the tab', async () => {
      const { storage, launched } = world();
      const page = await launched.browser.newPage();
      await goTo(page, 'https://coast.example/');
      const { tabId } = await tabOf(storage, 'coast.example');
      await page.close();
      await until('the tab is forgotten', async () => !(await seenTabs(storage)).some((tab) => tab.tabId === tabId));
    });
  },
  { prefs },
);

inEachBrowser('everything wiped', (world) => {
  it('a check under way keeps nothing, its tab shows nothing, and it begins anew when the tab comes to the front', async () => {
    const { launched, storage, hold } = world();
    const { asked, release } = hold('depot.relief.example');
    const site = await launched.browser.newPage();
    await goTo(site, 'https://depot.relief.example/');
    const { tabId } = await tabOf(storage, 'depot.relief.example', 'checking');
    await until('the resolver was asked', async () => asked());
    const options = await launched.openExtensionPage('options.html');
    await options.waitForSelector('button[name=wipe]');
    await options.evaluate(() => document.querySelector<HTMLButtonElement>('button[name=wipe]')?.click());
    await until('all is wiped', async () =>
      storage.evaluate(async () => Object.keys(await chrome.storage.session.get(null)).length === 0),
    );
    release();
    await pause(800);
    expect(await storage.evaluate(async () => JSON.stringify(await chrome.storage.session.get(null)))).not.toContain(
      'depot.relief.example',
    );
    await cleared(storage, tabId);
    await site.bringToFront();
    expect((await tabOf(storage, 'depot.relief.example')).state.report).toMatchObject({ status: 'marked' });
    await site.close();
    await options.close();
  });
});

inEachBrowser('a verdict that has ended', (world) => {
  /** Sets the end of what is shown for a tab to a moment ago. */
  const end = (storage: Page, tabId: number): Promise<void> =>
    storage.evaluate(async (key) => {
      const state: unknown = (await chrome.storage.session.get(key))[key];
      if (typeof state !== 'object' || state === null || !('report' in state) || typeof state.report !== 'object')
        throw new Error('there is no report');
      const past = new Date(Date.now() - 1000).toISOString();
      await chrome.storage.session.set({
        [key]: { ...state, report: { ...state.report, validUntil: past, checkedAt: past } },
      });
    }, `tab:${tabId}`);

  it('is renewed in the tab in front when the one alarm rings, and in another when it comes to the front', async () => {
    const { launched, storage } = world();
    const pages = [await launched.browser.newPage(), await launched.browser.newPage()];
    await goTo(pages[0] ?? storage, 'https://clinic.relief.example/');
    const behind = await tabOf(storage, 'clinic.relief.example');
    await goTo(pages[1] ?? storage, 'https://shelter.example/');
    const front = await tabOf(storage, 'shelter.example');
    await pages[1]?.bringToFront();
    const due = await alarmOf(storage, 'renew');
    const ends = [behind, front].map(({ state }) => Date.parse(state.report?.validUntil ?? ''));
    expect(Math.abs((due ?? 0) - Math.max(Math.min(...ends), Date.now()))).toBeLessThan(35_000);
    for (const { tabId } of [behind, front]) await end(storage, tabId);
    await ring(storage, 'renew');
    const renewed = (host: string): Promise<boolean> =>
      until(`${host} is judged anew`, async () => {
        const { report } = (await tabOf(storage, host)).state;
        return Date.parse(report?.validUntil ?? '') > Date.now();
      });
    await renewed('shelter.example');
    expect(Date.parse((await tabOf(storage, 'clinic.relief.example')).state.report?.validUntil ?? '')).toBeLessThan(
      Date.now(),
    );
    await pages[0]?.bringToFront();
    await renewed('clinic.relief.example');
    await Promise.all(pages.map((page) => page.close()));
  });
});

inEachBrowser(
  'until the person chooses',
  (world) => {
    it('nothing is asked', async () => {
      const { lab, storage, launched } = world();
      const page = await launched.browser.newPage();
      await goTo(page, 'https://clinic.relief.example/');
      await tabOf(storage, 'clinic.relief.example', 'idle');
      await pause(500);
      expect(ours(lab)).toEqual([]);
      await page.close();
    });

    it('a click asks for one page, and for no other', async () => {
      const { lab, storage, launched } = world();
      const page = await launched.browser.newPage();
      await goTo(page, 'https://depot.relief.example/');
      const { tabId } = await tabOf(storage, 'depot.relief.example', 'idle');
      const popup = await launched.openExtensionPage(`popup.html?tab=${tabId}`);
      await popup.waitForSelector('button.main');
      expect(ours(lab)).toEqual([]);
      await popup.evaluate(() => document.querySelector<HTMLButtonElement>('button.main')?.click());
      expect((await tabOf(storage, 'depot.relief.example')).state.report).toMatchObject({
        status: 'marked',
        strength: 'endorsed',
      });
      await goTo(page, 'https://shelter.example/');
      await tabOf(storage, 'shelter.example', 'idle');
      expect(new Set(hostsAsked(lab))).toEqual(new Set(['depot.relief.example']));
      await popup.close();
      await page.close();
    });
  },
  { settings: { automatic: null } },
);

inEachBrowser(
  'without permission',
  (world) => {
    it('sends nothing, says so, and goes on when it is granted', async () => {
      const { lab, storage, launched } = world();
      await storage.evaluate(async () => {
        await chrome.permissions.remove({ origins: ['https://dns.quad9.net/*'] });
      });
      const before = ours(lab).length;
      const page = await launched.browser.newPage();
      await goTo(page, 'https://clinic.relief.example/');
      const { tabId, state } = await tabOf(storage, 'clinic.relief.example');
      expect(state.report).toMatchObject({ status: 'unknown', requests: [] });
      expect(state.report?.problems.map(({ code }) => code)).toContain('permission-missing');
      expect(lab.requests.slice(before).filter(({ url }) => new URL(url).hostname === 'dns.quad9.net')).toEqual([]);
      const popup = await launched.openExtensionPage(`popup.html?tab=${tabId}`);
      await popup.waitForSelector('button.main');
      await popup.click('button.main');
      await until(
        'the check has been made',
        async () => (await tabOf(storage, 'clinic.relief.example')).state.report?.status === 'marked',
      );
      for (const { headers, url } of ours(lab)) expect.soft(headers, url).not.toHaveProperty('origin');
      await popup.close();
      await page.close();
    });
  },
  {},
  ['firefox'],
);
