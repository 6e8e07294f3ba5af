// Zone files: RFC 1035 section 5, with the generic form of unknown types (RFC 3597 section 5).

import { decodeHex } from '../base64.ts';
import { concatenate } from '../bytes.ts';
import { type DnsData, readData, TYPE_CNAME, TYPE_TXT } from './message.ts';
import { DnsReader } from './name.ts';
import { parseName, parseRecordType, parseTtl } from './zone-values.ts';
import {
  decodeWord,
  type FileFault,
  type Read,
  readZoneEntries,
  refuse,
  type ZoneEntry,
  type ZoneWord,
} from './zone-words.ts';

/** A record as a file has it; `data` is null for types that are not read here. */
export interface ZoneRecord {
  /** As in `DnsResource`. */
  readonly owner: string;
  readonly type: number;
  readonly ttl: number; // seconds
  readonly data: DnsData | null;
}

/** Life of a record where the file says nothing of it, in seconds. */
export const DEFAULT_TTL = 3600;
const CLASSES = /^(IN|CH|HS|CS)$/i;

/** What stands before an entry counts for it. */
interface State {
  origin: string | null;
  ttl: number;
  owner: string | null;
}

/** Reads a zone file whole; the first thing that cannot be read refuses it. At most `limit` records are taken. */
export function parseZoneFile(
  text: string,
  limit: number,
): { ok: true; records: readonly ZoneRecord[] } | { ok: false; fault: FileFault } {
  const { entries, fault } = readZoneEntries(text);
  const state: State = { origin: null, ttl: DEFAULT_TTL, owner: null };
  const records: ZoneRecord[] = [];
  for (const entry of entries) {
    const read = readEntry(entry, state);
    const full = records.length >= limit ? `there are more than ${limit} records` : null;
    if (!read.ok || full !== null)
      return { ok: false, fault: { line: entry.line, reason: read.ok ? String(full) : read.reason } };
    if (read.value !== null) records.push(read.value);
  }
  return fault === null ? { ok: true, records } : { ok: false, fault };
}

/** Reads one entry: a record, or null for a directive, whose effect is on the state. */
function readEntry({ indented, words }: ZoneEntry, state: State): Read<ZoneRecord | null> {
  const [first, ...rest] = words;
  if (first === undefined) return { ok: true, value: null };
  if (!indented && first.raw.startsWith('$')) return readDirective(first.raw.toUpperCase(), rest, state);
  if (!indented) {
    const owner = parseName(first.raw, state.origin);
    if (!owner.ok) return owner;
    state.owner = owner.value;
  }
  if (state.owner === null) return refuse('a record stands before any name');
  return readRecord(indented ? words : rest, state.owner, state);
}

function readDirective(name: string, [value, ...more]: readonly ZoneWord[], state: State): Read<null> {
  if (value === undefined || more.length > 0) return refuse(`${name} takes one value`);
  switch (name) {
    case '$ORIGIN': {
      const origin = parseName(value.raw, state.origin);
      if (!origin.ok) return origin;
      state.origin = origin.value;
      return { ok: true, value: null };
    }
    case '$TTL': {
      const ttl = parseTtl(value.raw);
      if (ttl === null) return refuse(`"${value.raw}" is no time to live`);
      state.ttl = ttl;
      return { ok: true, value: null };
    }
    default:
      return refuse(`${name} is not read here`);
  }
}

function readRecord(words: readonly ZoneWord[], owner: string, state: State): Read<ZoneRecord> {
  let [at, ttl, hasClass] = [0, state.ttl, false];
  // Life and class stand in either order, each at most once.
  for (let hasTtl = false; ; at += 1) {
    const raw = words[at]?.raw ?? '';
    const seconds: number | null = hasTtl ? null : parseTtl(raw);
    if (seconds !== null) [ttl, hasTtl] = [seconds, true];
    else if (!hasClass && CLASSES.test(raw)) {
      if (raw.toUpperCase() !== 'IN') return refuse(`class ${raw.toUpperCase()} is not that of the internet, IN`);
      hasClass = true;
    } else break;
  }
  const [typeWord, ...rdata] = words.slice(at);
  if (typeWord === undefined) return refuse('a record has no type');
  const type = parseRecordType(typeWord.raw);
  if (type === null) return refuse(`"${typeWord.raw}" is no record type`);
  const data = readRdata(type, typeWord.raw, rdata, state.origin);
  return data.ok ? { ok: true, value: { owner, type, ttl, data: data.value } } : data;
}

function readRdata(
  type: number,
  typeWord: string,
  words: readonly ZoneWord[],
  origin: string | null,
): Read<DnsData | null> {
  const [first, ...rest] = words;
  if (first === undefined) return refuse(`the ${typeWord} record holds nothing`);
  if (first.raw === '\\#' && !first.quoted) return readGeneric(type, rest);
  if (type === TYPE_TXT) return readStrings(words);
  if (type === TYPE_CNAME) {
    const target = rest.length > 0 ? refuse('an alias has one target') : parseName(first.raw, origin);
    return target.ok ? { ok: true, value: { kind: 'cname', target: target.value } } : target;
  }
  return /^TYPE\d/i.test(typeWord)
    ? refuse(`the data of ${typeWord} must be written as \\# LENGTH HEXADECIMAL (RFC 3597)`)
    : { ok: true, value: null };
}

/** Character strings of TXT, each of at most 255 bytes (RFC 1035 section 3.3). */
function readStrings(words: readonly ZoneWord[]): Read<DnsData> {
  const strings: Uint8Array[] = [];
  for (const { raw } of words) {
    const bytes = decodeWord(raw);
    if (!bytes.ok) return bytes;
    if (bytes.value.length > 255)
      return refuse(
        `a character string of ${bytes.value.length} bytes is too long; cut it into several of 255 at most`,
      );
    strings.push(bytes.value);
  }
  return concatenate(...strings).length + strings.length > 0xffff
    ? refuse('the record is longer than 65535 bytes')
    : { ok: true, value: { kind: 'txt', strings } };
}

function readGeneric(type: number, [length, ...digits]: readonly ZoneWord[]): Read<DnsData> {
  const bytes = decodeHex(digits.map(({ raw }) => raw.toLowerCase()).join(''));
  if (bytes === null) return refuse('what follows \\# and a length must be hexadecimal');
  if (length?.raw !== String(bytes.length))
    return refuse(`\\# announces ${length?.raw ?? 'no length'}, but ${bytes.length} bytes follow`);
  if (bytes.length > 0xffff) return refuse('the record is longer than 65535 bytes');
  const reader = new DnsReader(bytes);
  const data = readData(reader, type, bytes.length);
  return reader.broken || reader.offset !== bytes.length
    ? refuse('the bytes are no data of this type')
    : { ok: true, value: data };
}
