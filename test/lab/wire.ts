// How are the lab's numbers and byte strings written on the wire? The encodings of RFC 8446 section 3 and base64.

import { createHash } from 'node:crypto';

export type Bytes = Uint8Array<ArrayBuffer>;

/** An unsigned integer of `width` bytes, big end first. */
export const uint = (width: number, value: number): Bytes => {
  const bytes = new Uint8Array(width);
  let rest = value;
  for (let i = width - 1; i >= 0; i -= 1) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
};

export const join = (...parts: readonly Uint8Array[]): Bytes => new Uint8Array(Buffer.concat(parts));
/** A byte string behind its length in `width` bytes. */
export const vector = (width: number, bytes: Uint8Array): Bytes => join(uint(width, bytes.length), bytes);
export const text = (value: string): Bytes => new Uint8Array(Buffer.from(value, 'utf8'));
export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
export const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
export const fromBase64 = (value: string): Bytes => new Uint8Array(Buffer.from(value, 'base64'));
export const sha256 = (...parts: readonly Uint8Array[]): Bytes =>
  new Uint8Array(
    createHash('sha256')
      .update(join(...parts))
      .digest(),
  );
/** The same bytes with one bit of the last byte turned over. */
export const spoil = (bytes: Uint8Array): Bytes => {
  const copy = new Uint8Array(bytes);
  copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 1;
  return copy;
};
