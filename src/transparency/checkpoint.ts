// Checkpoints of static logs: signed notes with an RFC 6962 signature.

import { decodeBase64 } from '../codec/base64.ts';
import { concatenate, equalBytes } from '../codec/bytes.ts';
import { readWhole } from '../codec/reader.ts';
import { fail, ok, type Result } from '../problem.ts';
import { readText } from './log-response.ts';
import type { KnownLog } from './log.ts';
import { HASH_LENGTH, sha256 } from './merkle.ts';
import { type TreeHead, verifyTreeHead } from './tree-head.ts';

interface NoteSignature {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A checkpoint read, before any signature of it was looked at. */
interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array<ArrayBuffer>;
  readonly signatures: readonly NoteSignature[];
}

const SIGNATURE_TYPE = 0x05; // RFC6962NoteSignature, static-ct-api
const NEW_LINE = 0x0a;
const KEY_ID_LENGTH = 4;

function readSignature(line: string): NoteSignature | null {
  const [, name, text] = /^— ([^ +]+) ([A-Za-z0-9+\/]+=*)$/v.exec(line) ?? [];
  const bytes = text === undefined ? null : decodeBase64(text);
  if (name === undefined || bytes === null || bytes.length <= KEY_ID_LENGTH) return null;
  return { name, keyId: bytes.slice(0, KEY_ID_LENGTH), bytes: bytes.slice(KEY_ID_LENGTH) };
}

/** Reads a signed note of exactly three lines (origin, size, root), a blank line and signature lines. */
function readNote(body: Uint8Array): Checkpoint | null {
  const lines = readText(body)?.split('\n') ?? [];
  const [origin = '', size = '', rootText = '', blank, ...rest] = lines;
  if (origin === '' || blank !== '' || rest.pop() !== '' || rest.length === 0) return null;
  const root = decodeBase64(rootText);
  const signatures = rest.map(readSignature).filter((signature) => signature !== null);
  if (!/^(?:0|[1-9]\d{0,15})$/v.test(size) || !Number.isSafeInteger(Number(size))) return null;
  if (root?.length !== HASH_LENGTH || signatures.length !== rest.length) return null;
  return { origin, size: Number(size), root, signatures };
}

/** The key id of a static log: first four bytes of SHA-256(origin || 0x0A || 0x05 || log id). */
async function keyIdOf(origin: string, logId: Uint8Array): Promise<Uint8Array> {
  const digest = await sha256(
    concatenate(new TextEncoder().encode(origin), Uint8Array.of(NEW_LINE, SIGNATURE_TYPE), logId),
  );
  return digest.slice(0, KEY_ID_LENGTH);
}

/**
 * Reads a static log's checkpoint and verifies the log's own signature on it (static-ct-api, C2SP signed-note).
 * @returns the tree it proves; fails with `log-checkpoint-malformed` where it is no checkpoint,
 * with `log-checkpoint-unproven` where it is not this log's or the signature is missing or wrong.
 */
export async function verifyCheckpoint(body: Uint8Array, log: KnownLog): Promise<Result<TreeHead>> {
  const note = readNote(body);
  if (note === null) return fail('log-checkpoint-malformed');
  const logId = decodeBase64(log.id);
  if (note.origin !== log.origin || logId === null) return fail('log-checkpoint-unproven', `origin ${note.origin}`);
  const keyId = await keyIdOf(note.origin, logId);
  const line = note.signatures.find(({ name, keyId: id }) => name === note.origin && equalBytes(id, keyId));
  const signed =
    line === undefined
      ? null
      : readWhole(line.bytes, (reader) => ({
          timestamp: reader.u64(),
          signature: reader.take(line.bytes.length - reader.at),
        }));
  if (signed === null) return fail('log-checkpoint-unproven');
  const head: TreeHead = { size: note.size, root: note.root, ...signed };
  return (await verifyTreeHead(head, log.key)) ? ok(head) : fail('log-checkpoint-unproven');
}
