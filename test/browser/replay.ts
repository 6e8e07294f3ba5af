// Does the check come to the same report here, from the evidence recorded elsewhere? Runs inside a page of the
// extension.

import { suffixes } from '../../src/extension/public-suffixes.ts';
import { check } from '../../src/check.ts';
import { preserve, type Recorded, revive } from '../recorded.ts';
import { factsOf, type Vectors } from './vector-facts.ts';
import { openVerifiedSignatures } from '../../src/signature/verified-signatures.ts';

declare global {
  /** The reports of recorded checks, as text. */
  var replay: (recorded: string) => Promise<string>;
  /** What is found in vectors, as text. */
  var findFacts: (vectors: string) => Promise<string>;
}

globalThis.replay = async (text) =>
  preserve(
    await Promise.all(
      revive<readonly Recorded[]>(text).map(
        ({ visit, now, found, directory, answers, outcomes, trustedKeys, requests }) =>
          check(visit, now, {
            lookUp: async () => found,
            logs: async () => directory,
            readLog: async (log, path) =>
              answers[`${log.url}${path}`] ?? {
                answer: 'unreachable',
                problem: { code: 'log-unreachable', detail: 'not recorded' },
              },
            memory: { recall: async (key) => outcomes[key] ?? null, remember: () => {} },
            suffixes,
            trustedKeys,
            verified: openVerifiedSignatures(),
            progress: () => {},
            pause: async () => {},
            requests: () => requests,
          }),
      ),
    ),
  );

globalThis.findFacts = async (text) => preserve(await factsOf(revive<Vectors>(text)));
