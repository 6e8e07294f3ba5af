// Is this entry in this RFC 6962 log, and does it bind the key? Three rounds: tree head, proof, entry.

import { encodeBase64 } from '../codec/base64.ts';
import { equalBytes } from '../codec/bytes.ts';
import { fail, ok, problem } from '../emblem/problem.ts';
import type { Result } from '../emblem/problem.ts';
import { isRecord, JSON_LIMIT, readBytes, readCount, readJsonObject, unanswered, undetermined, unreadable } from './answer.ts';
import { judgeEvidence } from './evidence.ts';
import type { KeyBinding } from './evidence.ts';
import { readLeaf } from './leaf.ts';
import type { EntryOutcome, KnownLog, LogEntry, ReadLog } from './log.ts';
import { HASH_LENGTH, hashLeaf, verifyInclusion } from './merkle.ts';
import { readTreeHead, verifyTreeHead } from './tree-head.ts';

export type HashEntry = Extract<LogEntry, { kind: 'rfc6962' }>;

interface InclusionProof {
  readonly index: number;
  readonly path: readonly Uint8Array[];
}

/** The answer to get-proof-by-hash (RFC 6962 section 4.5). */
function readProof(body: Uint8Array): Result<InclusionProof> {
  const answer = readJsonObject(body);
  if (!answer.ok) return answer;
  const index = readCount(answer.value['leaf_index']);
  const list = answer.value['audit_path'];
  const path = Array.isArray(list) ? list.map((hash: unknown) => readBytes(hash, HASH_LENGTH)) : [null];
  const hashes = path.filter((hash) => hash !== null);
  return index === null || hashes.length !== path.length ? fail('log-answer-malformed', 'get-proof-by-hash') : ok({ index, path: hashes });
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

/**
 * Proves one entry of a `log` claim by its leaf hash (key-commitments, 2 and 4).
 * Exactly three rounds: get-sth, get-proof-by-hash, get-entries; fewer where one of them ends it.
 * @param log the log of that id; its `counts` is the caller's to mind.
 */
export async function proveByHash(log: KnownLog, entry: HashEntry, binding: KeyBinding, read: ReadLog): Promise<EntryOutcome> {
  const headAnswer = await read(log, 'ct/v1/get-sth', JSON_LIMIT);
  if (headAnswer.answer !== 'body') return unanswered(headAnswer, 'get-sth');
  const headRead = readTreeHead(headAnswer.body);
  if (!headRead.ok) return unreadable(headRead.problem);
  const head = headRead.value;
  if (!await verifyTreeHead(head, log.key)) return undetermined('log-not-proven', 'log-tree-head-unproven');

  const hash = encodeURIComponent(encodeBase64(entry.hash));
  const proofAnswer = await read(log, `ct/v1/get-proof-by-hash?hash=${hash}&tree_size=${head.size}`, JSON_LIMIT);
  // The log has just signed its tree, and denies that this leaf is in it.
  if (proofAnswer.answer === 'absent') return { outcome: 'refuted', problems: [problem('log-hash-refuted')] };
  if (proofAnswer.answer === 'unreachable') return unreadable(proofAnswer.problem);
  const proof = readProof(proofAnswer.body);
  if (!proof.ok) return unreadable(proof.problem);
  const { index, path } = proof.value;
  if (!await verifyInclusion(entry.hash, index, head.size, path, head.root)) {
    return undetermined('log-not-proven', 'log-inclusion-unproven');
  }

  const entryAnswer = await read(log, `ct/v1/get-entries?start=${index}&end=${index}`, JSON_LIMIT);
  if (entryAnswer.answer !== 'body') return unanswered(entryAnswer, 'get-entries');
  const leafInput = readOnlyEntry(entryAnswer.body);
  if (!leafInput.ok) return unreadable(leafInput.problem);
  if (!equalBytes(await hashLeaf(leafInput.value), entry.hash)) return undetermined('log-not-proven', 'log-leaf-mismatch');
  const leaf = readLeaf(leafInput.value);
  if (leaf === null) return undetermined('log-not-proven', 'log-leaf-malformed');
  return judgeEvidence(leaf, binding, { treeSize: head.size, index });
}
