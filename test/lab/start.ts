// `npm start`: how does the extension behave? Builds it and shows it at work in a browser, on the lab, or on the real
// network with `--live`.

import { fileURLToPath } from 'node:url';
import { IHLE_TYPES } from '../../src/network/defaults.ts';
import { INDEX_HOST, LISTS, RESOLVER } from './addresses.ts';
import { launchBrowser, type LaunchedBrowser } from './browsers.ts';
import { writeSettings } from './extension-state.ts';
import { findBrowser, type FoundBrowser, hasDisplay } from './find-browser.ts';
import { createLab, type Lab } from './lab.ts';
import { differing, drawTable, type Row } from './table.ts';
import { checkSites, visitSites } from './visit-sites.ts';

const HELP = `No browser was found. Install Chrome, Chromium, Edge or Firefox, or name one:
  BROWSER=/path/to/browser npm start    (or BROWSER=chromium, chrome, edge, firefox)
  Debian and Ubuntu: apt install chromium firefox-esr · macOS: brew install --cask firefox · Windows: winget install Mozilla.Firefox`;

const folder = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Prints the table and says whether all is as meant. */
function reportEmblem(rows: readonly Row[]): number {
  console.log(drawTable(rows));
  const wrong = differing(rows);
  console.log(
    wrong === 0
      ? `All ${rows.length} sites are judged as meant.`
      : `${wrong} of ${rows.length} sites differ from what is meant.`,
  );
  return wrong === 0 ? 0 : 1;
}

async function open(
  found: FoundBrowser,
  headless: boolean,
  ports: { https: number; http: number } | null,
): Promise<LaunchedBrowser> {
  await import('../../build/build.ts');
  const extensionDir = folder(found.kind === 'firefox' ? 'dist/firefox' : 'dist/chrome');
  console.log(`Opening ${found.executablePath}${headless ? ' without a window' : ''} …`);
  return launchBrowser({ ...found, extensionDir, ports, headless });
}

/** Shows a page, alone unless it is the real network's, and stays until the browser is closed. */
async function stay(launched: LaunchedBrowser, url: string | null): Promise<void> {
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

async function showLab(lab: Lab, found: FoundBrowser): Promise<number> {
  const served = await lab.serve();
  const headless = !hasDisplay();
  const launched = await open(found, headless, { https: served.httpsPort, http: served.httpPort });
  try {
    const storage = await launched.openExtensionPage('options.html');
    await writeSettings(storage, {
      resolver: RESOLVER,
      logLists: Object.values(LISTS),
      automatic: true,
      ihleTypes: IHLE_TYPES,
    });
    if (headless) return reportEmblem(await visitSites(lab, launched, storage, folder('out')));
    await stay(launched, `https://${INDEX_HOST}/`);
    return 0;
  } finally {
    await launched.close();
    await served.close();
  }
}

async function main(): Promise<number> {
  const found = findBrowser();
  if (process.argv.includes('--live')) {
    if (found === null || !hasDisplay()) {
      console.error(found === null ? HELP : 'There is no display to open a browser on.');
      return 2;
    }
    await stay(await open(found, false, null), null);
    return 0;
  }
  const lab = await createLab();
  if (found !== null) return showLab(lab, found);
  console.log(`${HELP}\n\nWhat the check says of the lab's sites, without a browser:\n`);
  return reportEmblem(await checkSites(lab));
}

process.exitCode = await main();
