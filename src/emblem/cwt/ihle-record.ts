// IHLE records of generation `cwt`: exactly one CBOR item, a token or a key.

import { decodeCbor, isMap } from '../../codec/cbor.ts';
import { readMeaning } from './cwt-claims.ts';
import { codeOfFault, parseCwtToken, readClaims } from './cwt-token.ts';
import { parseCoseKey } from './cose-key.ts';
import { fail } from '../../problem.ts';
import type { RecordContent } from '../record.ts';
import type { TokenKind } from '../token.ts';

/** Largest RDATA that is read, in bytes. */
const MAX_RECORD_BYTES = 65_536;

/**
 * Reads a token; what cannot be told to be an endorsement counts as an emblem, since the record type is for emblems.
 */
function readToken(value: unknown): RecordContent {
  const claims = readClaims(value);
  const announced: TokenKind = claims.ok && readMeaning(claims.value) === 'endorsement' ? 'endorsement' : 'emblem';
  return { kind: 'token', announced, set: null, token: parseCwtToken(value, claims) };
}

/** Reads the RDATA of an IHLE record [D6]. What is no sound COSE_Key counts as an emblem record, however broken. */
export function readIhleRecord(data: Uint8Array): RecordContent {
  const asToken = { kind: 'token', announced: 'emblem', set: null } as const;
  if (data.length > MAX_RECORD_BYTES) return { ...asToken, token: fail('token-too-large', String(data.length)) };
  const decoded = decodeCbor(data);
  if (!decoded.ok) return { ...asToken, token: fail(codeOfFault(decoded.problem)) };
  if (!isMap(decoded.value)) return readToken(decoded.value);
  const key = parseCoseKey(decoded.value);
  // A sound kind of key that we do not implement is a key all the same.
  return key.ok || key.problem.code === 'algorithm-unsupported'
    ? { kind: 'key', set: null, key }
    : { ...asToken, token: key };
}
