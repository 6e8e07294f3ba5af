// What did the DNS hand over? A record as bytes, before anybody has read it.

import type { Generation } from './generation.ts';
import type { Problem } from './problem.ts';

export interface DnsRecord {
  readonly generation: Generation;
  /** Owner name after following aliases: lower case, no trailing dot. */
  readonly owner: string;
  /** TXT: the character strings joined. IHLE: the RDATA. */
  readonly data: Uint8Array;
}

/** What asking the DNS for one host's records came to. */
export interface LookUp {
  readonly records: readonly DnsRecord[];
  /** False where the resolver said NXDOMAIN. */
  readonly exists: boolean;
  /** Look-ups that could not be answered: each is a reason not to believe that records are absent. */
  readonly failures: readonly Problem[];
  /** What else is worth telling. */
  readonly notes: readonly Problem[];
  /** When the answers' lives end, in milliseconds since the epoch; null where nothing was answered. */
  readonly expiresAt: number | null;
}
