// Assessed tokens: signature, times, and the reason where one was discarded.

import { problem, type Problem } from '../problem.ts';
import { type Token, type TokenKind, toMilliseconds } from '../emblem/token.ts';
import type { Generation } from '../emblem/key-kinds.ts';
import type { SignedToken } from '../signature/signed-token.ts';

/** A token after step 2 of the validation. `fault` null: it stands. */
export interface AssessedToken {
  /** Index into the report's tokens. */
  readonly index: number;
  readonly record: number;
  readonly generation: Generation;
  readonly set: string | null;
  readonly owner: string;
  readonly announced: TokenKind;
  /** Null where it could not even be parsed. */
  readonly token: Token | null;
  /** Null where no key verified it. */
  readonly signed: SignedToken | null;
  readonly fault: Problem | null;
  /** Verified by a key that the person trusts for exactly its `iss`. */
  readonly trusted: boolean;
}

/** A token that stands: signed, and within its times. */
export type ValidToken = AssessedToken & { readonly token: Token; readonly signed: SignedToken; readonly fault: null };

export const isValid = (judged: AssessedToken): judged is ValidToken =>
  judged.fault === null && judged.signed !== null && judged.token !== null;

/** Whether a token was only set aside, its algorithm being sound but not implemented. */
export const isSetAside = ({ fault }: AssessedToken): boolean => fault?.code === 'algorithm-unsupported';

/** The instants that can be written, in milliseconds: those of ECMAScript's dates. */
const LAST_INSTANT = 8.64e15;

/**
 * Milliseconds since the epoch as ISO 8601, with fractions only where there are any; the last or first instant for what lies
 * beyond.
 */
export const instant = (milliseconds: number): string =>
  new Date(Math.max(-LAST_INSTANT, Math.min(milliseconds, LAST_INSTANT))).toISOString().replace('.000Z', 'Z');

/** Whether `nbf <= now < exp`, without leeway ([J8]; RFC 7519 sections 4.1.4, 4.1.5). `now` in milliseconds. */
export function timeFault(token: Token, now: number): Problem | null {
  const [notBefore, notAfter] = [toMilliseconds(token.notBefore), toMilliseconds(token.notAfter)];
  if (now < notBefore) return problem('token-not-yet-valid', instant(notBefore));
  return now < notAfter ? null : problem('token-expired', instant(notAfter));
}

/** How far a clock may plausibly be off, in milliseconds: a token that fails by less hints at the clock. */
const PLAUSIBLE_SKEW = 86_400_000;

/** A token issued in this clock's future, or not valid yet by less than a day, makes one doubt the clock. */
export function clockDoubt({ issuedAt, notBefore }: Token, now: number): Problem | null {
  const ahead = toMilliseconds(Math.max(issuedAt ?? notBefore, notBefore)) - now;
  return ahead > 0 && ahead < PLAUSIBLE_SKEW ? problem('clock-suspect', instant(now)) : null;
}
