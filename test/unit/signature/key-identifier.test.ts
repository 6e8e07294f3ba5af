// Are key identifiers what RFC 7638 and RFC 9679 say, on published keys?

import { expect, test } from 'vitest';
import { decodeHex } from '../../../src/codec/base64.ts';
import { decodeCbor } from '../../../src/codec/cbor.ts';
import { parseCoseKey } from '../../../src/emblem/cwt/cose-key.ts';
import { parseJwk, parseSpki } from '../../../src/emblem/key.ts';
import { keyIdentifier } from '../../../src/signature/keys.ts';
import { haveVectors, vector } from '../../vectors.ts';

interface CoseVectors {
  published_pairs: { cose_key_hex: string; kid_computed: string; jwk: object }[];
  made: { cose_key_hex: string; cose_thumbprint_kid: string; jwk_thumbprint_kid: string; jwk: object }[];
  misc: { reordered_with_kid: { cose_key_hex: string; kid: string } };
}

const cose = vector<CoseVectors>('cose-thumbprints.json');
const jwk = vector<{ keys: { jwk: object; kid_rfc7638: string; spki_b64: string }[] }>('jwk-thumbprints.json');

async function coseKid(hex: string): Promise<string> {
  const decoded = decodeCbor(decodeHex(hex) ?? new Uint8Array());
  const key = parseCoseKey(decoded.ok ? decoded.value : null);
  return key.ok ? keyIdentifier('cwt', key.value.key) : key.problem.code;
}

async function jwkKid(value: object): Promise<string> {
  const key = parseJwk(value);
  return key.ok ? keyIdentifier('jws', key.value.key) : key.problem.code;
}

test.skipIf(!haveVectors).each(cose?.published_pairs ?? [])(
  'published COSE key $kid_computed',
  async ({ cose_key_hex, kid_computed }) => {
    expect(await coseKid(cose_key_hex)).toBe(kid_computed);
  },
);

test.skipIf(!haveVectors).each(cose?.made ?? [])('one key, both identifiers: $jwk_thumbprint_kid', async (made) => {
  expect(await coseKid(made.cose_key_hex)).toBe(made.cose_thumbprint_kid);
  expect(await jwkKid(made.jwk)).toBe(made.jwk_thumbprint_kid);
});

test.skipIf(!haveVectors)('the order of a COSE key and a kid inside change nothing', async () => {
  const { cose_key_hex: hex = '', kid = '' } = cose?.misc.reordered_with_kid ?? {};
  expect(await coseKid(hex)).toBe(kid);
});

test.skipIf(!haveVectors).each(jwk?.keys ?? [])(
  'JWK $kid_rfc7638, and its SubjectPublicKeyInfo',
  async ({ jwk: value, kid_rfc7638, spki_b64 }) => {
    expect(await jwkKid(value)).toBe(kid_rfc7638);
    const spki = parseSpki(Buffer.from(spki_b64, 'base64'));
    expect(spki.ok && (await keyIdentifier('jws', spki.value))).toBe(kid_rfc7638);
  },
);
