// COSE_Key of generation `cwt`, from decoded CBOR to a key.

import { isBytes, readMap } from '../../codec/cbor.ts';
import { decompress } from '../../codec/point.ts';
import { concatenate } from '../../codec/bytes.ts';
import { type Curve, CURVES, findCoseCurve, findUnreadCoseKey } from '../key-kinds.ts';
import { makeKey, type ParsedKey } from '../key.ts';
import { describeValue, fail, ok, problem, type Result } from '../../problem.ts';

/** Labels of a COSE_Key (RFC 9052 section 7.1, RFC 9053 section 7). */
const LABEL = { kty: 1n, alg: 3n, operations: 4n, crv: -1n, x: -2n, y: -3n, d: -4n } as const;
/** The operation of a key that verifies (RFC 9052 table 5). */
const VERIFY = 2n;

/**
 * Members of a public key, and of a private one, by type: EC2, RSA (RFC 8230 section 4), HSS-LMS (RFC 8778 section 4),
 * AKP.
 */
const MEMBERS = new Map<unknown, { readonly shown: readonly bigint[]; readonly secret: bigint | null }>([
  [2n, { shown: [-2n, -3n], secret: LABEL.d }],
  [3n, { shown: [-1n, -2n], secret: -3n }],
  [5n, { shown: [-1n], secret: null }],
  [7n, { shown: [-1n], secret: -2n }],
]);

/** Whether a map is a public key of a sound kind that is not implemented here. */
function isUnsupported(value: ReadonlyMap<unknown, unknown>): boolean {
  const members = MEMBERS.get(value.get(LABEL.kty));
  if (members === undefined || findUnreadCoseKey(value.get(LABEL.kty), value.get(LABEL.crv)) === null) return false;
  const isShown = (label: bigint): boolean =>
    isBytes(value.get(label)) || (label === LABEL.y && typeof value.get(label) === 'boolean');
  return members.shown.every(isShown) && !(members.secret !== null && value.has(members.secret));
}

/**
 * A coordinate of full length: what is shorter has lost its leading zeros, which some software leaves out; what is
 * longer stays so and is refused.
 */
const padded = (curve: Curve, coordinate: Uint8Array): Uint8Array<ArrayBuffer> =>
  concatenate(new Uint8Array(Math.max(0, CURVES[curve].length - coordinate.length)), coordinate);

/**
 * Parses a decoded COSE_Key [K6]: EC2 or OKP, no private part; without `alg` the curve decides. A compressed point is
 * decompressed, a `kid` inside ignored, a coordinate without its leading zeros noted.
 * Fails with `key-private`, `algorithm-unsupported`, `key-malformed` or `key-unsound`.
 */
export function parseCoseKey(decoded: unknown): Result<ParsedKey> {
  const value = readMap(decoded);
  if (value === null) return fail('key-malformed', 'not a map');
  if (value.has(LABEL.d)) return fail('key-private', '-4');
  const kty = value.get(LABEL.kty);
  const crv = value.get(LABEL.crv);
  if (isUnsupported(value)) return fail('algorithm-unsupported', `kty ${describeValue(kty)} crv ${describeValue(crv)}`);
  const curve = findCoseCurve(kty, crv);
  if (curve === null) return fail('key-malformed', 'kty, crv');
  const alg = value.get(LABEL.alg);
  if (alg !== undefined && typeof alg !== 'bigint') return fail('key-malformed', 'alg');
  const operations = value.get(LABEL.operations);
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes(VERIFY)))
    return fail('key-malformed', 'key_ops');
  const given = value.get(LABEL.x);
  if (!isBytes(given) || given.length === 0) return fail('key-malformed', 'x');
  const isPoint = CURVES[curve].jwk.kty === 'EC';
  const x = isPoint ? padded(curve, given) : given;
  const y = readY(curve, x, value.get(LABEL.y));
  if (!y.ok) return y;
  const key = makeKey(curve, x, y.value);
  if (!key.ok) return key;
  const isShort = [given, value.get(LABEL.y)].some(
    (coordinate) => isBytes(coordinate) && coordinate.length < CURVES[curve].length,
  );
  return ok({
    key: key.value,
    algorithm: alg === undefined ? null : String(alg),
    notes: isShort ? [problem('key-coordinate-short', curve)] : [],
  });
}

/** The second coordinate: none on Edwards curves, bytes, or computed where only its sign is given. */
function readY(curve: Curve, x: Uint8Array, y: unknown): Result<Uint8Array<ArrayBuffer> | null> {
  if (curve === 'Ed25519' || curve === 'Ed448') return y === undefined ? ok(null) : fail('key-malformed', 'y');
  if (isBytes(y)) return y.length === 0 ? fail('key-malformed', 'y') : ok(padded(curve, y));
  if (typeof y !== 'boolean' || x.length !== CURVES[curve].length) return fail('key-malformed', 'y');
  const computed = decompress(curve, x, y);
  return computed === null ? fail('key-unsound', curve) : ok(computed);
}
