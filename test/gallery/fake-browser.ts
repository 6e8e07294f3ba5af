// What do pages need of a browser to be drawn outside one? The English messages, and public suffixes.

import { readFileSync } from 'node:fs';
import { publicSuffixes } from '../../src/cli/public-suffixes.ts';

const parsed: unknown = JSON.parse(
  readFileSync(new URL('../../public/_locales/en/messages.json', import.meta.url), 'utf8'),
);

/** The English messages by name. */
export const MESSAGES: ReadonlyMap<string, string> = new Map(
  Object.entries(typeof parsed === 'object' && parsed !== null ? parsed : {}).map(([key, value]: [string, unknown]) => [
    key,
    typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string'
      ? value.message
      : '',
  ]),
);

/** As browsers do it: `$1` to `$9` are replaced, an unknown name gives the empty string. */
const getMessage = (key: string, substitutions: readonly string[] = []): string =>
  (MESSAGES.get(key) ?? '').replaceAll(/\$([1-9])/g, (_, place: string) => substitutions[Number(place) - 1] ?? '');

// A browser whose own language has no texts here shows the English ones. The pages' modules look for `browser` as soon
// as they are loaded: import this file before them.
Object.assign(globalThis, {
  browser: {
    i18n: { getMessage, getUILanguage: () => 'de' },
    publicSuffix: {
      isKnownSuffix: (name: string) => publicSuffixes.isPublicSuffix(name),
      getDomain: (name: string) => publicSuffixes.registrableDomain(name),
    },
  },
});
