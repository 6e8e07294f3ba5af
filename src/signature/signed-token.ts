// Is this token signed by this key? The only place where a signed token comes into being.

import type { PublicKey } from '../emblem/key.ts';
import { fail, ok, type Result } from '../emblem/problem.ts';
import type { Proof, Token } from '../emblem/token.ts';
import { isUnsupportedOn, lookUpAlgorithm, permits, type Algorithm } from './algorithms.ts';
import { identifyKey, importKey, type IdentifiedKey, type KeyPool } from './key-pool.ts';

/** A token whose signature verified with the key that its header names. Made by `SignedToken.verify` alone. */
export class SignedToken {
  readonly token: Token;
  /** The key that verifies it, and its computed identifier. */
  readonly key: PublicKey;
  readonly kid: string;
  readonly algorithm: Algorithm;
  /** Endorsements: the computed or named identifier of the endorsed key; emblems: null. */
  readonly endorsedKid: string | null;

  private constructor(token: Token, { key, kid }: IdentifiedKey, algorithm: Algorithm, endorsedKid: string | null) {
    this.token = token;
    this.key = key;
    this.kid = kid;
    this.algorithm = algorithm;
    this.endorsedKid = endorsedKid;
  }

  /**
   * Verifies a token with the key that its header names, found among `pool` by computed identifier, or given in full
   * (spec: validation 2). Times are not looked at. Fails with the code of the first rule broken.
   */
  static async verify(token: Token, pool: KeyPool): Promise<Result<SignedToken>> {
    const algorithm = acceptAlgorithm(token);
    if (!algorithm.ok) return algorithm;
    const candidates = await findCandidates(token, pool);
    if (!candidates.ok) return candidates;
    const candidate = candidates.value.find((key) => key.key.curve === algorithm.value.curve && permits(algorithm.value, token.generation, key.algorithm));
    if (candidate === undefined) {
      const isUnsupported = candidates.value.some(({ key }) => isUnsupportedOn(token.generation, token.algorithm, key.curve));
      return fail(isUnsupported ? 'algorithm-unsupported' : 'algorithm-mismatch', token.algorithm);
    }
    const endorsedKid = await identifyEndorsed(token);
    const signed = await verifySignature(token.proof, candidate.key, algorithm.value);
    return signed ? ok(new SignedToken(token, candidate, algorithm.value, endorsedKid)) : fail('signature-wrong', candidate.kid);
  }
}

function acceptAlgorithm({ generation, algorithm, proof }: Token): Result<Algorithm> {
  const verdict = lookUpAlgorithm(generation, algorithm);
  switch (verdict.is) {
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

async function findCandidates({ generation, verificationKey }: Token, pool: KeyPool): Promise<Result<readonly IdentifiedKey[]>> {
  if (verificationKey === null) return fail('key-reference-missing');
  if (verificationKey.by === 'unsupported') return fail('algorithm-mismatch', verificationKey.kind);
  if (verificationKey.by === 'kid') {
    const found = pool.get(verificationKey.kid);
    return found === undefined ? fail('key-not-found', verificationKey.kid.slice(0, 100)) : ok(found);
  }
  return ok([await identifyKey(generation, verificationKey.key)]);
}

async function identifyEndorsed({ generation, claims }: Token): Promise<string | null> {
  if (claims.kind === 'emblem') return null;
  return claims.endorsedKey.by === 'kid' ? claims.endorsedKey.kid : (await identifyKey(generation, claims.endorsedKey.key)).kid;
}

/** Whether the signature over the bytes as received verifies. */
const verifySignature = async ({ signed, signature }: Proof, key: PublicKey, algorithm: Algorithm): Promise<boolean> =>
  crypto.subtle.verify(algorithm.verifyAs, await importKey(key, algorithm), signature, signed);
