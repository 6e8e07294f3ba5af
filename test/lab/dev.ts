// `npm run dev`: what does a change look like? Rebuilds at each, and reloads the extension in a browser on the lab.

import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { INDEX_HOST } from './addresses.ts';
import { afterChanges } from './after-changes.ts';
import { findBrowser, hasDisplay } from './find-browser.ts';
import { createLab } from './lab.ts';
import { extensionFolder, folder, HELP, openBrowser, pointAtLab, stay } from './show.ts';

/** What the build reads. */
const WATCHED = ['src', 'public', 'icons', 'build', 'manifest.json'];

/** Builds in a process of its own, so that a changed build script counts too; says whether it went well. */
const rebuild = (): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'build/build.ts'], { cwd: folder(''), stdio: 'inherit' });
    child.once('close', (status) => {
      resolve(status === 0);
    });
  });

async function main(): Promise<number> {
  const found = findBrowser();
  if (found === null) {
    console.error(HELP);
    return 2;
  }
  const lab = await createLab();
  const served = await lab.serve();
  const launched = await openBrowser(found, !hasDisplay(), { https: served.httpsPort, http: served.httpPort });
  await pointAtLab(launched);
  const changed = afterChanges(async () => {
    console.log('Changed: building …');
    if (!(await rebuild())) return;
    // The same place again: the browser takes the new files in place of the old, and keeps what is stored.
    await launched.browser.installExtension(extensionFolder(found));
    console.log('Reloaded. Pages of sites stay as they are; reload one to have it checked anew.');
  });
  const watchers = WATCHED.map((path) => watch(folder(path), { recursive: true }, changed));
  await stay(launched, `https://${INDEX_HOST}/`);
  for (const watcher of watchers) watcher.close();
  await served.close();
  return 0;
}

process.exitCode = await main();
