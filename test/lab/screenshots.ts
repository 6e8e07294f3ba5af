// `npm run screenshots`: what does it look like? Pictures of the popup and the pages from the lab, for the README and
// for judging.

import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { DEFAULTS } from '../../src/extension/settings.ts';
import { launchBrowser, type LaunchedBrowser } from './browsers.ts';
import { waitSettled, writeSettings } from './extension-state.ts';
import { findBrowser } from './find-browser.ts';
import { createLab, type Lab } from './lab.ts';

const folder = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Pictures shown in the README: the popup of these sites, by name of the picture. */
const README = { endorsed: 'depot.relief.example', declared: 'shelter.example', invalid: 'forged.example' } as const;
const SCHEMES = ['light', 'dark'] as const;
const PAGES = ['options', 'welcome'] as const;

async function take(page: Page, width: number, path: `${string}.png`): Promise<void> {
  await page.setViewport({ width, height: 400, deviceScaleFactor: 1.5 });
  await page.screenshot({ path, fullPage: true });
}

/** Takes each page in light and dark; browsers that cannot be told the scheme are left as they are. */
async function takeSchemes(
  launched: LaunchedBrowser,
  path: string,
  ready: string,
  shots: readonly { readonly width: number; readonly name: string }[],
  into: string,
): Promise<void> {
  const page = await launched.openExtensionPage(path);
  await page.waitForSelector(ready);
  for (const scheme of launched.kind === 'firefox' ? SCHEMES.slice(0, 1) : SCHEMES) {
    if (launched.kind !== 'firefox') await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    for (const { width, name } of shots) await take(page, width, `${into}/${name}-${scheme}.png`);
  }
  await page.close();
}

/** Visits sites and takes their popups and the other pages. */
async function takeAll(lab: Lab, launched: LaunchedBrowser, all: boolean, into: string): Promise<void> {
  const storage = await launched.openExtensionPage('options.html');
  await writeSettings(storage, { ...DEFAULTS, automatic: true });
  const site = await launched.browser.newPage();
  const wanted = all ? lab.sites.map(({ host }) => [host.slice(0, 60), host] as const) : Object.entries(README);
  for (const [name, host] of wanted) {
    await launched.visit(site, `https://${host}/`);
    const { tabId } = await waitSettled(storage, host);
    const widths = all ? [320, 380, 480] : [380];
    await takeSchemes(
      launched,
      `popup.html?tab=${tabId}`,
      'h1',
      widths.map((width) => ({ width, name: all ? `${name}-${width}` : name })),
      into,
    );
  }
  if (!all) return;
  for (const name of PAGES)
    await takeSchemes(
      launched,
      `${name}.html`,
      'h1',
      [
        { width: 900, name },
        { width: 360, name: `${name}-360` },
      ],
      into,
    );
}

const found = findBrowser();
if (found === null) throw new Error('no browser was found; name one: BROWSER=/path/to/browser npm run screenshots');
await import('../../build/build.ts');
const all = process.argv.includes('--all');
const into = folder(all ? `out/look-${found.kind}` : 'docs/images');
await mkdir(into, { recursive: true });
const lab = await createLab();
const served = await lab.serve();
const launched = await launchBrowser({
  ...found,
  extensionDir: folder(found.kind === 'firefox' ? 'dist/firefox' : 'dist/chrome'),
  ports: { https: served.httpsPort, http: served.httpPort },
  headless: true,
});
try {
  await takeAll(lab, launched, all, into);
} finally {
  await launched.close();
  await served.close();
}
console.log(`Pictures are in ${all ? `out/look-${found.kind}` : 'docs/images'}.`);
