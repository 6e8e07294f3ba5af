// Kinds of key and signature in one table, in every notation, also of those that are known and not implemented.

import { type Element, readBitString, readChildren, readElement, readObjectIdentifier, TAG } from '../codec/der.ts';
import type { WeierstrassCurve } from '../codec/point.ts';

/** JSON Web Signatures in TXT records (2025 to 2026), or CBOR Web Tokens in IHLE records (drafts of October 2026). */
export type Generation = 'jws' | 'cwt';

/** Curves whose coordinates are read. */
export type Curve = WeierstrassCurve | 'Ed25519' | 'Ed448';

/** How a kind of key, and the signatures made with it, are written. */
export interface KeyKind {
  readonly name: string;
  /** JWK: `kty`, and the spellings of `crv` where the type has curves (RFC 7518 section 7.6, RFC 8037, RFC 8812). */
  readonly jwk: { readonly kty: string; readonly crv: readonly string[] | null };
  /** COSE_Key: the numbers of type and curve (RFC 9053 section 7, RFC 8230, RFC 8778). */
  readonly cose: { readonly kty: number; readonly crv: number | null };
  /**
   * SubjectPublicKeyInfo: identifiers of the algorithm, and of the named curve where it has one (RFC 5480, RFC 8410,
   * RFC 9881).
   */
  readonly spki: { readonly algorithms: readonly string[]; readonly curve: string | null };
  /** `alg` of its signatures, synonyms first. */
  readonly labels: Readonly<Record<Generation, readonly string[]>>;
}

const EC_PUBLIC_KEY = '1.2.840.10045.2.1';

const ellipticCurve = (
  name: string,
  crv: readonly string[],
  cose: number,
  oid: string,
  jws: readonly string[],
  cwt: readonly string[],
): KeyKind => ({
  name,
  jwk: { kty: 'EC', crv },
  cose: { kty: 2, crv: cose },
  spki: { algorithms: [EC_PUBLIC_KEY], curve: oid },
  labels: { jws, cwt },
});
const edwardsCurve = (
  name: string,
  cose: number,
  oid: string,
  jws: readonly string[],
  cwt: readonly string[],
): KeyKind => ({
  name,
  jwk: { kty: 'OKP', crv: [name] },
  cose: { kty: 1, crv: cose },
  spki: { algorithms: [oid], curve: null },
  labels: { jws, cwt },
});
const brainpool = (bits: number, twisted: number, cose: number, jws: string, cwt: string): KeyKind =>
  ellipticCurve(
    `brainpoolP${bits}r1`,
    [`brainpoolP${bits}r1`, `BP-${bits}`],
    cose,
    `1.3.36.3.3.2.8.1.1.${twisted}`,
    [jws],
    [cwt],
  );
const mlDsa = (size: number, place: number, cwt: string): KeyKind => ({
  name: `ML-DSA-${size}`,
  jwk: { kty: 'AKP', crv: null },
  cose: { kty: 7, crv: null },
  spki: { algorithms: [`2.16.840.1.101.3.4.3.${place}`], curve: null },
  labels: { jws: [`ML-DSA-${size}`], cwt: [cwt] },
});

/** What is verified here: the curve's kind, and the length of a coordinate in bytes. */
export const CURVES: Readonly<Record<Curve, KeyKind & { readonly length: number; readonly implemented: boolean }>> = {
  'P-256': {
    ...ellipticCurve('P-256', ['P-256'], 1, '1.2.840.10045.3.1.7', ['ES256'], ['-7', '-9']),
    length: 32,
    implemented: true,
  },
  'P-384': {
    ...ellipticCurve('P-384', ['P-384'], 2, '1.3.132.0.34', ['ES384'], ['-35', '-51']),
    length: 48,
    implemented: true,
  },
  'P-521': {
    ...ellipticCurve('P-521', ['P-521'], 3, '1.3.132.0.35', ['ES512'], ['-36', '-52']),
    length: 66,
    implemented: true,
  },
  Ed25519: {
    ...edwardsCurve('Ed25519', 6, '1.3.101.112', ['EdDSA', 'Ed25519'], ['-8', '-19']),
    length: 32,
    implemented: true,
  },
  // Keys are told from others and have their identifier, but nothing is verified with them. `EdDSA` may mean this curve
  // too.
  Ed448: { ...edwardsCurve('Ed448', 7, '1.3.101.113', ['Ed448'], ['-53']), length: 57, implemented: false },
};

export const CURVE_NAMES = ['P-256', 'P-384', 'P-521', 'Ed25519', 'Ed448'] as const satisfies readonly Curve[];

/** Sound kinds whose keys are not even read. */
const UNREAD: readonly KeyKind[] = [
  {
    name: 'RSA',
    jwk: { kty: 'RSA', crv: null },
    cose: { kty: 3, crv: null },
    spki: { algorithms: ['1.2.840.113549.1.1.1', '1.2.840.113549.1.1.10'], curve: null },
    labels: {
      jws: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
      cwt: ['-257', '-258', '-259', '-37', '-38', '-39'],
    },
  },
  ellipticCurve('secp256k1', ['secp256k1'], 8, '1.3.132.0.10', ['ES256K'], ['-47']),
  brainpool(256, 7, 256, 'ESB256', '-265'),
  brainpool(320, 9, 257, 'ESB320', '-266'),
  brainpool(384, 11, 258, 'ESB384', '-267'),
  brainpool(512, 13, 259, 'ESB512', '-268'),
  mlDsa(44, 17, '-48'),
  mlDsa(65, 18, '-49'),
  mlDsa(87, 19, '-50'),
  {
    name: 'HSS-LMS',
    jwk: { kty: 'HSS-LMS', crv: null },
    cose: { kty: 5, crv: null },
    spki: { algorithms: ['1.2.840.113549.1.9.16.3.17'], curve: null },
    labels: { jws: [], cwt: ['-46'] },
  },
];

const NOT_IMPLEMENTED = [...UNREAD, ...Object.values(CURVES).filter(({ implemented }) => !implemented)];

/** Whether `alg` names a sound signature that is not implemented here. */
export const isUnsupportedLabel = (generation: Generation, label: string): boolean =>
  NOT_IMPLEMENTED.some(({ labels }) => labels[generation].includes(label));

/** The kind of a JWK that is not read, by `kty` and `crv`; null where it is none we know. */
export const findUnreadJwk = (kty: unknown, crv: unknown): KeyKind | null =>
  UNREAD.find(({ jwk }) => jwk.kty === kty && (jwk.crv === null || jwk.crv.some((name) => name === crv))) ?? null;

/** The kind of a COSE_Key that is not read, by its decoded `kty` and `crv`. */
export const findUnreadCoseKey = (kty: unknown, crv: unknown): KeyKind | null =>
  UNREAD.find(({ cose }) => BigInt(cose.kty) === kty && (cose.crv === null || BigInt(cose.crv) === crv)) ?? null;

/** The curve of a COSE_Key by its decoded `kty` and `crv`; null where it is none that is read. */
export const findCoseCurve = (kty: unknown, crv: unknown): Curve | null =>
  CURVE_NAMES.find((name) => BigInt(CURVES[name].cose.kty) === kty && BigInt(CURVES[name].cose.crv ?? 0) === crv) ??
  null;

/** A SubjectPublicKeyInfo taken apart: its kind, the curve where it is one that is read, and the key's own bytes. */
export interface ReadSpki {
  readonly kind: KeyKind;
  readonly curve: Curve | null;
  readonly key: Uint8Array<ArrayBuffer>;
}

/** NULL, as parameters that say nothing are written (RFC 3279 section 2.3.1). */
const NULL = 0x05;
/** rsaEncryption alone has NULL for parameters; those of the others are absent, but for PSS. */
const parametersFit = ({ spki }: KeyKind, parameters: Element | undefined): boolean => {
  if (spki.curve !== null) return parameters !== undefined && readObjectIdentifier(parameters) === spki.curve;
  return (
    parameters === undefined ||
    (spki.algorithms.length > 1 && (parameters.tag === NULL || parameters.tag === TAG.sequence))
  );
};

/**
 * Takes a DER SubjectPublicKeyInfo apart (RFC 5280 section 4.1.2.7), no byte behind it; null where it is none of a kind
 * we know.
 */
export function readSpki(der: Uint8Array): ReadSpki | null {
  const whole = readElement(der, TAG.sequence);
  const [algorithm, bits, ...more] = (whole === null ? null : readChildren(whole)) ?? [];
  if (algorithm?.tag !== TAG.sequence || bits === undefined || more.length > 0) return null;
  const [identifier, parameters, ...rest] = readChildren(algorithm) ?? [];
  const oid = identifier === undefined ? null : readObjectIdentifier(identifier);
  const key = readBitString(bits);
  if (oid === null || key === null || rest.length > 0) return null;
  const fits = (kind: KeyKind): boolean => kind.spki.algorithms.includes(oid) && parametersFit(kind, parameters);
  const curve = CURVE_NAMES.find((name) => fits(CURVES[name])) ?? null;
  const kind = curve === null ? UNREAD.find(fits) : CURVES[curve];
  return kind === undefined ? null : { kind, curve, key };
}
