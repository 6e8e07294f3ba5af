// Names, types and lives as zone files write them: RFC 1035 section 5.1, RFC 3597 section 5.

import { presentLabel } from './name.ts';
import { decodeWord, type Read, refuse } from './zone-words.ts';

const TTL_LIMIT = 0x7fffffff;
const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Numbers of types by name (IANA); those of which only the name matters here too. */
const TYPES: ReadonlyMap<string, number> = new Map(
  [
    'A 1, NS 2, CNAME 5, SOA 6, PTR 12, HINFO 13, MX 15, TXT 16, RP 17, AFSDB 18, AAAA 28, LOC 29, SRV 33, NAPTR 35',
    'CERT 37, DNAME 39, DS 43, SSHFP 44, RRSIG 46, NSEC 47, DNSKEY 48, NSEC3 50, NSEC3PARAM 51, TLSA 52, SMIMEA 53',
    'CDS 59, CDNSKEY 60, OPENPGPKEY 61, CSYNC 62, ZONEMD 63, SVCB 64, HTTPS 65, SPF 99, URI 256, CAA 257',
  ]
    .flatMap((line) => line.split(', '))
    .map((entry) => {
      const [name = '', number] = entry.split(' ');
      return [name, Number(number)];
    }),
);

/** The number of a type from its name or as `TYPE65297`; null for anything else. */
export function parseRecordType(word: string): number | null {
  const [, digits] = /^TYPE(\d{1,5})$/i.exec(word) ?? [];
  if (digits === undefined) return TYPES.get(word.toUpperCase()) ?? null;
  return Number(digits) <= 0xffff ? Number(digits) : null;
}

/**
 * A name in presentation form as `DnsReader` tells it; one without a dot at its end is completed by the origin, and
 * refused where there is none.
 */
export function parseName(raw: string, origin: string | null): Read<string> {
  if (raw === '@') return origin === null ? refuse('"@" stands before any $ORIGIN') : { ok: true, value: origin };
  if (raw === '.') return { ok: true, value: '' };
  if (/[^ -~]/.test(raw)) return refuse(`the name "${raw}" is not ASCII; write it with A-labels (xn--…)`);
  const parts = [...raw.matchAll(/((?:[^.\\]|\\\d{3}|\\.)+)(\.|$)|./gs)];
  const labels: string[] = [];
  let length = 1;
  for (const [, part] of parts) {
    if (part === undefined) return refuse(`"${raw}" is no name`);
    const label = decodeWord(part);
    if (!label.ok) return label;
    if (label.value.length > 63) return refuse(`a part of the name "${raw}" is longer than 63 bytes`);
    labels.push(presentLabel(label.value));
    length += label.value.length + 1;
  }
  const isWhole = parts.at(-1)?.[2] === '.';
  if (!isWhole && origin === null)
    return refuse(`the name "${raw}" has no dot at its end, and no $ORIGIN before it says what it belongs to`);
  if (length > 255) return refuse(`the name "${raw}" is longer than 255 bytes`);
  return { ok: true, value: [...labels, ...(isWhole || origin === null || origin === '' ? [] : [origin])].join('.') };
}

/** Seconds, or with units as in `1h30m`; null for anything else. */
export function parseTtl(word: string): number | null {
  if (!/^(\d{1,10}[smhdw]?)+$/i.test(word)) return null;
  const seconds = [...word.matchAll(/(\d+)([a-z]?)/gi)].reduce(
    (sum, [, count = '', unit = '']) => sum + Number(count) * (UNITS[unit.toLowerCase()] ?? 1),
    0,
  );
  return seconds <= TTL_LIMIT ? seconds : null;
}
