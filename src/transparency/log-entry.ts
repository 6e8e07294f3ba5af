// Log entries: Merkle tree leaves of RFC 6962, and what stands in data tiles of static logs.

import { concatenate } from '../codec/bytes.ts';
import { type Reader, readWhole } from '../codec/reader.ts';
import { HASH_LENGTH } from './merkle.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** A leaf as it was logged: what it says of when and of which certificate. */
export interface Leaf {
  readonly timestamp: number; // milliseconds since the epoch
  /** A whole Certificate, or the TBSCertificate of a precertificate without poison. */
  readonly form: 'certificate' | 'tbs';
  readonly certificate: Bytes; // DER
  /** CtExtensions as bytes. */
  readonly extensions: Bytes;
}

/** An entry of a data tile: the leaf, and the MerkleTreeLeaf it stands for, whose hash is in the tree. */
export interface TileEntry {
  readonly leaf: Leaf;
  readonly leafInput: Bytes;
}

/** RFC 6962 section 3.4: version v1, leaf type timestamped_entry. */
const LEAF_HEAD = Uint8Array.of(0, 0);
const X509_ENTRY = 0;
const PRECERT_ENTRY = 1;
const LEAF_INDEX = 0; // extension type, static-ct-api

/** A TimestampedEntry (RFC 6962 section 3.4). */
function readTimestampedEntry(reader: Reader): Leaf {
  const timestamp = reader.u64();
  const type = reader.u16();
  if (type !== X509_ENTRY && type !== PRECERT_ENTRY) return reader.refuse();
  if (type === PRECERT_ENTRY) reader.take(HASH_LENGTH); // issuer key hash
  const certificate = reader.vector(3);
  if (certificate.length === 0) return reader.refuse();
  return { timestamp, form: type === PRECERT_ENTRY ? 'tbs' : 'certificate', certificate, extensions: reader.vector(2) };
}

/** Reads a MerkleTreeLeaf (`leaf_input`), RFC 6962 section 3.4; null where it is none. */
export const readLeaf = (leafInput: Uint8Array): Leaf | null =>
  readWhole(leafInput, (reader) => {
    if (reader.u8() !== LEAF_HEAD[0] || reader.u8() !== LEAF_HEAD[1]) return reader.refuse();
    return readTimestampedEntry(reader);
  });

/**
 * One TileLeaf (static-ct-api): the TimestampedEntry, the precertificate where it is one, and the chain's fingerprints.
 */
function readTileLeaf(reader: Reader): TileEntry {
  const start = reader.at;
  const leaf = readTimestampedEntry(reader);
  const leafInput = concatenate(LEAF_HEAD, reader.since(start));
  if (leaf.form === 'tbs' && reader.vector(3).length === 0) return reader.refuse();
  if (reader.vector(2).length % HASH_LENGTH !== 0) return reader.refuse();
  return { leaf, leafInput };
}

/**
 * Reads one entry of a data tile, and the others over, so that the tile is known to be whole.
 * @param position place of the entry in the tile, from 0.
 * @param width how many entries the tile must have.
 * @returns null where the tile is anything but `width` entries.
 */
export const readTileEntry = (tile: Uint8Array, position: number, width: number): TileEntry | null =>
  readWhole(tile, (reader) => {
    let wanted: TileEntry | null = null;
    for (let at = 0; at < width; at += 1) {
      const entry = readTileLeaf(reader);
      if (at === position) wanted = entry;
    }
    return wanted ?? reader.refuse();
  });

/**
 * The leaf_index of CtExtensions (static-ct-api: type 0, 40 bits); null where it is absent, twice there or malformed.
 */
export const readLeafIndex = (extensions: Uint8Array): number | null =>
  readWhole(extensions, (reader) => {
    let index: number | null = null;
    while (!reader.atEnd) {
      const type = reader.u8();
      const data = reader.vector(2);
      if (type !== LEAF_INDEX) continue;
      if (index !== null) return reader.refuse();
      index = readWhole(data, (inner) => inner.u40()) ?? reader.refuse();
    }
    return index;
  });
