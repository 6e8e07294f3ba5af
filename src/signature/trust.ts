// Which keys has this person chosen to trust, and for whom?

import type { PublicKey } from '../emblem/key.ts';

/** A key the person trusts; `organisation` is the OI it is trusted for, or null where it is trusted for tokens that name none. */
export interface TrustedKey {
  readonly key: PublicKey;
  readonly organisation: string | null;
}
