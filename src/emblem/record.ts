// Records as the DNS hands them over, before and after they are read.

import type { Token, TokenKind } from './token.ts';
import type { Generation } from './key-kinds.ts';
import type { Problem, Result } from '../problem.ts';
import type { ParsedKey } from './key.ts';

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

/**
 * What one record holds. `announced` is the kind a token claims to be, however broken; `set` the record's identifier.
 */
export type RecordContent =
  | {
      readonly kind: 'token';
      readonly announced: TokenKind;
      readonly set: string | null;
      readonly token: Result<Token>;
    }
  | { readonly kind: 'key'; readonly set: string | null; readonly key: Result<ParsedKey> }
  | { readonly kind: 'other'; readonly set: string | null; readonly problem: Problem };
