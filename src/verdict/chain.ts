// Chain of endorsements: which say the same thing, and who endorses whom.

import type { EndorsementClaims } from '../emblem/token.ts';
import type { ValidToken } from './assessed-token.ts';
import { fail, ok, type Result } from '../problem.ts';

/** An endorsement that stands, with its claims at hand. */
export interface Endorsement {
  readonly judged: ValidToken;
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
export function gatherLinks(judged: readonly ValidToken[]): readonly Link[] {
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

/** A token in the line as its endorsers see it. */
interface Target {
  readonly kid: string;
  readonly issuer: string | null;
}

/** The links that reach the emblem: those that endorse it, those that endorse one of those, and so on. */
export function reaching(emblem: Target, links: readonly Link[]): ReadonlySet<Link> {
  const kept = new Set<Link>();
  const targets: Target[] = [emblem];
  for (let target = targets.pop(); target !== undefined; target = targets.pop()) {
    for (const link of links) {
      if (kept.has(link) || !endorses(link, target)) continue;
      kept.add(link);
      targets.push(link);
    }
  }
  return kept;
}

/**
 * Orders the kept links into one line, the one that endorses the emblem first, the top last [V4].
 * Each token is endorsed by exactly one link, but for one top. Fails with `chain-branched` or `chain-cyclic`.
 */
export function orderLine(emblem: Target, kept: ReadonlySet<Link>): Result<readonly Link[]> {
  const line: Link[] = [];
  let target: Target = emblem;
  for (;;) {
    const current = target;
    const [endorser, ...others] = [...kept].filter((link) => endorses(link, current));
    if (others.length > 0) return fail('chain-branched', current.kid);
    if (endorser === undefined) return line.length === kept.size ? ok(line) : fail('chain-branched', emblem.kid);
    if (line.includes(endorser)) return fail('chain-cyclic', endorser.kid);
    line.push(endorser);
    target = endorser;
  }
}
