// Examination: what a check found, stage by stage. All that the report says and the evidence shows follows from it.

import type { VisitedHost } from '../emblem/host.ts';
import type { Problem } from '../problem.ts';
import type { ReadRecord } from '../emblem/read-records.ts';
import type { LookUp } from '../emblem/record.ts';
import type { VerifiedRecord } from '../signature/verify-records.ts';
import type { Commitments } from './link-commitment.ts';
import type { Decision } from './host-verdict.ts';
import type { AssessedToken } from './assessed-token.ts';
import type { EvaluatedSet } from './evaluate-set.ts';
import type { ReportedEmblem, ReportedRequest } from './report.ts';

/** What is being checked. */
export interface Visit {
  /** As it stands in the address bar or on the command line. */
  readonly host: string;
  /** The address the browser was observed to be connected to for exactly this page, or null. */
  readonly address: string | null;
  /** How the page was loaded; null where no page was (command line). */
  readonly page: 'https' | 'http' | null;
}

/** Every stage of one check, in the order in which they came about. */
export interface Examination {
  readonly visit: Visit;
  readonly visited: VisitedHost;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The records as received. */
  readonly found: LookUp;
  /** Those that are ours, read, and what is wrong with all of them together. */
  readonly records: readonly ReadRecord[];
  readonly recordProblems: readonly Problem[];
  /** Keys and tokens, their signatures checked; places in it are the report's `tokens`. */
  readonly verified: readonly VerifiedRecord[];
  readonly tokens: readonly AssessedToken[];
  readonly sets: readonly EvaluatedSet[];
  /** What the logs said, with the proof of inclusion where there is one. */
  readonly commitments: Commitments;
  /** What was wrong with the lists of logs, where a token cites one. */
  readonly listProblems: readonly Problem[];
  readonly emblems: readonly ReportedEmblem[];
  readonly decision: Decision;
  readonly requests: readonly ReportedRequest[];
}
