// What must be proven, and for whom?

import type { LogClaim } from '../emblem/token.ts';

/** One claim to settle: that the key `kid` is a root key of the organisation at `domain`. */
export interface CommitmentNeed {
  readonly role: 'internal' | 'external';
  readonly kid: string; // computed, 52 characters
  /** Every identifier of the key, `kid` first: a certificate may bear any. */
  readonly kids: readonly string[];
  readonly domain: string; // of the organisation identifier, lower case
  /** Whether anybody may register names below the domain. */
  readonly isPublicSuffix: boolean;
  readonly claim: LogClaim;
  readonly notBefore: number; // of the endorsement, seconds since the epoch
  /** Needs of which one must hold for this one to matter; absent where it matters whatever becomes of others. */
  readonly dependsOn?: readonly CommitmentNeed[];
}

/** Whether any need cites entries of logs, so that it matters which logs are known. */
export const citesLogs = (needs: readonly CommitmentNeed[]): boolean =>
  needs.some(({ claim }) => claim.readable && claim.entries.length > 0);
