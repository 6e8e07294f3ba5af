// What would an honest log answer? Both kinds of log, in memory, with any answer replaceable by a wrong one.

import { concatenate } from '../../../src/codec/bytes.ts';
import { writeNumber } from '../../../src/codec/reader.ts';
import type { KnownLog, LogAnswer, LogKind, ReadLog } from '../../../src/transparency/log.ts';
import {
  bytes,
  constraintsExtension,
  der,
  makeCertificate,
  makeTbs,
  namesExtension,
  SERVER,
  usageExtension,
} from './certificates.ts';
import { referenceLeafHash, ReferenceTree } from './reference-tree.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export const KID = 'a'.repeat(51) + 'q';
export const DOMAIN = 'relief.example';
export const BINDING = { kids: [KID], domain: DOMAIN, isPublicSuffix: false };
export const NAMES = [`${KID}.adem-configuration.${DOMAIN}`, DOMAIN];

const utf8 = new TextEncoder();
const base64 = (part: Uint8Array): string => Buffer.from(part).toString('base64');
const vector = (width: number, content: Uint8Array): Bytes => concatenate(writeNumber(content.length, width), content);

export const leafIndexExtension = (index: number): Bytes => bytes(0, 0, 5, writeNumber(index, 5));

export interface EntryOptions {
  readonly certificate?: Uint8Array;
  readonly precert?: boolean;
  readonly extensions?: Uint8Array;
}

/** A certificate that carries a commitment well. */
export const goodParts = (names: readonly string[] = NAMES) => ({
  extensions: [namesExtension(...names), usageExtension(SERVER), constraintsExtension()],
});

/** A TimestampedEntry. */
export function timestampedEntry({
  precert = false,
  certificate,
  extensions = new Uint8Array(0),
}: EntryOptions): Bytes {
  const content = certificate ?? (precert ? makeTbs(goodParts()) : makeCertificate(goodParts()));
  const head = precert ? bytes(0, 1, new Uint8Array(32).fill(7)) : bytes(0, 0);
  return concatenate(writeNumber(1_775_000_000_000, 8), head, vector(3, content), vector(2, extensions));
}

export const leafInputOf = (options: EntryOptions): Bytes => bytes(0, 0, timestampedEntry(options));
export const tileLeafOf = (options: EntryOptions): Bytes =>
  concatenate(
    timestampedEntry(options),
    ...(options.precert === true ? [vector(3, bytes('precertificate'))] : []),
    vector(2, new Uint8Array(64)),
  );

/** The DER form of WebCrypto's raw ECDSA signature. */
function derSignature(raw: Uint8Array): Bytes {
  const integer = (part: Uint8Array): Bytes => {
    const first = part.findIndex((byte) => byte !== 0);
    const short = part.slice(first);
    return der(0x02, (short[0] ?? 0) >= 0x80 ? bytes(0, short) : short);
  };
  return der(0x30, integer(raw.slice(0, 32)), integer(raw.slice(32)));
}

const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) };

export interface Signer {
  readonly spki: Bytes;
  readonly id: string;
  readonly sign: (timestamp: number, size: number, root: Uint8Array) => Promise<Bytes>;
}

export const treeHeadMessage = (timestamp: number, size: number, root: Uint8Array): Bytes =>
  concatenate(Uint8Array.of(0, 1), writeNumber(timestamp, 8), writeNumber(size, 8), root);

export async function makeSigner(algorithm: 'ecdsa' | 'rsa' = 'ecdsa', bits = 2048): Promise<Signer> {
  const keys =
    algorithm === 'ecdsa'
      ? await crypto.subtle.generateKey(P256, true, ['sign', 'verify'])
      : await crypto.subtle.generateKey({ ...RSA, modulusLength: bits }, true, ['sign', 'verify']);
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', keys.publicKey));
  return {
    spki,
    id: base64(new Uint8Array(await crypto.subtle.digest('SHA-256', spki))),
    sign: async (timestamp, size, root) => {
      const message = treeHeadMessage(timestamp, size, root);
      const how = algorithm === 'ecdsa' ? { name: 'ECDSA', hash: 'SHA-256' } : { name: 'RSASSA-PKCS1-v1_5' };
      const raw = new Uint8Array(await crypto.subtle.sign(how, keys.privateKey, message));
      return algorithm === 'ecdsa' ? bytes(4, 3, vector(2, derSignature(raw))) : bytes(4, 1, vector(2, raw));
    },
  };
}

export const signer = await makeSigner();
export const TIMESTAMP = 1_776_000_000_000;
export const ORIGIN = 'log.example/2026';

export const knownLog = (kind: LogKind, by: Signer = signer, more: Partial<KnownLog> = {}): KnownLog => ({
  kind,
  id: by.id,
  name: `Log ${kind}`,
  key: by.spki,
  url: 'https://log.example/2026/',
  origin: kind === 'static' ? ORIGIN : null,
  state: 'usable',
  counts: true,
  mergeDelay: 86_400_000,
  end: null,
  ...more,
});

export const body = (content: Uint8Array | string): LogAnswer => ({
  answer: 'body',
  body: typeof content === 'string' ? utf8.encode(content) : content,
});
export const json = (value: unknown): LogAnswer => body(JSON.stringify(value));
export const absent: LogAnswer = { answer: 'absent', status: 404 };
export const down: LogAnswer = { answer: 'unreachable', problem: { code: 'log-unreachable', detail: 'down' } };

/** Replaces answers of a log: by path, or by the beginning of it. */
export type Faults = Readonly<Record<string, LogAnswer>>;
const faulty = (faults: Faults, path: string): LogAnswer | undefined =>
  Object.entries(faults).find(
    ([start]) => path === start || (start.endsWith('*') && path.startsWith(start.slice(0, -1))),
  )?.[1];

export interface MiniLog {
  readonly log: KnownLog;
  readonly tree: ReferenceTree;
  readonly read: ReadLog;
  readonly paths: string[];
  readonly limits: number[];
}

async function headOf(by: Signer, tree: ReferenceTree): Promise<{ readonly root: Bytes; readonly signature: Bytes }> {
  const root = tree.root(tree.leafHashes.length);
  return { root, signature: await by.sign(TIMESTAMP, tree.leafHashes.length, root) };
}

/** An RFC 6962 log of these leaf inputs. */
export async function hashLog(
  leafInputs: readonly Uint8Array[],
  faults: Faults = {},
  by: Signer = signer,
): Promise<MiniLog> {
  const tree = new ReferenceTree(leafInputs.map(referenceLeafHash));
  const { root, signature } = await headOf(by, tree);
  const [paths, limits]: [string[], number[]] = [[], []];
  const answer = (path: string): LogAnswer => {
    const url = new URL(path, 'https://log.example/');
    const size = leafInputs.length;
    if (url.pathname.endsWith('get-sth')) {
      return json({
        tree_size: size,
        timestamp: TIMESTAMP,
        sha256_root_hash: base64(root),
        tree_head_signature: base64(signature),
      });
    }
    if (url.pathname.endsWith('get-proof-by-hash')) {
      const index = tree.leafHashes.findIndex((hash) => base64(hash) === url.searchParams.get('hash'));
      return index < 0 ? absent : json({ leaf_index: index, audit_path: tree.path(index, size).map(base64) });
    }
    const leaf = leafInputs[Number(url.searchParams.get('start'))];
    return leaf === undefined ? absent : json({ entries: [{ leaf_input: base64(leaf), extra_data: '' }] });
  };
  const read: ReadLog = (_log, path, limit) => {
    paths.push(path);
    limits.push(limit);
    return Promise.resolve(faulty(faults, path) ?? answer(path));
  };
  return { log: knownLog('rfc6962', by), tree, read, paths, limits };
}

/** A signed note of a static log. */
export async function makeNote(root: Uint8Array, size: number, by: Signer = signer, origin = ORIGIN): Promise<string> {
  const id = Buffer.from(by.id, 'base64');
  const digest = await crypto.subtle.digest(
    'SHA-256',
    Buffer.concat([Buffer.from(origin), Uint8Array.of(0x0a, 0x05), id]),
  );
  const signature = concatenate(
    new Uint8Array(digest).slice(0, 4),
    writeNumber(TIMESTAMP, 8),
    await by.sign(TIMESTAMP, size, root),
  );
  const other = base64(new Uint8Array(80).fill(9));
  return `${origin}\n${size}\n${base64(root)}\n\n— witness.example ${other}\n— ${origin} ${base64(signature)}\n`;
}

/** A static log of these entries; each gets its leaf_index unless it brings extensions of its own. */
export async function tileLog(
  entries: readonly EntryOptions[],
  faults: Faults = {},
  by: Signer = signer,
): Promise<MiniLog> {
  const full = entries.map((entry, index): EntryOptions => ({ extensions: leafIndexExtension(index), ...entry }));
  const tree = new ReferenceTree(full.map((entry) => referenceLeafHash(leafInputOf(entry))));
  const { root } = await headOf(by, tree);
  const note = await makeNote(root, full.length, by);
  const [paths, limits]: [string[], number[]] = [[], []];
  const answer = (path: string): LogAnswer => {
    if (path === 'checkpoint') return body(note);
    const [, level = '', number = '', partial = ''] = /^tile\/(data|\d)\/([0-9x\/]+)(?:\.p\/(\d+))?$/v.exec(path) ?? [];
    const at = Number(number.replaceAll(/[x\/]/gv, ''));
    const width = partial === '' ? 256 : Number(partial);
    if (level === 'data')
      return at * 256 + width > full.length
        ? absent
        : body(bytes(...full.slice(at * 256, at * 256 + width).map(tileLeafOf)));
    return level === '' || (at * 256 + width) * 256 ** Number(level) > full.length
      ? absent
      : body(tree.tile(Number(level), at, width));
  };
  const read: ReadLog = (_log, path, limit) => {
    paths.push(path);
    limits.push(limit);
    return Promise.resolve(faulty(faults, path) ?? answer(path));
  };
  return { log: knownLog('static', by), tree, read, paths, limits };
}
