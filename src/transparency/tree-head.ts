// Signed tree heads of RFC 6962, and the signature that checkpoints share with them.

import { readBitString, readChildren, readElement, readObjectIdentifier, readUnsigned, TAG } from '../codec/der.ts';
import { concatenate } from '../codec/bytes.ts';
import { readWhole, writeNumber } from '../codec/reader.ts';
import { fail, ok, type Result } from '../problem.ts';
import { readBytes, readCount, readJsonObject } from './log-response.ts';
import { HASH_LENGTH } from './merkle.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** What a log says its tree is. Not yet known to be signed. */
export interface TreeHead {
  readonly size: number;
  readonly timestamp: number; // milliseconds since the epoch
  readonly root: Bytes;
  /** DigitallySigned (RFC 5246 section 4.7) over the TreeHeadSignature. */
  readonly signature: Bytes;
}

const SHA256 = 4;
const SIGNED_WITH = { rsa: 1, ecdsa: 3 } as const;
const EC_PUBLIC_KEY = '1.2.840.10045.2.1';
const RSA_ENCRYPTION = '1.2.840.113549.1.1.1';
const P256_LENGTH = 32;
const MIN_RSA_BITS = 2048; // RFC 6962 section 2.1.4

/** Reads the answer to get-sth (RFC 6962 section 4.3); fails with `log-answer-malformed`. */
export function readTreeHead(body: Uint8Array): Result<TreeHead> {
  const answer = readJsonObject(body);
  if (!answer.ok) return answer;
  const [size, timestamp] = [readCount(answer.value['tree_size']), readCount(answer.value['timestamp'])];
  const root = readBytes(answer.value['sha256_root_hash'], HASH_LENGTH);
  const signature = readBytes(answer.value['tree_head_signature']);
  if (size === null || timestamp === null || root === null || signature === null)
    return fail('log-answer-malformed', 'get-sth');
  return ok({ size, timestamp, root, signature });
}

/** ECDSA-Sig-Value (RFC 3279 section 2.2.3) as the two numbers of fixed length that WebCrypto wants. */
function rawSignature(der: Uint8Array): Bytes | null {
  const sequence = readElement(der, TAG.sequence);
  const [r, s, ...more] = ((sequence === null ? null : readChildren(sequence)) ?? []).map(readUnsigned);
  if (r === undefined || s === undefined || r === null || s === null || more.length > 0) return null;
  if (r.length > P256_LENGTH || s.length > P256_LENGTH) return null;
  return concatenate(new Uint8Array(P256_LENGTH - r.length), r, new Uint8Array(P256_LENGTH - s.length), s);
}

/** The algorithm's identifier in a SubjectPublicKeyInfo. */
function keyAlgorithm(spki: Uint8Array): string | null {
  const whole = readElement(spki, TAG.sequence);
  const [algorithm, key] = (whole === null ? null : readChildren(whole)) ?? [];
  const [identifier] = (algorithm === undefined ? null : readChildren(algorithm)) ?? [];
  return identifier === undefined || key === undefined || readBitString(key) === null
    ? null
    : readObjectIdentifier(identifier);
}

async function importKey(spki: Bytes, algorithm: RsaHashedImportParams | EcKeyImportParams): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey('spki', spki, algorithm, true, ['verify']);
  } catch {
    // WebCrypto says by throwing that this is no such key: nothing it signed can be proven.
    return null;
  }
}

async function verifyEcdsa(spki: Bytes, signature: Bytes, message: Bytes): Promise<boolean> {
  const raw = rawSignature(signature);
  const key = await importKey(spki, { name: 'ECDSA', namedCurve: 'P-256' });
  return raw !== null && key !== null && crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, raw, message);
}

async function verifyRsa(spki: Bytes, signature: Bytes, message: Bytes): Promise<boolean> {
  const key = await importKey(spki, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' });
  if (key === null || !('modulusLength' in key.algorithm) || Number(key.algorithm.modulusLength) < MIN_RSA_BITS)
    return false;
  return crypto.subtle.verify('RSASSA-PKCS1-v1_5', key, signature, message);
}

/**
 * Verifies the log's signature over the TreeHeadSignature (RFC 6962 section 3.5: version 0, type 1, timestamp, tree
 * size, root).
 * @param spki the log's key, DER SubjectPublicKeyInfo: P-256, or RSA of old logs.
 */
export async function verifyTreeHead(head: TreeHead, spki: Uint8Array): Promise<boolean> {
  const signed = readWhole(head.signature, (reader) =>
    reader.u8() === SHA256 ? { algorithm: reader.u8(), signature: reader.vector(2) } : reader.refuse(),
  );
  if (signed === null) return false;
  const message = concatenate(
    Uint8Array.of(0, 1),
    writeNumber(head.timestamp, 8),
    writeNumber(head.size, 8),
    head.root,
  );
  const key = new Uint8Array(spki);
  const algorithm = keyAlgorithm(key);
  if (algorithm === EC_PUBLIC_KEY)
    return signed.algorithm === SIGNED_WITH.ecdsa && verifyEcdsa(key, signed.signature, message);
  if (algorithm === RSA_ENCRYPTION)
    return signed.algorithm === SIGNED_WITH.rsa && verifyRsa(key, signed.signature, message);
  return false;
}
