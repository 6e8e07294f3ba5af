// How much does a person download? The background bundle, and the zips.

import { readdir, readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const kilo = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

/** Prints sizes of what the build made. */
export async function benchSizes(): Promise<void> {
  const background = await readFile(`${DIST}chrome/background.js`);
  console.log(
    `Sizes: background ${kilo(background.length)} minified, ${kilo(gzipSync(background).length)} gzipped (aim at most 150 kB minified)`,
  );
  const zips = (await readdir(DIST)).filter((name) => name.endsWith('.zip'));
  for (const name of zips) console.log(`  ${name} ${kilo((await stat(DIST + name)).size)} (aim at most 85 kB)`);
}
