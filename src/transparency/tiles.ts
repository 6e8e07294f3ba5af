// Tiles of a static log: those that prove an entry, and the audit path they give.

import { HASH_LENGTH, hashNode } from './merkle.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Entries or hashes of a full tile (static-ct-api). */
export const TILE_WIDTH = 256;

/**
 * One tile: `level` is that of its hashes in steps of eight, or `data` for entries; `width` how many the tree of this
 * size has in it.
 */
export interface Tile {
  readonly level: number | 'data';
  readonly number: number;
  readonly width: number;
}

/** The hash of the tree's leaves `start` up to `start + count`, not included. */
interface Range {
  readonly start: number;
  readonly count: number;
}

/** Hashes that stand side by side in one tile and together are one full subtree; more pieces to the right follow. */
interface Piece {
  readonly tile: Tile;
  readonly first: number;
  readonly count: number;
}

/**
 * A tile's name below the log's address: `tile/<level>/<number>[.p/<width>]`, digits in threes, all but the last with
 * `x` before them.
 */
export function tilePath(tile: Tile, whole = false): string {
  const digits = String(tile.number);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/gv) ?? [];
  const partial = tile.width === TILE_WIDTH || whole ? '' : `.p/${tile.width}`;
  return `tile/${tile.level}/${groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')}${partial}`;
}

/** The tile of `level` that holds position `position` of that level's row, in a tree of `size` leaves. */
function tileAt(level: number | 'data', position: number, size: number): Tile {
  const row = level === 'data' ? size : Math.floor(size / TILE_WIDTH ** level);
  const number = Math.floor(position / TILE_WIDTH);
  return { level, number, width: Math.min(TILE_WIDTH, row - number * TILE_WIDTH) };
}

/** The tile with the entry itself. */
export const dataTile = (index: number, size: number): Tile => tileAt('data', index, size);

/** The largest power of two that is at most `count`. */
function floorPower(count: number): number {
  let power = 1;
  while (power * 2 <= count) power *= 2;
  return power;
}

/** The ranges whose hashes are the audit path of `index`, nearest to the leaf first (RFC 9162 section 2.1.3.1). */
function siblings(index: number, size: number): readonly Range[] {
  const path: Range[] = [];
  let [start, count] = [0, size];
  while (count > 1) {
    const left = floorPower(count - 1);
    if (index < start + left) {
      path.unshift({ start: start + left, count: count - left });
      count = left;
    } else {
      path.unshift({ start, count: left });
      [start, count] = [start + left, count - left];
    }
  }
  return path;
}

/** Full subtrees of a range, left to right, each as hashes of the highest level of tiles that has them. */
function pieces(range: Range, size: number): readonly Piece[] {
  const found: Piece[] = [];
  let { start, count: rest } = range;
  while (rest > 0) {
    const power = floorPower(rest);
    let level = 0;
    while (TILE_WIDTH ** (level + 1) <= power) level += 1;
    const position = start / TILE_WIDTH ** level;
    found.push({
      tile: tileAt(level, position, size),
      first: position % TILE_WIDTH,
      count: power / TILE_WIDTH ** level,
    });
    start += power;
    rest -= power;
  }
  return found;
}

/**
 * The hash tiles that prove the entry at `index` in a tree of `size` leaves (`index` below `size`): no tile twice, none
 * too many.
 */
export function proofTiles(index: number, size: number): readonly Tile[] {
  const needed = siblings(index, size)
    .flatMap((range) => pieces(range, size))
    .map(({ tile }) => tile);
  return [...new Map(needed.map((tile) => [tilePath(tile), tile])).values()];
}

/** The hash over `hashes`, a power of two of them, as a full subtree. */
async function hashFull(hashes: readonly Bytes[]): Promise<Bytes | null> {
  let row = hashes;
  while (row.length > 1) {
    const pairs: Promise<Bytes>[] = [];
    for (let at = 0; at + 1 < row.length; at += 2) {
      const [left, right] = [row[at], row[at + 1]];
      if (left !== undefined && right !== undefined) pairs.push(hashNode(left, right));
    }
    row = await Promise.all(pairs);
  }
  return row[0] ?? null;
}

/**
 * The audit path of `index` in a tree of `size` leaves, from tiles fetched.
 * @param tiles contents of every tile of `proofTiles`, by `tilePath`: at least 32 bytes for each of its hashes.
 * @returns sibling hashes, nearest to the leaf first, for `verifyInclusion`; null where a tile is missing or short.
 */
export async function auditPath(
  index: number,
  size: number,
  tiles: ReadonlyMap<string, Uint8Array>,
): Promise<readonly Bytes[] | null> {
  const path: Bytes[] = [];
  for (const range of siblings(index, size)) {
    let hash: Bytes | null = null;
    for (const { tile, first, count } of pieces(range, size).toReversed()) {
      const content = tiles.get(tilePath(tile));
      if (content === undefined || content.length < (first + count) * HASH_LENGTH) return null;
      const hashes = Array.from(
        { length: count },
        (_, at) => new Uint8Array(content.slice((first + at) * HASH_LENGTH, (first + at + 1) * HASH_LENGTH)),
      );
      const left = await hashFull(hashes);
      if (left === null) return null;
      hash = hash === null ? left : await hashNode(left, hash);
    }
    if (hash === null) return null;
    path.push(hash);
  }
  return path;
}
