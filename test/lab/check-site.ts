// What does the check say of a site of the lab, without any browser? The rules and the network side, over the lab's own
// fetch.

import { check } from '../../src/check.ts';
import { publicSuffixes } from '../../src/cli/public-suffixes.ts';
import { IHLE_TYPES } from '../../src/network/defaults.ts';
import { dohResolver, memoryCache, type NetworkOptions, openNetwork } from '../../src/network/sources.ts';
import type { Report } from '../../src/verdict/report.ts';
import { LISTS, RESOLVER } from './addresses.ts';
import type { Lab } from './lab.ts';
import { openVerifiedSignatures } from '../../src/signature/verified-signatures.ts';

/** Options for `openNetwork` over the lab, with empty stores. */
export const labNetwork = (lab: Pick<Lab, 'fetch' | 'now'>, more: Partial<NetworkOptions> = {}): NetworkOptions => ({
  resolver: dohResolver(RESOLVER),
  logLists: Object.values(LISTS),
  ihleTypes: IHLE_TYPES,
  fetch: lab.fetch,
  now: () => lab.now,
  permitted: async () => true,
  session: memoryCache(),
  local: memoryCache(),
  suffixes: publicSuffixes,
  trustedKeys: [],
  listsEarly: true,
  verified: openVerifiedSignatures(),
  ...more,
});

/**
 * Checks one host of the lab as if its page had been loaded over HTTPS; `address` is the one connected to, where
 * observed.
 */
export async function checkSite(
  lab: Pick<Lab, 'fetch' | 'now'>,
  host: string,
  address: string | null = null,
  more: Partial<NetworkOptions> = {},
): Promise<Report> {
  const sources = openNetwork(labNetwork(lab, more));
  const report = await check({ host, address, page: 'https' }, lab.now, sources);
  await sources.close();
  return report;
}
