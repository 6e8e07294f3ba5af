// Do the lab's logs keep what they sign? Tree heads, proofs and tiles checked with a few lines that share nothing with
// the lab.

import { createHash, createPublicKey, verify } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ecdsaSigner, type LogSigner, rsaSigner } from '../../lab/log-answers.ts';
import { type LabLog, type LogFault, type LogOptions, openLog } from '../../lab/logs.ts';
import { leafHash, path, root } from '../../lab/merkle.ts';
import { text } from '../../lab/wire.ts';

const now = 1_800_000_000_000;
const hash = (...parts: readonly Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();

async function ask(log: LabLog, where: string): Promise<{ status: number; body: Buffer }> {
  const reply = await log.answer({
    method: 'GET',
    url: new URL(log.options.url + where),
    headers: {},
    body: new Uint8Array(),
  });
  if (reply.reply !== 'answer') throw new Error(reply.reply);
  const body = Buffer.from(reply.body);
  return { status: reply.status, body: reply.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body };
}

async function askJson<T>(log: LabLog, where: string): Promise<T> {
  const parsed: T = JSON.parse((await ask(log, where)).body.toString());
  return parsed;
}

/** RFC 9162 section 2.1.3.2. */
function rootFrom(leaf: Buffer, index: number, size: number, proof: readonly Uint8Array[]): Buffer {
  let [fn, sn, r] = [index, size - 1, leaf];
  for (const p of proof) {
    if (fn % 2 === 1 || fn === sn) {
      r = hash(Buffer.of(1), p, r);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1];
    } else r = hash(Buffer.of(1), r, p);
    [fn, sn] = [fn >> 1, sn >> 1];
  }
  return r;
}

const open = (
  kind: LogOptions['kind'],
  filler: number,
  signer: LogSigner = ecdsaSigner(),
  more: Partial<LogOptions> = {},
): LabLog =>
  openLog({
    kind,
    filler,
    signer,
    now,
    description: 'a log',
    operator: 'somebody',
    url: 'https://log.example/2026/',
    submissionUrl: 'https://submit.example/2026/',
    ...more,
  });
const certificate = { certificate: text('a certificate'), precertificate: null };

const uint64 = (value: number): Buffer => {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64BE(BigInt(value));
  return buffer;
};

function signatureHolds(log: LabLog, timestamp: number, size: number, rootHash: Uint8Array, signed: Buffer): boolean {
  const key = createPublicKey({ key: Buffer.from(log.options.signer.spki), format: 'der', type: 'spki' });
  expect(signed.readUInt16BE(2)).toBe(signed.length - 4);
  return verify(
    'sha256',
    Buffer.concat([Buffer.of(0, 1), uint64(timestamp), uint64(size), rootHash]),
    key,
    signed.subarray(4),
  );
}

async function treeHead(log: LabLog): Promise<{ size: number; root: Buffer; holds: boolean }> {
  const sth = await askJson<Record<string, string | number>>(log, 'ct/v1/get-sth');
  const rootHash = Buffer.from(String(sth['sha256_root_hash']), 'base64');
  const size = Number(sth['tree_size']);
  return {
    size,
    root: rootHash,
    holds: signatureHolds(
      log,
      Number(sth['timestamp']),
      size,
      rootHash,
      Buffer.from(String(sth['tree_head_signature']), 'base64'),
    ),
  };
}

async function inclusion(log: LabLog): Promise<{ proven: boolean; entry: boolean }> {
  const claim = log.add(certificate);
  if (claim.ver !== 'v1') throw new Error('wrong kind');
  const head = await treeHead(log);
  const proof = await askJson<{ leaf_index: number; audit_path: string[] }>(
    log,
    `ct/v1/get-proof-by-hash?hash=${encodeURIComponent(claim.hash)}&tree_size=${head.size}`,
  );
  const leaf = Buffer.from(claim.hash, 'base64');
  const answered = await askJson<{ entries: { leaf_input: string }[] }>(
    log,
    `ct/v1/get-entries?start=${proof.leaf_index}&end=${proof.leaf_index}`,
  );
  const input = Buffer.from(answered.entries[0]?.leaf_input ?? '', 'base64');
  return {
    proven:
      head.holds &&
      rootFrom(
        leaf,
        proof.leaf_index,
        head.size,
        proof.audit_path.map((each) => Buffer.from(each, 'base64')),
      ).equals(head.root),
    entry: hash(Buffer.of(0), input).equals(leaf),
  };
}

describe('RFC 6962 logs of the lab', () => {
  test('every proof of every tree up to 20 leaves reaches the root', () => {
    const leaves = Array.from({ length: 20 }, (_, i) => leafHash(text(String(i))));
    for (let size = 1; size <= leaves.length; size += 1) {
      const some = leaves.slice(0, size);
      for (const [index, leaf] of some.entries())
        expect(rootFrom(Buffer.from(leaf), index, size, path(index, some))).toEqual(Buffer.from(root(some)));
    }
  });
  test.each([
    ['P-256', async () => ecdsaSigner()],
    ['RSA', rsaSigner],
  ] as const)('%s: tree head, proof and entry hold', async (_, signer) => {
    expect(await inclusion(open('rfc6962', 37, await signer()))).toEqual({ proven: true, entry: true });
  });
  test.each<[LogFault, { proven: boolean; entry: boolean }]>([
    ['wrong-signature', { proven: false, entry: true }],
    ['wrong-root', { proven: false, entry: true }],
    ['wrong-proof', { proven: false, entry: true }],
    ['other-entry', { proven: true, entry: false }],
  ])('%s does what it says', async (fault, outcome) => {
    const log = open('rfc6962', 5);
    log.faults.add(fault);
    expect(await inclusion(log)).toEqual(outcome);
  });
  test('an unknown hash is not found', async () => {
    expect((await ask(open('rfc6962', 5), `ct/v1/get-proof-by-hash?hash=AAAA&tree_size=5`)).status).toBe(404);
  });
});

describe('static logs of the lab', () => {
  test.each([300, 255, 600])('%i entries: checkpoint, tiles and leaf index hold', async (filler) => {
    const log = open('static', filler, ecdsaSigner(), { gzip: filler === 600 });
    const claim = log.add(certificate);
    if (claim.ver !== 'static') throw new Error('wrong kind');
    const [origin = '', size = '', rootText = '', , ...lines] = (await ask(log, 'checkpoint')).body
      .toString()
      .split('\n');
    expect([origin, Number(size)]).toEqual(['submit.example/2026', filler + 1]);
    const keyId = hash(text(origin), Buffer.of(0x0a, 0x05), Buffer.from(claim.id, 'base64')).subarray(0, 4);
    const signed =
      lines
        .map((line) => Buffer.from(line.split(' ')[2] ?? '', 'base64'))
        .find((bytes) => bytes.subarray(0, 4).equals(keyId)) ?? Buffer.alloc(16);
    const rootHash = Buffer.from(rootText, 'base64');
    expect(signatureHolds(log, Number(signed.readBigUInt64BE(4)), Number(size), rootHash, signed.subarray(12))).toBe(
      true,
    );

    const n = Math.floor(claim.index / 256);
    const width = (filler + 1) % 256;
    const tile = `00${n}${width === 0 ? '' : `.p/${width}`}`;
    const data = (await ask(log, `tile/data/${tile}`)).body;
    expect(
      data.includes(
        Buffer.concat([text('a certificate'), Buffer.of(0, 8, 0, 0, 5, 0, 0, 0, claim.index >> 8, claim.index % 256)]),
      ),
    ).toBe(true);
    const hashes = (await ask(log, `tile/0/${tile}`)).body;
    const rows = await Promise.all(Array.from({ length: n }, async (_, i) => (await ask(log, `tile/0/00${i}`)).body));
    const leaves = Buffer.concat([...rows, hashes]);
    expect(leaves.length).toBe(32 * (filler + 1));
    expect(
      Buffer.from(
        root(Array.from({ length: filler + 1 }, (_, i) => new Uint8Array(leaves.subarray(32 * i, 32 * i + 32)))),
      ),
    ).toEqual(rootHash);
    if (n > 0)
      expect((await ask(log, `tile/1/000.p/${n}`)).body.subarray(0, 32)).toEqual(
        Buffer.from(root(log.leaves().slice(0, 256).map(leafHash))),
      );
  });
  test('vanished partial tiles are there in full', async () => {
    const log = open('static', 300);
    log.faults.add('partial-tiles-vanished');
    expect((await ask(log, 'tile/0/001.p/44')).status).toBe(404);
    expect((await ask(log, 'tile/0/001')).body.length).toBe(32 * 256);
  });
});
