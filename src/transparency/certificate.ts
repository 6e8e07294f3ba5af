// What does the logged certificate say? Its names, its time, and whether it is a web server's.

import { readBoolean, readChildren, readElement, readObjectIdentifier, TAG } from '../codec/der.ts';
import type { Element } from '../codec/der.ts';

/** What of a certificate matters to a key commitment. */
export interface Certificate {
  /** dNSName entries of the subject alternative name, lower case. */
  readonly names: readonly string[];
  readonly notBefore: number; // seconds since the epoch
  readonly notAfter: number;
  /** Basic constraints say CA. */
  readonly isAuthority: boolean;
  /** Extended key usage is absent, or names server authentication itself. */
  readonly isForServers: boolean;
}

const EXTENSION = { names: '2.5.29.17', constraints: '2.5.29.19', usage: '2.5.29.37' } as const;
const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';
const DNS_NAME = 0x82; // [2] IMPLICIT IA5String, RFC 5280 section 4.2.1.6
const EXPLICIT_0 = 0xa0;
const EXPLICIT_3 = 0xa3;

/** UTCTime and GeneralizedTime as RFC 5280 section 4.1.2.5 allows them: to the second, in UTC. */
function readTime(element: Element | undefined): number | null {
  if (element === undefined) return null;
  const text = new TextDecoder('latin1').decode(element.content);
  const pattern = element.tag === TAG.utcTime ? /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/v
    : element.tag === TAG.generalizedTime ? /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/v : null;
  const match = pattern?.exec(text);
  if (match === null || match === undefined) return null;
  const [year = '', month = '', day = '', hour = '', minute = '', second = ''] = match.slice(1);
  const century = year.length === 4 ? '' : Number(year) >= 50 ? '19' : '20';
  const iso = `${century}${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const instant = Date.parse(iso);
  // The comparison refuses 31 February, which Date would move into March.
  return Number.isNaN(instant) || new Date(instant).toISOString() !== iso ? null : instant / 1000;
}

/** Extensions by object identifier; null where one is malformed or occurs twice (RFC 5280 section 4.2). */
function readExtensions(wrapper: Element): ReadonlyMap<string, Element> | null {
  const list = readElement(wrapper.content, TAG.sequence);
  const items = list === null ? null : readChildren(list);
  if (items === null) return null;
  const extensions = new Map<string, Element>();
  for (const item of items) {
    const [first, second, third, ...more] = readChildren(item) ?? [];
    const value = third ?? second;
    if (item.tag !== TAG.sequence || first === undefined || value?.tag !== TAG.octetString || more.length > 0) return null;
    if (third !== undefined && second !== undefined && readBoolean(second) === null) return null;
    const identifier = readObjectIdentifier(first);
    const content = readElement(value.content);
    if (identifier === null || extensions.has(identifier)) return null;
    // Only extensions we read must be DER: there are some out there that are not.
    if (content !== null) extensions.set(identifier, content);
    else if (Object.values<string>(EXTENSION).includes(identifier)) return null;
  }
  return extensions;
}

function readNames(extension: Element): readonly string[] | null {
  const general = extension.tag === TAG.sequence ? readChildren(extension) : null;
  if (general === null) return null;
  return general.filter((name) => name.tag === DNS_NAME)
    .map((name) => new TextDecoder('latin1').decode(name.content).toLowerCase())
    .filter((name) => /^[!-~]+$/v.test(name));
}

function readAuthority(extension: Element): boolean | null {
  const parts = extension.tag === TAG.sequence ? readChildren(extension) : null;
  if (parts === null) return null;
  const [first] = parts;
  return first?.tag === TAG.boolean ? readBoolean(first) : false;
}

/** anyExtendedKeyUsage alone does not count: the stricter reading, for this raises a verdict. */
function readForServers(extension: Element): boolean | null {
  const usages = extension.tag === TAG.sequence ? readChildren(extension) : null;
  if (usages === null || usages.length === 0) return null;
  const identifiers = new Set(usages.map(readObjectIdentifier));
  return identifiers.has(null) ? null : identifiers.has(SERVER_AUTHENTICATION);
}

/** The fields of a TBSCertificate that matter here; null where one of them is malformed. */
function readFields(tbs: Element | null): Certificate | null {
  const fields = tbs?.tag === TAG.sequence ? readChildren(tbs) : null;
  if (fields === null) return null;
  const [serial, algorithm, issuer, validity, subject, key, ...rest] = fields[0]?.tag === EXPLICIT_0 ? fields.slice(1) : fields;
  if (serial?.tag !== TAG.integer || key === undefined) return null;
  if ([algorithm, issuer, validity, subject, key].some((field) => field?.tag !== TAG.sequence)) return null;
  const [from, until, ...more] = validity === undefined ? [] : readChildren(validity) ?? [];
  const [notBefore, notAfter] = [readTime(from), readTime(until)];
  if (notBefore === null || notAfter === null || more.length > 0) return null;
  const wrappers = rest.filter((field) => field.tag === EXPLICIT_3);
  const [wrapper] = wrappers;
  if (wrappers.length > 1) return null;
  const extensions = wrapper === undefined ? new Map<string, Element>() : readExtensions(wrapper);
  if (extensions === null) return null;
  const read = <T>(identifier: string, reader: (extension: Element) => T | null, absent: T): T | null => {
    const extension = extensions.get(identifier);
    return extension === undefined ? absent : reader(extension);
  };
  const names = read<readonly string[]>(EXTENSION.names, readNames, []);
  const isAuthority = read(EXTENSION.constraints, readAuthority, false);
  const isForServers = read(EXTENSION.usage, readForServers, true);
  return names === null || isAuthority === null || isForServers === null ? null : { names, notBefore, notAfter, isAuthority, isForServers };
}

/**
 * Reads a TBSCertificate (RFC 5280 section 4.1), as precertificate entries of logs hold it.
 * @returns null where it is malformed in anything that matters here.
 */
export const readTbsCertificate = (der: Uint8Array): Certificate | null => readFields(readElement(der));

/**
 * Reads a Certificate (RFC 5280 section 4.1), as ordinary entries of logs hold it. Its signature is not checked: the log vouches for it.
 * @returns null where it is malformed in anything that matters here.
 */
export function readCertificate(der: Uint8Array): Certificate | null {
  const whole = readElement(der, TAG.sequence);
  const [tbs, algorithm, signature, ...more] = (whole === null ? null : readChildren(whole)) ?? [];
  if (tbs === undefined || algorithm?.tag !== TAG.sequence || signature?.tag !== TAG.bitString || more.length > 0) return null;
  return readFields(tbs);
}
