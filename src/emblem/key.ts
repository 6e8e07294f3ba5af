// Public keys, parsed once from JWK or SubjectPublicKeyInfo into curve and coordinates.

import { decodeBase64, decodeBase64Url, encodeBase64Url } from '../codec/base64.ts';
import { equalBytes } from '../codec/bytes.ts';
import { isObject, type JsonObject, member, parseJson } from '../codec/json.ts';
import { isEdwardsPoint, isOnCurve } from '../codec/point.ts';
import { type Curve, CURVE_NAMES, CURVES, findUnreadJwk, readSpki } from './key-kinds.ts';
import { fail, ok, problem, type Problem, type Result } from '../problem.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * A public key as curve and coordinates of exact length (`y` null on Edwards curves): a sound point, proven by
 * `makeKey` where the curve is implemented.
 */
export interface PublicKey {
  readonly curve: Curve;
  readonly x: Bytes;
  readonly y: Bytes | null;
}

const EMPTY = new Uint8Array();

/** Whether two keys are the same by their material, whatever format they came in. */
export const sameKey = (a: PublicKey, b: PublicKey): boolean =>
  a.curve === b.curve && equalBytes(a.x, b.x) && equalBytes(a.y ?? EMPTY, b.y ?? EMPTY);

/** A public key as JWK, with the members that make it (RFC 7638 section 3.2) and no other. */
export const writeJwk = ({ curve, x, y }: PublicKey): { kty: string; crv: string; x: string; y?: string } => ({
  kty: CURVES[curve].jwk.kty,
  crv: curve,
  x: encodeBase64Url(x),
  ...(y === null ? {} : { y: encodeBase64Url(y) }),
});

/** A key and the algorithm it says it is for, where it says so. */
export interface ParsedKey {
  readonly key: PublicKey;
  readonly algorithm: string | null;
  /** Noted, not refused. */
  readonly notes: readonly Problem[];
}

/** Members that make a JWK private or symmetric (RFC 7518 section 6). */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];

/**
 * Makes a key of coordinates of exact length that lie on the curve (where it is implemented); Ed25519 points of small
 * order are refused [J6].
 * Fails with `key-malformed` (length) or `key-unsound`.
 */
export function makeKey(curve: Curve, x: Bytes, y: Bytes | null): Result<PublicKey> {
  const { length } = CURVES[curve];
  if (x.length !== length || (y !== null && y.length !== length)) return fail('key-malformed', 'coordinates');
  return isSound(curve, x, y) ? ok({ curve, x, y }) : fail('key-unsound', curve);
}

function isSound(curve: Curve, x: Bytes, y: Bytes | null): boolean {
  switch (curve) {
    case 'Ed25519':
      return y === null && isEdwardsPoint(x);
    case 'Ed448':
      return y === null;
    case 'P-256':
    case 'P-384':
    case 'P-521':
      return y !== null && isOnCurve(curve, x, y);
  }
}

const parseCoordinate = (value: unknown): Bytes | null => (typeof value === 'string' ? decodeBase64Url(value) : null);

/** Whether the key says that it is meant for something other than verifying signatures (RFC 7517 sections 4.2, 4.3). */
function isForOtherUse(jwk: JsonObject): boolean {
  const use = member(jwk, 'use');
  const operations = member(jwk, 'key_ops');
  return (
    (use !== undefined && use !== 'sig') ||
    (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify')))
  );
}

/**
 * Parses a public JWK (RFC 7517, RFC 7518 section 6.2, RFC 8037). A `kid` inside is not read: identifiers are computed.
 * Fails with `key-private`, `algorithm-unsupported` (a sound kind of key we do not implement) `key-malformed` or
 * `key-unsound`.
 */
export function parseJwk(value: unknown): Result<ParsedKey> {
  if (!isObject(value)) return fail('key-malformed', 'not an object');
  const secret = PRIVATE_MEMBERS.find((name) => Object.hasOwn(value, name));
  if (secret !== undefined) return fail('key-private', secret);
  const [kty, crv, alg] = ['kty', 'crv', 'alg'].map((name) => member(value, name));
  const unread = findUnreadJwk(kty, crv);
  if (unread !== null) return fail('algorithm-unsupported', unread.name);
  const curve = CURVE_NAMES.find((name) => name === crv);
  if (curve === undefined || CURVES[curve].jwk.kty !== kty) return fail('key-malformed', 'kty, crv');
  if (alg !== undefined && typeof alg !== 'string') return fail('key-malformed', 'alg');
  if (isForOtherUse(value)) return fail('key-malformed', 'use, key_ops');
  const x = parseCoordinate(member(value, 'x'));
  const y = kty === 'OKP' ? null : parseCoordinate(member(value, 'y'));
  if (x === null || (y === null && kty !== 'OKP')) return fail('key-malformed', 'coordinates');
  const key = makeKey(curve, x, y);
  const notes = Object.hasOwn(value, 'kid') ? [problem('kid-inside-key')] : [];
  return key.ok ? ok({ key: key.value, algorithm: alg ?? null, notes }) : key;
}

/** First byte of an uncompressed point (SEC 1 section 2.3.3). */
const UNCOMPRESSED = 4;

/**
 * Parses a DER SubjectPublicKeyInfo: named curve, uncompressed, no trailing bytes (RFC 5480, RFC 8410).
 * Fails with `algorithm-unsupported` (a sound kind we do not implement), `key-malformed` or `key-unsound`.
 */
export function parseSpki(der: Uint8Array): Result<PublicKey> {
  const spki = readSpki(der);
  if (spki === null) return fail('key-malformed', 'SubjectPublicKeyInfo');
  const { kind, curve, key } = spki;
  if (curve === null) return fail('algorithm-unsupported', kind.name);
  if (kind.jwk.kty === 'OKP') return makeKey(curve, key, null);
  const { length } = CURVES[curve];
  if (key[0] !== UNCOMPRESSED || key.length !== 1 + 2 * length) return fail('key-malformed', 'SubjectPublicKeyInfo');
  return makeKey(curve, key.slice(1, 1 + length), key.slice(1 + length));
}

/** Whether bytes are to be read as a JSON object, malformed or not (RFC 8259 section 2: white space may come first). */
const meansObject = (text: string): boolean => /^[ \t\r\n]*\{/.test(text);

/** Parses the value of an `adem-key` record: a JWK as JSON, or a SubjectPublicKeyInfo in base64 [D2]. */
export function parseKeyRecord(value: Uint8Array): Result<ParsedKey> {
  const text = new TextDecoder().decode(value);
  if (meansObject(text)) {
    const json = parseJson(value);
    if (json.ok) return parseJwk(json.value);
    return fail(json.problem === 'duplicate' ? 'token-duplicate-member' : 'key-malformed', json.problem);
  }
  const der = decodeBase64(text);
  const key = der === null ? fail('key-malformed', 'base64') : parseSpki(der);
  return key.ok
    ? ok({ key: key.value, algorithm: null, notes: [problem('record-form-superseded', 'SubjectPublicKeyInfo')] })
    : key;
}
