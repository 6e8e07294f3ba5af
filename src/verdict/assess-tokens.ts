// Assessment of every token taken alone: its times on top of its signature.

import type { VerifiedRecord } from '../signature/verify-records.ts';
import { type AssessedToken, timeFault } from './assessed-token.ts';

/** Judges every token's times on top of its signature; indices are places in `examined`. `now` in milliseconds. */
export const assessTokens = (examined: readonly VerifiedRecord[], now: number): readonly AssessedToken[] =>
  examined.flatMap((item, index) => {
    if (item.kind === 'key') return [];
    const { from, announced, parsed, trusted } = item;
    const signed = item.signed.ok ? item.signed.value : null;
    const fault = item.signed.ok ? timeFault(item.signed.value.token, now) : item.signed.problem;
    return [
      {
        index,
        record: from.record,
        generation: from.generation,
        set: from.content.set,
        owner: from.owner,
        announced,
        token: parsed,
        signed,
        fault,
        trusted,
      },
    ];
  });
