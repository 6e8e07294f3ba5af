// Public suffixes where no browser can be asked: the list of the `tldts` package, private ones included.

import { getDomain, getPublicSuffix } from 'tldts';
import type { Suffixes } from '../emblem/name.ts';

const OPTIONS = { allowPrivateDomains: true, extractHostname: false, validateHostname: false } as const;

export const publicSuffixes: Suffixes = {
  isPublicSuffix: (name) => getPublicSuffix(name, OPTIONS) === name,
  registrableDomain: (name) => getDomain(name, OPTIONS),
};
