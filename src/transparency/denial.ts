// When does a log's denial say anything, and which entries come too late? What a log's own promises and end make of its
// word.

import { undetermined, type Undetermined } from './log-response.ts';
import type { KnownLog } from './log.ts';
import type { CommitmentClaim } from './key-commitment.ts';

/**
 * Whether the endorsement is younger than the log's merge delay: the log has promised the entry, and need not have
 * merged it yet [C8].
 */
export const isYoung = ({ notBefore }: CommitmentClaim, { mergeDelay }: KnownLog, now: number): boolean =>
  now - notBefore < mergeDelay;

/**
 * The outcome of an entry that is denied while its endorsement is young: the log was reached, so this names nobody as
 * one that could not be asked about.
 */
export const notMerged = (detail: string | null = null): Undetermined =>
  undetermined('log-not-proven', 'log-entry-not-merged', detail);

/** The outcome of a proven entry that stands after the log's own end [C3]; null where it does not. */
export function judgeLateness({ end }: KnownLog, timestamp: number, index: number): Undetermined | null {
  if (end === null || (end.kind === 'time' ? timestamp < end.before : index < end.below)) return null;
  const detail = end.kind === 'time' ? `${timestamp} of ${end.before}` : `${index} of ${end.below}`;
  return undetermined('log-not-known', 'log-entry-too-late', detail);
}
