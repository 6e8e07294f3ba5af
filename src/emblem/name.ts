// Domain names, compared as the DNS compares them, and what the public suffix list says of them.

/** What the public suffix list says; names are lower-case A-labels without trailing dot. */
export interface Suffixes {
  /** Whether the name itself is a public suffix, private ones such as shared hosting included. */
  isPublicSuffix(name: string): boolean;
  /** The registrable domain (public suffix and one label), or null where the name has none. */
  registrableDomain(name: string): string | null;
}

/** One label as host names in the wild have them: letters, digits, hyphens inside, and the underscore. */
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/** Lower case, without the trailing dot. Only ASCII has cases here (RFC 4343): other letters must not turn into its. */
export const normaliseName = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()).replace(/\.$/, '');

/**
 * Whether a normalised name is a domain name of A-labels whose last label is no number (so that it cannot be an
 * address).
 */
export function isDomainName(name: string): boolean {
  const labels = name.split('.');
  return (
    name.length <= 253 && labels.every((label) => LABEL.test(label)) && !/^\d+$|^0x[0-9a-f]*$/.test(labels.at(-1) ?? '')
  );
}

/** Whether normalised `name` is `ancestor` or lies below it. */
export const isWithin = (name: string, ancestor: string): boolean => name === ancestor || name.endsWith(`.${ancestor}`);

/** Whether two names are under one registrable domain; a name without one is only under itself. */
export function sameDomain(a: string, b: string, suffixes: Suffixes): boolean {
  const domain = suffixes.registrableDomain(a);
  return a === b || (domain !== null && domain === suffixes.registrableDomain(b));
}
