// Does the worst that a stranger can write cost work in proportion to its length, whoever reads it?

import { describe, expect, test } from 'vitest';
import { countSteps } from './work.ts';
import { decodeBase32, decodeBase64, decodeBase64Url } from '../../../src/codec/base64.ts';
import { concatenate } from '../../../src/codec/bytes.ts';
import { decodeCbor } from '../../../src/codec/cbor.ts';
import { readChildren, readElement, readObjectIdentifier, TAG } from '../../../src/codec/der.ts';
import { decodeMessage } from '../../../src/codec/dns/message.ts';
import { parseJson } from '../../../src/codec/json.ts';
import { type Asset, coveringAll, parseAsset } from '../../../src/emblem/asset.ts';
import { readIhleRecord } from '../../../src/emblem/cwt/ihle-record.ts';
import { readTxtRecord } from '../../../src/emblem/jws/txt-record.ts';
import { readCertificate } from '../../../src/transparency/certificate.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const base64Url = (text: string): string => Buffer.from(text).toString('base64url');

/** Arrays of empty maps, `size` bytes of them, as the key of a map as the key of a map, `levels` deep. */
function nestedKeys(size: number, levels: number): Uint8Array {
  const rows = Array.from({ length: Math.ceil(size / 4096) }, () =>
    concatenate([0x99, 0x10, 0x00], new Uint8Array(4096).fill(0xa0)),
  );
  const open = Array.from({ length: levels }, () => 0xa1);
  return concatenate(open, [0x98, rows.length], ...rows, new Uint8Array(levels));
}

/** Names and addresses that no other of them covers, as many as `size` bytes hold. */
const assets = (size: number): readonly Asset[] =>
  Array.from({ length: size / 20 }, (_, at) =>
    at % 2 === 0 ? `h${at}.a.example` : `[2001:db8::${at.toString(16)}]`,
  ).flatMap((text) => {
    const parsed = parseAsset(text);
    return parsed.ok ? [parsed.value] : [];
  });

/** A sequence of `size` bytes of empty elements with this tag. */
const sequenceOf = (tag: number, size: number): Uint8Array =>
  concatenate(
    [TAG.sequence, 0x82, size >> 8, size & 0xff],
    new Uint8Array(size).map((_, at) => (at % 2 === 0 ? tag : 0)),
  );

/** Names that point at names that point at names, as far as a message of `size` bytes goes. */
function chainedNames(size: number): Uint8Array {
  const header = [0, 0, 0x80, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0];
  const records = Array.from({ length: Math.floor((size - 12) / 14) }, (_, place) => {
    const target = place === 0 ? 0 : 12 + (place - 1) * 14;
    return [1, 0x61, 0xc0 | (target >> 8), target & 0xff, 0, 16, 0, 1, 0, 0, 0, 0, 0, 0];
  });
  return concatenate(header, ...records);
}

const READERS: readonly (readonly [string, (size: number) => unknown])[] = [
  ['CBOR: maps as keys within keys', (size) => decodeCbor(nestedKeys(size, 13))],
  ['CBOR: one level of the same', (size) => decodeCbor(nestedKeys(size, 1))],
  ['CBOR: tags', (size) => decodeCbor(new Uint8Array(size).fill(0xc1))],
  ['CBOR: indefinite chunks', (size) => decodeCbor(concatenate([0x5f], new Uint8Array(size).fill(0x40), [0xff]))],
  ['an IHLE record of such keys', (size) => readIhleRecord(nestedKeys(size, 13))],
  ['JSON: open brackets', (size) => parseJson('['.repeat(size))],
  ['JSON: members of one name', (size) => parseJson(`{${'"a":1,'.repeat(size / 6)}"a":1}`)],
  ['JSON: escapes', (size) => parseJson(`"${'\\"'.repeat(size / 2)}"`)],
  [
    'a token whose header repeats its type',
    (size) => readTxtRecord(utf8(`adem-token=${base64Url(`{${'"cty":"adem-emb" ,'.repeat(size / 25)}`)}.e30.`)),
  ],
  [
    'a token of dots',
    (size) => readTxtRecord(utf8(`adem-token=${base64Url('{"cty":"adem-emb"}')}${'.'.repeat(size)}`)),
  ],
  [
    'a token of many assets',
    (size) =>
      readTxtRecord(
        utf8(
          `adem-token=${base64Url('{"alg":"ES256","cty":"adem-emb"}')}.${base64Url(JSON.stringify({ ver: 'v1', iat: 1, nbf: 1, exp: 2, assets: Array.from({ length: size / 20 }, () => '[2001:db8::1]') }))}.AA`,
        ),
      ),
  ],
  ['a record name', (size) => readTxtRecord(utf8(`adem-${'a'.repeat(size)}`))],
  [
    'DER: children',
    (size) => readChildren(readElement(sequenceOf(0x05, size)) ?? { tag: 0, content: new Uint8Array() }),
  ],
  [
    'DER: one object identifier',
    (size) => readObjectIdentifier({ tag: TAG.objectIdentifier, content: new Uint8Array(size).fill(1) }),
  ],
  ['a certificate of such children', (size) => readCertificate(sequenceOf(TAG.sequence, size))],
  ['DNS: chained names', (size) => decodeMessage(chainedNames(size))],
  [
    'assets against as many constraints',
    (size) => {
      const list = assets(size);
      return list.filter(coveringAll(list.toReversed()));
    },
  ],
  ['base64', (size) => decodeBase64('A'.repeat(size))],
  ['base64url', (size) => decodeBase64Url('A'.repeat(size))],
  ['base32', (size) => decodeBase32('a'.repeat(size))],
];

/** Steps a byte may cost; the dearest takes three quarters of it. */
const STEPS_A_BYTE = 80;

describe('the worst input of each reader', () => {
  test.each(READERS)('%s', (_, read) => {
    const [small, large] = [8192, 32_768].map((size) => countSteps(() => read(size)));
    expect(large).toBeLessThanOrEqual(32_768 * STEPS_A_BYTE);
    // Four times as much costs at most a little over four times the work.
    expect(large).toBeLessThanOrEqual(5 * (small ?? 0) + 1000);
  });
});

test('steps are counted', () => {
  const once = countSteps(() => parseJson('[1]'));
  expect(once).toBeGreaterThan(0);
  expect(countSteps(() => parseJson(`[${'1,'.repeat(1000)}1]`))).toBeGreaterThan(100 * once);
});
