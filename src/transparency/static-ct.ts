// Is this entry in this static log, and does it bind the key? Two rounds: checkpoint, then all tiles at once.

import { problem } from '../emblem/problem.ts';
import { JSON_LIMIT, TILE_LIMIT, unanswered, undetermined, unreadable } from './answer.ts';
import { verifyCheckpoint } from './checkpoint.ts';
import { judgeEvidence } from './evidence.ts';
import type { KeyBinding } from './evidence.ts';
import { readLeafIndex, readTileEntry } from './leaf.ts';
import type { EntryOutcome, KnownLog, LogAnswer, LogEntry, ReadLog } from './log.ts';
import { HASH_LENGTH, hashLeaf, verifyInclusion } from './merkle.ts';
import { auditPath, dataTile, proofTiles, TILE_WIDTH, tilePath } from './tiles.ts';
import type { Tile } from './tiles.ts';

export type IndexEntry = Extract<LogEntry, { kind: 'static' }>;

/** A tile's answer, and how many entries it should hold: all 256 where the partial tile had vanished. */
interface TileAnswer {
  readonly tile: Tile;
  readonly answer: LogAnswer;
  readonly width: number;
}

/** Asks for a tile; logs may delete partial ones once the full one is there, so then for that. */
async function readTile(log: KnownLog, tile: Tile, read: ReadLog): Promise<TileAnswer> {
  const answer = await read(log, tilePath(tile), TILE_LIMIT);
  if (answer.answer !== 'absent' || tile.width === TILE_WIDTH) return { tile, answer, width: tile.width };
  return { tile, answer: await read(log, tilePath(tile, true), TILE_LIMIT), width: TILE_WIDTH };
}

/** Contents of hash tiles by path, or the outcome that the first bad one means. */
function readHashTiles(answers: readonly TileAnswer[]): { readonly tiles: ReadonlyMap<string, Uint8Array> } | EntryOutcome {
  const tiles = new Map<string, Uint8Array>();
  for (const { tile, answer, width } of answers) {
    const path = tilePath(tile);
    if (answer.answer !== 'body') return unanswered(answer, path);
    if (answer.body.length !== width * HASH_LENGTH) return unreadable(problem('log-tile-malformed', path));
    tiles.set(path, answer.body);
  }
  return { tiles };
}

/**
 * Proves one entry of a `log` claim by its index (key-commitments, 3 and 4).
 * Exactly two rounds: checkpoint, then data tile and hash tiles together; a third where a partial tile has given way to a full one.
 * @param log the log of that id; its `counts` is the caller's to mind.
 */
export async function proveByIndex(log: KnownLog, entry: IndexEntry, binding: KeyBinding, read: ReadLog): Promise<EntryOutcome> {
  const { index } = entry;
  const noteAnswer = await read(log, 'checkpoint', JSON_LIMIT);
  if (noteAnswer.answer !== 'body') return unanswered(noteAnswer, 'checkpoint');
  const checkpoint = await verifyCheckpoint(noteAnswer.body, log);
  if (!checkpoint.ok) {
    return checkpoint.problem.code === 'log-checkpoint-malformed' ? unreadable(checkpoint.problem)
      : { outcome: 'undetermined', doubt: 'log-not-proven', problems: [checkpoint.problem] };
  }
  const { size, root } = checkpoint.value;
  if (index >= size) return { outcome: 'refuted', problems: [problem('log-index-refuted', `${index} of ${size}`)] };

  const [data, hashAnswers] = await Promise.all([
    readTile(log, dataTile(index, size), read),
    Promise.all(proofTiles(index, size).map((tile) => readTile(log, tile, read))),
  ]);
  if (data.answer.answer !== 'body') return unanswered(data.answer, tilePath(data.tile));
  const found = readTileEntry(data.answer.body, index % TILE_WIDTH, data.width);
  if (found === null) return unreadable(problem('log-tile-malformed', tilePath(data.tile)));
  if (readLeafIndex(found.leaf.extensions) !== index) return undetermined('log-not-proven', 'log-index-mismatch', String(index));

  const hashes = readHashTiles(hashAnswers);
  if ('outcome' in hashes) return hashes;
  const path = await auditPath(index, size, hashes.tiles);
  const leafHash = await hashLeaf(found.leafInput);
  if (path === null || !await verifyInclusion(leafHash, index, size, path, root)) {
    return undetermined('log-not-proven', 'log-inclusion-unproven');
  }
  return judgeEvidence(found.leaf, binding, { treeSize: size, index });
}
