// Does what is shown belong to the page that stands in the tab, however it came there?

import type { Browser as ExtensionApi } from 'webextension-polyfill';
import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { answer, BREAKS, DROPS } from '../lab/reply.ts';
import {
  cleared,
  drawn,
  fail,
  goTo,
  isCleared,
  pause,
  type SeenTab,
  seenTabs,
  tabOf,
  titleFor,
  until,
} from './tabs.ts';
import { hostsAsked, LOOK_UP } from './traffic.ts';
import { inEachBrowser } from './world.ts';

// Both browsers know it by this name in pages of an extension; there the functions below run.
declare const chrome: ExtensionApi;

/** The icon's title up to the names of those who stand behind the emblem. */
const titleOf = (storage: Page, tabId: number): Promise<string> =>
  storage.evaluate(async (id) => (await chrome.action.getTitle({ tabId: id })).replace(/\. .*/, ''), tabId);

const stateOf = async (storage: Page, tabId: number): Promise<SeenTab['state'] | undefined> =>
  (await seenTabs(storage)).find((tab) => tab.tabId === tabId)?.state;

inEachBrowser('navigation', (world) => {
  it('drops the late answer of a page left behind', async () => {
    const { launched, storage, hold } = world();
    const { asked, release } = hold('clinic.relief.example');
    const page = await launched.browser.newPage();
    await goTo(page, 'https://clinic.relief.example/');
    await until('the first page is asked about', async () => asked());
    await goTo(page, 'https://plain.example/');
    const { tabId } = await drawn(storage, 'plain.example', 'none');
    release();
    await pause(800);
    const seen = await drawn(storage, 'plain.example', 'none');
    expect(seen).toMatchObject({
      tabId,
      state: { host: 'plain.example', report: { host: 'plain.example', status: 'none' } },
    });
    await page.close();
  });

  it('says that a check is under way', async () => {
    const { launched, storage, hold } = world();
    const { release } = hold('water.aid.example');
    const page = await launched.browser.newPage();
    await goTo(page, 'https://water.aid.example/');
    const { tabId } = await tabOf(storage, 'water.aid.example', 'checking');
    const title = await titleFor(storage, 'water.aid.example', 'checking');
    await until('the icon says so', async () => (await titleOf(storage, tabId)) === title);
    const popup = await launched.openExtensionPage(`popup.html?tab=${tabId}`);
    await popup.waitForSelector('main[aria-busy="true"] h1');
    release();
    await popup.waitForSelector('main[aria-busy="false"] h1');
    await popup.close();
    await page.close();
  });

  it('goes back and forth, reloads, and follows the history of one page', async () => {
    const { launched, storage } = world();
    const page = await launched.browser.newPage();
    await goTo(page, 'https://shelter.example/');
    const { tabId, state } = await tabOf(storage, 'shelter.example');
    await page.evaluate(() => history.pushState(null, '', '/deeper'));
    await pause(300);
    expect(await stateOf(storage, tabId)).toEqual(state);
    await goTo(page, 'https://coast.example/');
    await tabOf(storage, 'coast.example');
    // In a later turn: what is evaluated must not lose the page beneath it.
    await page.evaluate(() => {
      setTimeout(() => history.back());
    });
    const {
      state: { stamp },
    } = await drawn(storage, 'shelter.example', 'declared', state.stamp);
    await page.evaluate(() => {
      setTimeout(() => location.reload());
    });
    expect(await drawn(storage, 'shelter.example', 'declared', stamp)).toMatchObject({ tabId });
    await page.close();
  });

  it('shows nothing on pages of no site', async () => {
    const { launched, storage } = world();
    const page = await launched.browser.newPage();
    await goTo(page, 'https://shelter.example/');
    const { tabId } = await tabOf(storage, 'shelter.example');
    await goTo(page, 'about:blank');
    await cleared(storage, tabId);
    await page.close();
  });

  it("shows nothing on the browser's own error pages, and asks nobody about what could not be had", async () => {
    const { lab, launched, storage, pages } = world();
    const nothing = async (tabId: number): Promise<void> => {
      await cleared(storage, tabId);
      await pause(500);
      expect(await isCleared(storage, tabId)).toBe(true);
    };
    for (const host of ['depot.relief.example', 'signed.example']) pages.set(`https://${host}/broken`, DROPS);
    const page = await launched.browser.newPage();
    await goTo(page, 'https://depot.relief.example/');
    const { tabId } = await tabOf(storage, 'depot.relief.example');
    await fail(page, 'https://depot.relief.example/broken');
    await nothing(tabId);
    await goTo(page, 'https://plain.example/');
    await tabOf(storage, 'plain.example');
    await fail(page, 'https://signed.example/broken');
    await nothing(tabId);
    expect(hostsAsked(lab)).not.toContain('signed.example');
    pages.delete('https://signed.example/broken');
    await goTo(page, 'https://signed.example/broken');
    expect((await tabOf(storage, 'signed.example')).state.report?.status).toBe('unconfirmed');
    await page.close();
  });

  it('keeps the verdict of a page of which only the rest could not be had', async () => {
    const { launched, storage, pages } = world();
    pages.set('https://coast.example/part', BREAKS);
    const page = await launched.browser.newPage();
    await goTo(page, 'https://coast.example/part');
    const { tabId } = await drawn(storage, 'coast.example', 'endorsed');
    await pause(1200);
    expect(await drawn(storage, 'coast.example', 'endorsed')).toMatchObject({
      tabId,
      state: { report: { status: 'marked' } },
    });
    await page.close();
  });

  it('judges a page anew when it is loaded again, from the records that are kept', async () => {
    const { lab, launched, storage } = world();
    const page = await launched.browser.newPage();
    await goTo(page, 'https://old.relief.example/');
    const { tabId, state } = await tabOf(storage, 'old.relief.example');
    await goTo(page, 'https://old.relief.example/?again');
    await until('it is judged anew', async () => {
      const now = await stateOf(storage, tabId);
      return (
        now?.phase === 'done' &&
        now.report?.status === state.report?.status &&
        now.stamp !== state.stamp &&
        now.report?.checkedAt !== state.report?.checkedAt
      );
    });
    expect(hostsAsked(lab).filter((host) => host === 'old.relief.example')).toHaveLength(LOOK_UP);
    await page.close();
  });

  it('shares one check between tabs of one host', async () => {
    const { lab, launched, storage, hold } = world();
    const { asked, release } = hold('field.relief.example');
    const pages = [await launched.browser.newPage(), await launched.browser.newPage()];
    for (const page of pages) await goTo(page, 'https://field.relief.example/');
    await until('the resolver is asked', async () => asked());
    await pause(300);
    release();
    await until(
      'both have the answer',
      async () =>
        (await seenTabs(storage)).filter(
          ({ state }) => state.host === 'field.relief.example' && state.report?.status === 'marked',
        ).length === 2,
    );
    expect(hostsAsked(lab).filter((host) => host === 'field.relief.example')).toHaveLength(LOOK_UP);
    await Promise.all(pages.map((page) => page.close()));
  });

  it('asks again when the person does', async () => {
    const { lab, launched, storage } = world();
    const page = await launched.browser.newPage();
    await goTo(page, 'https://port.example/');
    const { tabId, state } = await tabOf(storage, 'port.example');
    const popup = await launched.openExtensionPage(`popup.html?tab=${tabId}`);
    await popup.waitForSelector('main[aria-busy="false"] h1');
    await popup.evaluate(() => document.querySelector<HTMLButtonElement>('footer button:last-of-type')?.click());
    await until('the answer is newer', async () =>
      (await seenTabs(storage)).some(
        (tab) =>
          tab.tabId === tabId && tab.state.phase === 'done' && tab.state.report?.checkedAt !== state.report?.checkedAt,
      ),
    );
    expect(hostsAsked(lab).filter((host) => host === 'port.example')).toHaveLength(2 * LOOK_UP);
    await popup.close();
    await page.close();
  });
});

inEachBrowser(
  'a page prepared before it is shown',
  (world) => {
    it('is asked about only once it is shown', async () => {
      const { lab, launched, storage, pages } = world();
      const rules = { prerender: [{ urls: ['https://clinic.relief.example/next'], eagerness: 'immediate' }] };
      pages.set(
        'https://depot.relief.example/start',
        answer(
          'text/html',
          `<!doctype html><title>Start</title><script type="speculationrules">${JSON.stringify(rules)}</script><a id="next" href="https://clinic.relief.example/next">next</a>`,
        ),
      );
      const next = answer('text/html', '<!doctype html><title>Next</title><p>Next');
      pages.set(
        'https://clinic.relief.example/next',
        next.reply === 'answer'
          ? { ...next, headers: { ...next.headers, 'supports-loading-mode': 'credentialed-prerender' } }
          : next,
      );
      const page = await launched.browser.newPage();
      await goTo(page, 'https://depot.relief.example/start');
      const { tabId } = await tabOf(storage, 'depot.relief.example');
      await pause(1500);
      expect(hostsAsked(lab)).not.toContain('clinic.relief.example');
      expect(lab.requests.length).toBeGreaterThan(0);
      await page.evaluate(() => {
        document.querySelector<HTMLAnchorElement>('#next')?.click();
      });
      expect(await drawn(storage, 'clinic.relief.example', 'endorsed')).toMatchObject({
        tabId,
        state: { report: { host: 'clinic.relief.example' } },
      });
      await page.close();
    });
  },
  {},
  ['chromium'],
);

inEachBrowser(
  'where connected addresses may be seen',
  (world) => {
    it('a page that came from this machine is not asked about', async () => {
      const { lab, launched, storage } = world();
      const page = await launched.browser.newPage();
      await goTo(page, 'https://clinic.relief.example/');
      const { state } = await until('the address is known', async () =>
        (await seenTabs(storage)).find((tab) => tab.state.phase === 'done' && tab.state.report?.address !== null),
      );
      expect(state.report).toMatchObject({ address: '127.0.0.1', status: 'unknown' });
      expect(state.report?.problems.map(({ code }) => code)).toContain('address-not-public');
      // On the way back no response tells: it is still taken to be there.
      const tabId = (await seenTabs(storage))[0]?.tabId ?? 0;
      await goTo(page, 'about:blank');
      await cleared(storage, tabId);
      await page.evaluate(() => {
        setTimeout(() => history.back());
      });
      expect((await tabOf(storage, 'clinic.relief.example')).state.report).toMatchObject({
        address: '127.0.0.1',
        status: 'unknown',
      });
      expect({ kind: launched.kind, asked: hostsAsked(lab) }).toEqual({ kind: launched.kind, asked: [] });
      // Wiped, that much stays known of it.
      await page.bringToFront();
      await storage.evaluate(() => chrome.storage.session.set({ 'command:wipe': { kind: 'wipe' } }));
      await until('all is wiped', async () =>
        storage.evaluate(async () => !(await chrome.storage.session.getKeys()).includes('command:wipe')),
      );
      expect((await tabOf(storage, 'clinic.relief.example')).state.report).toMatchObject({
        address: '127.0.0.1',
        status: 'unknown',
      });
      expect({ kind: launched.kind, asked: hostsAsked(lab) }).toEqual({ kind: launched.kind, asked: [] });
      await page.close();
    });

    it('a page without HTTPS that came from this machine is not asked about either', async () => {
      const { lab, launched, storage } = world();
      const page = await launched.browser.newPage();
      await goTo(page, 'http://depot.relief.example/');
      expect((await tabOf(storage, 'depot.relief.example')).state).toMatchObject({
        page: 'http',
        report: { address: '127.0.0.1', status: 'unknown' },
      });
      expect(hostsAsked(lab)).toEqual([]);
      await page.close();
    });
  },
  { permissions: ['webRequest'], hostPermissions: ['https://*/*', 'http://*/*'] },
);
