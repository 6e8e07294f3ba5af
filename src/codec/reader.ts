// Reader of TLS structures: big-endian numbers and vectors with a length before them, never past the end.

type Bytes = Uint8Array<ArrayBuffer>;

/** Leaves a parser at the first byte that does not fit; seen by nobody but `readWhole`, which turns it into null. */
class Malformed extends Error {}

/** Reads from the front of bytes it never changes. Every method refuses to read past the end. */
export class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Where the next byte is read, from 0. */
  get at(): number {
    return this.#at;
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** Ends the parse: the bytes are not what they should be. */
  refuse(): never {
    throw new Malformed();
  }

  /** A copy of the next `length` bytes. */
  take(length: number): Bytes {
    const end = this.#at + length;
    if (end > this.#bytes.length) this.refuse();
    const taken = this.#bytes.slice(this.#at, end);
    this.#at = end;
    return new Uint8Array(taken);
  }

  /** A copy of what has been read since position `start`. */
  since(start: number): Bytes {
    return new Uint8Array(this.#bytes.slice(start, this.#at));
  }

  /** A big-endian number of `width` bytes (1 to 8); beyond 2^53 - 1 it is refused, for it would not be exact. */
  number(width: number): number {
    let value = 0;
    for (const byte of this.take(width)) value = value * 256 + byte;
    return Number.isSafeInteger(value) ? value : this.refuse();
  }

  u8(): number {
    return this.number(1);
  }

  u16(): number {
    return this.number(2);
  }

  u24(): number {
    return this.number(3);
  }

  /** 40 bits, as leaf indices of static logs are written. */
  u40(): number {
    return this.number(5);
  }

  /** 64 bits as a safe number. */
  u64(): number {
    return this.number(8);
  }

  /** A variable-length vector (RFC 8446 section 3.4) whose length stands in `width` bytes before it. */
  vector(width: 1 | 2 | 3): Bytes {
    return this.take(this.number(width));
  }
}

/**
 * Reads one structure that must fill `bytes` to the last byte.
 * @returns what `read` made of it, or null where the bytes are too short, too long, or refused.
 */
export function readWhole<T>(bytes: Uint8Array, read: (reader: Reader) => T): T | null {
  const reader = new Reader(bytes);
  try {
    const value = read(reader);
    return reader.atEnd ? value : null;
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

/** Writes a number below 2^53 in `width` big-endian bytes. */
export function writeNumber(value: number, width: number): Bytes {
  const bytes = new Uint8Array(width);
  let rest = value;
  for (let at = width - 1; at >= 0; at -= 1) {
    bytes[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}
