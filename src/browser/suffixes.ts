// What does the public suffix list of the browser say?

import type { Suffixes } from '../emblem/name.ts';
import { browser } from './browser.ts';

/** The browser's list, private suffixes included; a suffix it does not know falls under the list's default rule `*`: the last label alone. */
export const suffixes: Suffixes = {
  isPublicSuffix: (name) => !name.includes('.') || browser.publicSuffix.isKnownSuffix(name),
  // The types promise a string, the browsers also say null or undefined.
  registrableDomain: (name) => {
    const domain: unknown = browser.publicSuffix.getDomain(name, { allowUnknownSuffix: true, encoding: 'punycode' });
    return typeof domain === 'string' && domain !== '' ? domain : null;
  },
};
