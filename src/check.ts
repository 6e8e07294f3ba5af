// Does this host bear an emblem, and who stands behind it? The main path: records, tokens, signatures, sets, commitments, verdict.

import type { LookUp } from './emblem/record.ts';
import type { Suffixes } from './emblem/name.ts';
import type { TrustedKey } from './signature/trust.ts';
import type { EntryMemory, LogDirectory, ReadLog } from './transparency/log.ts';
import type { ReportedRequest } from './verdict/report.ts';

/** What is being checked. */
export interface Visit {
  /** As it stands in the address bar or on the command line. */
  readonly host: string;
  /** The address the browser was observed to be connected to for exactly this page, or null. */
  readonly address: string | null;
  /** How the page was loaded; null where no page was (command line). */
  readonly page: 'https' | 'http' | null;
}

/** What a check is busy with, for those who wait. */
export type Step = 'records' | 'signatures' | 'logs';

/** Everything the check needs from outside. `network/` satisfies it; tests and the lab may too. One instance serves one check. */
export interface Sources {
  readonly lookUp: (host: string) => Promise<LookUp>;
  /** The logs known; asked at most once a check, and early, so that its wait overlaps the look-up. */
  readonly logs: () => Promise<LogDirectory>;
  readonly readLog: ReadLog;
  readonly memory: EntryMemory;
  readonly suffixes: Suffixes;
  readonly trustedKeys: readonly TrustedKey[];
  readonly progress: (step: Step) => void;
  /** What has left the machine so far. */
  readonly requests: () => readonly ReportedRequest[];
}
