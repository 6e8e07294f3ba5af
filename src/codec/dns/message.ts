// DNS messages, RFC 1035 and EDNS(0), with every byte accounted for.

import { DnsReader } from './name.ts';

export const TYPE_TXT = 16;
export const TYPE_CNAME = 5;
export const TYPE_SOA = 6;
const TYPE_OPT = 41;
export const CLASS_IN = 1;
const OPTION_EXTENDED_ERROR = 15;

/** What a record says, for the types we read; `other` keeps its bytes (RFC 3597). */
export type DnsData =
  | { readonly kind: 'txt'; readonly strings: readonly Uint8Array[] }
  | { readonly kind: 'cname'; readonly target: string }
  | { readonly kind: 'soa'; readonly minimum: number }
  | { readonly kind: 'other'; readonly bytes: Uint8Array };

/** One resource record. Names are lower case, without trailing dot, unusual bytes as `\DDD`. */
export interface DnsResource {
  readonly owner: string;
  readonly type: number;
  readonly class: number;
  readonly ttl: number; // seconds
  readonly data: DnsData;
}

export interface DnsQuestion {
  readonly name: string;
  readonly type: number;
  readonly class: number;
}

export interface DnsMessage {
  readonly id: number;
  readonly isResponse: boolean;
  readonly opcode: number;
  /** The AA bit: the server answers for the zone itself. */
  readonly authoritative: boolean;
  readonly truncated: boolean;
  /** The RA bit: whoever answers asks others where it does not know. */
  readonly recursionAvailable: boolean;
  /** The AD bit: the resolver says that it validated the answer. */
  readonly authenticated: boolean;
  /** The response code with EDNS's upper bits (RFC 6891 section 6.1.3). */
  readonly rcode: number;
  readonly questions: readonly DnsQuestion[];
  readonly answers: readonly DnsResource[];
  readonly authorities: readonly DnsResource[];
  /** Without the OPT record. */
  readonly additionals: readonly DnsResource[];
  /** Codes of extended errors (RFC 8914). */
  readonly extendedErrors: readonly number[];
}

interface Edns {
  readonly upperRcode: number;
  readonly extendedErrors: readonly number[];
}

/**
 * Decodes a whole message; null where any length, count, pointer or option leaves its bounds, or bytes are left over.
 */
export function decodeMessage(bytes: Uint8Array): DnsMessage | null {
  const reader = new DnsReader(bytes);
  const id = reader.uint16();
  const flags = reader.uint16();
  const [questionCount, answerCount, authorityCount, additionalCount] = [
    reader.uint16(),
    reader.uint16(),
    reader.uint16(),
    reader.uint16(),
  ];
  const questions = list(reader, questionCount, () => ({
    name: reader.name(),
    type: reader.uint16(),
    class: reader.uint16(),
  }));
  const answers = list(reader, answerCount, () => readResource(reader));
  const authorities = list(reader, authorityCount, () => readResource(reader));
  const edns: Edns[] = [];
  const additionals: DnsResource[] = [];
  for (const record of list(reader, additionalCount, () => readResource(reader))) {
    if (record.type === TYPE_OPT) edns.push(readEdns(reader, record));
    else additionals.push(record);
  }
  // One OPT record at most, and only among the additional ones (RFC 6891 section 6.1.1).
  if (edns.length > 1 || [...answers, ...authorities].some((record) => record.type === TYPE_OPT)) reader.refuse();
  if (reader.broken || reader.offset !== bytes.length) return null;
  return {
    id,
    isResponse: (flags & 0x8000) !== 0,
    opcode: (flags >> 11) & 0xf,
    authoritative: (flags & 0x0400) !== 0,
    truncated: (flags & 0x0200) !== 0,
    recursionAvailable: (flags & 0x0080) !== 0,
    authenticated: (flags & 0x0020) !== 0,
    rcode: ((edns[0]?.upperRcode ?? 0) << 4) | (flags & 0xf),
    questions,
    answers,
    authorities,
    additionals,
    extendedErrors: edns[0]?.extendedErrors ?? [],
  };
}

/** Reads `count` items, stopping where the message breaks: a false count costs nothing. */
function list<T>(reader: DnsReader, count: number, read: () => T): T[] {
  const items: T[] = [];
  while (items.length < count && !reader.broken) items.push(read());
  return items;
}

function readResource(reader: DnsReader): DnsResource {
  const owner = reader.name();
  const type = reader.uint16();
  const recordClass = reader.uint16();
  const ttl = reader.uint32();
  const length = reader.uint16();
  const end = reader.offset + length; // an end beyond the message is never reached
  const data = readData(reader, type, end);
  if (reader.offset !== end) reader.refuse();
  return { owner, type, class: recordClass, ttl, data };
}

/** Reads the data of a record up to `end`; the caller checks that it ends there exactly. */
export function readData(reader: DnsReader, type: number, end: number): DnsData {
  switch (type) {
    case TYPE_TXT: {
      const strings: Uint8Array[] = [];
      // One character string at least (RFC 1035 section 3.3.14); copies, so that a kept record does not keep the
      // message.
      do strings.push(reader.take(reader.uint8()).slice());
      while (reader.offset < end && !reader.broken);
      return { kind: 'txt', strings };
    }
    case TYPE_CNAME:
      return { kind: 'cname', target: reader.name() };
    case TYPE_SOA: {
      reader.name();
      reader.name();
      reader.take(16); // serial, refresh, retry, expire
      return { kind: 'soa', minimum: reader.uint32() };
    }
    default:
      return { kind: 'other', bytes: reader.take(end - reader.offset).slice() };
  }
}

/** Reads the options of an OPT record; lengths that do not fit break the message. */
function readEdns(reader: DnsReader, record: DnsResource): Edns {
  const options = new DnsReader(record.data.kind === 'other' ? record.data.bytes : new Uint8Array(0));
  const extendedErrors: number[] = [];
  while (!options.broken && options.offset < options.bytes.length) {
    const code = options.uint16();
    const value = options.take(options.uint16());
    if (code !== OPTION_EXTENDED_ERROR) continue;
    if (value.length < 2) options.refuse();
    else extendedErrors.push(((value[0] ?? 0) << 8) | (value[1] ?? 0));
  }
  if (options.broken || record.owner !== '') reader.refuse();
  return { upperRcode: record.ttl >>> 24, extendedErrors };
}
