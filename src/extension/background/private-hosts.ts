// Hosts seen at private addresses: nobody is asked about them, even where a page is shown again without a response.

import { parseConnectedAddress } from '../../emblem/address.ts';
import { observesResponses } from '../platform.ts';
import { browser } from '../webext.ts';
import { bookkeeping } from '../session-storage.ts';

const PREFIX = 'private:';
export const privateHostKey = (host: string): string => PREFIX + host;
const MAX_HOSTS = 200;

interface PrivateHost {
  readonly address: string;
  readonly at: number;
}

const isPrivateHost = (value: unknown): value is PrivateHost =>
  typeof value === 'object' &&
  value !== null &&
  'address' in value &&
  typeof value.address === 'string' &&
  'at' in value &&
  typeof value.at === 'number';

const privateHosts = async (): Promise<readonly (readonly [name: string, PrivateHost])[]> =>
  Object.entries(await browser.storage.session.get(null)).flatMap(([name, value]) =>
    name.startsWith(PREFIX) && isPrivateHost(value) ? [[name, value] as const] : [],
  );

/**
 * The address a page came from, with what is known of its host: one seen at a private address is taken to be there
 * still where no response tells
 * (from a cache, on the way back), so that nobody is asked about it. `now` in milliseconds since the epoch.
 */
export async function addressOf(host: string, seen: string | null, now: number): Promise<string | null> {
  if (!observesResponses()) return null;
  const name = privateHostKey(host);
  if (seen === null) {
    const known = await bookkeeping.get(name);
    return isPrivateHost(known) ? known.address : null;
  }
  if (parseConnectedAddress(seen)?.isPublic === true) {
    await bookkeeping.forget([name]);
    return seen;
  }
  await bookkeeping.keep({ [name]: { address: seen, at: now } });
  const all = (await privateHosts()).toSorted(([, a], [, b]) => b.at - a.at);
  await bookkeeping.forget(all.slice(MAX_HOSTS).map(([other]) => other));
  return seen;
}

export const forgetPrivateHosts = async (): Promise<void> =>
  bookkeeping.forget((await bookkeeping.names()).filter((name) => name.startsWith(PREFIX)));
