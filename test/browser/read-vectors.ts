// Which inputs do the real-world vectors hold?

import { vector } from '../vectors.ts';
import type { Vectors } from './vector-facts.ts';

interface Domain {
  readonly tokens: readonly { readonly compact: string }[];
  readonly keys: readonly { readonly jwk: object }[];
}
interface Committed {
  readonly chain_pem: readonly string[];
  readonly precert_tbs_b64: string;
  readonly scts: readonly { readonly leaf_input_b64: string }[];
}
interface Cose {
  readonly published_pairs: readonly { readonly cose_key_hex: string }[];
  readonly made: readonly { readonly cose_key_hex: string; readonly jwk: object }[];
  readonly misc: { readonly reordered_with_kid: { readonly cose_key_hex: string } };
}

/** All of them; none where the folder is absent. */
export function readVectors(): Vectors {
  const domain = vector<Domain>('domains/emblem.felixlinker.de.json');
  const live = domain?.keys.map(({ jwk }) => jwk) ?? [];
  const altered = vector<readonly { readonly token: string; readonly jwk: object }[]>('negative-tokens.json') ?? [];
  const earlier = (
    vector<readonly { readonly examples: readonly { readonly token: string }[] }[]>('generations.json') ?? []
  ).flatMap(({ examples }) => examples);
  const keys =
    vector<{ readonly keys: readonly { readonly jwk: object; readonly spki_b64: string }[] }>('jwk-thumbprints.json')
      ?.keys ?? [];
  const cose = vector<Cose>('cose-thumbprints.json');
  const committed = ['auth.felixlinker.de.2026-03-26.json', 'emblem.felixlinker.de.2026-03-26.json'].flatMap(
    (file) => vector<Committed>(`certificates/${file}`) ?? [],
  );
  const leaves = [
    ...committed.flatMap(({ scts }) => scts),
    ...[vector<{ readonly leaf_input_b64: string }>('leaf-2023.json') ?? []].flat(),
    ...(vector<readonly { readonly leaf_input_b64: string }[]>('negative-ct.json') ?? []),
  ];
  return {
    tokens: [
      ...(domain?.tokens ?? []).map(({ compact }) => ({ compact, jwks: live })),
      ...altered.map(({ token, jwk }) => ({ compact: token, jwks: [jwk] })),
      ...earlier.map(({ token }) => ({ compact: token, jwks: live })),
    ],
    jwks: [...keys, ...(cose?.made ?? [])].map(({ jwk }) => jwk),
    spkis: keys.map(({ spki_b64 }) => spki_b64),
    coseKeys: [
      ...(cose?.published_pairs ?? []),
      ...(cose?.made ?? []),
      ...(cose === null ? [] : [cose.misc.reordered_with_kid]),
    ].map(({ cose_key_hex }) => cose_key_hex),
    certificates: committed.flatMap(({ chain_pem }) =>
      chain_pem.map((pem) => pem.replaceAll(/-----[A-Z ]+-----|\s/gv, '')),
    ),
    unsigned: committed.map(({ precert_tbs_b64 }) => precert_tbs_b64),
    leaves: leaves.map(({ leaf_input_b64 }) => leaf_input_b64),
  };
}
