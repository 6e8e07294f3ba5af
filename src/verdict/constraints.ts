// Constraints of an endorsement, and which of them an emblem breaks.

import { coveringAll } from '../emblem/asset.ts';
import { problem, type Problem } from '../problem.ts';
import type { EmblemClaims, EndorsementClaims, Token } from '../emblem/token.ts';

/** Whether every word is permitted; an emblem that states none does not satisfy an endorsement that restricts them. */
const within = (stated: readonly string[] | null, permitted: readonly string[] | null): boolean =>
  permitted === null || (stated !== null && stated.every((word) => permitted.includes(word)));

/**
 * Each constraint of the endorsement that the emblem breaks ([J14], [J15]: `prp`, `dst`, `assets`, `wnd`).
 * An emblem *satisfies* an endorsement where the list is empty. Constraints of null permit everything.
 */
export function brokenConstraints(
  emblem: Token,
  claims: EmblemClaims,
  endorsement: EndorsementClaims,
): readonly Problem[] {
  const { assets: permitted, window } = endorsement;
  const broken: Problem[] = [];
  if (!within(claims.purposes, endorsement.purposes))
    broken.push(problem('constraint-purpose', claims.purposes?.join(' ') ?? null));
  if (!within(claims.channels, endorsement.channels))
    broken.push(problem('constraint-channel', claims.channels?.join(' ') ?? null));
  const isPermitted = permitted === null ? () => true : coveringAll(permitted);
  const stray = claims.assets.find((asset) => !isPermitted(asset));
  if (stray !== undefined) broken.push(problem('constraint-asset', stray.text));
  const lifetime = emblem.notAfter - emblem.notBefore;
  if (window !== null && lifetime > window) broken.push(problem('constraint-window', `${lifetime} > ${window}`));
  return broken;
}
