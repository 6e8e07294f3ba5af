// Which site does this address show, if it shows one?

/**
 * A page of a site: the host as it stands in the address bar (A-labels, brackets around IPv6), and how it was loaded.
 */
export interface VisitedPage {
  readonly host: string;
  readonly page: 'https' | 'http';
}

/** The site an address shows; null for browser pages, extension pages, files and all else that no host serves. */
export function visitedPage(url: string): VisitedPage | null {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname } = new URL(url);
  if (hostname === '') return null;
  switch (protocol) {
    case 'https:':
      return { host: hostname, page: 'https' };
    case 'http:':
      return { host: hostname, page: 'http' };
    default:
      return null;
  }
}
