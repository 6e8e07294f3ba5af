// Is inclusion proven exactly where the tree's definition says so?

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashLeaf, hashNode, verifyInclusion } from '../../../src/transparency/merkle.ts';
import { referenceLeafHash, ReferenceTree } from './reference-tree.ts';

const leaves = Array.from({ length: 70 }, (_, at) => referenceLeafHash(Uint8Array.of(at)));
const tree = new ReferenceTree(leaves);
const leafAt = (index: number): Uint8Array => leaves[index] ?? expect.fail();

it('hashes leaves and nodes apart', async () => {
  expect(await hashLeaf(Uint8Array.of(3))).toEqual(leafAt(3));
  expect(await hashNode(leafAt(0), leafAt(1))).toEqual(tree.root(2));
});

it('every leaf of every tree of up to 70 leaves is proven', async () => {
  for (let size = 1; size <= 70; size += 1) {
    for (let index = 0; index < size; index += 1) {
      expect(
        await verifyInclusion(leafAt(index), index, size, tree.path(index, size), tree.root(size)),
        `${index} of ${size}`,
      ).toBe(true);
    }
  }
});

describe('one thing wrong', () => {
  const proven = fc
    .integer({ min: 2, max: 70 })
    .chain((size) => fc.record({ size: fc.constant(size), index: fc.nat({ max: size - 1 }) }));
  const flip = (hash: Uint8Array): Uint8Array => hash.map((byte, at) => (at === 5 ? byte ^ 1 : byte));
  it.each([
    [
      'another leaf',
      (index: number, size: number) =>
        verifyInclusion(flip(leafAt(index)), index, size, tree.path(index, size), tree.root(size)),
    ],
    [
      'another index',
      (index: number, size: number) =>
        verifyInclusion(leafAt(index), (index + 1) % size, size, tree.path(index, size), tree.root(size)),
    ],
    [
      'another root',
      (index: number, size: number) =>
        verifyInclusion(leafAt(index), index, size, tree.path(index, size), flip(tree.root(size))),
    ],
    [
      'a sibling more',
      (index: number, size: number) =>
        verifyInclusion(leafAt(index), index, size, [...tree.path(index, size), leafAt(0)], tree.root(size)),
    ],
    [
      'a sibling less',
      (index: number, size: number) =>
        verifyInclusion(leafAt(index), index, size, tree.path(index, size).slice(0, -1), tree.root(size)),
    ],
    [
      'a wrong sibling',
      (index: number, size: number) =>
        verifyInclusion(
          leafAt(index),
          index,
          size,
          tree.path(index, size).map((hash, at) => (at === 0 ? flip(hash) : hash)),
          tree.root(size),
        ),
    ],
  ])('%s proves nothing', async (_name, verify) => {
    await fc.assert(
      fc.asyncProperty(proven, async ({ size, index }) => {
        expect(await verify(index, size)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
  it.each([
    [1, 1],
    [-1, 1],
    [0, 0],
    [0.5, 1],
    [0, 2 ** 53],
  ])('index %d of size %d proves nothing', async (index, size) => {
    expect(await verifyInclusion(leafAt(0), index, size, [], leafAt(0))).toBe(false);
  });
  it('a path into a tree that ends below its root proves nothing', async () => {
    expect(await verifyInclusion(leafAt(0), 0, 2, [], leafAt(0))).toBe(false);
    expect(await verifyInclusion(leafAt(1), 0, 1, [leafAt(0)], tree.root(2))).toBe(false);
  });
});

it('sizes beyond 2^32 are reckoned exactly', async () => {
  // A tree of 2^33 + 1 leaves: the last has the whole left half as its only sibling; leaf 2^32 has 33 siblings and that
  // last one.
  const [leaf, half] = [leafAt(0), leafAt(1)];
  expect(await verifyInclusion(leaf, 2 ** 33, 2 ** 33 + 1, [half], await hashNode(half, leaf))).toBe(true);
  expect(await verifyInclusion(leaf, 0, 2 ** 33 + 1, [half], await hashNode(half, leaf))).toBe(false);
  const path = Array.from({ length: 34 }, () => half);
  let root = leaf;
  for (let level = 0; level < 34; level += 1)
    root = level === 32 ? await hashNode(half, root) : await hashNode(root, half);
  expect(await verifyInclusion(leaf, 2 ** 32, 2 ** 33 + 1, path, root)).toBe(true);
  expect(await verifyInclusion(leaf, 0, 2 ** 33 + 1, path, root)).toBe(false);
});
