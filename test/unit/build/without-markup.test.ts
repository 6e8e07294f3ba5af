// Is there no way left from text to elements in what the pages are bundled from?

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { cutMarkup } from '../../../build/without-markup.ts';

const preact = readFileSync(fileURLToPath(import.meta.resolve('preact')), 'utf8');

it('cuts the branch out of the Preact that is installed', () => {
  expect(preact).toContain('.innerHTML');
  expect(cutMarkup(preact)).not.toContain('.innerHTML');
});

it('says so where another version writes it otherwise', () => {
  expect(() => cutMarkup(preact.replace('innerHTML', 'outerHTML'))).toThrow('another way');
});
