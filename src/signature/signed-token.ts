// Signed tokens: the only place where one comes into being, out of a verified signature.

import type { PublicKey } from '../emblem/key.ts';
import { fail, ok, problem, type Problem, type Result } from '../problem.ts';
import { isEdwardsSignature } from '../codec/point.ts';
import type { GivenKey, Proof, Token } from '../emblem/token.ts';
import type { Generation } from '../emblem/key-kinds.ts';
import { type Algorithm, isUnsupportedOn, lookUpAlgorithm, permits } from './algorithms.ts';
import { type IdentifiedKey, identifyKey, importKey, type KeyPool } from './keys.ts';
import { nameSignature, type VerifiedSignatures } from './verified-signatures.ts';

/** A token whose signature verified with the key that its header names. Made by `SignedToken.verify` alone. */
export class SignedToken {
  readonly token: Token;
  /** The key that verifies it, and its computed identifier. */
  readonly key: PublicKey;
  readonly kid: string;
  readonly algorithm: Algorithm;
  /** Endorsements: the computed or named identifier of the endorsed key; emblems: null. */
  readonly endorsedKid: string | null;
  /** Every identifier of the key that verifies it, `kid` first: deployed software writes some keys by another. */
  readonly kids: readonly string[];
  /** Noted, not refused. */
  readonly notes: readonly Problem[];

  private constructor(
    token: Token,
    { key, kid, shortKid }: IdentifiedKey,
    algorithm: Algorithm,
    endorsedKid: string | null,
    notes: readonly Problem[],
  ) {
    this.token = token;
    this.key = key;
    this.kid = kid;
    this.algorithm = algorithm;
    this.endorsedKid = endorsedKid;
    this.kids = shortKid === null ? [kid] : [kid, shortKid];
    this.notes = notes;
  }

  /**
   * Verifies a token with the key that its header names, found among `pool` by computed identifier, or given in full
   * [V2]. Times are not looked at; what is in `verified` is not computed again, and what verifies joins it. Fails with
   * the code of the first rule broken.
   */
  static async verify(token: Token, pool: KeyPool, verified: VerifiedSignatures): Promise<Result<SignedToken>> {
    const algorithm = acceptAlgorithm(token);
    if (!algorithm.ok) return algorithm;
    const candidates = await findCandidates(token, pool);
    if (!candidates.ok) return candidates;
    const candidate = candidates.value.find(
      (key) => key.key.curve === algorithm.value.curve && permits(algorithm.value, token.generation, key.algorithm),
    );
    if (candidate === undefined) {
      const isUnsupported = candidates.value.some(({ key }) =>
        isUnsupportedOn(token.generation, token.algorithm, key.curve),
      );
      return fail(isUnsupported ? 'algorithm-unsupported' : 'algorithm-mismatch', token.algorithm);
    }
    const endorsedKid = await identifyEndorsed(token, pool);
    const signed = await verifySignature(token.proof, candidate.key, algorithm.value, verified);
    return signed
      ? ok(new SignedToken(token, candidate, algorithm.value, endorsedKid, noteShort(token, candidate, endorsedKid)))
      : fail('signature-wrong', candidate.kid);
  }
}

/** Notes where the token names a key by the identifier that only some software computes. */
function noteShort(
  { verificationKey, claims }: Token,
  { shortKid }: IdentifiedKey,
  endorsedKid: string | null,
): readonly Problem[] {
  const isOwnShort = verificationKey?.kind === 'kid' && verificationKey.kid === shortKid;
  const isEndorsedShort =
    claims.kind === 'endorsement' && claims.endorsedKey.kind === 'kid' && claims.endorsedKey.kid !== endorsedKid;
  return isOwnShort || isEndorsedShort ? [problem('key-identifier-short')] : [];
}

function acceptAlgorithm({ generation, algorithm, proof }: Token): Result<Algorithm> {
  const verdict = lookUpAlgorithm(generation, algorithm);
  switch (verdict.kind) {
    case 'known':
      return ok(verdict.algorithm);
    case 'unsupported':
      return fail('algorithm-unsupported', algorithm);
    case 'unsecured':
      // RFC 7515 appendix A.5: an unsecured JWS has an empty signature; anything else only pretends.
      return fail(proof.signature.length === 0 ? 'token-unsecured' : 'algorithm-refused', algorithm);
    case 'refused':
      return fail('algorithm-refused', algorithm.slice(0, 100));
  }
}

async function identifyGiven(generation: Generation, given: GivenKey): Promise<Result<readonly IdentifiedKey[]>> {
  return given.kind === 'key' ? ok([await identifyKey(generation, given.key)]) : fail('algorithm-mismatch', given.name);
}

async function findCandidates(
  { generation, verificationKey }: Token,
  pool: KeyPool,
): Promise<Result<readonly IdentifiedKey[]>> {
  if (verificationKey === null) return fail('key-reference-missing');
  if (verificationKey.kind !== 'kid') return identifyGiven(generation, verificationKey);
  const { kid, otherwise } = verificationKey;
  const found = pool.get(kid);
  if (found !== undefined) return ok(found);
  if (!otherwise.ok) return otherwise;
  return otherwise.value === null
    ? fail('key-not-found', kid.slice(0, 100))
    : identifyGiven(generation, otherwise.value);
}

/** The endorsed key's identifier: computed where the key is known, so that the short form of one reads as the other. */
async function identifyEndorsed({ generation, claims }: Token, pool: KeyPool): Promise<string | null> {
  if (claims.kind === 'emblem') return null;
  if (claims.endorsedKey.kind === 'key') return (await identifyKey(generation, claims.endorsedKey.key)).kid;
  const { kid } = claims.endorsedKey;
  return pool.get(kid)?.[0]?.kid ?? kid;
}

/**
 * Whether the signature over the bytes as received verifies, or did before. What engines differ about in Ed25519
 * signatures is refused before any is asked.
 */
async function verifySignature(
  proof: Proof,
  key: PublicKey,
  algorithm: Algorithm,
  verified: VerifiedSignatures,
): Promise<boolean> {
  if (algorithm.curve === 'Ed25519' && !isEdwardsSignature(proof.signature)) return false;
  const name = await nameSignature(proof, key, algorithm);
  if (verified.has(name)) return true;
  const holds = await crypto.subtle.verify(
    algorithm.verifyAs,
    await importKey(key, algorithm),
    proof.signature,
    proof.signed,
  );
  if (holds) verified.add(name);
  return holds;
}
