// Public suffixes by the browser's own list. Its functions throw for names that are no host names; nothing here does.

import type { Suffixes } from '../emblem/name.ts';
import { browser } from './webext.ts';

/** What the browser says of a name that anybody may have written, or `otherwise` where it refuses the name. */
function ask<T>(question: () => T, otherwise: T): T {
  try {
    return question();
  } catch {
    // A label with a space, a dot or 64 letters, a wildcard, Punycode that the engine does not take.
    return otherwise;
  }
}

/**
 * The browser's list, private suffixes included; a suffix it does not know falls under the list's default rule `*`: the
 * last label alone.
 * A name that it refuses counts as a suffix without registrable domain: nothing below it is believed to be one hand's,
 * and no wildcard before it marks anything.
 */
export const suffixes: Suffixes = {
  isPublicSuffix: (name) => !name.includes('.') || ask(() => browser.publicSuffix.isKnownSuffix(name), true),
  registrableDomain: (name) => {
    // The types promise a string, the browsers also say null or undefined.
    const domain: unknown = ask<unknown>(
      () => browser.publicSuffix.getDomain(name, { allowUnknownSuffix: true, encoding: 'punycode' }),
      null,
    );
    return typeof domain === 'string' && domain !== '' ? domain : null;
  },
};
