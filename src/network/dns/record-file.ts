// Record files: a zone file, the JSON of zdns or massdns, or a plain list of TXT values.

import { parseZoneFile, type ZoneRecord } from '../../codec/dns/zone-file.ts';
import { decodeWord, type FileFault, readZoneEntries } from '../../codec/dns/zone-words.ts';
import { concatenate } from '../../codec/bytes.ts';
import { parseDnsJson } from './dns-json.ts';

/** Bounds of a file: bytes, lines, records. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024;
const MAX_LINES = 200_000;
const MAX_RECORDS = 100_000;

/**
 * All of the DNS there is, for whoever asks the file: records at their names, with the names whose questions failed; or
 * TXT values that stand at whatever name is asked.
 */
export type RecordFile =
  | { readonly kind: 'zone'; readonly records: readonly ZoneRecord[]; readonly failed: ReadonlyMap<string, string> }
  | { readonly kind: 'values'; readonly values: readonly Uint8Array[] };

export type ReadFile =
  { readonly ok: true; readonly value: RecordFile } | { readonly ok: false; readonly fault: FileFault };

const NOTHING = 'the file holds no records';
const broken = (line: number, reason: string): ReadFile => ({ ok: false, fault: { line, reason } });

/** Reads a file of records, by what its first line looks like. Fails with the first line that cannot be read, and why. */
export function parseRecordFile(bytes: Uint8Array): ReadFile {
  if (bytes.length > MAX_FILE_BYTES) return broken(1, `the file is larger than ${MAX_FILE_BYTES} bytes`);
  const text = decodeText(bytes);
  if (text === null) return broken(1, 'the file is no text in UTF-8');
  if (text.split('\n', MAX_LINES + 1).length > MAX_LINES)
    return broken(MAX_LINES + 1, `there are more than ${MAX_LINES} lines`);
  const first = /^(?:[ \t\r]*(?:[;#].*)?\n)*[ \t\r]*(\S+)/.exec(text)?.[1] ?? '';
  if (/^[[{]/.test(first)) {
    const json = parseDnsJson(text, MAX_RECORDS);
    return json.ok ? notEmpty({ kind: 'zone', ...json.value }) : json;
  }
  // No name of a zone file begins with a quotation mark or contains an equals sign.
  if (/^"|^[^"\s]+=/.test(first)) return readValues(text);
  const zone = parseZoneFile(text, MAX_RECORDS);
  return zone.ok ? notEmpty({ kind: 'zone', records: zone.records, failed: new Map() }) : zone;
}

function decodeText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null; // the decoder tells bytes that are no text by throwing
  }
}

const notEmpty = (file: Extract<RecordFile, { kind: 'zone' }>): ReadFile =>
  file.records.length === 0 && file.failed.size === 0 ? broken(1, NOTHING) : { ok: true, value: file };

/** One TXT value a line: as it is, or as quoted character strings the way `dig +short` prints them. */
function readValues(text: string): ReadFile {
  const values: Uint8Array[] = [];
  for (const [at, whole] of text.split('\n').entries()) {
    const line = whole.trim();
    if (line === '' || /^[;#]/.test(line)) continue;
    const value = line.startsWith('"') ? readQuoted(line) : new TextEncoder().encode(line);
    if (typeof value === 'string') return broken(at + 1, value);
    if (value.length > 0xffff) return broken(at + 1, 'the value is longer than 65535 bytes');
    values.push(value);
  }
  return values.length === 0 ? broken(1, NOTHING) : { ok: true, value: { kind: 'values', values } };
}

/** The character strings of a line, joined; or why they cannot be read. */
function readQuoted(line: string): Uint8Array | string {
  const { entries, fault } = readZoneEntries(line);
  if (fault !== null) return fault.reason;
  const strings: Uint8Array[] = [];
  for (const { raw, quoted } of entries.flatMap(({ words }) => words)) {
    const bytes = decodeWord(raw);
    if (!quoted) return 'a word stands outside the quotation marks';
    if (!bytes.ok) return bytes.reason;
    strings.push(bytes.value);
  }
  return concatenate(...strings);
}
