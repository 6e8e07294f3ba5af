// IP addresses and prefixes, and which of them may be marked at all.

import ipaddr from 'ipaddr.js';
import { describeValue, fail, ok, type Result } from '../problem.ts';

/** An address (`prefix` is then the full length) or a prefix without host bits. IPv4-mapped ones are IPv4. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly bytes: readonly number[];
  readonly prefix: number;
  /** False where nobody can visit its base over the internet. */
  readonly isPublic: boolean;
}

/**
 * Ranges reserved for documentation: allowed, so that examples and tests can use them (RFC 5737, RFC 3849, RFC 9637).
 */
const DOCUMENTATION = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '3fff::/20'].map((cidr) =>
  ipaddr.parseCIDR(cidr),
);

/** Prefixes shorter than these are legal whatever their base, but mark no visited site. */
const MIN_PREFIX_BITS = { 4: 16, 6: 32 } as const;

/**
 * An IPv6 address whose last 32 bits may stand as IPv4 (RFC 4291 section 2.2), written out in hexadecimal: the library
 * takes octal parts, and `::` before IPv4 for `::ffff:`.
 */
function inHexadecimal(text: string): string | null {
  const [, head, tail] = /^(.*:)([^:]*\.[^:]*)$/.exec(text) ?? [];
  if (head === undefined || tail === undefined) return text;
  if (!ipaddr.IPv4.isValidFourPartDecimal(tail)) return null;
  const [a = 0, b = 0, c = 0, d = 0] = ipaddr.IPv4.parse(tail).toByteArray();
  return `${head}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

/** Characters of the longest way to write an address: six groups and four decimal parts. */
const MAX_ADDRESS_CHARACTERS = 45;

function parseBare(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (text.length > MAX_ADDRESS_CHARACTERS) return null;
  // Four decimal parts, none with a leading zero.
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  // A zone names an interface of one machine: nothing that can be marked.
  const six = text.includes('%') ? null : inHexadecimal(text);
  return six !== null && ipaddr.IPv6.isValid(six) ? ipaddr.IPv6.parse(six) : null;
}

/** All that IANA has opened for global unicast; the rest of IPv6 is reserved (RFC 4291 section 2.4). */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

/**
 * As the library names them: the ordinary ones, and those for special services that are reached from everywhere (RFC
 * 7534, RFC 7450; IANA special-purpose registries).
 */
const PUBLIC_RANGES: ReadonlySet<string> = new Set(['unicast', 'as112', 'as112v6', 'amt']);

/** Whether an address is one of the public internet, or of the documentation ranges. */
function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const within = ([base, bits]: [ipaddr.IPv4 | ipaddr.IPv6, number]): boolean =>
    base.kind() === address.kind() && address.match(base, bits);
  const opened = address.kind() === 'ipv4' || within(GLOBAL_UNICAST);
  return DOCUMENTATION.some(within) || (opened && PUBLIC_RANGES.has(address.range()));
}

/** Whether an address can mark nothing at all: unspecified, loopback, multicast. */
const isRefused = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean =>
  address.toByteArray().every((byte) => byte === 0) ||
  address.range() === 'loopback' ||
  address.range() === 'multicast';

function hasHostBits(bytes: readonly number[], prefix: number): boolean {
  return bytes.some((byte, index) => (byte & (0xff >> Math.min(8, Math.max(0, prefix - index * 8)))) !== 0);
}

/**
 * Parses what stands between the brackets of an address asset [J17]: an address, or a prefix with its length.
 * Fails with `asset-malformed`, `asset-host-bits`, or `asset-address-refused` (unspecified, loopback, multicast).
 * Private, link-local and reserved ones are legal: nobody can visit them, so that they cover nothing.
 */
export function parseAddressRange(text: string): Result<AddressRange> {
  const [, base = '', length] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const written = parseBare(base);
  if (written === null || (length !== undefined && String(Number(length)) !== length))
    return fail('asset-malformed', describeValue(text));
  const full = written.kind() === 'ipv4' ? 32 : 128;
  const bits = length === undefined ? full : Number(length);
  if (bits > full) return fail('asset-malformed', text);
  if (hasHostBits(written.toByteArray(), bits)) return fail('asset-host-bits', text);
  // Without host bits a mapped prefix has at least 96 bits: a shorter one never means IPv4.
  const mapped = written instanceof ipaddr.IPv6 && written.isIPv4MappedAddress();
  const address = mapped ? written.toIPv4Address() : written;
  const range: AddressRange = {
    family: address.kind() === 'ipv4' ? 4 : 6,
    bytes: address.toByteArray(),
    prefix: mapped ? bits - 96 : bits,
    isPublic: isPublic(address),
  };
  return isBroad(range) || !isRefused(address) ? ok(range) : fail('asset-address-refused', text);
}

/** Whether a prefix is too short to mark any visited site: shorter than /16 (IPv4) or /32 (IPv6). */
export const isBroad = (range: AddressRange): boolean => range.prefix < MIN_PREFIX_BITS[range.family];

/** A text that two ranges of one family share where they agree in their first `length` bits. */
export function rangeKey({ family, bytes }: AddressRange, length: number): string {
  const whole = bytes.slice(0, Math.ceil(length / 8));
  const rest = length % 8;
  const last = rest === 0 ? [] : [(whole.pop() ?? 0) & ~(0xff >> rest)];
  return [family, length, ...whole, ...last].join('.');
}

/**
 * Whether `outer` contains all of `inner`. Families never mix: an IPv6 prefix shorter than /96 covers no IPv4 address.
 */
export function containsRange(outer: AddressRange, inner: AddressRange): boolean {
  if (outer.family !== inner.family || outer.prefix > inner.prefix) return false;
  return outer.bytes.every((byte, index) => {
    const kept = Math.min(8, Math.max(0, outer.prefix - index * 8));
    return ((byte ^ (inner.bytes[index] ?? 0)) & ~(0xff >> kept) & 0xff) === 0;
  });
}

/**
 * Parses the address a browser is connected to, as the browser or the command line writes it (no brackets); null where
 * it is none.
 */
export function parseConnectedAddress(text: string): AddressRange | null {
  const written = parseBare(text.replace(/^\[(.*)\]$/, '$1'));
  if (written === null) return null;
  const address = written instanceof ipaddr.IPv6 && written.isIPv4MappedAddress() ? written.toIPv4Address() : written;
  const family = address.kind() === 'ipv4' ? 4 : 6;
  return { family, bytes: address.toByteArray(), prefix: family === 4 ? 32 : 128, isPublic: isPublic(address) };
}
