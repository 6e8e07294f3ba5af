// Does each site of the lab get its icon, its popup, and no request that should not be?

import { expect, it } from 'vitest';
import { hostsAsked, ours } from './traffic.ts';
import { drawn, seenTabs, tabOf, titleWith, until } from './tabs.ts';
import { inEachBrowser } from './world.ts';

inEachBrowser('sites', (world) => {
  it('shows each site as it is meant, and asks nobody else', async () => {
    const { lab, launched, storage } = world();
    for (const { host, intended } of lab.sites) {
      // A tab of its own: of one tab only so many checks a minute are made.
      const page = await launched.browser.newPage();
      await page.goto(`https://${host}/`, { waitUntil: launched.kind === 'firefox' ? [] : 'load' });
      const tab = await drawn(storage, host, intended.icon);
      const { status, strength, because } = tab.state.report ?? {};
      expect
        .soft({ host, status, strength, because })
        .toEqual({ host, status: intended.status, strength: intended.strength, because: intended.because });
      expect.soft(tab.badge, host).toBe(intended.icon === 'invalid' ? '!' : '');
      await page.close();
    }
    expect(new Set(hostsAsked(lab))).toEqual(new Set(lab.sites.map(({ host }) => host)));
    for (const { url, headers } of ours(lab)) {
      expect.soft(headers, url).not.toHaveProperty('origin');
      expect.soft(headers, url).not.toHaveProperty('referer');
      expect.soft(headers, url).not.toHaveProperty('cookie');
    }
    // What sites see is their visitor and nothing else: pages and their pictures.
    const hosts = new Set(lab.sites.map(({ host }) => host));
    const strange = lab.requests.filter(
      ({ url, headers }) =>
        hosts.has(new URL(url).hostname) &&
        !['document', 'image', 'style'].includes(headers['sec-fetch-dest'] ?? 'document'),
    );
    expect(strange.map(({ url, headers }) => [url, headers['sec-fetch-dest']])).toEqual([]);
  });

  it('tells in the popup who says so and who vouches', async () => {
    const { launched, storage } = world();
    const page = await launched.browser.newPage();
    await page.goto('https://clinic.relief.example/', { waitUntil: [] });
    const { tabId, state } = await tabOf(storage, 'clinic.relief.example');
    const popup = await launched.openExtensionPage(`popup.html?tab=${tabId}`);
    await popup.waitForSelector('h1');
    const text = await popup.evaluate(() => document.body.textContent);
    expect(text).toContain('clinic.relief.example');
    for (const emblem of state.report?.emblems ?? []) {
      for (const organisation of [emblem.issuer, ...emblem.endorsedBy])
        expect(text).toContain(new URL(organisation ?? '').hostname);
    }
    expect(
      await popup.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
    ).toBe(true);
    await popup.close();
    await page.close();
  });

  it('shows on a plain page no strength', async () => {
    const { launched, storage } = world();
    const page = await launched.browser.newPage();
    await page.goto('http://depot.relief.example/', { waitUntil: [] });
    const title = await titleWith(storage, 'depot.relief.example', 'heading_marked_name');
    const tab = await until('the plain page is drawn', async () =>
      (await seenTabs(storage)).find(
        (seen) => seen.state.phase === 'done' && seen.title.startsWith(title) && seen.state.page === 'http',
      ),
    );
    expect(tab.state.report?.problems.map(({ code }) => code)).toContain('page-not-authenticated');
    await page.close();
  });

  it.each([
    'https://printer.local/',
    'https://10.1.2.3/',
    'https://intranet/',
    'https://[fd00::1]/',
    'http://localhost/',
  ])('never asks about %s', async (url) => {
    const { lab, launched, storage } = world();
    const before = ours(lab).length;
    const page = await launched.browser.newPage();
    await page.goto(url, { waitUntil: [] });
    const { state } = await tabOf(storage, new URL(url).hostname);
    expect(state.report?.status).toBe('unknown');
    expect(state.report?.requests).toEqual([]);
    expect(ours(lab).length).toBe(before);
    await page.close();
  });
});
