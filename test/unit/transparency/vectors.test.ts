// Are real certificates and leaves read as they were recomputed independently?

import { describe, expect, it } from 'vitest';
import { readCertificate, readTbsCertificate } from '../../../src/transparency/certificate.ts';
import { judgeCertificate } from '../../../src/transparency/certificate-binding.ts';
import { readLeaf, readLeafIndex } from '../../../src/transparency/log-entry.ts';
import { hashLeaf } from '../../../src/transparency/merkle.ts';
import { vector } from '../../vectors.ts';
import { inclusion } from './proven-entry.ts';

interface Sct {
  readonly leaf_input_b64: string;
  readonly leaf_hash_b64: string;
  readonly leaf_index: number | null;
  readonly timestamp_ms: number;
}
interface Committed {
  readonly sans: readonly string[];
  readonly not_before: string;
  readonly not_after: string;
  readonly chain_pem: readonly string[];
  readonly precert_tbs_b64: string;
  readonly scts: readonly Sct[];
  readonly binding: { readonly kid: string; readonly oi: string };
}
interface OldLeaf {
  readonly leaf_input_b64: string;
  readonly leaf_hash_b64: string;
  readonly sans: readonly string[];
  readonly not_before: string;
  readonly not_after: string;
  readonly timestamp_ms: number;
}
interface Altered {
  readonly variant: string;
  readonly log: string;
  readonly leaf_input_b64: string;
  readonly leaf_hash_b64: string;
  readonly certificate: string;
  readonly log_id: string;
}

const decode = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
const encode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const fromPem = (pem: string): Uint8Array => decode(pem.replaceAll(/-----[A-Z ]+-----|\s/gv, ''));
const FILES = ['auth.felixlinker.de.2026-03-26.json', 'emblem.felixlinker.de.2026-03-26.json'];

describe.each(FILES)('%s', (file) => {
  const found = vector<Committed>(`certificates/${file}`);
  const facts = {
    names: found?.sans,
    notBefore: Date.parse(found?.not_before ?? ''),
    notAfter: Date.parse(found?.not_after ?? ''),
    isAuthority: false,
    isForServers: true,
  };
  it.skipIf(found === null)('certificate, precertificate and issuer say what they say', () => {
    expect(readCertificate(fromPem(found?.chain_pem[0] ?? ''))).toEqual(facts);
    expect(readTbsCertificate(decode(found?.precert_tbs_b64 ?? ''))).toEqual(facts);
    expect(readCertificate(fromPem(found?.chain_pem[1] ?? ''))).toMatchObject({ isAuthority: true, names: [] });
  });
  it.skipIf(found === null)('leaves hash as logged, and bind key and organisation', async () => {
    for (const sct of found?.scts ?? []) {
      expect(encode(await hashLeaf(decode(sct.leaf_input_b64)))).toBe(sct.leaf_hash_b64);
      const leaf = readLeaf(decode(sct.leaf_input_b64)) ?? expect.fail('a leaf');
      expect(leaf).toMatchObject({ form: 'tbs', timestamp: sct.timestamp_ms });
      expect(readLeafIndex(leaf.extensions)).toBe(sct.leaf_index);
      const binding = {
        kids: [found?.binding.kid ?? ''],
        domain: new URL(found?.binding.oi ?? '').hostname,
        isPublicSuffix: false,
      };
      expect(judgeCertificate(leaf, binding, inclusion)).toMatchObject({
        outcome: 'holds',
        problems: [],
        proven: { names: facts.names },
      });
      expect(judgeCertificate(leaf, { ...binding, kids: ['a'.repeat(52)] }, inclusion)).toMatchObject({
        outcome: 'misses',
      });
    }
  });
});

const old = vector<OldLeaf>('leaf-2023.json');
it.skipIf(old === null)('a leaf of 2023', async () => {
  expect(encode(await hashLeaf(decode(old?.leaf_input_b64 ?? '')))).toBe(old?.leaf_hash_b64);
  const leaf = readLeaf(decode(old?.leaf_input_b64 ?? ''));
  expect(leaf?.timestamp).toBe(old?.timestamp_ms);
  expect(readTbsCertificate(leaf?.certificate ?? new Uint8Array(0))).toMatchObject({
    names: old?.sans,
    notBefore: Date.parse(old?.not_before ?? ''),
    notAfter: Date.parse(old?.not_after ?? ''),
    isAuthority: false,
  });
});

const altered = vector<readonly Altered[]>('negative-ct.json');
it.skipIf(altered === null).each(altered ?? [])(
  '$log, $variant: is another leaf than the one logged',
  async ({ leaf_input_b64, leaf_hash_b64, certificate }) => {
    const right = vector<Committed>(`certificates/${certificate}`)?.scts.map((sct) => sct.leaf_hash_b64);
    const hash = encode(await hashLeaf(decode(leaf_input_b64)));
    expect(hash).toBe(leaf_hash_b64);
    expect(right).not.toContain(hash);
  },
);
