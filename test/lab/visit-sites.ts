// What does the extension say of every site of the lab? Visits each in a browser without window, and keeps a picture of
// each popup.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { checkSite } from './check-site.ts';
import type { LaunchedBrowser } from './browsers.ts';
import { waitSettled } from './extension-state.ts';
import type { Lab } from './lab.ts';
import { type Row, rowOf } from './table.ts';
import type { Page } from 'puppeteer-core';

const POPUP_WIDTH = 380;

/** Takes the popup's picture, as tall as it is. */
async function picture(launched: LaunchedBrowser, tabId: number, path: `${string}.png`): Promise<void> {
  const popup = await launched.openExtensionPage(`popup.html?tab=${tabId}`);
  await popup.setViewport({ width: POPUP_WIDTH, height: 600 });
  await popup.waitForSelector('h1', { timeout: 5000 });
  await popup.screenshot({ path, fullPage: true });
  await popup.close();
}

/** Tells how far a round through the sites has come: what is looked at now, the how manyeth it is, and of how many. */
export type Progress = (host: string, place: number, count: number) => void;

/** Visits every site; `storage` is an open page of the extension. Pictures go to `folder`, named by host. */
export async function visitSites(
  lab: Lab,
  launched: LaunchedBrowser,
  storage: Page,
  folder: string,
  progress: Progress,
): Promise<readonly Row[]> {
  await mkdir(folder, { recursive: true });
  const rows: Row[] = [];
  for (const [at, site] of lab.sites.entries()) {
    progress(site.host, at + 1, lab.sites.length);
    // A tab of its own: of one tab only so many checks a minute are made.
    const page = await launched.browser.newPage();
    await launched.visit(page, `https://${site.host}/`);
    try {
      const { tabId, state, icon } = await waitSettled(storage, site.host);
      rows.push(rowOf(site, icon, state.report, true));
      await picture(launched, tabId, `${join(folder, `popup-${site.host.slice(0, 60)}`)}.png`);
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      if (rows.at(-1)?.host !== site.host) rows.push(rowOf(site, null, null, true));
    }
    await page.close();
  }
  return rows;
}

/** The same table from the rules alone, where there is no browser. */
export async function checkSites(lab: Lab, progress: Progress): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [at, site] of lab.sites.entries()) {
    progress(site.host, at + 1, lab.sites.length);
    rows.push(rowOf(site, null, await checkSite(lab, site.host), false));
  }
  return rows;
}
