// Merkle trees of Certificate Transparency: the root that an audit path leads to.

import { concatenate, equalBytes } from '../codec/bytes.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Length of every hash here, in bytes. */
export const HASH_LENGTH = 32;

export const sha256 = async (bytes: Uint8Array): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));

/** The hash of a leaf: SHA-256(0x00 || leaf), RFC 6962 section 2.1. */
export const hashLeaf = (leaf: Uint8Array): Promise<Bytes> => sha256(concatenate(Uint8Array.of(0), leaf));

/** The hash of an inner node: SHA-256(0x01 || left || right), RFC 6962 section 2.1. */
export const hashNode = (left: Uint8Array, right: Uint8Array): Promise<Bytes> =>
  sha256(concatenate(Uint8Array.of(1), left, right));

/**
 * Recomputes the root from a leaf hash and its audit path and compares it, RFC 9162 section 2.1.3.2.
 * Divides where the RFC shifts: sizes may go beyond 2^32, up to 2^53 - 1.
 * @param path sibling hashes, nearest to the leaf first.
 */
export async function verifyInclusion(
  leafHash: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
  root: Uint8Array,
): Promise<boolean> {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let node = index;
  let last = size - 1;
  let hash = leafHash;
  for (const sibling of path) {
    if (last === 0) return false; // the path is longer than the tree is high
    if (node % 2 === 1 || node === last) {
      hash = await hashNode(sibling, hash);
      // The last node of a level without sibling rises unchanged until it is a right child.
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = await hashNode(hash, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(hash, root);
}
