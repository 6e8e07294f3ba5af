// What is found in the real-world vectors: which tokens verify, which identifiers keys have, what certificates and
// leaves say? Runs in node and in pages.

import { decodeBase64, decodeHex, encodeBase64 } from '../../src/codec/base64.ts';
import { decodeCbor } from '../../src/codec/cbor.ts';
import { parseCoseKey } from '../../src/emblem/cwt/cose-key.ts';
import { parseJwsToken, readAnnouncedKind } from '../../src/emblem/jws/jws-token.ts';
import { parseJwk, parseSpki } from '../../src/emblem/key.ts';
import { gatherKeys, identifyKey, keyIdentifier } from '../../src/signature/keys.ts';
import { SignedToken } from '../../src/signature/signed-token.ts';
import { readCertificate, readTbsCertificate } from '../../src/transparency/certificate.ts';
import { readLeaf } from '../../src/transparency/log-entry.ts';
import { hashLeaf } from '../../src/transparency/merkle.ts';
import { openVerifiedSignatures } from '../../src/signature/verified-signatures.ts';

/** The inputs alone, whatever the vectors expect of them. */
export interface Vectors {
  readonly tokens: readonly { readonly compact: string; readonly jwks: readonly object[] }[];
  readonly jwks: readonly object[];
  /** In base64. */
  readonly spkis: readonly string[];
  /** In hexadecimal. */
  readonly coseKeys: readonly string[];
  /** In base64, each of its kind. */
  readonly certificates: readonly string[];
  readonly unsigned: readonly string[];
  readonly leaves: readonly string[];
}

const bytes = (base64: string): Uint8Array<ArrayBuffer> => new Uint8Array(decodeBase64(base64) ?? []);

async function verified({ compact, jwks }: Vectors['tokens'][number]): Promise<unknown> {
  const keys = jwks.map((jwk) => parseJwk(jwk)).flatMap((key) => (key.ok ? [key.value] : []));
  const token = parseJwsToken(compact, readAnnouncedKind(compact) ?? 'emblem');
  const signed = token.ok
    ? await SignedToken.verify(
        token.value,
        gatherKeys(await Promise.all(keys.map((key) => identifyKey('jws', key)))),
        openVerifiedSignatures(),
      )
    : token;
  return signed.ok ? { kid: signed.value.kid, issuer: signed.value.token.issuer } : signed.problem.code;
}

async function jwkFact(jwk: object): Promise<string> {
  const key = parseJwk(jwk);
  return key.ok ? keyIdentifier('jws', key.value.key) : key.problem.code;
}

async function spkiFact(base64: string): Promise<string> {
  const key = parseSpki(bytes(base64));
  return key.ok ? keyIdentifier('jws', key.value) : key.problem.code;
}

async function coseFact(hex: string): Promise<string> {
  const decoded = decodeCbor(decodeHex(hex) ?? new Uint8Array());
  const key = parseCoseKey(decoded.ok ? decoded.value : null);
  return key.ok ? keyIdentifier('cwt', key.value.key) : key.problem.code;
}

/** All that is found, as plain data, in the order of the inputs. */
export async function factsOf({
  tokens,
  jwks,
  spkis,
  coseKeys,
  certificates,
  unsigned,
  leaves,
}: Vectors): Promise<unknown> {
  return {
    tokens: await Promise.all(tokens.map(verified)),
    keys: await Promise.all([...jwks.map(jwkFact), ...spkis.map(spkiFact), ...coseKeys.map(coseFact)]),
    certificates: [
      ...certificates.map((der) => readCertificate(bytes(der))),
      ...unsigned.map((der) => readTbsCertificate(bytes(der))),
    ],
    leaves: await Promise.all(
      leaves.map(async (leaf) => ({ hash: encodeBase64(await hashLeaf(bytes(leaf))), read: readLeaf(bytes(leaf)) })),
    ),
  };
}
