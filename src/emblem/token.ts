// Tokens of either generation in the one shape that all later stages work on.

import type { Generation } from './key-kinds.ts';
import { compareBytes } from '../codec/bytes.ts';
import type { Asset } from './asset.ts';
import type { ParsedKey } from './key.ts';
import type { Problem, Result } from '../problem.ts';

export const CHANNELS = ['dns', 'tls', 'udp', 'icmp'] as const;
export type Channel = (typeof CHANNELS)[number];

export type TokenKind = 'emblem' | 'endorsement';

/** A key by its identifier (a label only) or in full. */
export type KeyReference =
  { readonly kind: 'kid'; readonly kid: string } | { readonly kind: 'key'; readonly key: ParsedKey };

/** A key that a token's header gives in full; of a kind that is not implemented here, only its name. */
export type GivenKey = Extract<KeyReference, { kind: 'key' }> | { readonly kind: 'unsupported'; readonly name: string };

/**
 * The key that a token's header names: by identifier, with the key given beside it (null where there is none) in case
 * the identifier names none; or in full.
 */
export type VerificationKey =
  { readonly kind: 'kid'; readonly kid: string; readonly otherwise: Result<GivenKey | null> } | GivenKey;

/**
 * What is signed, from the bytes as received (RFC 7515 section 5.2; RFC 9052 section 4.4), and the signature over it.
 */
export interface Proof {
  readonly signed: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** One readable entry of a `log` claim [C1]. */
export type LogEntry =
  | { readonly kind: 'rfc6962'; readonly id: string; readonly hash: Uint8Array }
  | { readonly kind: 'static'; readonly id: string; readonly index: number };

/** A `log` claim: entries in order, null for one that cannot be read; or malformed as a whole. */
export type LogClaim =
  { readonly readable: true; readonly entries: readonly (LogEntry | null)[] } | { readonly readable: false };

/** What an emblem says. `null` purposes or channels: not stated. */
export interface EmblemClaims {
  readonly kind: 'emblem';
  readonly assets: readonly Asset[];
  readonly purposes: readonly Purpose[] | null;
  readonly channels: readonly Channel[] | null;
}

/** What an endorsement says. `null` constraints permit everything. */
export interface EndorsementClaims {
  readonly kind: 'endorsement';
  readonly subject: string | null;
  readonly endorsedKey: KeyReference;
  readonly mayEndorse: boolean;
  readonly log: LogClaim | null;
  readonly purposes: readonly Purpose[] | null;
  readonly channels: readonly Channel[] | null;
  readonly assets: readonly Asset[] | null;
  /** Longest permitted life of an emblem, in seconds. */
  readonly window: number | null;
}

/** A token as parsed, not yet verified. Times are as in its claims: seconds since the epoch, with fractions. */
export interface Token {
  readonly generation: Generation;
  /** The `alg` label as written; COSE's numbers in decimal. */
  readonly algorithm: string;
  /** Null where the token names no key (an unsecured one, say). */
  readonly verificationKey: VerificationKey | null;
  readonly proof: Proof;
  readonly issuer: string | null;
  readonly issuedAt: number | null;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly claims: EmblemClaims | EndorsementClaims;
  /** Noted, not refused. */
  readonly notes: readonly Problem[];
}

/** A time of a claim in milliseconds, as all other times are; to the microsecond, for binary fractions are not exact. */
export const toMilliseconds = (seconds: number): number => Math.round(seconds * 1e6) / 1e3;

/** Whether two tokens sign the very same bytes, whatever their signatures. */
export const signsSame = (a: Token, b: Token): boolean => compareBytes(a.proof.signed, b.proof.signed) === 0;

/**
 * Purposes in the order of the bits of generation `cwt`'s `prp` (bit 0 first); generation `jws` knows the first two.
 */
export const PURPOSES = ['protective', 'indicative', 'dangerous-forces', 'civil-defence', 'cultural-property'] as const;
export type Purpose = (typeof PURPOSES)[number];
