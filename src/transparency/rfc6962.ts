// RFC 6962 logs, asked in three rounds: tree head, proof, entry.

import { encodeBase64 } from '../codec/base64.ts';
import { equalBytes } from '../codec/bytes.ts';
import { fail, ok, problem, type Result } from '../problem.ts';
import {
  isRecord,
  JSON_LIMIT,
  judgeLateness,
  notMerged,
  readBytes,
  readCount,
  readJsonObject,
  unanswered,
  undetermined,
  type Undetermined,
  unreadable,
} from './log-response.ts';
import { describeInclusion, judgeCertificate, type KeyBinding } from './certificate-binding.ts';
import { readLeaf } from './log-entry.ts';
import type { EntryOutcome, KnownLog, LogEntry, ReadLog } from './log.ts';
import { HASH_LENGTH, hashLeaf, verifyInclusion } from './merkle.ts';
import { readTreeHead, type TreeHead, verifyTreeHead } from './tree-head.ts';

export type HashEntry = Extract<LogEntry, { kind: 'rfc6962' }>;

/** Where a log says that a leaf is, and how that could be shown. */
interface LeafPlace {
  readonly index: number;
  readonly path: readonly Uint8Array[];
}

/** The answer to get-proof-by-hash (RFC 6962 section 4.5). */
function readProof(body: Uint8Array): Result<LeafPlace> {
  const answer = readJsonObject(body);
  if (!answer.ok) return answer;
  const index = readCount(answer.value['leaf_index']);
  const list = answer.value['audit_path'];
  const path = Array.isArray(list) ? list.map((hash: unknown) => readBytes(hash, HASH_LENGTH)) : [null];
  const hashes = path.filter((hash) => hash !== null);
  return index === null || hashes.length !== path.length
    ? fail('log-answer-malformed', 'get-proof-by-hash')
    : ok({ index, path: hashes });
}

/** The one leaf_input in the answer to get-entries (RFC 6962 section 4.6). */
function readOnlyEntry(body: Uint8Array): Result<Uint8Array> {
  const answer = readJsonObject(body);
  if (!answer.ok) return answer;
  const list: unknown = answer.value['entries'];
  const entries: readonly unknown[] = Array.isArray(list) ? list : [];
  const [entry] = entries;
  const leafInput = isRecord(entry) ? readBytes(entry['leaf_input']) : null;
  return leafInput === null || entries.length !== 1 ? fail('log-answer-malformed', 'get-entries') : ok(leafInput);
}

/** A tree head that verifies, or the outcome that its lack means. */
async function readHead(log: KnownLog, read: ReadLog, anew: boolean): Promise<TreeHead | Undetermined> {
  const answer = await read(log, 'ct/v1/get-sth', JSON_LIMIT, anew);
  if (answer.answer !== 'body') return unanswered(answer, 'get-sth');
  const head = readTreeHead(answer.body);
  if (!head.ok) return unreadable(head.problem);
  return (await verifyTreeHead(head.value, log.key))
    ? head.value
    : undetermined('log-not-proven', 'log-tree-head-unproven');
}

/** A proof that the leaf is in a tree of the log's, or why there is none; null where the log denies it. */
async function findLeaf(
  log: KnownLog,
  leafHash: Uint8Array,
  read: ReadLog,
  anew: boolean,
): Promise<(LeafPlace & { readonly head: TreeHead }) | Undetermined | null> {
  const head = await readHead(log, read, anew);
  if ('outcome' in head) return head;
  const hash = encodeURIComponent(encodeBase64(leafHash));
  const answer = await read(log, `ct/v1/get-proof-by-hash?hash=${hash}&tree_size=${head.size}`, JSON_LIMIT, anew);
  if (answer.answer === 'absent') return null;
  if (answer.answer === 'unreachable') return unanswered(answer, 'get-proof-by-hash');
  const proof = readProof(answer.body);
  if (!proof.ok) return unreadable(proof.problem);
  const { index, path } = proof.value;
  return (await verifyInclusion(leafHash, index, head.size, path, head.root))
    ? { index, path, head }
    : undetermined('log-not-proven', 'log-inclusion-unproven');
}

/**
 * Proves one entry of a `log` claim by its leaf hash [C4], [C6].
 * Exactly three rounds: get-sth, get-proof-by-hash, get-entries; fewer where one of them ends it. A log that denies the
 * entry is
 * asked for both of the first anew: a front end may lag behind the one that gave the tree head.
 * @param log the log of that id; its `counts` is the caller's to mind.
 * @param young whether a denial says nothing yet.
 */
export async function proveByHash(
  log: KnownLog,
  entry: HashEntry,
  binding: KeyBinding,
  young: boolean,
  read: ReadLog,
): Promise<EntryOutcome> {
  const first = await findLeaf(log, entry.hash, read, false);
  if (first === null && young) return notMerged();
  const found = first ?? (await findLeaf(log, entry.hash, read, true));
  if (found === null) return { outcome: 'refuted', problems: [problem('log-hash-refuted')] };
  if ('outcome' in found) return found;
  const { head, index, path } = found;

  const entryAnswer = await read(log, `ct/v1/get-entries?start=${index}&end=${index}`, JSON_LIMIT);
  if (entryAnswer.answer !== 'body') return unanswered(entryAnswer, 'get-entries');
  const leafInput = readOnlyEntry(entryAnswer.body);
  if (!leafInput.ok) return unreadable(leafInput.problem);
  if (!equalBytes(await hashLeaf(leafInput.value), entry.hash))
    return undetermined('log-not-proven', 'log-leaf-mismatch');
  const leaf = readLeaf(leafInput.value);
  if (leaf === null) return undetermined('log-not-proven', 'log-leaf-malformed');
  return (
    judgeLateness(log, leaf.timestamp, index) ??
    judgeCertificate(leaf, binding, describeInclusion(head, leaf, index, entry.hash, path))
  );
}
