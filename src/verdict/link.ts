// Which endorsements say the same thing, and who endorses whom?

import type { EndorsementClaims } from '../emblem/token.ts';
import type { StandingToken } from './judged-token.ts';

/** An endorsement that stands, with its claims at hand. */
export interface Endorsement {
  readonly judged: StandingToken;
  readonly claims: EndorsementClaims;
}

/**
 * Endorsements with the same signer, `key`, `iss` and `sub`: a renewal beside its predecessor is one link,
 * and one member that satisfies every check suffices [V3].
 */
export interface Link {
  readonly issuer: string | null;
  readonly subject: string | null;
  /** Identifier of the key that verifies the members. */
  readonly kid: string;
  readonly endorsedKid: string;
  readonly members: readonly Endorsement[];
}

/** Whether the person trusts the key that verifies the members, for exactly their `iss`. */
export const isLinkTrusted = ({ members }: Link): boolean => members.some(({ judged }) => judged.trusted);

/** Groups endorsements into links, in the order in which each link first occurs. */
export function gatherLinks(judged: readonly StandingToken[]): readonly Link[] {
  const links = new Map<string, Link>();
  for (const item of judged) {
    const { claims, issuer } = item.token;
    const { kid, endorsedKid } = item.signed;
    if (claims.kind !== 'endorsement' || endorsedKid === null) continue;
    const name = JSON.stringify([kid, endorsedKid, issuer, claims.subject]);
    const members = [...(links.get(name)?.members ?? []), { judged: item, claims }];
    links.set(name, { issuer, subject: claims.subject, kid, endorsedKid, members });
  }
  return [...links.values()];
}

/**
 * "E endorses T": E's `key` is the identifier of T's verification key, and E's `sub` equals T's `iss`, absent equalling
 * absent [V4].
 */
export const endorses = (link: Link, target: { readonly kid: string; readonly issuer: string | null }): boolean =>
  link.endorsedKid === target.kid && link.subject === target.issuer;
