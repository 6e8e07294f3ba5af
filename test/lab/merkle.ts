// What does a Merkle tree of RFC 9162 section 2.1 say of its leaves? Roots, inclusion paths, and rows of subtree hashes
// for tiles.

import { type Bytes, sha256, uint } from './wire.ts';

const LEAF = uint(1, 0);
const NODE = uint(1, 1);
const EMPTY = sha256();

/** The hash of a leaf's bytes. */
export const leafHash = (leaf: Uint8Array): Bytes => sha256(LEAF, leaf);
const nodeHash = (left: Uint8Array, right: Uint8Array): Bytes => sha256(NODE, left, right);

/** Largest power of two below `size`. */
const split = (size: number): number => 2 ** Math.floor(Math.log2(size - 1));

/** The root over these leaf hashes (RFC 9162 section 2.1.1, MTH). */
export function root(leaves: readonly Bytes[]): Bytes {
  const [only = EMPTY] = leaves;
  if (leaves.length < 2) return only;
  const k = split(leaves.length);
  return nodeHash(root(leaves.slice(0, k)), root(leaves.slice(k)));
}

/** The inclusion path of leaf `index`, leaf end first (RFC 9162 section 2.1.3.1, PATH). */
export function path(index: number, leaves: readonly Bytes[]): readonly Bytes[] {
  if (leaves.length < 2) return [];
  const k = split(leaves.length);
  return index < k
    ? [...path(index, leaves.slice(0, k)), root(leaves.slice(k))]
    : [...path(index - k, leaves.slice(k)), root(leaves.slice(0, k))];
}

/** The hashes of the complete subtrees of 256^level leaves, left to right: what tiles of that level are cut from. */
export function row(level: number, leaves: readonly Bytes[]): readonly Bytes[] {
  const width = 256 ** level;
  return Array.from({ length: Math.floor(leaves.length / width) }, (_, i) =>
    root(leaves.slice(i * width, (i + 1) * width)),
  );
}
