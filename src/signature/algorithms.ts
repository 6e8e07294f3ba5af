// Signature algorithms, looked up totally (`emblem/key-kinds.ts`) and denied by default.

import { type Curve, CURVES, type Generation, isUnsupportedLabel } from '../emblem/key-kinds.ts';

/** An algorithm we verify. `name` is its JWS name, shown to people. */
export interface Algorithm {
  readonly name: 'ES256' | 'ES384' | 'ES512' | 'EdDSA';
  readonly curve: Curve;
  /** Names under which tokens and keys of each generation write it; all are synonyms on this curve. */
  readonly labels: Readonly<Record<Generation, readonly string[]>>;
  /** What WebCrypto wants to import a key and to verify. */
  readonly importAs: EcKeyImportParams | { readonly name: 'Ed25519' };
  readonly verifyAs: EcdsaParams | { readonly name: 'Ed25519' };
}

const ecdsa = (name: 'ES256' | 'ES384' | 'ES512', curve: 'P-256' | 'P-384' | 'P-521', hash: string): Algorithm => ({
  name,
  curve,
  labels: CURVES[curve].labels,
  importAs: { name: 'ECDSA', namedCurve: curve },
  verifyAs: { name: 'ECDSA', hash },
});

const ALGORITHMS: readonly Algorithm[] = [
  ecdsa('ES256', 'P-256', 'SHA-256'),
  ecdsa('ES384', 'P-384', 'SHA-384'),
  ecdsa('ES512', 'P-521', 'SHA-512'),
  {
    name: 'EdDSA',
    curve: 'Ed25519',
    labels: CURVES.Ed25519.labels,
    importAs: { name: 'Ed25519' },
    verifyAs: { name: 'Ed25519' },
  },
];

/** What an `alg` label is to us. */
export type AlgorithmVerdict =
  | { readonly kind: 'known'; readonly algorithm: Algorithm }
  | { readonly kind: 'unsupported' | 'unsecured' | 'refused' };

/**
 * Looks a token's `alg` label up: known, a sound signature we lack, `none`, or refused (MACs, encryption, anything
 * unheard of).
 */
export function lookUpAlgorithm(generation: Generation, label: string): AlgorithmVerdict {
  const algorithm = ALGORITHMS.find(({ labels }) => labels[generation].includes(label));
  if (algorithm !== undefined) return { kind: 'known', algorithm };
  // Set aside rather than refused [V2].
  if (isUnsupportedLabel(generation, label)) return { kind: 'unsupported' };
  return { kind: label === 'none' ? 'unsecured' : 'refused' };
}

/** Labels of EdDSA on either of its curves (RFC 8037, RFC 9053 section 2.2); those of RFC 9864 mean one. */
const ON_EITHER_CURVE: Readonly<Record<Generation, string>> = { jws: 'EdDSA', cwt: '-8' };

/**
 * Whether a label, known as it is, means on this curve a sound signature that is not implemented here: EdDSA with
 * Ed448.
 */
export const isUnsupportedOn = (generation: Generation, label: string, curve: Curve): boolean =>
  curve === 'Ed448' && label === ON_EITHER_CURVE[generation];

/** Whether a label is written as this generation writes them: numbers in COSE, names in JWS. */
export const isLabelOf = (generation: Generation, label: string): boolean =>
  /^-?\d+$/.test(label) === (generation === 'cwt');

/**
 * Whether a key that states `label` as its own algorithm may verify with `algorithm`. A key that states none takes the
 * token's.
 */
export const permits = (algorithm: Algorithm, generation: Generation, label: string | null): boolean =>
  label === null || algorithm.labels[generation].includes(label);
