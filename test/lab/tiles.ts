// Which tile is asked for, and what is in it? Paths, whole and partial tiles of the C2SP static-ct-api.

import { gzipSync } from 'node:zlib';
import { row } from './merkle.ts';
import { answer, type LabReply, notFound } from './reply.ts';
import { type Bytes, join, spoil } from './wire.ts';

interface TileName {
  readonly level: number;
  readonly number: number;
  readonly width: number;
  readonly partial: boolean;
}

/** Reads `tile/<L or data>/<N>[.p/<W>]`; null where it is no tile's path. */
export function readTileName(where: string): TileName | null {
  const match = /^tile\/(data|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(where);
  if (match === null) return null;
  const [, level = '', number = '', width] = match;
  return {
    level: level === 'data' ? 0 : Number(level),
    number: Number(number.replaceAll(/[x/]/g, '')),
    width: width === undefined ? 256 : Number(width),
    partial: width !== undefined,
  };
}

/**
 * Cuts a tile out of a row; with `grown` the log has since grown past it: the partial one is gone, the full one there,
 * its end filled up.
 */
function cut(where: string, rowAt: (level: number) => readonly Bytes[], grown: boolean): readonly Bytes[] | null {
  const name = readTileName(where);
  if (name === null) return null;
  const there = rowAt(name.level).slice(name.number * 256, name.number * 256 + 256);
  if (grown && name.level === 0 && there.length > 0) {
    if (name.partial) return null;
    return Array.from({ length: 256 }, (_, i) => there[i] ?? there[0] ?? new Uint8Array());
  }
  return name.width > there.length || name.width === 0 || (name.partial && name.width > 255)
    ? null
    : there.slice(0, name.width);
}

/** Answers a data tile. */
export function dataTile(where: string, leaves: readonly Bytes[], grown: boolean, gzip: boolean): LabReply {
  const found = cut(where, () => leaves, grown);
  if (found === null) return notFound();
  const body = join(...found);
  return gzip
    ? answer('application/octet-stream', gzipSync(body), 200, { 'content-encoding': 'gzip' })
    : answer('application/octet-stream', body);
}

/** Answers a hash tile; `lying` spoils every hash in it. */
export function hashTile(where: string, hashes: readonly Bytes[], grown: boolean, lying: boolean): LabReply {
  const found = cut(where, (level) => row(level, hashes), grown);
  return found === null ? notFound() : answer('application/octet-stream', join(...(lying ? found.map(spoil) : found)));
}
