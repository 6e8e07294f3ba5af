// Token sets: one for each emblem, with the tokens that belong to it.

import { signsSame } from '../emblem/token.ts';
import type { Generation } from '../emblem/key-kinds.ts';
import { type AssessedToken, isValid } from './assessed-token.ts';

/** An emblem, and the endorsements found beside it. */
export interface TokenSet {
  readonly emblem: AssessedToken;
  readonly endorsements: readonly AssessedToken[];
  /** Another emblem stands where the generation allows but one. */
  readonly rivalled: boolean;
}

/** Whether a name may bear several emblems; the October drafts allow one. */
const SEVERAL_EMBLEMS: Readonly<Record<Generation, boolean>> = { jws: true, cwt: false };

/**
 * Whether `earlier` signs the very same bytes in the same set: identical copies count once [V3].
 * A copy whose signature is spoilt is no copy of one that stands, whichever comes first: it must not take its place.
 */
function isCopy(emblem: AssessedToken, earlier: AssessedToken): boolean {
  const [a, b] = [emblem.token, earlier.token];
  return (
    earlier.set === emblem.set &&
    a !== null &&
    b !== null &&
    signsSame(a, b) &&
    emblem.fault?.code === earlier.fault?.code
  );
}

/**
 * Makes one set for each emblem [D3]: the endorsements with the emblem's identifier and those with none,
 * an emblem without identifier having only those without. Tokens never mix across generations.
 */
export function gatherSets(judged: readonly AssessedToken[]): readonly TokenSet[] {
  const emblems = judged.filter(({ announced }) => announced === 'emblem');
  const distinct = emblems.filter(
    (emblem, place) => !emblems.slice(0, place).some((earlier) => isCopy(emblem, earlier)),
  );
  return distinct.map((emblem) => ({
    emblem,
    endorsements: judged.filter(
      ({ announced, generation, set }) =>
        announced === 'endorsement' && generation === emblem.generation && (set === null || set === emblem.set),
    ),
    rivalled:
      !SEVERAL_EMBLEMS[emblem.generation] &&
      isValid(emblem) &&
      distinct.some((other) => other !== emblem && other.generation === emblem.generation && isValid(other)),
  }));
}

/** The endorsements of a set that stand. */
export const validEndorsements = ({ endorsements }: TokenSet) => endorsements.filter(isValid);
