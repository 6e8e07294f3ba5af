// Trusted keys: which this person has chosen, and for which organisation.

import { type PublicKey, sameKey } from '../emblem/key.ts';
import type { SignedToken } from './signed-token.ts';

/**
 * A key the person trusts; `organisation` is the OI it is trusted for, or null where it is trusted for tokens that name
 * none.
 */
export interface TrustedKey {
  readonly key: PublicKey;
  /**
   * The label of the algorithm it states for itself, a name (JWK) or a number (COSE_Key); null where it states none.
   */
  readonly algorithm: string | null;
  readonly organisation: string | null;
}

/** Whether a key trusted for exactly the token's `iss` (or for none, where it has none) verified it [V8]. */
export const isTrusted = (signed: SignedToken, trusted: readonly TrustedKey[]): boolean =>
  trusted.some(({ key, organisation }) => organisation === signed.token.issuer && sameKey(key, signed.key));
