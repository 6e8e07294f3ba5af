// Report: the one shape for the popup, the exports and the command line (docs/REPORT.md).

import type { ProblemCode, Severity } from '../problem.ts';
import type { Purpose } from '../emblem/token.ts';
import type { Generation } from '../emblem/key-kinds.ts';
import type { Commitment } from '../transparency/verify-commitments.ts';
import type { LogKind } from '../transparency/log.ts';

/**
 * Strongest first; with several emblems the first that occurs decides (see `decide.ts` for the order of marked ones).
 */
export type Status = 'marked' | 'unconfirmed' | 'not-covered' | 'unknown' | 'invalid' | 'none';
export type Strength = 'trusted' | 'endorsed' | 'declared';
export type Because =
  | 'no-organisation'
  | 'log-unreachable'
  | 'log-not-known'
  | 'log-not-proven' // unconfirmed
  | 'expired'
  | 'not-yet-valid'
  | 'unsigned'
  | 'other'; // invalid
/** Weakest first, as lists of levels are written. */
export const LEVELS = [
  'INVALID',
  'SIGNED',
  'SIGNED_TRUSTED',
  'ORGANIZATIONAL',
  'ORGANIZATIONAL_TRUSTED',
  'ENDORSED',
  'ENDORSED_TRUSTED',
] as const;
export type Level = (typeof LEVELS)[number];

/** What is said of an emblem, and of a host by the emblem that decides. `levels` weakest first. */
export interface Verdict<S extends Status = Status> {
  readonly status: S;
  /** Where marked, else null. */
  readonly strength: Strength | null;
  /** Where unconfirmed or invalid, else null. */
  readonly because: Because | null;
  readonly levels: readonly Level[];
}

/** An instant in ISO 8601, UTC. */
export type Instant = string;

export interface ReportedProblem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  /** Index into `Report.tokens`, or null where it concerns no single token. */
  readonly token: number | null;
  readonly detail: string | null;
}

/** One entry of a `log` claim and what became of it. */
export interface ReportedLog {
  readonly id: string | null; // base64; null where the entry could not be read
  readonly name: string | null;
  readonly kind: LogKind | null;
  readonly state: string | null; // as the log lists give it
  readonly outcome: 'holds' | 'fails' | 'undetermined';
  readonly names: readonly string[]; // dNSNames of the logged certificate
  readonly treeSize: number | null; // the proof as recomputed, hashes in base64; null, and `path` empty, where there is none
  readonly treeHeadAt: Instant | null;
  readonly rootHash: string | null;
  readonly index: number | null;
  readonly loggedAt: Instant | null;
  readonly leafHash: string | null;
  readonly path: readonly string[]; // nearest to the leaf first
  readonly notBefore: Instant | null; // of the logged certificate
  readonly notAfter: Instant | null;
}

export interface ReportedLink {
  readonly role: 'external' | 'internal' | 'emblem';
  readonly token: number; // index into Report.tokens
  readonly issuer: string | null;
  readonly subject: string | null;
  readonly kid: string | null;
  readonly endorses: string | null;
  readonly mayEndorse: boolean | null; // null for the emblem
  readonly algorithm: string;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  readonly trusted: boolean; // verified by a key the person trusts
  readonly commitment: { readonly outcome: Commitment['outcome'] | 'none'; readonly logs: readonly ReportedLog[] };
}

export interface ReportedEmblem extends Verdict<Exclude<Status, 'none'>> {
  readonly generation: Generation;
  readonly set: string | null;
  readonly issuer: string | null;
  readonly issuerProven: boolean;
  readonly endorsementsUndetermined: readonly string[];
  readonly endorsedBy: readonly string[];
  readonly throughBelow: readonly string[]; // proven organisations whose certificate names the key alone, not the domain itself
  readonly purposes: readonly Purpose[];
  readonly assets: readonly string[];
  readonly coveredBy: string | null;
  readonly notBefore: Instant | null;
  readonly notAfter: Instant | null;
  readonly chain: readonly ReportedLink[];
  readonly problems: readonly ReportedProblem[];
}

export interface ReportedToken {
  readonly record: number;
  readonly kind: 'emblem' | 'endorsement' | 'key';
  readonly kid: string | null; // computed identifier of the key that verifies it, or of the key itself
  readonly issuer: string | null;
  readonly outcome: 'used' | 'unrelated' | 'discarded' | 'unsupported';
}

export type RequestPurpose = 'dns' | 'log-list' | 'log';

/** One request that left the machine for this check. */
export interface ReportedRequest {
  readonly to: string; // host
  readonly purpose: RequestPurpose;
  readonly what: string;
  readonly start: number; // milliseconds since the check began
  readonly ms: number;
  readonly bytes: number; // of the answer's body, as far as it was read
  readonly ok: boolean;
}

export interface Report extends Verdict {
  readonly report: 1;
  readonly host: string;
  readonly address: string | null;
  readonly checkedAt: Instant;
  readonly validUntil: Instant | null;
  readonly emblems: readonly ReportedEmblem[];
  readonly tokens: readonly ReportedToken[];
  readonly deciding: number | null; // index into `emblems`
  readonly blockedOrigins: readonly string[]; // not asked for want of a permission
  readonly problems: readonly ReportedProblem[];
  readonly requests: readonly ReportedRequest[];
}
