// Do the pages do what they promise? The first choice, the options, wiping, a list of one's own.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import type { Browser as ExtensionApi } from 'webextension-polyfill';
import { expect, it } from 'vitest';
import { DEFAULTS, RESOLVERS } from '../../src/extension/settings.ts';
import { logList } from '../lab/log-list.ts';
import { goTo, pause, tabOf, until } from './tabs.ts';
import { hostsAsked, ours } from './traffic.ts';
import { inEachBrowser } from './world.ts';

// Both browsers know it by this name in pages of an extension; there the functions below run.
declare const chrome: ExtensionApi;

const CLOUDFLARE = RESOLVERS[1].url;

const settingsOf = (storage: Page): Promise<unknown> =>
  storage.evaluate(async () => (await chrome.storage.local.get('settings'))['settings']);

/**
 * Chooses and presses as a person does, but without the mouse: what is pressed may lie below the edge of the window.
 */
const press = async (page: Page, selector: string): Promise<void> => {
  await page.waitForSelector(selector);
  await page.focus(selector);
  await page.keyboard.press(' ');
};

// Asked again and again: Firefox draws no frames to wait for where a tab is not in front.
const statusSays = (page: Page, words: string): Promise<unknown> =>
  until(`the page says "${words}"`, () =>
    page.evaluate(
      (wanted) =>
        [...document.querySelectorAll('[role=status]')].some(({ textContent }) => textContent.startsWith(wanted)),
      words,
    ),
  );

inEachBrowser(
  'the first choice',
  (world) => {
    it('is offered on the first run, nothing is asked until it is saved, and it holds from then on', async () => {
      const { lab, launched, storage } = world();
      await until('the first-run page is open', async () =>
        storage.evaluate(async () =>
          (await chrome.tabs.query({})).some(({ url }) => url === chrome.runtime.getURL('welcome.html')),
        ),
      );
      const site = await launched.browser.newPage();
      await goTo(site, 'https://clinic.relief.example/');
      await tabOf(storage, 'clinic.relief.example', 'idle');
      const welcome = await launched.openExtensionPage('welcome.html');
      await welcome.waitForSelector('button[name=save]');
      expect(
        await welcome.evaluate(() => document.querySelector<HTMLInputElement>('input[name=when]:checked')?.value),
      ).toBe(undefined);
      await pause(300);
      expect(ours(lab)).toEqual([]);
      await press(welcome, 'button[name=save]');
      await statusSays(welcome, 'Saved');
      expect(await settingsOf(storage)).toMatchObject({ automatic: false });
      await press(welcome, 'input[name=when][value=automatic]');
      await press(welcome, 'button[name=save]');
      await until('the choice is kept', async () =>
        JSON.stringify(await settingsOf(storage)).includes('"automatic":true'),
      );
      await goTo(site, 'https://shelter.example/');
      expect((await tabOf(storage, 'shelter.example')).state.report).toMatchObject({ status: 'marked' });
      expect(hostsAsked(lab)).not.toContain('clinic.relief.example');
      await welcome.close();
      await site.close();
    });
  },
  { settings: { automatic: null } },
);

inEachBrowser('the options', (world) => {
  it('are saved, and hold for the next check', async () => {
    const { lab, launched, storage } = world();
    const options = await launched.openExtensionPage('options.html');
    await press(options, `input[value="${CLOUDFLARE}"]`);
    await press(options, 'input[value=click]');
    await options.focus('input[name=types]');
    await options.evaluate(() => document.querySelector<HTMLInputElement>('input[name=types]')?.select());
    await options.keyboard.type('65400');
    await press(options, 'button[name=save]');
    await statusSays(options, 'Saved');
    expect(await settingsOf(storage)).toEqual({
      ...DEFAULTS,
      automatic: false,
      resolver: CLOUDFLARE,
      ihleTypes: [65_400],
    });

    const site = await launched.browser.newPage();
    await goTo(site, 'https://coast.example/');
    const { tabId } = await tabOf(storage, 'coast.example', 'idle');
    const popup = await launched.openExtensionPage(`popup.html?tab=${tabId}`);
    await press(popup, 'button.main');
    const { state } = await tabOf(storage, 'coast.example');
    expect(state.report).toMatchObject({ status: 'marked' });
    const resolvers = (state.report?.requests ?? []).filter(({ purpose }) => purpose === 'dns').map(({ to }) => to);
    expect(resolvers).toEqual([new URL(CLOUDFLARE).hostname, new URL(CLOUDFLARE).hostname]);
    expect(hostsAsked(lab).filter((host) => host === 'coast.example')).toHaveLength(2);
    await Promise.all([popup.close(), site.close(), options.close()]);
  });

  it('say what is wrong, and save nothing', async () => {
    const { launched, storage } = world();
    const before = await settingsOf(storage);
    const options = await launched.openExtensionPage('options.html');
    await options.waitForSelector('input[name=types]');
    await options.focus('input[name=types]');
    await options.keyboard.type(' x');
    await press(options, 'button[name=save]');
    await options.waitForSelector('#types-error[role=alert]');
    expect(
      await options.evaluate(() => document.querySelector('input[name=types]')?.getAttribute('aria-describedby')),
    ).toBe('types-means types-error');
    expect(await options.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('types');
    expect(await settingsOf(storage)).toEqual(before);
    await options.close();
  });

  it('let addresses be seen, and take that back', async ({ skip }) => {
    const { launched, storage } = world();
    skip(launched.kind !== 'firefox', 'Chromium asks the person, whom no driver can answer for');
    const options = await launched.openExtensionPage('options.html');
    // Pages of both schemes may come from private addresses: both are asked for at once, and given back.
    const sees = (): Promise<readonly boolean[]> =>
      storage.evaluate(() =>
        Promise.all(
          ['https://*/*', 'http://*/*'].map((origin) =>
            chrome.permissions.contains({ permissions: ['webRequest'], origins: [origin] }),
          ),
        ),
      );
    expect(await sees()).toEqual([false, false]);
    await press(options, 'button[name=addresses]');
    await statusSays(options, 'Addresses are seen');
    expect(await sees()).toEqual([true, true]);
    const site = await launched.browser.newPage();
    await goTo(site, 'https://port.example/');
    const recorded = async (): Promise<unknown> =>
      storage.evaluate(async () => {
        const tabs = Object.entries(await chrome.storage.session.get(null)).filter(([key]) => key.startsWith('tab:'));
        return tabs.map(([, tab]): unknown =>
          typeof tab === 'object' && tab !== null && 'address' in tab && 'url' in tab
            ? `${String(tab.url)} ${String(tab.address)}`
            : tab,
        );
      });
    await until(
      'the address is seen',
      async () => JSON.stringify(await recorded()) === '["https://port.example/ 127.0.0.1"]',
    );
    await options.bringToFront();
    await press(options, 'button[name=addresses]');
    await statusSays(options, 'Not seen');
    expect(await sees()).toEqual([false, false]);
    await until('the address is forgotten', async () => JSON.stringify(await recorded()) === '["null null"]');
    await site.close();
    await options.close();
  });

  it('wipe everything but themselves', async () => {
    const { launched, storage } = world();
    const before = await settingsOf(storage);
    const options = await launched.openExtensionPage('options.html');
    const kept = (): Promise<{ session: readonly string[]; local: readonly string[] }> =>
      storage.evaluate(async () => ({
        session: Object.keys(await chrome.storage.session.get(null)),
        local: Object.keys(await chrome.storage.local.get(null)),
      }));
    await until('something is kept', async () => (await kept()).local.length > 1 && (await kept()).session.length > 0);
    await press(options, 'button[name=wipe]');
    await statusSays(options, 'Wiped');
    expect(await kept()).toEqual({ session: [], local: ['settings'] });
    expect(await settingsOf(storage)).toEqual(before);
    await options.close();
  });
});

inEachBrowser("a log list of one's own", (world) => {
  it('counts in place of those that are fetched, survives wiping, and can be taken out', async () => {
    const { lab, launched, storage } = world();
    const folder = await mkdtemp(join(tmpdir(), 'emblem-lens-'));
    const file = async (name: string, text: string): Promise<string> => {
      await writeFile(join(folder, name), text);
      return join(folder, name);
    };
    const options = await launched.openExtensionPage('options.html');
    const choose = async (path: string): Promise<void> => {
      const input = await options.waitForSelector('input[type=file]');
      await input?.uploadFile(path);
    };
    const verdict = async (host: string): Promise<string | null | undefined> => {
      const site = await launched.browser.newPage();
      await goTo(site, `https://${host}/`);
      const { state } = await tabOf(storage, host);
      await site.close();
      return state.report?.because ?? state.report?.status;
    };
    await choose(await file('wrong.json', '{"operators": []}'));
    await statusSays(options, 'wrong.json is no log list');
    const foreign = JSON.stringify(logList('google', [lab.logs.lying], lab.now));
    await choose(await file('mine.json', foreign));
    await statusSays(options, 'Taken');
    const listsAsked = (): number => lab.requests.filter(({ server }) => server === 'list').length;
    const before = listsAsked();
    expect(await verdict('port.example')).toBe('log-not-known');
    expect(listsAsked()).toBe(before);
    await press(options, 'button[name=wipe]');
    await statusSays(options, 'Wiped');
    expect(
      await storage.evaluate(async () => JSON.stringify(await chrome.storage.local.get('log-list-file'))),
    ).toContain('mine.json');
    await press(options, 'button[name=drop]');
    await statusSays(options, 'Taken out');
    expect(await verdict('port.example')).toBe('marked');
    await options.close();
    await rm(folder, { recursive: true });
  });
});

inEachBrowser('the popup', (world) => {
  it('opens what a label means by key, keeps its footer in sight, and its summaries and buttons large enough', async () => {
    const { launched, storage } = world();
    const site = await launched.browser.newPage();
    await goTo(site, 'https://clinic.relief.example/');
    const { tabId } = await tabOf(storage, 'clinic.relief.example');
    const popup = await launched.openExtensionPage(`popup.html?tab=${tabId}`);
    await popup.setViewport({ width: 380, height: 300 });
    await press(popup, '.facts .strength summary');
    const seen = await popup.evaluate(() => ({
      open: document.querySelector('.facts .strength details')?.hasAttribute('open'),
      below: (document.querySelector('footer')?.getBoundingClientRect().bottom ?? Infinity) > innerHeight + 1,
      small: [...document.querySelectorAll('.facts summary, footer button')].filter(
        (one) => one.getBoundingClientRect().height < 24,
      ).length,
    }));
    expect(seen).toEqual({ open: true, below: false, small: 0 });
    await Promise.all([popup.close(), site.close()]);
  });
});
