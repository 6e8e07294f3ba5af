// How is the extension shown to a person? Built, in a browser with a fresh profile, on the lab or on the real network.

import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { IHLE_TYPES } from '../../src/network/defaults.ts';
import { LISTS, RESOLVER } from './addresses.ts';
import { launchBrowser, type LaunchedBrowser } from './browsers.ts';
import { writeSettings } from './extension-state.ts';
import type { FoundBrowser } from './find-browser.ts';

export const HELP = `No browser was found. Install Chrome, Chromium, Edge or Firefox, or name one:
  BROWSER=/path/to/browser npm start    (or BROWSER=chromium, chrome, edge, firefox)
  Debian and Ubuntu: apt install chromium firefox-esr · macOS: brew install --cask firefox · Windows: winget install Mozilla.Firefox`;

/** A place in the project. */
export const folder = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Where the extension for a browser is built. */
export const extensionFolder = ({ kind }: FoundBrowser): string =>
  folder(kind === 'firefox' ? 'dist/firefox' : 'dist/chrome');

/** Builds the extension and opens a browser with it; `ports` are the lab's, or null for the real network. */
export async function openBrowser(
  found: FoundBrowser,
  headless: boolean,
  ports: { https: number; http: number } | null,
): Promise<LaunchedBrowser> {
  await import('../../build/build.ts');
  console.log(`Opening ${found.executablePath}${headless ? ' without a window' : ''} …`);
  return launchBrowser({ ...found, extensionDir: extensionFolder(found), ports, headless });
}

/** Makes the extension ask the lab, without being asked to; returns the page it was told on. */
export async function pointAtLab(launched: LaunchedBrowser): Promise<Page> {
  const storage = await launched.openExtensionPage('options.html');
  await writeSettings(storage, {
    resolver: RESOLVER,
    logLists: Object.values(LISTS),
    automatic: true,
    ihleTypes: IHLE_TYPES,
  });
  return storage;
}

/** Shows a page, alone unless it is the real network's, and stays until the browser is closed. */
export async function stay(launched: LaunchedBrowser, url: string | null): Promise<void> {
  if (url !== null) {
    const page = await launched.browser.newPage();
    await launched.visit(page, url);
    const others = await launched.browser.pages();
    await Promise.all(others.filter((other) => other !== page).map(async (other) => other.close()));
    await page.bringToFront();
  }
  console.log('Close the browser to end.');
  await new Promise<void>((resolve) => {
    launched.browser.once('disconnected', () => {
      resolve();
    });
  });
}
