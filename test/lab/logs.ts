// How does a Certificate Transparency log behave, and misbehave? Real trees, real signatures, faults by switch.

import {
  checkpoint,
  leafIndex,
  type Logged,
  type LogSigner,
  merkleTreeLeaf,
  tileLeaf,
  timestampedEntry,
  treeHeadBytes,
} from './log-answers.ts';
import { leafHash, path, root } from './merkle.ts';
import type { LogClaimEntry } from './issuer.ts';
import { answer, DROPS, HANGS, htmlPage, json, type LabQuestion, type LabReply, notFound } from './reply.ts';
import { dataTile, hashTile } from './tiles.ts';
import { base64, type Bytes, sha256, spoil, text } from './wire.ts';

export type LogFault =
  | 'down'
  | 'slow'
  | 'http-error'
  | 'html-page'
  | 'truncated' // any answer
  | 'wrong-signature'
  | 'wrong-root'
  | 'wrong-proof'
  | 'other-entry' // lies
  | 'wrong-clock' // tree heads of a year to come
  | 'missing-tile'
  | 'partial-tiles-vanished'; // static logs

export interface LogOptions {
  readonly kind: 'rfc6962' | 'static';
  readonly description: string;
  readonly operator: string;
  /** Base address of requests, as listed. */
  readonly url: string;
  /** Static logs: where certificates are submitted; its host and path are the checkpoint's origin. */
  readonly submissionUrl?: string;
  readonly state?: 'pending' | 'qualified' | 'usable' | 'readonly' | 'retired' | 'rejected';
  readonly type?: 'prod' | 'test' | 'monitoring_only';
  /** Seconds since the epoch, where the state or the interval's end matters. */
  readonly stateSince?: number;
  readonly interval?: { readonly from: number; readonly until: number };
  readonly listedBy?: readonly ('google' | 'apple')[];
  readonly signer: LogSigner;
  /** Milliseconds: the tree head's time and that of the entries. */
  readonly now: number;
  /** How many entries of others stand before the first of ours. */
  readonly filler?: number;
  /** Static logs: whether tiles come gzip-encoded. */
  readonly gzip?: boolean;
}

export interface LabLog {
  readonly options: LogOptions;
  readonly id: Bytes;
  /** Faults that are on; a test adds and deletes. */
  readonly faults: Set<LogFault>;
  /** Appends an entry and gives the `log` claim entry that cites it. */
  add(entry: Omit<Logged, 'timestamp'>): LogClaimEntry;
  /** Bytes of MerkleTreeLeaf, in order. */
  leaves(): readonly Bytes[];
  answer(question: LabQuestion): Promise<LabReply>;
}

/** Milliseconds. */
const YEAR = 365 * 86_400_000;

/** Where the checkpoint says it comes from: the submission prefix without scheme and trailing slash. */
export const originOf = (options: LogOptions): string =>
  (options.submissionUrl ?? options.url).replace(/^https?:\/\//, '').replace(/\/$/, '');

/** Opens a log with `filler` entries in it. */
export function openLog(options: LogOptions): LabLog {
  const id = sha256(options.signer.spki);
  const faults = new Set<LogFault>();
  const entries: Logged[] = [];
  const leaves: Bytes[] = [];
  const tileLeaves: Bytes[] = [];
  const hashes: Bytes[] = [];
  const append = (entry: Logged): number => {
    const index = entries.length;
    const timestamped = timestampedEntry(entry, options.kind === 'static' ? leafIndex(index) : new Uint8Array());
    const leaf = merkleTreeLeaf(timestamped);
    entries.push(entry);
    leaves.push(leaf);
    tileLeaves.push(tileLeaf(entry, timestamped));
    hashes.push(leafHash(leaf));
    return index;
  };
  for (let i = 0; i < (options.filler ?? 0); i += 1)
    append({ timestamp: options.now, certificate: text(`entry ${i} of somebody else`), precertificate: null });

  const head = async (): Promise<{ timestamp: number; size: number; root: Bytes; signature: Bytes }> => {
    const honest = root(hashes);
    const unsigned = {
      timestamp: options.now + (faults.has('wrong-clock') ? YEAR : 0),
      size: hashes.length,
      root: faults.has('wrong-root') ? spoil(honest) : honest,
    };
    const signature = await options.signer.sign(treeHeadBytes(unsigned));
    return { ...unsigned, signature: faults.has('wrong-signature') ? spoil(signature) : signature };
  };
  const other = (index: number): number => (faults.has('other-entry') ? (index + 1) % entries.length : index);

  const answerQuery = async (url: URL, where: string): Promise<LabReply> => {
    const ask = url.searchParams;
    switch (where) {
      case 'ct/v1/get-sth': {
        const sth = await head();
        return json({
          tree_size: sth.size,
          timestamp: sth.timestamp,
          sha256_root_hash: base64(sth.root),
          tree_head_signature: base64(sth.signature),
        });
      }
      case 'ct/v1/get-proof-by-hash': {
        const index = hashes.findIndex((hash) => base64(hash) === ask.get('hash'));
        const size = Number(ask.get('tree_size'));
        if (index < 0 || index >= size || size > hashes.length)
          return json({ error_message: 'not found', success: false }, 404);
        const proof = path(index, hashes.slice(0, size));
        return json({
          leaf_index: index,
          audit_path: proof.map((hash) => base64(faults.has('wrong-proof') ? spoil(hash) : hash)),
        });
      }
      case 'ct/v1/get-entries': {
        const index = Number(ask.get('start'));
        const leaf = leaves[other(index)];
        return leaf === undefined || index >= leaves.length
          ? json({ error_message: 'out of range' }, 400)
          : json({ entries: [{ leaf_input: base64(leaf), extra_data: '' }] });
      }
      default:
        return notFound();
    }
  };

  const answerTile = async (where: string): Promise<LabReply> => {
    if (where === 'checkpoint') {
      const sth = await head();
      return answer('text/plain; charset=utf-8', checkpoint(originOf(options), id, sth, sth.signature));
    }
    const order = faults.has('other-entry')
      ? tileLeaves.map((_, i) => tileLeaves[other(i)] ?? new Uint8Array())
      : tileLeaves;
    const gone = faults.has('partial-tiles-vanished');
    if (where.startsWith('tile/data/'))
      return faults.has('missing-tile') ? notFound() : dataTile(where, order, gone, options.gzip ?? false);
    return hashTile(where, hashes, gone, faults.has('wrong-proof'));
  };

  return {
    options,
    id,
    faults,
    leaves: () => leaves,
    add: (entry) => {
      const index = append({ ...entry, timestamp: options.now });
      const claim = base64(id);
      return options.kind === 'static'
        ? { ver: 'static', id: claim, index }
        : { ver: 'v1', id: claim, hash: base64(hashes[index] ?? new Uint8Array()) };
    },
    answer: async ({ url }) => {
      if (faults.has('down')) return DROPS;
      if (faults.has('slow')) return HANGS;
      if (faults.has('http-error')) return answer('text/plain', 'unavailable', 503);
      if (faults.has('html-page')) return htmlPage();
      const where = url.href.slice(options.url.length).split('?')[0] ?? '';
      const reply = options.kind === 'static' ? await answerTile(where) : await answerQuery(url, where);
      return faults.has('truncated') && reply.reply === 'answer'
        ? { ...reply, body: reply.body.slice(0, reply.body.length / 2) }
        : reply;
    },
  };
}
