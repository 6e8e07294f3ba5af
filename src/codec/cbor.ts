// CBOR decoder that lets nothing ambiguous pass: no duplicate keys, no endless nesting, nothing left over.

import { decode } from 'cbor2/decoder';
import { Simple } from 'cbor2/simple';
import { Tag } from 'cbor2/tag';
import type { Result } from '../problem.ts';
import { encodeHex } from './base64.ts';
import { concatenate } from './bytes.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Why bytes are not acceptable CBOR. */
export type CborFault = 'malformed' | 'duplicate' | 'too-deep' | 'too-many';

/** A tagged value. */
export interface CborTag {
  readonly tag: number;
  readonly contents: unknown;
}

/** Deepest nesting of arrays and maps, most items of an array, most pairs of a map. */
const LIMITS = { depth: 16, items: 4096, pairs: 256 };
/** What the library may descend before our own, exact count: it counts arrays twice. */
const LIBRARY_DEPTH = 64;

/** Refused for a reason of ours; caught below. */
class Refused extends Error {
  readonly fault: CborFault;
  constructor(fault: CborFault) {
    super(fault);
    this.fault = fault;
  }
}

/** What arrays, maps and tags mean, written down once: each is part of every key around it. */
type Meanings = WeakMap<object, string>;

function spell(value: unknown, meanings: Meanings, level: number): string {
  if (isBytes(value)) return `b${value.length}:${encodeHex(value)}`;
  if (typeof value === 'string') return `t${value.length}:${value}`;
  if (typeof value !== 'object' || value === null) return `${typeof value} ${String(value)};`;
  if (value instanceof Simple) return `simple ${value.value};`;
  const known = meanings.get(value);
  if (known !== undefined) return known;
  if (level > LIMITS.depth) throw new Refused('too-deep');
  const inside = (item: unknown, deeper = 1): string => spell(item, meanings, level + deeper);
  const parts = Array.isArray(value)
    ? ['a', ...value.map((item) => inside(item))]
    : isMap(value)
      ? ['m', ...[...value].map(([key, item]) => inside(key) + inside(item)).toSorted()]
      : value instanceof Tag
        ? [`g${String(value.tag)} `, inside(value.contents, 0)]
        : ['?'];
  const meaning = `${parts.join('')}.`;
  meanings.set(value, meaning);
  return meaning;
}

/** Makes a map, comparing keys by what they mean, however they are encoded: integers are bigint, floats number. */
const mapMaker =
  (meanings: Meanings) =>
  (
    pairs: readonly (readonly [key: unknown, value: unknown, encodedKey: Uint8Array])[],
  ): ReadonlyMap<unknown, unknown> => {
    if (pairs.length > LIMITS.pairs) throw new Refused('too-many');
    const names = new Set(pairs.map(([key]) => spell(key, meanings, 1)));
    if (names.size < pairs.length) throw new Refused('duplicate');
    return new Map(pairs.map(([key, value]) => [key, value]));
  };

/** A tagged value with a number we can name; null for anything else. */
export const readTag = (value: unknown): CborTag | null =>
  value instanceof Tag ? { tag: Number(value.tag), contents: value.contents } : null;

/** Whether a decoded value is a map. */
export const isMap = (value: unknown): value is ReadonlyMap<unknown, unknown> => value instanceof Map;
/** A map read by its labels: what is there as CBOR's `undefined` is there, as null. */
export const readMap = (value: unknown): ReadonlyMap<unknown, unknown> | null =>
  isMap(value) ? new Map([...value].map(([key, item]) => [key, item === undefined ? null : item])) : null;
/** Whether a decoded value is a byte string. */
export const isBytes = (value: unknown): value is Bytes => value instanceof Uint8Array;

function checkLimits(value: unknown, level: number): void {
  const children = Array.isArray(value)
    ? value
    : isMap(value)
      ? [...value.keys(), ...value.values()]
      : value instanceof Tag
        ? [value.contents]
        : [];
  const here = Array.isArray(value) || isMap(value) ? level + 1 : level;
  if (here > LIMITS.depth) throw new Refused('too-deep');
  if (Array.isArray(value) && value.length > LIMITS.items) throw new Refused('too-many');
  for (const child of children) checkLimits(child, here);
}

/**
 * Decodes exactly one CBOR data item (RFC 8949): integers as bigint, floats as number, maps as Map, tags as `CborTag`.
 * Indefinite lengths and longer than shortest integers are accepted (the drafts do not forbid them). Refuses duplicate
 * keys,
 * nesting over 16 levels, over 4,096 items or 256 pairs, invalid UTF-8, and anything after the item.
 */
export function decodeCbor(bytes: Uint8Array): Result<unknown, CborFault> {
  try {
    const value = decode(bytes, {
      preferBigInt: true,
      preferMap: true,
      ignoreGlobalTags: true,
      rejectDuplicateKeys: true,
      maxDepth: LIBRARY_DEPTH,
      createObject: mapMaker(new WeakMap()),
    });
    checkLimits(value, 0);
    return { ok: true, value };
  } catch (error) {
    // The library reports bad input by throwing, and its words tell two faults apart that have names of their own.
    if (error instanceof Refused) return { ok: false, problem: error.fault };
    const words = error instanceof Error ? error.message : '';
    if (/depth/i.test(words)) return { ok: false, problem: 'too-deep' };
    return { ok: false, problem: /duplicate/i.test(words) ? 'duplicate' : 'malformed' };
  }
}

/** The head of a data item with its argument in the shortest form (RFC 8949 section 3), for arguments below 2^32. */
function head(major: number, argument: number): readonly number[] {
  if (argument < 24) return [major * 32 + argument];
  if (argument < 0x100) return [major * 32 + 24, argument];
  if (argument < 0x10000) return [major * 32 + 25, argument >> 8, argument & 0xff];
  return [major * 32 + 26, argument >>> 24, (argument >> 16) & 0xff, (argument >> 8) & 0xff, argument & 0xff];
}

/** A byte string, encoded deterministically. */
export const encodeBytes = (bytes: Uint8Array): Bytes => concatenate(head(2, bytes.length), bytes);
/** A text string, encoded deterministically. */
export function encodeText(text: string): Bytes {
  const bytes = new TextEncoder().encode(text);
  return concatenate(head(3, bytes.length), bytes);
}
/** An integer from −2^32 to 2^32 − 1, encoded deterministically. */
export const encodeInteger = (value: number): Bytes => new Uint8Array(value < 0 ? head(1, -1 - value) : head(0, value));
/** An array of encoded items. */
export const encodeArray = (items: readonly Uint8Array[]): Bytes => concatenate(head(4, items.length), ...items);
/** A map of encoded keys and values, in the order given: it must be the deterministic one (RFC 8949 section 4.2.1). */
export const encodeMap = (pairs: readonly (readonly [Uint8Array, Uint8Array])[]): Bytes =>
  concatenate(head(5, pairs.length), ...pairs.flat());
