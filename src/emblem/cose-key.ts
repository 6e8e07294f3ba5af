// What does a COSE_Key say? Generation `cwt`, from decoded CBOR to a key.

import { isBytes, readMap } from '../codec/cbor.ts';
import { decompress } from '../codec/point.ts';
import { CURVES, makeKey, type Curve, type ParsedKey } from './key.ts';
import { brief, fail, ok, type Result } from './problem.ts';

/** Labels of a COSE_Key (RFC 9052 section 7.1, RFC 9053 section 7). */
const LABEL = { kty: 1n, alg: 3n, operations: 4n, crv: -1n, x: -2n, y: -3n, d: -4n } as const;
/** The operation of a key that verifies (RFC 9052 table 5). */
const VERIFY = 2n;

/** COSE's numbers of key types and curves. */
const KEY_TYPES = new Map<unknown, 'EC' | 'OKP'>([[1n, 'OKP'], [2n, 'EC']]);
const CURVE_NUMBERS = new Map<unknown, Curve>([[1n, 'P-256'], [2n, 'P-384'], [3n, 'P-521'], [6n, 'Ed25519'], [7n, 'Ed448']]);
/** Types that are not implemented here, with the members that must and must not stand in a public key: RSA (RFC 8230 section 4), HSS-LMS (RFC 8778 section 4), AKP. */
const UNSUPPORTED_TYPES = new Map<unknown, { readonly shown: readonly bigint[]; readonly secret: bigint | null }>([
  [3n, { shown: [-1n, -2n], secret: -3n }], [5n, { shown: [-1n], secret: null }], [7n, { shown: [-1n], secret: -2n }],
]);
const UNSUPPORTED_CURVES = new Set<unknown>([8n, 256n, 257n, 258n, 259n]); // secp256k1, Brainpool

/** Whether a map is a public key of a sound kind that is not implemented here. */
function isUnsupported(value: ReadonlyMap<unknown, unknown>): boolean {
  const type = UNSUPPORTED_TYPES.get(value.get(LABEL.kty));
  if (typeof value.get(LABEL.alg) !== 'bigint') return false;
  if (type !== undefined) return type.shown.every((label) => isBytes(value.get(label))) && !(type.secret !== null && value.has(type.secret));
  const y = value.get(LABEL.y);
  return KEY_TYPES.get(value.get(LABEL.kty)) === 'EC' && UNSUPPORTED_CURVES.has(value.get(LABEL.crv)) && isBytes(value.get(LABEL.x)) && (isBytes(y) || typeof y === 'boolean');
}

/**
 * Parses a decoded COSE_Key (spec: tokens-cwt, "Keys"): EC2 or OKP, `alg` required, no private part; a compressed point is decompressed, a `kid` inside ignored.
 * Fails with `key-private`, `algorithm-unsupported`, `key-malformed` or `key-unsound`.
 */
export function parseCoseKey(decoded: unknown): Result<ParsedKey> {
  const value = readMap(decoded);
  if (value === null) return fail('key-malformed', 'not a map');
  if (value.has(LABEL.d)) return fail('key-private', '-4');
  const kty = value.get(LABEL.kty);
  const crv = value.get(LABEL.crv);
  if (isUnsupported(value)) return fail('algorithm-unsupported', `kty ${brief(kty)} crv ${brief(crv)}`);
  const curve = CURVE_NUMBERS.get(crv);
  if (curve === undefined || KEY_TYPES.get(kty) !== CURVES[curve].kty) return fail('key-malformed', 'kty, crv');
  const alg = value.get(LABEL.alg);
  if (typeof alg !== 'bigint') return fail('key-malformed', 'alg');
  const operations = value.get(LABEL.operations);
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes(VERIFY))) return fail('key-malformed', 'key_ops');
  const x = value.get(LABEL.x);
  if (!isBytes(x)) return fail('key-malformed', 'x');
  const y = readY(curve, x, value.get(LABEL.y));
  if (!y.ok) return y;
  const key = makeKey(curve, x, y.value);
  return key.ok ? ok({ key: key.value, algorithm: String(alg) }) : key;
}

/** The second coordinate: none on Edwards curves, bytes, or computed where only its sign is given. */
function readY(curve: Curve, x: Uint8Array, y: unknown): Result<Uint8Array<ArrayBuffer> | null> {
  if (curve === 'Ed25519' || curve === 'Ed448') return y === undefined ? ok(null) : fail('key-malformed', 'y');
  if (isBytes(y)) return ok(y);
  if (typeof y !== 'boolean' || x.length !== CURVES[curve].length) return fail('key-malformed', 'y');
  const computed = decompress(curve, x, y);
  return computed === null ? fail('key-unsound', curve) : ok(computed);
}
