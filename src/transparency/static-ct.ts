// Static logs, asked in two rounds: checkpoint, then all tiles at once.

import { problem } from '../problem.ts';
import {
  JSON_LIMIT,
  judgeLateness,
  notMerged,
  TILE_LIMIT,
  unanswered,
  undetermined,
  type Undetermined,
  unreadable,
} from './log-response.ts';
import { verifyCheckpoint } from './checkpoint.ts';
import { describeInclusion, judgeCertificate, type KeyBinding } from './certificate-binding.ts';
import { readLeafIndex, readTileEntry } from './log-entry.ts';
import type { EntryOutcome, KnownLog, LogEntry, ReadLog } from './log.ts';
import { HASH_LENGTH, hashLeaf, verifyInclusion } from './merkle.ts';
import { auditPath, dataTile, proofTiles, type Tile, TILE_WIDTH, tilePath } from './tiles.ts';
import type { TreeHead } from './tree-head.ts';

export type IndexEntry = Extract<LogEntry, { kind: 'static' }>;

/** A checkpoint that verifies, or the outcome that its lack means. */
async function readCheckpoint(log: KnownLog, read: ReadLog, anew: boolean): Promise<TreeHead | Undetermined> {
  const answer = await read(log, 'checkpoint', JSON_LIMIT, anew);
  if (answer.answer !== 'body') return unanswered(answer, 'checkpoint');
  const checkpoint = await verifyCheckpoint(answer.body, log);
  if (checkpoint.ok) return checkpoint.value;
  return checkpoint.problem.code === 'log-checkpoint-malformed'
    ? unreadable(checkpoint.problem)
    : { outcome: 'undetermined', doubt: 'log-not-proven', problems: [checkpoint.problem] };
}

/** What a tile of that many entries or hashes says; null where it is no sound tile. */
type TileParser<T> = (body: Uint8Array, width: number) => T | null;

async function readWidth<T>(
  log: KnownLog,
  tile: Tile,
  whole: boolean,
  parse: TileParser<T>,
  read: ReadLog,
): Promise<{ readonly value: T } | Undetermined> {
  const path = tilePath(tile, whole);
  const answer = await read(log, path, TILE_LIMIT);
  if (answer.answer !== 'body') return unanswered(answer, path);
  const value = parse(answer.body, whole ? TILE_WIDTH : tile.width);
  return value === null ? unreadable(problem('log-tile-malformed', path)) : { value };
}

/**
 * Asks for a tile; logs may delete partial ones once the full one is there, whatever they say then, so on anything but
 * a sound tile for that.
 */
async function readTile<T>(
  log: KnownLog,
  tile: Tile,
  parse: TileParser<T>,
  read: ReadLog,
): Promise<{ readonly value: T } | Undetermined> {
  const partial = await readWidth(log, tile, false, parse, read);
  if (!('outcome' in partial) || tile.width === TILE_WIDTH) return partial;
  const whole = await readWidth(log, tile, true, parse, read);
  // Where neither is there, what became of the one that the tree promises tells more.
  return 'outcome' in whole ? partial : whole;
}

const readHashes: TileParser<Uint8Array> = (body, width) => (body.length === width * HASH_LENGTH ? body : null);

/**
 * Proves one entry of a `log` claim by its index [C5], [C6].
 * Exactly two rounds: checkpoint, then data tile and hash tiles together; one more where the index is beyond the
 * checkpoint, which is
 * then asked for anew, and one where a partial tile has given way to a full one.
 * @param log the log of that id; its `counts` is the caller's to mind.
 * @param young whether a denial says nothing yet.
 */
export async function proveByIndex(
  log: KnownLog,
  entry: IndexEntry,
  binding: KeyBinding,
  young: boolean,
  read: ReadLog,
): Promise<EntryOutcome> {
  const { index } = entry;
  const first = await readCheckpoint(log, read, false);
  const isBeyond = !('outcome' in first) && index >= first.size;
  if (isBeyond && young) return notMerged(`${index} of ${first.size}`);
  const head = isBeyond ? await readCheckpoint(log, read, true) : first;
  if ('outcome' in head) return head;
  const { size, root } = head;
  if (index >= size) return { outcome: 'refuted', problems: [problem('log-index-refuted', `${index} of ${size}`)] };

  const wanted = proofTiles(index, size);
  const [data, hashTiles] = await Promise.all([
    readTile(log, dataTile(index, size), (body, width) => readTileEntry(body, index % TILE_WIDTH, width), read),
    Promise.all(wanted.map((tile) => readTile(log, tile, readHashes, read))),
  ]);
  if ('outcome' in data) return data;
  const { leaf, leafInput } = data.value;
  if (readLeafIndex(leaf.extensions) !== index)
    return undetermined('log-not-proven', 'log-index-mismatch', String(index));

  const hashes = new Map<string, Uint8Array>();
  for (const [place, tile] of wanted.entries()) {
    const found = hashTiles[place];
    if (found === undefined || 'outcome' in found)
      return found ?? unreadable(problem('log-tile-malformed', tilePath(tile)));
    hashes.set(tilePath(tile), found.value);
  }
  const [leafHash, path] = await Promise.all([hashLeaf(leafInput), auditPath(index, size, hashes)]);
  if (path === null || !(await verifyInclusion(leafHash, index, size, path, root))) {
    return undetermined('log-not-proven', 'log-inclusion-unproven');
  }
  return (
    judgeLateness(log, leaf.timestamp, index) ??
    judgeCertificate(leaf, binding, describeInclusion(head, leaf, index, leafHash, path))
  );
}
