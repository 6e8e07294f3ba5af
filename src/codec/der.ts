// DER reader: the sliver of X.690 that certificates, keys and signatures need, strictly.

import { type Reader, readWhole } from './reader.ts';

/** One element: its identifier octet and its content octets. Nothing here recurses: depth is what the caller walks. */
export interface Element {
  readonly tag: number;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** Identifier octets, as `Element.tag` holds them (X.690 section 8.1.2). */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** More elements in one sequence than any certificate has: a bound against busywork. */
const MAX_CHILDREN = 16_384;

/** Definite lengths in the fewest octets (X.690 section 10.1). */
function readLength(reader: Reader): number {
  const first = reader.u8();
  if (first < 0x80) return first;
  const width = first - 0x80;
  if (width === 0) return reader.refuse(); // the indefinite form of BER
  const length = reader.number(width);
  const shorter = width === 1 ? 0x80 : 256 ** (width - 1);
  return length < shorter ? reader.refuse() : length;
}

function readOne(reader: Reader): Element {
  const tag = reader.u8();
  // Tag numbers from 31 on take several octets; nothing we read has them. Tag 0 marks BER's end of contents.
  if (tag === 0 || (tag & 0x1f) === 0x1f) return reader.refuse();
  const length = readLength(reader);
  return { tag, content: reader.take(length) };
}

/**
 * Reads bytes that are exactly one DER element (X.690): definite, minimal length, nothing behind it.
 * @param tag the identifier octet it must have; without it any is accepted.
 * @returns null where the bytes are anything else.
 */
export function readElement(bytes: Uint8Array, tag?: number): Element | null {
  const element = readWhole(bytes, readOne);
  return element === null || (tag !== undefined && element.tag !== tag) ? null : element;
}

/**
 * The elements inside a constructed one.
 * @returns null where it is primitive, or its content is not whole elements to the last byte.
 */
export function readChildren(element: Element): readonly Element[] | null {
  if ((element.tag & 0x20) === 0) return null;
  return readWhole(element.content, (reader) => {
    const children: Element[] = [];
    while (!reader.atEnd) {
      if (children.length === MAX_CHILDREN) reader.refuse();
      children.push(readOne(reader));
    }
    return children;
  });
}

/** An object identifier in dotted decimal (X.690 section 8.19), or null where the element is none. */
export function readObjectIdentifier(element: Element): string | null {
  if (element.tag !== TAG.objectIdentifier || element.content.length === 0) return null;
  const arcs: number[] = [];
  let arc = 0;
  let begun = false;
  for (const byte of element.content) {
    if (!begun && byte === 0x80) return null; // a leading zero: not the shortest spelling
    arc = arc * 128 + (byte & 0x7f);
    if (!Number.isSafeInteger(arc)) return null;
    begun = byte >= 0x80;
    if (begun) continue;
    if (arcs.length > 0) arcs.push(arc);
    else if (arc < 80) arcs.push(Math.floor(arc / 40), arc % 40);
    else arcs.push(2, arc - 80);
    arc = 0;
  }
  return begun ? null : arcs.join('.');
}

/** A boolean, which in DER is 0x00 or 0xFF (X.690 section 11.1), or null where the element is none. */
export function readBoolean(element: Element): boolean | null {
  if (element.tag !== TAG.boolean || element.content.length !== 1) return null;
  if (element.content[0] === 0xff) return true;
  return element.content[0] === 0 ? false : null;
}

/** The magnitude of a non-negative integer without leading zeros (zero is empty), or null where the element is none. */
export function readUnsigned(element: Element): Uint8Array<ArrayBuffer> | null {
  const [first, second] = element.content;
  if (element.tag !== TAG.integer || first === undefined || first >= 0x80) return null;
  if (first !== 0) return element.content;
  // A zero octet may only stand before one that would read as negative (X.690 section 8.3.2), or alone.
  return second === undefined || second >= 0x80 ? element.content.slice(1) : null;
}

/** The bytes of a bit string of whole octets, as keys and signatures are, or null where the element is none. */
export const readBitString = (element: Element): Uint8Array<ArrayBuffer> | null =>
  element.tag === TAG.bitString && element.content[0] === 0 ? element.content.slice(1) : null;
