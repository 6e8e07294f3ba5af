// What can one record hold? A token, a key, or something that only looks like ours.

import type { ParsedKey } from './key.ts';
import type { Problem, Result } from './problem.ts';
import type { Token, TokenKind } from './token.ts';

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
