// What is an entry of a log once it is proven? For tests of what follows from it.

import type { InclusionProof, ProvenEntry } from '../../../src/transparency/log.ts';

/** A proof in a tree of one level. */
export const inclusion: InclusionProof = {
  treeSize: 2,
  treeHeadAt: 1_781_697_000_000,
  rootHash: Buffer.alloc(32, 1).toString('base64'),
  index: 1,
  loggedAt: 1_781_600_000_000,
  leafHash: Buffer.alloc(32, 2).toString('base64'),
  path: [Buffer.alloc(32, 3).toString('base64')],
};

/** What a certificate with these names says. */
export const provenEntry = (names: readonly string[] = [], change: Partial<ProvenEntry> = {}): ProvenEntry => ({
  names,
  inclusion,
  notBefore: null,
  notAfter: null,
  ...change,
});
