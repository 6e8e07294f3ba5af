// What bytes does a log sign and store? Entries, tree heads and checkpoints (RFC 6962 section 3, static-ct-api).

import { p256 } from '@noble/curves/nist.js';
import { base64, type Bytes, join, sha256, text, uint, vector } from './wire.ts';

/** What is logged: a certificate, or a precertificate's signed part with the hash of its issuer's key. */
export interface Logged {
  readonly timestamp: number; // milliseconds
  readonly certificate: Uint8Array;
  readonly precertificate: { readonly issuerKeyHash: Uint8Array; readonly tbs: Uint8Array } | null;
}

/** TimestampedEntry (RFC 6962 section 3.4) with the given CT extensions. */
export function timestampedEntry(entry: Logged, extensions: Uint8Array): Bytes {
  const signed =
    entry.precertificate === null
      ? join(uint(2, 0), vector(3, entry.certificate))
      : join(uint(2, 1), entry.precertificate.issuerKeyHash, vector(3, entry.precertificate.tbs));
  return join(uint(8, entry.timestamp), signed, vector(2, extensions));
}

/** MerkleTreeLeaf: version 0, type 0. */
export const merkleTreeLeaf = (timestamped: Uint8Array): Bytes => join(uint(2, 0), timestamped);
/** The CT extension leaf_index: type 0, 40 bits. */
export const leafIndex = (index: number): Bytes => join(uint(1, 0), vector(2, uint(5, index)));

/** TileLeaf of a data tile: the entry, the precertificate where it is one, fingerprints of the chain (none here). */
export const tileLeaf = (entry: Logged, timestamped: Uint8Array): Bytes =>
  join(
    timestamped,
    ...(entry.precertificate === null ? [] : [vector(3, entry.certificate)]),
    vector(2, sha256(text('lab root'))),
  );

/** A log's signing key. `sign` gives a DigitallySigned: hash, algorithm, signature. */
export interface LogSigner {
  readonly spki: Bytes;
  readonly sign: (message: Uint8Array) => Promise<Bytes>;
}

/** SubjectPublicKeyInfo of a P-256 point: the fixed DER before the point. */
const P256_PREFIX = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');

/** A P-256 signer from noble, not WebCrypto. */
export function ecdsaSigner(): LogSigner {
  const { secretKey } = p256.keygen();
  return {
    spki: join(P256_PREFIX, p256.getPublicKey(secretKey, false)),
    sign: async (message) =>
      join(uint(1, 4), uint(1, 3), vector(2, p256.sign(message, secretKey, { format: 'der', lowS: false }))),
  };
}

/** An RSA signer, as old logs have it. */
export async function rsaSigner(): Promise<LogSigner> {
  const pair = await crypto.subtle.generateKey(
    { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
    true,
    ['sign', 'verify'],
  );
  return {
    spki: new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey)),
    sign: async (message) =>
      join(
        uint(1, 4),
        uint(1, 1),
        vector(
          2,
          new Uint8Array(await crypto.subtle.sign('RSASSA-PKCS1-v1_5', pair.privateKey, new Uint8Array(message))),
        ),
      ),
  };
}

export interface TreeHead {
  readonly timestamp: number;
  readonly size: number;
  readonly root: Uint8Array;
}

/** The bytes a tree head's signature is over: version 0, type 1 (RFC 6962 section 3.5). */
export const treeHeadBytes = (head: TreeHead): Bytes =>
  join(uint(2, 1), uint(8, head.timestamp), uint(8, head.size), head.root);

/**
 * A checkpoint: a signed note with a line of the kind of static-ct-api. `signature` is the DigitallySigned over the
 * tree head.
 */
export function checkpoint(origin: string, logId: Uint8Array, head: TreeHead, signature: Uint8Array): string {
  const keyId = sha256(text(origin), uint(1, 0x0a), uint(1, 0x05), logId).subarray(0, 4);
  const line = base64(join(keyId, uint(8, head.timestamp), signature));
  return `${origin}\n${head.size}\n${base64(head.root)}\n\n— grease.invalid ${base64(join(uint(4, 7), uint(8, 1)))}\n— ${origin} ${line}\n`;
}
