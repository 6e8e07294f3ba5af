// Can everybody use the pages? By keyboard, judged by axe, and without waiting.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { goTo, tabOf } from './tabs.ts';
import { inEachBrowser, type World } from './world.ts';

declare const axe: { run: (options: RunOptions) => Promise<AxeResults> };

/** A popup with every fold open. */
async function popupOf({ launched, storage }: World, host: string): Promise<Page> {
  const site = await launched.browser.newPage();
  await goTo(site, `https://${host}/`);
  const { tabId } = await tabOf(storage, host);
  const popup = await launched.openExtensionPage(`popup.html?tab=${tabId}`);
  await popup.setViewport({ width: 380, height: 900 });
  await popup.waitForSelector('main[aria-busy="false"] h1');
  return popup;
}

/** What axe finds wrong with a page, in light and in dark. */
async function judge(page: Page): Promise<readonly string[]> {
  await page.evaluate(() =>
    document.querySelectorAll('details').forEach((fold) => {
      fold.open = true;
    }),
  );
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const found: string[] = [];
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    const violations = await page.evaluate(async () => {
      const results = await axe.run({ resultTypes: ['violations'] });
      return results.violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
      );
    });
    found.push(...violations.map((violation) => `${scheme}: ${violation}`));
  }
  return found;
}

inEachBrowser(
  'for everybody',
  (world) => {
    it.each([
      'clinic.relief.example',
      'field.relief.example',
      'both.relief.example',
      'forged.example',
      'old.relief.example',
      'copycat.example',
      'unreached.example',
      'plain.example',
      'quiet.example',
    ])('the popup of %s has no fault that axe knows', async (host) => {
      const popup = await popupOf(world(), host);
      expect(await judge(popup)).toEqual([]);
      await popup.close();
    });

    it('the popup of no site has no fault that axe knows', async () => {
      const popup = await world().launched.openExtensionPage('popup.html?tab=999999999');
      await popup.waitForSelector('main[aria-busy="false"] h1');
      expect(await judge(popup)).toEqual([]);
      await popup.close();
    });

    it('the popup of no site shows so as soon as the background has answered, and waits for no time to pass', async () => {
      const { launched } = world();
      const popup = await launched.browser.newPage();
      await popup.evaluateOnNewDocument(() => {
        Object.assign(window, { setTimeout: () => 0, setInterval: () => 0 });
      });
      await popup.goto(`${launched.extensionBase}/popup.html`);
      await popup.waitForSelector('main[aria-busy="false"] h1', { timeout: 10_000 });
      await popup.close();
    });

    it.each(['options', 'welcome'])('the page of %s has no fault that axe knows', async (name) => {
      const page = await world().launched.openExtensionPage(`${name}.html`);
      await page.waitForSelector('button[name=save]');
      expect(await judge(page)).toEqual([]);
      await page.close();
    });

    it('the popup can be gone through by keyboard, from top to bottom', async () => {
      const popup = await popupOf(world(), 'clinic.relief.example');
      const places: number[] = [];
      const wanted = await popup.evaluate(
        () =>
          document.querySelectorAll('summary, button').length -
          document.querySelectorAll('details:not([open]) button, details:not([open]) details summary').length,
      );
      for (let i = 0; i < wanted; i += 1) {
        await popup.keyboard.press('Tab');
        places.push(await popup.evaluate(() => document.activeElement?.getBoundingClientRect().top ?? -1));
        expect(await popup.evaluate(() => document.activeElement?.matches('summary, button'))).toBe(true);
      }
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      await popup.focus('.chain summary');
      await popup.keyboard.press('Enter');
      await popup.waitForSelector('.chain details[open] dl button');
      await popup.close();
    });
  },
  {},
  ['chromium'],
);
