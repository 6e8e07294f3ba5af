// Does the check come to the same report here, from the evidence recorded elsewhere? Runs inside a page of the
// extension.

import { suffixes } from '../../src/extension/public-suffixes.ts';
import { checkRecorded, preserve, type Recorded, revive } from '../recorded.ts';
import { factsOf, type Vectors } from './vector-facts.ts';

declare global {
  /** The reports of recorded checks, as text. */
  var replay: (recorded: string) => Promise<string>;
  /** What is found in vectors, as text. */
  var findFacts: (vectors: string) => Promise<string>;
}

globalThis.replay = async (text) =>
  preserve(
    await Promise.all(revive<readonly Recorded[]>(text).map(async (recorded) => checkRecorded(recorded, suffixes))),
  );

globalThis.findFacts = async (text) => preserve(await factsOf(revive<Vectors>(text)));
