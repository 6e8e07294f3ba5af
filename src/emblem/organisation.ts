// Which organisation is meant? Organisation identifiers (OI): `https://` and a lower-case domain name, nothing else.

import { isDomainName, type Suffixes } from './name.ts';
import { fail, ok, type Result } from './problem.ts';

const SCHEME = 'https://';

/** The domain of an OI, as it stands behind `https://`. */
export const domainOf = (organisation: string): string => organisation.slice(SCHEME.length);

/**
 * Parses an OI (draft core, "OI syntax"): a fully qualified lower-case domain name of at least two A-labels, which is no public suffix.
 * Fails with `organisation-malformed` or `organisation-too-broad`.
 */
export function parseOrganisation(value: unknown, suffixes: Suffixes): Result<string> {
  if (typeof value !== 'string') return fail('organisation-malformed', typeof value);
  const domain = value.startsWith(SCHEME) ? domainOf(value) : '';
  // A URL's origin has no user, path, query, fragment or trailing slash, and its host is canonical: so must the OI be.
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url?.origin !== value || url.host !== domain || !domain.includes('.') || domain.includes('_') || !isDomainName(domain)) return fail('organisation-malformed', value.slice(0, 300));
  return suffixes.isPublicSuffix(domain) ? fail('organisation-too-broad', value) : ok(value);
}
