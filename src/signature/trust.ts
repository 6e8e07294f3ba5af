// Which keys has this person chosen to trust, and for whom?

import { compareBytes } from '../codec/bytes.ts';
import type { PublicKey } from '../emblem/key.ts';
import type { SignedToken } from './signed-token.ts';

/** A key the person trusts; `organisation` is the OI it is trusted for, or null where it is trusted for tokens that name none. */
export interface TrustedKey {
  readonly key: PublicKey;
  readonly organisation: string | null;
}

const EMPTY = new Uint8Array();

/** Whether two keys are the same by their material, whatever format they came in. */
export const sameKey = (a: PublicKey, b: PublicKey): boolean =>
  a.curve === b.curve && compareBytes(a.x, b.x) === 0 && compareBytes(a.y ?? EMPTY, b.y ?? EMPTY) === 0;

/** Whether a key trusted for exactly the token's `iss` (or for none, where it has none) verified it (spec: validation 8). */
export const isTrusted = (signed: SignedToken, trusted: readonly TrustedKey[]): boolean =>
  trusted.some(({ key, organisation }) => organisation === signed.token.issuer && sameKey(key, signed.key));
