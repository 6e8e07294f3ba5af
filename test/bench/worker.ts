// What does a kept answer cost in a real background, storage included, and how soon is the background up? In one run of
// Chromium.

import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Page, type Target, TargetType, type WebWorker } from 'puppeteer-core';
import { build } from 'vite';
import { IHLE_TYPES } from '../../src/network/defaults.ts';
import type { Cache } from '../../src/network/sources.ts';
import { LISTS, RESOLVER } from '../lab/addresses.ts';
import { launchBrowser, type LaunchedBrowser } from '../lab/browsers.ts';
import { writeSettings } from '../lab/extension-state.ts';
import type { FoundBrowser } from '../lab/find-browser.ts';
import type { Lab } from '../lab/lab.ts';
import { ENDORSED, fill, KEPT, median, NONE } from './cached.ts';

const BUILT = fileURLToPath(new URL('../../dist/chrome', import.meta.url));
const ENTRY = fileURLToPath(new URL('worker-entry.ts', import.meta.url));
/** No tab has this number: the background looks, and finds nothing. */
const NO_TAB = 987_654_321;

/** The extension as built; with the bench in its background's place where that is wanted. */
async function prepare(withBench: boolean): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'emblem-lens-'));
  await cp(BUILT, folder, { recursive: true });
  await writeFile(join(folder, 'empty.html'), '<!doctype html><title>Empty</title><body>.</body>');
  if (withBench)
    await build({
      configFile: false,
      logLevel: 'warn',
      publicDir: false,
      build: {
        outDir: folder,
        emptyOutDir: false,
        target: 'chrome153',
        rolldownOptions: { input: ENTRY, output: { entryFileNames: 'background.js' } },
      },
    });
  return folder;
}

/** Runs a task in a browser with the extension of this folder, by one of its pages. */
async function inBrowser<T>(
  lab: Lab,
  found: FoundBrowser,
  folder: string,
  task: (launched: LaunchedBrowser, page: Page) => Promise<T>,
): Promise<T> {
  const served = await lab.serve();
  const launched = await launchBrowser({
    ...found,
    extensionDir: folder,
    ports: { https: served.httpsPort, http: served.httpPort },
    headless: true,
  });
  try {
    return await task(launched, await launched.openExtensionPage('empty.html'));
  } finally {
    await launched.close();
    await served.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const targetOf = ({ browser, extensionBase }: LaunchedBrowser): Promise<Target> =>
  browser.waitForTarget((one) => one.type() === TargetType.SERVICE_WORKER && one.url().startsWith(extensionBase));

const workerOf = async (target: Target): Promise<WebWorker> =>
  (await target.worker()) ?? Promise.reject(new Error('the background has no worker'));

/** Ends the background. What is told to one that is about to end waits for the next start, so its end is waited for. */
async function endBackground(launched: LaunchedBrowser): Promise<void> {
  const target = await targetOf(launched);
  const ended = new Promise<void>((resolve) => {
    launched.browser.on('targetdestroyed', (gone) => {
      if (gone === target) resolve();
    });
  });
  await (await workerOf(target)).close();
  await ended;
}

/** All entries of a cache under the names they have in the browser's storage. */
async function entriesOf(cache: Cache): Promise<Record<string, unknown>> {
  const entries = await Promise.all(
    (await cache.keys()).map(async (key) => [`kept:${key}`, await cache.get(key)] as const),
  );
  return Object.fromEntries(entries);
}

async function benchKept(lab: Lab, found: FoundBrowser): Promise<void> {
  const { session, local } = await fill(lab, KEPT);
  const entries = { session: await entriesOf(session), local: await entriesOf(local) };
  await inBrowser(lab, found, await prepare(true), async (launched, page) => {
    await writeSettings(page, {
      resolver: RESOLVER,
      logLists: Object.values(LISTS),
      automatic: true,
      ihleTypes: IHLE_TYPES,
    });
    await page.evaluate(async (kept) => {
      await chrome.storage.session.set(kept.session);
      await chrome.storage.local.set(kept.local);
    }, entries);
    const worker = await workerOf(await targetOf(launched));
    for (const [host, what] of [
      [NONE, 'no emblem'],
      [ENDORSED, 'endorsed, verified before'],
    ] as const) {
      const { check, verification, status, requests } = await worker.evaluate(
        (name) => globalThis.measureCheck(name, 30),
        host,
      );
      if (requests > 0) throw new Error(`${host} was not answered from what is kept: ${status}`);
      console.log(
        `  ${what}: ${check.toFixed(2)} ms, ${(check / verification).toFixed(2)} of one P-521 verification of ${verification.toFixed(2)} ms${host === NONE ? ' (aim at most 1.0)' : ''}`,
      );
    }
  });
}

/** From a command to its being carried out, in milliseconds. */
const carryOut = (page: Page): Promise<number> =>
  page.evaluate(
    (tabId) =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        chrome.storage.onChanged.addListener((changes) => {
          const change = changes['command:bench'];
          if (change !== undefined && change.newValue === undefined) resolve(performance.now() - start);
        });
        void chrome.storage.session.set({ 'command:bench': { kind: 'resume', tabId } });
      }),
    NO_TAB,
  );

async function benchStart(lab: Lab, found: FoundBrowser, turns = 12): Promise<void> {
  await inBrowser(lab, found, await prepare(false), async (launched, page) => {
    const asleep: number[] = [];
    const awake: number[] = [];
    for (let turn = -2; turn < turns; turn += 1) {
      await endBackground(launched);
      const [first, second] = [await carryOut(page), await carryOut(page)];
      if (turn >= 0) {
        asleep.push(first);
        awake.push(second);
      }
    }
    console.log(
      `  from a page's command to its being carried out: ${median(asleep).toFixed(0)} ms where the background sleeps, ${median(awake).toFixed(0)} ms where it is awake`,
    );
  });
}

/** Prints what a kept answer costs in the background, and how soon that is up. */
export async function benchWorker(lab: Lab, found: FoundBrowser): Promise<void> {
  console.log(`Background, Chromium, beside ${KEPT} answers and ${KEPT} outcomes:`);
  await benchKept(lab, found);
  await benchStart(lab, found);
}
