// `npm run bench`: what does it cost? Ratios and counts, all of one run.

import { findBrowser } from '../lab/find-browser.ts';
import { createLab } from '../lab/lab.ts';
import { benchCached } from './cached.ts';
import { benchPages } from './pages.ts';
import { benchRounds } from './rounds.ts';
import { benchRules } from './rules.ts';
import { benchSizes } from './sizes.ts';
import { benchWorker } from './worker.ts';

await import('../../build/build.ts');
const lab = await createLab();
await benchRules();
await benchCached(lab);
await benchRounds(lab);
await benchSizes();
const found = findBrowser({ ...process.env, BROWSER: process.env['BROWSER'] ?? 'chromium' });
if (found?.kind === 'chromium') {
  await benchWorker(lab, found);
  await benchPages(lab, found);
} else console.log('Background and popup: not measured, as no Chromium was found.');
