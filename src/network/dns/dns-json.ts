// DNS JSON that zdns or massdns wrote, one answer a line or in a list, to records.

import { decodeHex } from '../../codec/base64.ts';
import { type DnsData, TYPE_CNAME, TYPE_TXT } from '../../codec/dns/message.ts';
import { DEFAULT_TTL, type ZoneRecord } from '../../codec/dns/zone-file.ts';
import { parseName, parseRecordType } from '../../codec/dns/zone-values.ts';
import { decodeWord, type FileFault, type Read, refuse } from '../../codec/dns/zone-words.ts';
import { isObject, type JsonObject, member, parseJson } from '../../codec/json.ts';

/** What a file of answers says: records, and by name the questions that were not answered. */
export interface DnsJson {
  readonly records: readonly ZoneRecord[];
  /** Status or error by lower-case name: what is absent there is not known to be absent. */
  readonly failed: ReadonlyMap<string, string>;
}

/** Statuses that are an answer. */
const ANSWERED = new Set(['NOERROR', 'NXDOMAIN']);

const text = (object: JsonObject, ...names: readonly string[]): string | null =>
  names.map((name) => member(object, name)).find((value): value is string => typeof value === 'string') ?? null;

/** Reads the JSON of zdns or massdns. At most `limit` records are taken. */
export function parseDnsJson(
  content: string,
  limit: number,
): { ok: true; value: DnsJson } | { ok: false; fault: FileFault } {
  const records: ZoneRecord[] = [];
  const failed = new Map<string, string>();
  for (const { line, item } of itemsOf(content)) {
    const read = item === undefined ? refuse('this is no JSON') : readItem(item, records, failed);
    if (!read.ok) return { ok: false, fault: { line, reason: read.reason } };
    if (records.length > limit) return { ok: false, fault: { line, reason: `there are more than ${limit} records` } };
  }
  return { ok: true, value: { records, failed } };
}

/** Each answer with its line; undefined where a line is no JSON. */
function* itemsOf(content: string): Generator<{ line: number; item: unknown }> {
  const whole = parseJson(content);
  if (whole.ok) {
    for (const item of Array.isArray(whole.value) ? whole.value : [whole.value]) yield { line: 1, item };
    return;
  }
  for (const [at, line] of content.split('\n').entries()) {
    if (line.trim() === '') continue;
    const parsed = parseJson(line);
    yield { line: at + 1, item: parsed.ok ? parsed.value : undefined };
  }
}

/** Adds what one answer says. zdns may tell of several types under `results`. */
function readItem(item: unknown, records: ZoneRecord[], failed: Map<string, string>): Read<null> {
  const name = isObject(item) ? text(item, 'name') : null;
  if (!isObject(item) || name === null) return refuse('this is no answer of zdns or massdns: it has no name');
  const owner = parseName(name, '');
  if (!owner.ok) return owner;
  const results = member(item, 'results');
  for (const result of isObject(results) ? Object.values(results) : [item]) {
    if (!isObject(result)) return refuse('a result is no object');
    const status = text(result, 'status', 'error');
    if (status === null) return refuse('this is no answer of zdns or massdns: it has no status');
    if (!ANSWERED.has(status)) failed.set(owner.value, status);
    const data = member(result, 'data');
    for (const section of ['answers', 'additionals']) {
      const listed = isObject(data) ? member(data, section) : undefined;
      for (const answer of Array.isArray(listed) ? listed : []) {
        const record = readAnswer(answer);
        if (!record.ok) return record;
        if (record.value !== null) records.push(record.value);
      }
    }
  }
  return { ok: true, value: null };
}

/** One record, or null where it is of a kind that cannot matter here (EDNS). */
function readAnswer(answer: unknown): Read<ZoneRecord | null> {
  if (!isObject(answer)) return refuse('an answer is no object');
  const unparsed = member(answer, 'unparsed_rr');
  const header = isObject(unparsed) ? member(unparsed, 'Hdr') : undefined;
  const word = text(answer, 'type');
  if (word === 'EDNS0' || word === 'OPT' || word === '41') return { ok: true, value: null };
  // massdns gives a type that it does not know as a number.
  const type = word === null ? null : parseRecordType(/^\d+$/.test(word) ? `TYPE${word}` : word);
  if (type === null) return refuse(`"${word ?? ''}" is no record type`);
  const owner = text(answer, 'name') ?? (isObject(header) ? text(header, 'Name') : null);
  if (owner === null) return refuse('an answer has no name');
  const name = parseName(owner, '');
  if (!name.ok) return name;
  const data = isObject(unparsed) ? readUnparsed(unparsed) : readData(type, answer);
  if (!data.ok) return data;
  const ttl = member(answer, 'ttl');
  const isLife = typeof ttl === 'number' && Number.isInteger(ttl) && ttl >= 0 && ttl <= 0x7fffffff;
  return { ok: true, value: { owner: name.value, type, ttl: isLife ? ttl : DEFAULT_TTL, data: data.value } };
}

/** A type that zdns does not know: its bytes in hexadecimal. */
function readUnparsed(unparsed: JsonObject): Read<DnsData> {
  const bytes = decodeHex((text(unparsed, 'Rdata') ?? '-').toLowerCase());
  return bytes === null
    ? refuse('the data of an unknown type is not hexadecimal')
    : { ok: true, value: { kind: 'other', bytes } };
}

function readData(type: number, answer: JsonObject): Read<DnsData | null> {
  const [fromZdns, fromMassdns] = [text(answer, 'answer'), text(answer, 'data')];
  const value = fromZdns ?? fromMassdns;
  switch (type) {
    case TYPE_CNAME: {
      const target = value === null ? refuse('an alias has no target') : parseName(value, '');
      return target.ok ? { ok: true, value: { kind: 'cname', target: target.value } } : target;
    }
    case TYPE_TXT: {
      // zdns puts line feeds between character strings, massdns quotation marks around them; where they were cut means
      // nothing.
      const bytes =
        fromZdns !== null
          ? decodeWord(fromZdns.replaceAll('\n', ''))
          : fromMassdns === null
            ? null
            : decodeHexEscapes(unquote(fromMassdns));
      if (bytes === null) return refuse('a TXT record holds nothing');
      return bytes.ok ? { ok: true, value: { kind: 'txt', strings: [bytes.value] } } : bytes;
    }
    default: {
      // zdns gives a type that it knows no other way to write as an object, massdns as escaped bytes.
      const bytes = fromMassdns === null ? null : decodeHexEscapes(fromMassdns);
      if (bytes === null) return { ok: true, value: null };
      return bytes.ok ? { ok: true, value: { kind: 'other', bytes: bytes.value } } : bytes;
    }
  }
}

/** massdns leaves quotation marks inside as they are, so only those that can bound a string are taken away. */
const unquote = (value: string): string =>
  value.startsWith('"') ? value.replace(/^"|" ?$/g, '').replaceAll('" "', '') : value;

/** `\xHH` is a byte, everything else itself. */
function decodeHexEscapes(value: string): Read<Uint8Array<ArrayBuffer>> {
  return decodeWord(
    value.replaceAll(/\\x([0-9a-f]{2})|\\/gi, (_, hex: string | undefined) =>
      hex === undefined ? '\\\\' : `\\${String(Number.parseInt(hex, 16)).padStart(3, '0')}`,
    ),
  );
}
