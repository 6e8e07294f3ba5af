// How soon does the popup show, and what does it weigh? Beside an empty extension page, in one run of Chromium.

import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { IHLE_TYPES } from '../../src/network/defaults.ts';
import { LISTS, RESOLVER } from '../lab/addresses.ts';
import { launchBrowser, type LaunchedBrowser } from '../lab/browsers.ts';
import { waitSettled, writeSettings } from '../lab/extension-state.ts';
import type { FoundBrowser } from '../lab/find-browser.ts';
import type { Lab } from '../lab/lab.ts';
import { median } from './cached.ts';

const HOST = 'clinic.relief.example';
const EMPTY =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Empty</title></head><body>.</body></html>';

interface Figures {
  readonly paint: number; // milliseconds to the first contentful paint
  readonly heap: number; // bytes after a collection
}

/** Opens a page of the extension anew and measures it. */
async function measure(launched: LaunchedBrowser, path: string): Promise<Figures> {
  const page: Page = await launched.openExtensionPage(path);
  const paint = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const entry = list.getEntriesByName('first-contentful-paint')[0];
          if (entry !== undefined) resolve(entry.startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
  const session = await page.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await page.close();
  return { paint, heap: usedSize };
}

/** Prints the popup's first paint and heap beside an empty page's, in turn. */
export async function benchPages(lab: Lab, found: FoundBrowser, turns = 15): Promise<void> {
  const extensionDir = await mkdtemp(join(tmpdir(), 'emblem-lens-'));
  await cp(fileURLToPath(new URL('../../dist/chrome', import.meta.url)), extensionDir, { recursive: true });
  await writeFile(join(extensionDir, 'empty.html'), EMPTY);
  const served = await lab.serve();
  const launched = await launchBrowser({
    ...found,
    extensionDir,
    ports: { https: served.httpsPort, http: served.httpPort },
    headless: true,
  });
  try {
    const storage = await launched.openExtensionPage('empty.html');
    await writeSettings(storage, {
      resolver: RESOLVER,
      logLists: Object.values(LISTS),
      automatic: true,
      ihleTypes: IHLE_TYPES,
    });
    const site = await launched.browser.newPage();
    await launched.visit(site, `https://${HOST}/`);
    const { tabId } = await waitSettled(storage, HOST);
    const popup: Figures[] = [];
    const empty: Figures[] = [];
    for (let turn = -2; turn < turns; turn += 1) {
      const [one, other] = [await measure(launched, `popup.html?tab=${tabId}`), await measure(launched, 'empty.html')];
      if (turn >= 0) {
        popup.push(one);
        empty.push(other);
      }
    }
    const [paint, paintEmpty] = [median(popup.map((one) => one.paint)), median(empty.map((one) => one.paint))];
    const more = median(popup.map(({ heap }) => heap)) - median(empty.map(({ heap }) => heap));
    console.log('Popup beside an empty extension page, Chromium:');
    console.log(
      `  first contentful paint ${paint.toFixed(0)} ms over ${paintEmpty.toFixed(0)} ms: ${(paint / paintEmpty).toFixed(2)} (aim at most 1.5)`,
    );
    console.log(`  heap ${(more / 2 ** 20).toFixed(2)} MiB above (aim at most 2.5)`);
  } finally {
    await launched.close();
    await served.close();
    await rm(extensionDir, { recursive: true, force: true });
  }
}
