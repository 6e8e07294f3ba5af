// Is a tree head believed only with the log's own signature, of both kinds of key?

import { describe, expect, it } from 'vitest';
import { readTreeHead, type TreeHead, verifyTreeHead } from '../../../src/transparency/tree-head.ts';
import { bytes, der as encode, oid, sequence } from './certificates.ts';
import { makeSigner, signer, type Signer, TIMESTAMP } from './mini-log.ts';

const root = new Uint8Array(32).fill(1);
const signed = async (by: Signer): Promise<TreeHead> => ({
  size: 2 ** 40,
  timestamp: TIMESTAMP,
  root,
  signature: await by.sign(TIMESTAMP, 2 ** 40, root),
});
const rsa = await makeSigner('rsa');
const [byEcdsa, byRsa] = [await signed(signer), await signed(rsa)];
const change = (head: TreeHead, at: number, value: number): TreeHead => ({
  ...head,
  signature: head.signature.map((byte, place) => (place === at ? value : byte)),
});

const der = byEcdsa.signature.slice(4);
const thirdNumber = bytes(4, 3, 0, der.length + 3, 0x30, (der[1] ?? 0) + 3, der.slice(2), 2, 1, 1);

describe('signatures', () => {
  it('of P-256 and of RSA verify', async () => {
    expect(await verifyTreeHead(byEcdsa, signer.spki)).toBe(true);
    expect(await verifyTreeHead(byRsa, rsa.spki)).toBe(true);
  });
  it('of P-256 verify whatever the lengths of their numbers', async () => {
    for (let turn = 0; turn < 40; turn += 1) expect(await verifyTreeHead(await signed(signer), signer.spki)).toBe(true);
  });
  it.each([
    ['another size', { ...byEcdsa, size: 2 ** 40 + 1 }],
    ['another time', { ...byEcdsa, timestamp: TIMESTAMP + 1 }],
    ['another root', { ...byEcdsa, root: root.map((byte) => byte ^ 1) }],
    ['another hash', change(byEcdsa, 0, 5)],
    ['another algorithm', change(byEcdsa, 1, 1)],
    ['another signature', change(byEcdsa, 20, (byEcdsa.signature[20] ?? 0) ^ 1)],
    ['trailing bytes', { ...byEcdsa, signature: bytes(byEcdsa.signature, 0) }],
    ['no signature', { ...byEcdsa, signature: bytes(4, 3, 0, 0) }],
    ['nothing', { ...byEcdsa, signature: bytes() }],
    ['a third number', { ...byEcdsa, signature: thirdNumber }],
    ['one number', { ...byEcdsa, signature: bytes(4, 3, 0, 5, 0x30, 3, 2, 1, 1) }],
    ['a negative first number', { ...byEcdsa, signature: bytes(4, 3, 0, 8, 0x30, 6, 2, 1, 0x80, 2, 1, 1) }],
    ['a negative second number', { ...byEcdsa, signature: bytes(4, 3, 0, 8, 0x30, 6, 2, 1, 1, 2, 1, 0x80) }],
    [
      'a second number longer than the curve',
      { ...byEcdsa, signature: bytes(4, 3, 0, 40, 0x30, 38, 2, 1, 1, 2, 33, 1, new Uint8Array(32)) },
    ],
    [
      'numbers longer than the curve',
      { ...byEcdsa, signature: bytes(4, 3, 0, 40, 0x30, 38, 2, 33, 1, new Uint8Array(32), 2, 1, 1) },
    ],
  ])('with %s do not', async (_name, head) => {
    expect(await verifyTreeHead(head, signer.spki)).toBe(false);
  });
  it('of another key, or called by another algorithm, do not', async () => {
    expect(await verifyTreeHead(byEcdsa, (await makeSigner()).spki)).toBe(false);
    expect(await verifyTreeHead(byRsa, signer.spki)).toBe(false);
    expect(await verifyTreeHead(change(byRsa, 1, 3), rsa.spki)).toBe(false);
    expect(await verifyTreeHead(byEcdsa, signer.spki.slice(1))).toBe(false);
    expect(await verifyTreeHead(byEcdsa, signer.spki.slice(0, -1))).toBe(false);
  });
  it('of what only calls itself an RSA key do not', async () => {
    expect(await verifyTreeHead(byRsa, sequence(sequence(oid('2a864886f70d010101')), encode(0x03, bytes(0, 1))))).toBe(
      false,
    );
  });
  it.each([
    ['a point that is none', sequence(sequence(oid('2a8648ce3d0201')), encode(0x03, bytes(0, 4)))],
    ['no algorithm', sequence(sequence(), encode(0x03, bytes(0, 4)))],
    ['no key', sequence(sequence(oid('2a8648ce3d0201')))],
  ])('of a key with %s do not', async (_name, spki) => {
    expect(await verifyTreeHead(byEcdsa, spki)).toBe(false);
  });
  it('of RSA keys below 2048 bits do not', async () => {
    const short = await makeSigner('rsa', 1024);
    expect(await verifyTreeHead(await signed(short), short.spki)).toBe(false);
  });
});

describe('get-sth', () => {
  const good = {
    tree_size: 5,
    timestamp: 7,
    sha256_root_hash: Buffer.from(root).toString('base64'),
    tree_head_signature: 'BAMAAA==',
  };
  const read = (value: unknown) => readTreeHead(bytes(typeof value === 'string' ? value : JSON.stringify(value)));
  it('is read, whatever else it says', () => {
    expect(read({ ...good, more: 1 })).toEqual({
      ok: true,
      value: { size: 5, timestamp: 7, root, signature: Uint8Array.of(4, 3, 0, 0) },
    });
  });
  it.each([
    '<html>',
    '',
    '[]',
    'null',
    { ...good, tree_size: '5' },
    { ...good, tree_size: -1 },
    { ...good, tree_size: 1.5 },
    { ...good, tree_size: 2 ** 53 },
    { ...good, timestamp: null },
    { ...good, sha256_root_hash: 'AAAA' },
    { ...good, sha256_root_hash: 5 },
    { ...good, tree_head_signature: 'x' },
    { ...good, tree_head_signature: undefined },
  ])('%j is malformed', (value) => {
    expect(read(value)).toMatchObject({ ok: false, problem: { code: 'log-answer-malformed' } });
  });
  it('behind a byte order mark is malformed', () => {
    expect(readTreeHead(bytes(0xef, 0xbb, 0xbf, JSON.stringify(good)))).toMatchObject({
      ok: false,
      problem: { code: 'log-answer-malformed' },
    });
  });
  it('that is not UTF-8 is malformed', () => {
    expect(readTreeHead(bytes('{"a":"', 0xff, '"}'))).toMatchObject({
      ok: false,
      problem: { code: 'log-answer-malformed' },
    });
  });
});
