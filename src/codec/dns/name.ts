// Domain names on the wire and as text, and a reader that never leaves the bounds of its message.

/** Longest name on the wire, length bytes and root included (RFC 1035 section 2.3.4). */
const NAME_LIMIT = 255;
const LABEL_LIMIT = 63;
/** Labels of the longest name: of one byte each. */
const LABELS_LIMIT = 127;

/**
 * Reads a DNS message in order. Reading past the end, or a `refuse`, sets `broken` for good; what is read then is empty
 * and means nothing.
 */
export class DnsReader {
  readonly bytes: Uint8Array;
  offset = 0;
  broken = false;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  refuse(): void {
    this.broken = true;
  }

  /** The next `length` bytes, as a view. */
  take(length: number): Uint8Array {
    if (this.broken || length > this.bytes.length - this.offset) {
      this.refuse();
      return new Uint8Array(0);
    }
    this.offset += length;
    return this.bytes.subarray(this.offset - length, this.offset);
  }

  uint8(): number {
    return this.take(1)[0] ?? 0;
  }

  uint16(): number {
    return this.take(2).length === 2 ? this.#view.getUint16(this.offset - 2) : 0;
  }

  uint32(): number {
    return this.take(4).length === 4 ? this.#view.getUint32(this.offset - 4) : 0;
  }

  /**
   * A name (RFC 1035 section 4.1.4). Pointers only lead backwards, before anything read for this name, so that no chain
   * of them can go round;
   * nor is a chain longer than a name has labels: it would cost time and say nothing.
   */
  name(): string {
    const labels: string[] = [];
    let length = 1;
    let earliest = this.offset;
    let pointers = 0;
    let resume: number | null = null;
    for (;;) {
      const head = this.uint8();
      if (this.broken || head === 0) break;
      if (head >= 0xc0) {
        const target = ((head & 0x3f) << 8) | this.uint8();
        resume ??= this.offset;
        pointers += 1;
        if (target >= earliest || pointers > LABELS_LIMIT) this.refuse();
        earliest = target;
        this.offset = target;
      } else if (head > LABEL_LIMIT) {
        this.refuse(); // label types 01 and 10 (RFC 6891 section 5)
      } else {
        length += head + 1;
        if (length > NAME_LIMIT) this.refuse();
        labels.push(presentLabel(this.take(head)));
      }
    }
    if (resume !== null) this.offset = resume;
    return labels.join('.');
  }
}

/**
 * A label as text: lower case (RFC 4343); everything but letters, digits, `-`, `_` and `*` as `\DDD` (RFC 1035 section
 * 5.1), so that no two names look alike.
 */
export function presentLabel(label: Uint8Array): string {
  let text = '';
  for (const byte of label) {
    const character = String.fromCharCode(byte);
    text += /[A-Za-z0-9_*-]/.test(character) ? character.toLowerCase() : `\\${String(byte).padStart(3, '0')}`;
  }
  return text;
}

/** The wire form of a host name of ASCII labels, without compression; null where it is no such name. */
export function encodeName(name: string): Uint8Array | null {
  if (!/^[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*$/.test(name) || name.length > NAME_LIMIT - 2) return null;
  const wire: number[] = [];
  for (const label of name.split('.')) wire.push(label.length, ...new TextEncoder().encode(label));
  return Uint8Array.from([...wire, 0]);
}
