// Are leaves read as logs write them, from queries and from tiles?

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatenate } from '../../../src/codec/bytes.ts';
import { readLeaf, readLeafIndex, readTileEntry } from '../../../src/transparency/log-entry.ts';
import { bytes, makeCertificate, makeTbs } from './certificates.ts';
import { goodParts, leafIndexExtension, leafInputOf, tileLeafOf } from './mini-log.ts';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const change = (leaf: Uint8Array, at: number, value: number): Uint8Array =>
  leaf.map((byte, place) => (place === at ? value : byte));

describe('MerkleTreeLeaf', () => {
  it('of a certificate', () => {
    expect(readLeaf(leafInputOf({}))).toEqual({
      timestamp: 1_775_000_000_000,
      form: 'certificate',
      certificate: makeCertificate(goodParts()),
      extensions: new Uint8Array(0),
    });
  });
  it('of a precertificate', () => {
    expect(readLeaf(leafInputOf({ precert: true, extensions: leafIndexExtension(5) }))).toEqual({
      timestamp: 1_775_000_000_000,
      form: 'tbs',
      certificate: makeTbs(goodParts()),
      extensions: leafIndexExtension(5),
    });
  });
  const good = leafInputOf({});
  it.each([
    ['version', change(good, 0, 1)],
    ['leaf type', change(good, 1, 1)],
    ['entry type', change(good, 11, 2)],
    ['trailing byte', concatenate(good, Uint8Array.of(0))],
    ['a byte short', good.slice(0, -1)],
    ['a time that is no safe number', change(good, 2, 0xff)],
    ['an empty certificate', leafInputOf({ certificate: new Uint8Array(0) })],
  ])('%s wrong is refused', (_name, leaf) => {
    expect(readLeaf(leaf)).toBeNull();
  });
});

describe('data tiles', () => {
  const options = [{}, { precert: true }, { extensions: leafIndexExtension(2) }];
  const tile = bytes(...options.map(tileLeafOf));
  it('give the leaf at every place as it was hashed', () => {
    expect(options.map((_, at) => readTileEntry(tile, at, 3)?.leafInput)).toEqual(options.map(leafInputOf));
    expect(readTileEntry(tile, 1, 3)?.leaf).toEqual(readLeaf(leafInputOf({ precert: true })));
  });
  it.each([
    ['fewer entries', tile, 0, 4],
    ['more entries', tile, 0, 2],
    ['a place beyond', tile, 3, 3],
    ['cut short', tile.slice(0, -1), 0, 3],
    ['fingerprints of 31 bytes', bytes(leafInputOf({}).slice(2), hex('001f'), new Uint8Array(31)), 0, 1],
    ['an empty precertificate', bytes(leafInputOf({ precert: true }).slice(2), hex('000000'), hex('0000')), 0, 1],
  ])('%s: refused', (_name, content, at, width) => {
    expect(readTileEntry(content, at, width)).toBeNull();
  });
});

describe('leaf_index', () => {
  it('is read in 40 bits', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 31 - 1 }), fc.nat({ max: 511 }), (low, high) => {
        const index = low + high * 2 ** 31;
        expect(readLeafIndex(leafIndexExtension(index))).toBe(index);
      }),
    );
  });
  it('is found behind others', () => {
    expect(readLeafIndex(bytes(hex('010002aaaa'), leafIndexExtension(7)))).toBe(7);
  });
  it.each([
    ['absent', ''],
    ['another type', '0100050000000001'],
    ['four bytes', '00000400000001'],
    ['six bytes', '000006000000000001'],
    ['twice', '00000500000000010000050000000001'],
    ['cut short', '0000050000'],
    ['four bytes, then again as it should be', '000004000000010000050000000001'],
  ])('%s: null', (_name, text) => {
    expect(readLeafIndex(hex(text))).toBeNull();
  });
});
