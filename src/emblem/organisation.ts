// Which organisation is meant? Organisation identifiers (OI): `https://` and a lower-case domain name, nothing else.

import { isDomainName } from './name.ts';
import { fail, ok, type Result } from './problem.ts';

const SCHEME = 'https://';

/** The domain of an OI, as it stands behind `https://`. */
export const domainOf = (organisation: string): string => organisation.slice(SCHEME.length);

/**
 * Parses an OI (draft core, "OI syntax"): a fully qualified lower-case domain name of at least two A-labels.
 * A public suffix may be one, for some states' names are: what its certificate must name is stricter. Fails with `organisation-malformed`.
 */
export function parseOrganisation(value: unknown): Result<string> {
  if (typeof value !== 'string') return fail('organisation-malformed', typeof value);
  const domain = value.startsWith(SCHEME) ? domainOf(value) : '';
  // A URL's origin has no user, path, query, fragment or trailing slash, and its host is canonical: so must the OI be.
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url?.origin !== value || url.host !== domain || !domain.includes('.') || domain.includes('_') || !isDomainName(domain)) return fail('organisation-malformed', value.slice(0, 300));
  return ok(value);
}
