// Visited hosts, and whether one may be asked about: what never leaves the machine.

import { type AddressRange, parseConnectedAddress } from './address.ts';
import { isDomainName, isWithin, normaliseName } from './name.ts';
import { fail, ok, type Result } from '../problem.ts';

/** Names that mean something only on this machine or network [D15]. `.example` may be asked. */
const SPECIAL_USE = [
  'localhost',
  'local',
  'internal',
  'lan',
  'corp',
  'home',
  'intranet',
  'localdomain',
  'home.arpa',
  'test',
  'invalid',
  'onion',
  'alt',
];

/** What a page was loaded from: a name, and the public address the browser was seen connected to, if any. */
export interface VisitedHost {
  readonly name: string;
  readonly address: AddressRange | null;
}

/**
 * Decides whether a visited host can be checked. Fails with `host-not-checkable` (IP literals, single labels,
 * special-use names)
 * or `address-not-public` (the page came from a private or loopback address).
 */
export function parseVisitedHost(host: string, address: string | null): Result<VisitedHost> {
  const name = normaliseName(host);
  const special = SPECIAL_USE.some((suffix) => isWithin(name, suffix));
  if (!isDomainName(name) || !name.includes('.') || special) return fail('host-not-checkable', host);
  if (address === null) return ok({ name, address: null });
  const connected = parseConnectedAddress(address);
  if (connected === null || !connected.isPublic) return fail('address-not-public', address);
  return ok({ name, address: connected });
}
