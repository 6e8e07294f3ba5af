// Do the organisation's own endorsements form one line down to the emblem? Step 4 of the validation.

import { fail, ok, type Result } from '../emblem/problem.ts';
import { endorses, type Link } from './link.ts';

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
