// Which connections did the check lack? Read from the problems of the look-up and of every emblem.

import type { Report } from '../../verdict/report.ts';

/** A host name as the last word, behind a log's name or alone; patterns name no ports. */
const HOST = /(?:^| )((?:[\w-]+\.)+[\w-]+)(?::\d+)?$/;

/** The match patterns of the hosts that a report says could not be asked, as far as it names them; null where it was not for want of a permission. */
export function lackedOrigins({ problems, emblems }: Report): readonly string[] | null {
  const lacked = [problems, ...emblems.map((emblem) => emblem.problems)].flat().filter(({ code }) => code === 'permission-missing');
  if (lacked.length === 0) return null;
  const hosts = lacked.map(({ detail }) => HOST.exec(detail ?? '')?.[1]).filter((host) => host !== undefined);
  return [...new Set(hosts)].map((host) => `https://${host}/*`);
}
