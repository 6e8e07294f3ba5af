// Memory of verified signatures, so that what stands is not computed again in the life of a process.

import { concatenate } from '../codec/bytes.ts';
import { encodeBase64 } from '../codec/base64.ts';
import { writeNumber } from '../codec/reader.ts';
import type { PublicKey } from '../emblem/key.ts';
import type { Proof } from '../emblem/token.ts';
import type { Algorithm } from './algorithms.ts';

/** Names of signatures that verified (`nameSignature`). Failures are not remembered. */
export interface VerifiedSignatures {
  readonly has: (name: string) => boolean;
  readonly add: (name: string) => void;
}

/** Some hundred sites' worth. */
const MOST_NAMES = 1000;

/** Opens an empty memory of at most so many names; the oldest go first. */
export function openVerifiedSignatures(most = MOST_NAMES): VerifiedSignatures {
  const names = new Set<string>();
  return {
    has: (name) => names.has(name),
    add: (name) => {
      names.add(name);
      const [oldest] = names;
      if (names.size > most && oldest !== undefined) names.delete(oldest);
    },
  };
}

const framed = (part: Uint8Array): Uint8Array => concatenate(writeNumber(part.length, 4), part);

/**
 * The name of a signature: SHA-256 over algorithm, key, signature and what was signed, each with its length before it.
 * In base64.
 */
export async function nameSignature(
  { signed, signature }: Proof,
  { x, y }: PublicKey,
  { name }: Algorithm,
): Promise<string> {
  const parts = [new TextEncoder().encode(name), x, y ?? new Uint8Array(0), signature, signed];
  return encodeBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', concatenate(...parts.map(framed)))));
}
