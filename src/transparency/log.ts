// Logs as we know them, the entries that tokens cite, and what asking came to.

import type { Problem } from '../problem.ts';
import type { LogEntry } from '../emblem/token.ts';

export type { LogEntry };

/** The two kinds of log: RFC 6962 (queries) and static-ct-api (tiles). */
export type LogKind = 'rfc6962' | 'static';

/** A log as the log lists describe it. `id` is the SHA-256 of `key`, checked when the list was read. */
export interface KnownLog {
  readonly kind: LogKind;
  readonly id: string; // base64
  readonly name: string;
  readonly key: Uint8Array; // DER SubjectPublicKeyInfo
  /** Base address of requests, ends in `/`: `url`, or the `monitoring_url` of a static log. */
  readonly url: string;
  /** Static logs: the checkpoint's origin, the submission prefix without scheme and trailing slash. */
  readonly origin: string | null;
  /** The state as listed, for display. */
  readonly state: string;
  /** Whether its word counts [C3]. */
  readonly counts: boolean;
  /** How long after promising an entry it may take to merge it, in milliseconds (`mmd`). */
  readonly mergeDelay: number;
  /** Entries after the log's own end do not count, for nobody watches it any more; null where it has none. */
  readonly end: LogEnd | null;
}

/** Where a log ends: before an instant in milliseconds since the epoch, or below an index. */
export type LogEnd =
  { readonly kind: 'time'; readonly before: number } | { readonly kind: 'size'; readonly below: number };

/** All logs known, of the union of the lists. */
export interface LogDirectory {
  /** By id in base64 and kind. */
  readonly logs: readonly KnownLog[];
  /** False where a list could not be had: an unlisted log is then unreachable rather than unknown. */
  readonly complete: boolean;
  readonly problems: readonly Problem[];
}

/**
 * The answer to one request to a log. `absent` is HTTP 400 or 404; `pause` is for how many milliseconds the log asked
 * to be left in peace.
 */
export type LogAnswer =
  | { readonly answer: 'body'; readonly body: Uint8Array }
  | { readonly answer: 'absent'; readonly status: number }
  | { readonly answer: 'unreachable'; readonly problem: Problem; readonly pause?: number };

/** Asks a log for a path below its address; `anew` takes no answer to an earlier request. */
export type ReadLog = (log: KnownLog, path: string, limit: number, anew?: boolean) => Promise<LogAnswer>;

/** Why an entry is undetermined, in the words of the report's `because`. */
export type UndeterminedReason = 'log-unreachable' | 'log-not-known' | 'log-not-proven';

/**
 * A proof of inclusion whose root was recomputed (RFC 9162 section 2.1.3.2) under a tree head that the log signed.
 * Hashes in base64; times in milliseconds since the epoch.
 */
export interface InclusionProof {
  readonly treeSize: number;
  readonly treeHeadAt: number;
  readonly rootHash: string;
  readonly index: number;
  readonly loggedAt: number;
  readonly leafHash: string;
  /** Nearest to the leaf first. */
  readonly path: readonly string[];
}

/** What a logged certificate says, once its entry is proven to be in the log. */
export interface ProvenEntry {
  readonly names: readonly string[];
  readonly inclusion: InclusionProof;
  readonly notBefore: number | null; // milliseconds since the epoch
  readonly notAfter: number | null;
}

/**
 * What became of one entry: `holds` (proven, names carried), `misses` (proven, names not carried or the certificate
 * unfit),
 * `refuted` (the log denied the entry twice, both times after a proven tree head), or `undetermined`; `pause` as in
 * `LogAnswer`.
 * Plain data, so that it can be remembered.
 */
export type EntryOutcome =
  | { readonly outcome: 'holds'; readonly proven: ProvenEntry; readonly problems: readonly Problem[] }
  | { readonly outcome: 'misses'; readonly proven: ProvenEntry | null; readonly problems: readonly Problem[] }
  | { readonly outcome: 'refuted'; readonly problems: readonly Problem[] }
  | {
      readonly outcome: 'undetermined';
      readonly doubt: UndeterminedReason;
      readonly problems: readonly Problem[];
      readonly pause?: number;
    };

/** What is kept of entries judged before. `key` names log, entry, key identifier and organisation. */
export interface EntryMemory {
  recall(key: string): Promise<EntryOutcome | null>;
  remember(key: string, outcome: EntryOutcome): void;
}
