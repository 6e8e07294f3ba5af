// Do the tiles asked for give the audit path, and are they named as logs name them?

import { describe, expect, it } from 'vitest';
import { verifyInclusion } from '../../../src/transparency/merkle.ts';
import { auditPath, dataTile, proofTiles, tilePath } from '../../../src/transparency/tiles.ts';
import { referenceLeafHash, ReferenceTree } from './reference-tree.ts';

describe('paths', () => {
  it.each([
    [{ level: 0, number: 0, width: 256 }, 'tile/0/000'],
    [{ level: 0, number: 1_234_067, width: 256 }, 'tile/0/x001/x234/067'],
    [{ level: 'data', number: 999, width: 17 }, 'tile/data/999.p/17'],
    [{ level: 2, number: 1000, width: 1 }, 'tile/2/x001/000.p/1'],
  ] as const)('%o', (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    expect(tilePath(tile, true)).toBe(path.replace(/\.p\/.*/v, ''));
  });
  it.each([
    [0, 1, 'tile/data/000.p/1'],
    [255, 256, 'tile/data/000'],
    [256, 257, 'tile/data/001.p/1'],
    [1_486_270_852, 1_500_000_000, 'tile/data/x005/x805/745'],
  ])('entry %i of %i is in %s', (index, size, path) => {
    expect(tilePath(dataTile(index, size))).toBe(path);
  });
  it.each([
    [0, 1, []],
    [0, 2, ['tile/0/000.p/2']],
    [256, 257, ['tile/1/000.p/1']],
    [0, 257, ['tile/0/000', 'tile/0/001.p/1']],
    [0, 65_536, ['tile/0/000', 'tile/1/000']],
    [70_000, 70_001, ['tile/0/273.p/113', 'tile/1/001.p/17', 'tile/2/000.p/1']],
  ])('entry %i of %i needs %j', (index, size, paths) => {
    expect(
      proofTiles(index, size)
        .map((tile) => tilePath(tile))
        .toSorted(),
    ).toEqual(paths.toSorted());
  });
});

const MOST = 70_300;
const tree = new ReferenceTree(
  Array.from({ length: MOST }, (_, at) => referenceLeafHash(new Uint8Array(Uint32Array.of(at).buffer))),
);

async function pathOf(
  index: number,
  size: number,
  spoil?: (path: string, content: Uint8Array) => Uint8Array | null,
): Promise<readonly Uint8Array[] | null> {
  const tiles = new Map<string, Uint8Array>();
  for (const tile of proofTiles(index, size)) {
    if (tile.level === 'data') expect.fail('no hashes there');
    const content = tree.tile(tile.level, tile.number, tile.width);
    const given = spoil === undefined ? content : spoil(tilePath(tile), content);
    if (given !== null) tiles.set(tilePath(tile), given);
  }
  return auditPath(index, size, tiles);
}

describe('audit paths', () => {
  const sizes = [
    1,
    2,
    3,
    5,
    64,
    70,
    255,
    256,
    257,
    258,
    300,
    511,
    512,
    513,
    1000,
    65_535,
    65_536,
    65_537,
    65_792,
    65_793,
    70_001,
    MOST,
  ];
  it.each(sizes)("in a tree of %i are the reference's", async (size) => {
    const indices = [
      0,
      1,
      2,
      255,
      256,
      257,
      511,
      65_535,
      65_536,
      size - 2,
      size - 1,
      Math.floor(size / 2),
      Math.floor(size / 3),
    ];
    for (const index of new Set(indices.filter((at) => at >= 0 && at < size))) {
      const path = (await pathOf(index, size)) ?? expect.fail('a path');
      expect(
        path.map((hash) => Buffer.from(hash).toString('hex')),
        `${index} of ${size}`,
      ).toEqual(tree.path(index, size).map((hash) => Buffer.from(hash).toString('hex')));
      expect(await verifyInclusion(tree.leafHashes[index] ?? expect.fail(), index, size, path, tree.root(size))).toBe(
        true,
      );
    }
  });
  it('are not made from a tile that is missing or short', async () => {
    expect(await pathOf(0, 300, (path, content) => (path === 'tile/0/001.p/44' ? null : content))).toBeNull();
    expect(
      await pathOf(0, 300, (path, content) => (path === 'tile/0/001.p/44' ? content.slice(1) : content)),
    ).toBeNull();
  });
  it('may come from full tiles, read as far as the tree goes', async () => {
    const path = await pathOf(0, 300, (at, content) => (at === 'tile/0/001.p/44' ? tree.tile(0, 1, 256) : content));
    expect(path).toEqual(tree.path(0, 300));
  });
});
