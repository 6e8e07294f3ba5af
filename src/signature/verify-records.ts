// Records with sound keys and signed tokens: all keys of a name first, then every token with them.

import { CURVES, type Generation } from '../emblem/key-kinds.ts';
import type { ParsedKey } from '../emblem/key.ts';
import { fail, ok, type Result } from '../problem.ts';
import type { ReadRecord } from '../emblem/read-records.ts';
import type { Token, TokenKind } from '../emblem/token.ts';
import { isLabelOf } from './algorithms.ts';
import { gatherKeys, type IdentifiedKey, identifyKey, type KeyPool, type UnidentifiedKey } from './keys.ts';
import { SignedToken } from './signed-token.ts';
import { isTrusted, type TrustedKey } from './trusted-key.ts';
import type { VerifiedSignatures } from './verified-signatures.ts';

/** A record that looked like a token or a key, after its signature was checked or its identifier computed. */
export type VerifiedRecord =
  | { readonly kind: 'key'; readonly from: ReadRecord; readonly key: Result<IdentifiedKey> }
  | {
      readonly kind: 'token';
      readonly from: ReadRecord;
      readonly announced: TokenKind;
      readonly parsed: Token | null;
      readonly signed: Result<SignedToken>;
      readonly trusted: boolean;
    };

/** What signatures are examined against beside the records. */
export interface ExaminationContext {
  readonly trustedKeys: readonly TrustedKey[];
  readonly verified: VerifiedSignatures;
}

/**
 * Keys that stand inside tokens: `jwk` headers, and endorsed keys in full. They join the keys of the name, untrusted.
 */
function keysInside({ content }: ReadRecord): readonly ParsedKey[] {
  if (content.kind !== 'token' || !content.token.ok) return [];
  const { verificationKey, claims } = content.token.value;
  const given =
    verificationKey?.kind === 'kid' && verificationKey.otherwise.ok ? verificationKey.otherwise.value : verificationKey;
  const references = [given, claims.kind === 'endorsement' ? claims.endorsedKey : null];
  return references.flatMap((reference) => (reference?.kind === 'key' ? [reference.key] : []));
}

/** Every key of one generation, of key records, of tokens, and of the person's trust, each with its identifier [V1]. */
async function identifyKeys(
  generation: Generation,
  records: readonly ReadRecord[],
  trustedKeys: readonly TrustedKey[],
): Promise<ReadonlyMap<UnidentifiedKey, IdentifiedKey>> {
  const parsed: readonly UnidentifiedKey[] = records.flatMap((record) =>
    record.content.kind === 'key' && record.content.key.ok ? [record.content.key.value] : keysInside(record),
  );
  const trusted = trustedKeys.map(({ key, algorithm }) => ({
    key,
    algorithm: algorithm !== null && isLabelOf(generation, algorithm) ? algorithm : null,
  }));
  return new Map(
    await Promise.all([...parsed, ...trusted].map(async (key) => [key, await identifyKey(generation, key)] as const)),
  );
}

/** A key record as examined: the identifier of its key is known already. */
function examinedKey(
  from: ReadRecord,
  key: Result<ParsedKey>,
  identified: ReadonlyMap<UnidentifiedKey, IdentifiedKey>,
): VerifiedRecord {
  if (!key.ok) return { kind: 'key', from, key };
  const known = identified.get(key.value);
  if (known === undefined) throw new TypeError('a key of the records that was not identified');
  const { curve } = known.key;
  return { kind: 'key', from, key: CURVES[curve].implemented ? ok(known) : fail('algorithm-unsupported', curve) };
}

async function examinedToken(
  from: ReadRecord,
  announced: TokenKind,
  token: Result<Token>,
  pool: KeyPool,
  { trustedKeys, verified }: ExaminationContext,
): Promise<VerifiedRecord> {
  if (!token.ok) return { kind: 'token', from, announced, parsed: null, signed: token, trusted: false };
  const signed = await SignedToken.verify(token.value, pool, verified);
  return {
    kind: 'token',
    from,
    announced,
    parsed: token.value,
    signed,
    trusted: signed.ok && isTrusted(signed.value, trustedKeys),
  };
}

async function examineGeneration(
  generation: Generation,
  records: readonly ReadRecord[],
  context: ExaminationContext,
): Promise<ReadonlyMap<ReadRecord, VerifiedRecord>> {
  const own = records.filter((record) => record.generation === generation);
  const identified = await identifyKeys(generation, own, context.trustedKeys);
  const pool = gatherKeys([...identified.values()]);
  const examined = await Promise.all(
    own.map(async (from): Promise<readonly (readonly [ReadRecord, VerifiedRecord])[]> => {
      const { content } = from;
      switch (content.kind) {
        case 'other':
          return [];
        case 'key':
          return [[from, examinedKey(from, content.key, identified)]];
        case 'token':
          return [[from, await examinedToken(from, content.announced, content.token, pool, context)]];
      }
    }),
  );
  return new Map(examined.flat());
}

/**
 * Examines all records of a name: identifiers computed, signatures verified [V1], [V2]. Keys never mix across
 * generations.
 * The order is that of the records.
 */
export async function verifyRecords(
  records: readonly ReadRecord[],
  context: ExaminationContext,
): Promise<readonly VerifiedRecord[]> {
  const [jws, cwt] = await Promise.all([
    examineGeneration('jws', records, context),
    examineGeneration('cwt', records, context),
  ]);
  return records.flatMap((record) => jws.get(record) ?? cwt.get(record) ?? []);
}
