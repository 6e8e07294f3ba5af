// Which records carry sound keys and signed tokens? All keys of a name first, then every token with them.

import type { ParsedKey } from '../emblem/key.ts';
import { ok, type Result } from '../emblem/problem.ts';
import type { ReadRecord } from '../emblem/record-content.ts';
import type { Generation } from '../emblem/generation.ts';
import type { Token, TokenKind } from '../emblem/token.ts';
import { gatherKeys, identifyKey, type IdentifiedKey, type KeyPool } from './key-pool.ts';
import { SignedToken } from './signed-token.ts';
import { isTrusted, type TrustedKey } from './trust.ts';

/** A record that looked like a token or a key, after its signature was checked or its identifier computed. */
export type Examined =
  | { readonly kind: 'key'; readonly from: ReadRecord; readonly key: Result<IdentifiedKey> }
  | {
    readonly kind: 'token'; readonly from: ReadRecord; readonly announced: TokenKind;
    readonly parsed: Token | null; readonly signed: Result<SignedToken>; readonly trusted: boolean;
  };

/** Keys that stand inside tokens: `jwk` headers, and endorsed keys in full. They join the keys of the name, untrusted. */
function keysInside({ content }: ReadRecord): readonly ParsedKey[] {
  if (content.kind !== 'token' || !content.token.ok) return [];
  const { verificationKey, claims } = content.token.value;
  const references = [verificationKey, claims.kind === 'endorsement' ? claims.endorsedKey : null];
  return references.flatMap((reference) => (reference?.by === 'key' ? [reference.key] : []));
}

/** Every key of one generation: of key records, of tokens, and of the person's trust (spec: validation 1). */
async function poolOf(generation: Generation, records: readonly ReadRecord[], trustedKeys: readonly TrustedKey[]): Promise<KeyPool> {
  const parsed = records.filter((record) => record.generation === generation).flatMap((record) =>
    record.content.kind === 'key' && record.content.key.ok ? [record.content.key.value] : keysInside(record));
  const trusted = trustedKeys.map(({ key }) => ({ key, algorithm: null }));
  return gatherKeys(await Promise.all([...parsed, ...trusted].map((key) => identifyKey(generation, key))));
}

async function examineRecord(from: ReadRecord, pool: KeyPool, trustedKeys: readonly TrustedKey[]): Promise<readonly Examined[]> {
  const { content, generation } = from;
  switch (content.kind) {
    case 'other':
      return [];
    case 'key':
      return [{ kind: 'key', from, key: content.key.ok ? ok(await identifyKey(generation, content.key.value)) : content.key }];
    case 'token': {
      const { announced, token } = content;
      if (!token.ok) return [{ kind: 'token', from, announced, parsed: null, signed: token, trusted: false }];
      const signed = await SignedToken.verify(token.value, pool);
      return [{ kind: 'token', from, announced, parsed: token.value, signed, trusted: signed.ok && isTrusted(signed.value, trustedKeys) }];
    }
  }
}

/** Examines all records of a name: identifiers computed, signatures verified (spec: validation 1, 2). Keys never mix across generations. */
export async function examineRecords(records: readonly ReadRecord[], trustedKeys: readonly TrustedKey[]): Promise<readonly Examined[]> {
  const pools: Record<Generation, KeyPool> = { jws: await poolOf('jws', records, trustedKeys), cwt: await poolOf('cwt', records, trustedKeys) };
  const examined = await Promise.all(records.map((record) => examineRecord(record, pools[record.generation], trustedKeys)));
  return examined.flat();
}
