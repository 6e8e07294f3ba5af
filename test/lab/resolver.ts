// What does the lab's resolver say? DNS over HTTPS in wire format (RFC 8484) from zones that are data, with faults by
// name.

import { decode, name as nameCodec } from '@leichtgewicht/dns-packet';
import { answer, DROPS, HANGS, htmlPage, type LabQuestion, type LabReply } from './reply.ts';
import { type Bytes, fromBase64, join, text, uint, vector } from './wire.ts';

export type DnsFault =
  | 'down'
  | 'slow'
  | 'http-500'
  | 'servfail'
  | 'refused'
  | 'formerr'
  | 'nxdomain'
  | 'filtered'
  | 'truncated'
  | 'wrong-question'
  | 'wrong-media-type'
  | 'garbage'
  | 'oversized';

/** What stands at one name. */
export interface LabName {
  /** Each record as one text, cut at 255 bytes, or as its character strings. */
  readonly txt?: readonly (string | readonly (string | Uint8Array)[])[];
  readonly cname?: string;
  /** RDATA by number of the private-use type. */
  readonly ihle?: Readonly<Record<number, readonly Uint8Array[]>>;
  /** The same, told in the Additional section of whatever is answered for exactly this name, and nowhere else. */
  readonly additional?: Readonly<Record<number, readonly Uint8Array[]>>;
  /** Seconds. */
  readonly ttl?: number;
}

export interface LabResolver {
  readonly zones: Map<string, LabName>;
  /** By name in lower case, or `*` for every name. */
  readonly faults: Map<string, DnsFault>;
  answer(question: LabQuestion): LabReply;
}

const MEDIA_TYPE = 'application/dns-message';
const TYPES = { CNAME: 5, SOA: 6, TXT: 16, OPT: 41 } as const;
/** QR, RD, RA. */
const FLAGS = 0x8180;
const TRUNCATED = 0x0200;
/** Of the SOA, in seconds: how long an absence lives. */
export const NEGATIVE_TTL = 300;

/** Cuts a text into character strings of 255 bytes. */
export function characterStrings(value: string | readonly (string | Uint8Array)[]): readonly Bytes[] {
  if (typeof value !== 'string')
    return value.map((part) => (typeof part === 'string' ? text(part) : new Uint8Array(part)));
  const bytes = text(value);
  return Array.from({ length: Math.ceil(bytes.length / 255) }, (_, i) => bytes.slice(i * 255, i * 255 + 255));
}

const plain = (name: string): string => name.toLowerCase().replace(/\.$/, '');
const wireName = (name: string): Uint8Array => nameCodec.encode(plain(name));

/**
 * A resource record, names uncompressed. The DNS library has no unknown types (RFC 3597) in its types, and few of the
 * faults.
 */
const record = (name: string, type: number, ttl: number, data: Uint8Array): Bytes =>
  join(wireName(name), uint(2, type), uint(2, 1), uint(4, ttl), vector(2, data));

interface Asked {
  readonly name: string;
  readonly type: number;
}

const message = (asked: Asked, flags: number, sections: readonly (readonly Uint8Array[])[]): Bytes =>
  join(
    uint(2, 0),
    uint(2, flags),
    uint(2, 1),
    ...[0, 1, 2].map((i) => uint(2, sections[i]?.length ?? 0)),
    wireName(asked.name),
    uint(2, asked.type),
    uint(2, 1),
    ...sections.flat(),
  );

const opt = (options: Uint8Array): Bytes =>
  join(uint(1, 0), uint(2, TYPES.OPT), uint(2, 1232), uint(4, 0), vector(2, options));
const soa = (name: string): Bytes =>
  record(
    name.split('.').slice(-2).join('.'),
    TYPES.SOA,
    NEGATIVE_TTL,
    join(
      wireName('ns.lab.example'),
      wireName('lab.lab.example'),
      uint(4, 1),
      uint(4, 3600),
      uint(4, 600),
      uint(4, 86_400),
      uint(4, NEGATIVE_TTL),
    ),
  );

function standing(name: string, entry: LabName, type: number): readonly Bytes[] {
  const ttl = entry.ttl ?? 3600;
  const data =
    type === TYPES.TXT
      ? (entry.txt ?? []).map((value) => join(...characterStrings(value).map((string) => vector(1, string))))
      : (entry.ihle?.[type] ?? []);
  return data.map((bytes) => record(name, type, ttl, bytes));
}

const besides = (name: string, { additional = {}, ttl = 3600 }: LabName): readonly Bytes[] =>
  Object.entries(additional).flatMap(([type, data]) => data.map((bytes) => record(name, Number(type), ttl, bytes)));

/** Follows aliases as a resolver does, and gives every record on the way. */
function honest(zones: ReadonlyMap<string, LabName>, asked: Asked): Bytes {
  const found: Bytes[] = [];
  let name = plain(asked.name);
  for (let step = 0; step < 8; step += 1) {
    const entry = zones.get(name);
    if (entry === undefined) return message(asked, FLAGS | 3, [found, [soa(name)], [opt(new Uint8Array())]]);
    if (entry.cname === undefined) {
      const own = standing(name, entry, asked.type);
      return message(asked, FLAGS, [
        [...found, ...own],
        own.length > 0 ? [] : [soa(name)],
        [...besides(name, entry), opt(new Uint8Array())],
      ]);
    }
    found.push(record(name, TYPES.CNAME, entry.ttl ?? 3600, wireName(entry.cname)));
    name = plain(entry.cname);
  }
  return message(asked, FLAGS | 2, []);
}

const dns = (bytes: Uint8Array): LabReply => answer(MEDIA_TYPE, bytes);
type Truth = (name: string) => Bytes;
const rcode =
  (code: number) =>
  (asked: Asked): LabReply =>
    dns(message(asked, FLAGS | code, [[], [soa(asked.name)]]));

/** What each fault makes of a question; `truth` is the honest answer for a name. */
const FAULTS: Readonly<Record<DnsFault, (asked: Asked, truth: Truth) => LabReply>> = {
  down: () => DROPS,
  slow: () => HANGS,
  'http-500': () => answer('text/plain', 'broken', 500),
  formerr: rcode(1),
  servfail: rcode(2),
  nxdomain: rcode(3),
  refused: rcode(5),
  // Extended DNS error 15, "blocked" (RFC 8914).
  filtered: (asked) =>
    dns(message(asked, FLAGS | 3, [[], [soa(asked.name)], [opt(join(uint(2, 15), vector(2, uint(2, 15))))]])),
  truncated: (asked) => dns(message(asked, FLAGS | TRUNCATED, [])),
  'wrong-question': (_, truth) => dns(truth('another.example')),
  'wrong-media-type': () => htmlPage(),
  garbage: ({ name }, truth) => dns(truth(name).slice(0, -7)),
  oversized: ({ name }, truth) => dns(join(truth(name), new Uint8Array(70_000))),
};

function read({ method, url, body }: LabQuestion): Asked | null {
  const query = method === 'POST' ? body : fromBase64(url.searchParams.get('dns') ?? '');
  if (query.length < 17) return null;
  const [question] = decode(query).questions ?? [];
  if (question === undefined) return null;
  // The type stands behind the name; read there, since the library gives unknown ones as words.
  const at = 12 + wireName(question.name).length;
  return { name: plain(question.name), type: (query[at] ?? 0) * 256 + (query[at + 1] ?? 0) };
}

/** Opens a resolver without zones. */
export function openResolver(): LabResolver {
  const zones = new Map<string, LabName>();
  const faults = new Map<string, DnsFault>();
  return {
    zones,
    faults,
    answer: (question) => {
      const asked = read(question);
      if (asked === null) return answer('text/plain', 'no DNS message', 400);
      const fault = faults.get(asked.name) ?? faults.get('*');
      const truth: Truth = (name) => honest(zones, { ...asked, name });
      return fault === undefined ? dns(truth(asked.name)) : FAULTS[fault](asked, truth);
    },
  };
}
