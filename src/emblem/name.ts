// Is this a domain name, and whose? Names compared as the DNS compares them, and what the public suffix list says of them.

/** What the public suffix list says; names are lower-case A-labels without trailing dot. */
export interface Suffixes {
  /** Whether the name itself is a public suffix, private ones such as shared hosting included. */
  isPublicSuffix(name: string): boolean;
  /** The registrable domain (public suffix and one label), or null where the name has none. */
  registrableDomain(name: string): string | null;
}
