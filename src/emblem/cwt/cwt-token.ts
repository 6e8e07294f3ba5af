// COSE_Sign1 envelope of generation `cwt`, from bytes to an exact token.

import {
  type CborFault,
  type CborTag,
  decodeCbor,
  encodeArray,
  encodeBytes,
  encodeText,
  isBytes,
  isMap,
  readMap,
  readTag,
} from '../../codec/cbor.ts';
import { encodeBase32 } from '../../codec/base64.ts';
import { parseCwtClaims } from './cwt-claims.ts';
import { describeValue, fail, ok, problem, type Problem, type ProblemCode, type Result } from '../../problem.ts';
import type { Token } from '../token.ts';

const TAG = { cwt: 61, sign1: 18 };
/** Labels of the protected header (RFC 9052 section 3.1, RFC 9596). */
const HEADER = { alg: 1n, crit: 2n, kid: 4n, typ: 16n, log: 'log' } as const;
const TYPE = 'application/adem';

const FAULTS: Record<CborFault, ProblemCode> = {
  malformed: 'token-malformed',
  duplicate: 'token-duplicate-member',
  'too-deep': 'token-too-deep',
  'too-many': 'token-too-large',
};

type Bytes = Uint8Array<ArrayBuffer>;
type ClaimMap = ReadonlyMap<unknown, unknown>;

/** The four parts of a COSE_Sign1, and what is odd about its wrapping. */
interface Envelope {
  readonly protectedBytes: Bytes;
  readonly payload: Bytes;
  readonly signature: Bytes;
  readonly notes: readonly Problem[];
}

/** What stands within tag 61, or by itself where that is left out. */
function unwrap(value: unknown): { readonly tagged: CborTag | null; readonly isWrapped: boolean } {
  const outer = readTag(value);
  const isWrapped = outer?.tag === TAG.cwt;
  return { tagged: isWrapped ? readTag(outer.contents) : outer, isWrapped };
}

/** `61(18([…]))`, or without tag 61, as the reference implementation has also published it. */
function openEnvelope(value: unknown): Result<Envelope> {
  const { tagged, isWrapped } = unwrap(value);
  if (tagged?.tag !== TAG.sign1 || !Array.isArray(tagged.contents) || tagged.contents.length !== 4)
    return fail('token-malformed', 'COSE_Sign1');
  const [protectedBytes, unprotected, payload, signature]: unknown[] = tagged.contents;
  if (!isMap(unprotected) || unprotected.size > 0) return fail('header-unprotected');
  if (!isBytes(protectedBytes) || !isBytes(signature)) return fail('token-malformed', 'COSE_Sign1');
  if (!isBytes(payload)) return fail('payload-missing');
  return ok({ protectedBytes, payload, signature, notes: isWrapped ? [] : [problem('envelope-untagged')] });
}

/** Decodes a map inside a byte string; an empty protected header may be written as no bytes at all. */
function decodeMap(bytes: Bytes, mayBeEmpty: boolean): Result<ClaimMap> {
  if (mayBeEmpty && bytes.length === 0) return ok(new Map());
  const decoded = decodeCbor(bytes);
  if (!decoded.ok) return fail(FAULTS[decoded.problem]);
  const map = readMap(decoded.value);
  return map === null ? fail('token-malformed', 'not a map') : ok(map);
}

/** Whether every critical parameter is one we act on, and there (RFC 9052 section 3.1). */
function isCritUnderstood(header: ClaimMap): boolean {
  const crit = header.get(HEADER.crit);
  const understood: readonly unknown[] = Object.values(HEADER);
  return (
    crit === undefined ||
    (Array.isArray(crit) && crit.length > 0 && crit.every((label) => understood.includes(label) && header.has(label)))
  );
}

interface Header {
  readonly algorithm: string;
  readonly kid: string;
  readonly log: unknown;
}

function parseHeader(header: ClaimMap): Result<Header> {
  if (!isCritUnderstood(header)) return fail('token-critical-header');
  const [alg, kid, typ] = [header.get(HEADER.alg), header.get(HEADER.kid), header.get(HEADER.typ)];
  if (typ !== undefined && typ !== TYPE) return fail('header-type', describeValue(typ));
  if (typeof alg !== 'bigint') return fail(typeof alg === 'string' ? 'algorithm-refused' : 'token-malformed', 'alg');
  if (kid === undefined) return fail('key-reference-missing');
  if (!isBytes(kid) || kid.length !== 32) return fail('token-malformed', 'kid');
  return ok({ algorithm: String(alg), kid: encodeBase32(kid), log: header.get(HEADER.log) });
}

/** Sig_structure (RFC 9052 section 4.4) over the bytes as received, without external data. */
const signedBytes = ({ protectedBytes, payload }: Envelope): Bytes =>
  encodeArray([
    encodeText('Signature1'),
    encodeBytes(protectedBytes),
    encodeBytes(new Uint8Array()),
    encodeBytes(payload),
  ]);

/** The claims of a token that may be broken otherwise. Fails with the fault of their encoding, or `payload-missing`. */
export function readClaims(value: unknown): Result<ClaimMap> {
  const { tagged } = unwrap(value);
  const payload: unknown = Array.isArray(tagged?.contents) ? tagged.contents[2] : null;
  return isBytes(payload) ? decodeMap(payload, false) : fail('payload-missing');
}

/**
 * Parses a decoded CBOR Web Token, given its claims as `readClaims` has them ([K1] to [K3], [K9]; RFC 8392, RFC 9052).
 * Fails with the code of the first rule broken. Neither algorithm nor signature nor the present time is looked at here.
 */
export function parseCwtToken(value: unknown, payload: Result<ClaimMap>): Result<Token> {
  const envelope = openEnvelope(value);
  if (!envelope.ok) return envelope;
  const headerMap = decodeMap(envelope.value.protectedBytes, true);
  if (!headerMap.ok) return headerMap;
  const header = parseHeader(headerMap.value);
  if (!header.ok) return header;
  if (!payload.ok) return payload;
  const claims = parseCwtClaims(payload.value, header.value.log);
  if (!claims.ok) return claims;
  return ok({
    generation: 'cwt',
    algorithm: header.value.algorithm,
    verificationKey: { kind: 'kid', kid: header.value.kid, otherwise: ok(null) },
    proof: { signed: signedBytes(envelope.value), signature: envelope.value.signature },
    ...claims.value,
    notes: envelope.value.notes,
  });
}

/** The problem code of a CBOR fault. */
export const codeOfFault = (fault: CborFault): ProblemCode => FAULTS[fault];
