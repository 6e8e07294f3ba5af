// Certificates and TBSCertificates of logs: their names, their times, and whether they are a web server's.

import {
  type Element,
  readBoolean,
  readChildren,
  readElement,
  readObjectIdentifier,
  readUnsigned,
  TAG,
} from '../codec/der.ts';

/** What of a certificate matters to a key commitment. */
export interface Certificate {
  /** dNSName entries of the subject alternative name, lower case. */
  readonly names: readonly string[];
  readonly notBefore: number | null; // milliseconds since the epoch; null where it is not a time as RFC 5280 has them
  readonly notAfter: number | null;
  /** Basic constraints say CA. */
  readonly isAuthority: boolean;
  /** Extended key usage is absent, or names server authentication itself. */
  readonly isForServers: boolean;
}

const EXTENSION = { names: '2.5.29.17', constraints: '2.5.29.19', keyUsage: '2.5.29.15', usage: '2.5.29.37' } as const;
const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';
const DNS_NAME = 0x82; // [2] IMPLICIT IA5String, RFC 5280 section 4.2.1.6
const EXPLICIT_0 = 0xa0;
const EXPLICIT_3 = 0xa3;

const latin1 = ({ content }: Element): string => new TextDecoder('latin1').decode(content);

/** UTCTime and GeneralizedTime as RFC 5280 section 4.1.2.5 allows them: to the second, in UTC. */
function readTime(element: Element): number | null {
  const text = latin1(element);
  const pattern =
    element.tag === TAG.utcTime
      ? /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/v
      : element.tag === TAG.generalizedTime
        ? /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/v
        : null;
  const match = pattern?.exec(text);
  if (match === null || match === undefined) return null;
  const [year = '', month = '', day = '', hour = '', minute = '', second = ''] = match.slice(1);
  const century = year.length === 4 ? '' : Number(year) >= 50 ? '19' : '20';
  const iso = `${century}${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const instant = Date.parse(iso);
  // The comparison refuses 31 February, which Date would move into March.
  return Number.isNaN(instant) || new Date(instant).toISOString() !== iso ? null : instant;
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
    if (item.tag !== TAG.sequence || first === undefined || value?.tag !== TAG.octetString || more.length > 0)
      return null;
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

const isIa5 = ({ content }: Element): boolean => content.length > 0 && content.every((byte) => byte < 0x80);

/** What each kind of GeneralName must be (RFC 5280 section 4.2.1.6), by its identifier octet. */
const GENERAL_NAMES: ReadonlyMap<number, (name: Element) => boolean> = new Map([
  [
    0xa0,
    (name: Element) => {
      const [type, value, ...more] = readChildren(name) ?? [];
      return (
        type !== undefined &&
        readObjectIdentifier(type) !== null &&
        value?.tag === EXPLICIT_0 &&
        readElement(value.content) !== null &&
        more.length === 0
      );
    },
  ],
  [0x81, isIa5],
  [DNS_NAME, (name: Element) => /^[!-~]+$/v.test(latin1(name))],
  [0xa3, (name: Element) => readChildren(name) !== null],
  [
    0xa4,
    (name: Element) => {
      const parts = readElement(name.content, TAG.sequence);
      return parts !== null && (readChildren(parts)?.every(({ tag }) => tag === TAG.set) ?? false);
    },
  ],
  [0xa5, (name: Element) => readChildren(name) !== null],
  [0x86, isIa5],
  [0x87, ({ content }: Element) => content.length === 4 || content.length === 16],
  [0x88, ({ content }: Element) => readObjectIdentifier({ tag: TAG.objectIdentifier, content }) !== null],
]);

/** Read whole: a list with one malformed member says nothing [C6]. */
function readNames(extension: Element): readonly string[] | null {
  const general = extension.tag === TAG.sequence ? readChildren(extension) : null;
  if (
    general === null ||
    general.length === 0 ||
    !general.every((name) => GENERAL_NAMES.get(name.tag)?.(name) === true)
  )
    return null;
  return general.filter((name) => name.tag === DNS_NAME).map((name) => latin1(name).toLowerCase());
}

/** BasicConstraints (RFC 5280 section 4.2.1.9): a boolean and a length, both optional, and nothing else. */
function readAuthority(extension: Element): boolean | null {
  const parts = extension.tag === TAG.sequence ? readChildren(extension) : null;
  if (parts === null) return null;
  const [first] = parts;
  const stated = first?.tag === TAG.boolean ? readBoolean(first) : false;
  const [length, ...more] = first?.tag === TAG.boolean ? parts.slice(1) : parts;
  return more.length > 0 || (length !== undefined && readUnsigned(length) === null) ? null : stated;
}

/**
 * Whether KeyUsage (RFC 5280 section 4.2.1.3) is one: up to nine bits, at least one of them set, none in the padding.
 */
function isKeyUsage({ tag, content }: Element): boolean {
  const [unused = 8, ...octets] = content;
  const last = octets.at(-1) ?? 0;
  return (
    tag === TAG.bitString &&
    unused < 8 &&
    octets.length <= 2 &&
    octets.some((octet) => octet !== 0) &&
    last % 2 ** unused === 0
  );
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
  const [serial, algorithm, issuer, validity, subject, key, ...rest] =
    fields[0]?.tag === EXPLICIT_0 ? fields.slice(1) : fields;
  if (serial?.tag !== TAG.integer || key === undefined) return null;
  if ([algorithm, issuer, validity, subject, key].some((field) => field?.tag !== TAG.sequence)) return null;
  // Times are shown and decide nothing, so none of them costs the names.
  const times = validity === undefined ? [] : (readChildren(validity) ?? []);
  const [notBefore = null, notAfter = null] = times.length === 2 ? times.map(readTime) : [];
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
  if (!read(EXTENSION.keyUsage, isKeyUsage, true)) return null;
  return names === null || isAuthority === null || isForServers === null
    ? null
    : { names, notBefore, notAfter, isAuthority, isForServers };
}

/**
 * Reads a TBSCertificate (RFC 5280 section 4.1), as precertificate entries of logs hold it.
 * @returns null where it is malformed in anything that matters here.
 */
export const readTbsCertificate = (der: Uint8Array): Certificate | null => readFields(readElement(der));

/**
 * Reads a Certificate (RFC 5280 section 4.1), as ordinary entries of logs hold it. Its signature is not checked: the
 * log vouches for it.
 * @returns null where it is malformed in anything that matters here.
 */
export function readCertificate(der: Uint8Array): Certificate | null {
  const whole = readElement(der, TAG.sequence);
  const [tbs, algorithm, signature, ...more] = (whole === null ? null : readChildren(whole)) ?? [];
  if (tbs === undefined || algorithm?.tag !== TAG.sequence || signature?.tag !== TAG.bitString || more.length > 0)
    return null;
  return readFields(tbs);
}
