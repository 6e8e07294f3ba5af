// How do the check and its evidence come into a page of the extension? As one script, and as text.

import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { build } from 'vite';
import type { Report } from '../../src/verdict/report.ts';
import { preserve, type Recorded } from '../recorded.ts';

/** The check as one script for a page. */
async function bundle(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      write: false,
      minify: false,
      target: ['chrome153', 'firefox153'],
      rolldownOptions: { input: fileURLToPath(new URL('replay.ts', import.meta.url)), output: { format: 'iife' } },
    },
  });
  if ('close' in made) throw new Error('the bundler is watching instead of building');
  const [chunk] = (Array.isArray(made) ? made : [made]).flatMap(({ output }) => output);
  if (chunk?.type !== 'chunk') throw new Error('no script was made');
  return chunk.code;
}

let bundled: Promise<string> | null = null;
/** Makes `replay` and `findFacts` known in a page. */
export const prepare = async (page: Page): Promise<void> => {
  await page.evaluate(await (bundled ??= bundle()));
};

/** So many checks go into a page at once. */
const PORTION = 100;

/** Judges recorded checks anew in a page. */
export async function replayIn(page: Page, recorded: readonly Recorded[]): Promise<readonly Report[]> {
  const reports: Report[] = [];
  for (let at = 0; at < recorded.length; at += PORTION) {
    const portion: readonly Report[] = JSON.parse(
      await page.evaluate((text) => globalThis.replay(text), preserve(recorded.slice(at, at + PORTION))),
    );
    reports.push(...portion);
  }
  return reports;
}
