// Organisation identifiers (OI): `https://` and a lower-case domain name, nothing else.

import { readUnicodeName } from './idna.ts';
import { isDomainName } from './name.ts';
import { fail, ok, type Result } from '../problem.ts';

const SCHEME = 'https://';

/** The domain of an OI, as it stands behind `https://`. */
export const domainOf = (organisation: string): string => organisation.slice(SCHEME.length);

/**
 * Parses an OI [J9]: a fully qualified lower-case domain name of at least two labels, those that begin with `xn--`
 * valid by UTS #46.
 * A public suffix may be one, for some states' names are: what its certificate must name is stricter. Fails with
 * `organisation-malformed`.
 */
export function parseOrganisation(value: unknown): Result<string> {
  if (typeof value !== 'string') return fail('organisation-malformed', typeof value);
  const domain = value.startsWith(SCHEME) ? domainOf(value) : '';
  // Not by the engine's URL parser: engines differ in which names they take.
  const isSound =
    isDomainName(domain) && domain.includes('.') && !domain.includes('_') && readUnicodeName(domain) !== null;
  return isSound ? ok(value) : fail('organisation-malformed', value);
}
