// `npm start`: how does the extension behave? Builds it and shows it at work in a browser, on the lab, or on the real
// network with `--live`.

import { INDEX_HOST } from './addresses.ts';
import { findBrowser, type FoundBrowser, hasDisplay } from './find-browser.ts';
import { folder, HELP, openBrowser, pointAtLab, stay } from './show.ts';
import { openProgress } from './progress.ts';
import { createLab, type Lab } from './lab.ts';
import { differing, drawTable, type Row } from './table.ts';
import { checkSites, visitSites } from './visit-sites.ts';

/** Prints the table and says whether all is as meant. */
function reportSites(rows: readonly Row[]): number {
  console.log(drawTable(rows));
  const wrong = differing(rows);
  console.log(
    wrong === 0
      ? `All ${rows.length} sites are judged as meant.`
      : `${wrong} of ${rows.length} sites differ from what is meant.`,
  );
  return wrong === 0 ? 0 : 1;
}

async function showLab(lab: Lab, found: FoundBrowser): Promise<number> {
  const served = await lab.serve();
  const headless = !hasDisplay();
  const launched = await openBrowser(found, headless, { https: served.httpsPort, http: served.httpPort });
  try {
    const storage = await pointAtLab(launched);
    if (headless) {
      const progress = openProgress(process.stderr);
      const rows = await visitSites(lab, launched, storage, folder('out'), progress);
      progress.end();
      return reportSites(rows);
    }
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
    await stay(await openBrowser(found, false, null), null);
    return 0;
  }
  const lab = await createLab();
  if (found !== null) return showLab(lab, found);
  console.log(`${HELP}\n\nWhat the check says of the lab's sites, without a browser:\n`);
  const progress = openProgress(process.stderr);
  const rows = await checkSites(lab, progress);
  progress.end();
  return reportSites(rows);
}

process.exitCode = await main();
