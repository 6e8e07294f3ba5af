// Missing permissions: match patterns, which name no ports, of the origins that a report says were not asked.

import type { Report } from '../../verdict/report.ts';

/** The match patterns of the hosts that could not be asked; null where it was not for want of a permission. */
export function lackedOrigins({ blockedOrigins }: Report): readonly string[] | null {
  if (blockedOrigins.length === 0) return null;
  const hosts = blockedOrigins.flatMap((origin) => (URL.canParse(origin) ? [new URL(origin).hostname] : []));
  return [...new Set(hosts)].map((host) => `https://${host}/*`);
}
