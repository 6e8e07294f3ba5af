// What is the tree over these leaves? The definitions of RFC 9162 section 2.1 written down as they stand, to test the
// proofs against.

import { sha256 } from '@noble/hashes/sha2.js';

type Bytes = Uint8Array<ArrayBuffer>;

const hash = (prefix: number, ...parts: readonly Uint8Array[]): Bytes =>
  new Uint8Array(sha256(Buffer.concat([Uint8Array.of(prefix), ...parts])));

export const referenceLeafHash = (leaf: Uint8Array): Bytes => hash(0, leaf);

/** A tree that grows never: roots and audit paths of any of its first sizes, from leaf hashes. */
export class ReferenceTree {
  readonly leafHashes: readonly Bytes[];
  readonly #full = new Map<string, Bytes>();

  constructor(leafHashes: readonly Bytes[]) {
    this.leafHashes = leafHashes;
  }

  /** MTH(D[from:until]); full subtrees are remembered. */
  range(from: number, until: number): Bytes {
    const count = until - from;
    if (count === 0) return new Uint8Array(sha256(new Uint8Array(0)));
    const [only] = count === 1 ? this.leafHashes.slice(from, until) : [];
    if (only !== undefined) return only;
    const name = `${from} ${until}`;
    const known = this.#full.get(name);
    if (known !== undefined) return known;
    const split = from + this.#split(count);
    const made = hash(1, this.range(from, split), this.range(split, until));
    if (Number.isInteger(Math.log2(count))) this.#full.set(name, made);
    return made;
  }

  root(size: number): Bytes {
    return this.range(0, size);
  }

  /** PATH(m, D[from:until]). */
  path(index: number, until: number, from = 0): readonly Bytes[] {
    const count = until - from;
    if (count <= 1) return [];
    const split = from + this.#split(count);
    return index < split
      ? [...this.path(index, split, from), this.range(split, until)]
      : [...this.path(index, until, split), this.range(from, split)];
  }

  /** A hash tile by level, number and width. */
  tile(level: number, number: number, width: number): Bytes {
    const step = 256 ** level;
    const at = (position: number): Bytes => this.range(position * step, (position + 1) * step);
    return new Uint8Array(Buffer.concat(Array.from({ length: width }, (_, position) => at(number * 256 + position))));
  }

  #split(count: number): number {
    let split = 1;
    while (split * 2 < count) split *= 2;
    return split;
  }
}
