// Does a live deployment get the verdict it should, at each listed instant?

import { getDomain, getPublicSuffix } from 'tldts';
import { expect, test } from 'vitest';
import type { Sources } from '../../../src/check.ts';
import { decodeBase64 } from '../../../src/codec/base64.ts';
import { domainOf } from '../../../src/emblem/organisation.ts';
import type { EntryOutcome, KnownLog } from '../../../src/transparency/log.ts';
import { haveVectors, vector } from '../../vectors.ts';
import { provenEntry } from '../transparency/proven-entry.ts';
import { openVerifiedSignatures } from '../../../src/signature/verified-signatures.ts';
import { recordedCheck } from './recorded-check.ts';

interface Domain {
  domain: string;
  txt_records: string[][];
  expected: { at: string; ct: string | { fails_for: string[] }; result: string; endorsed_by: string[] }[];
  protected: string[];
  keys: { record: number; kid: string }[];
  internal_chain_kids_emblem_first: string[];
}

const HOLDS: EntryOutcome = { outcome: 'holds', proven: provenEntry(), problems: [] };
const MISSES: EntryOutcome = { outcome: 'misses', proven: null, problems: [] };

const domain = vector<Domain>('domains/emblem.felixlinker.de.json');
const logs = vector<Record<string, { key: string; kind: 'rfc6962' | 'static'; description: string }>>('ct-logs.json');

function sources(vectors: Domain, failsFor: readonly string[]): Sources {
  const known: KnownLog[] = Object.entries(logs ?? {}).map(([id, { key, kind, description }]) => ({
    id,
    kind,
    name: description,
    key: decodeBase64(key) ?? new Uint8Array(),
    url: 'https://log.example/',
    origin: null,
    state: 'usable',
    counts: true,
    mergeDelay: 86_400_000,
    end: null,
  }));
  const records = vectors.txt_records.map((strings) => ({
    generation: 'jws' as const,
    owner: vectors.domain,
    data: new TextEncoder().encode(strings.join('')),
  }));
  return {
    lookUp: () => Promise.resolve({ records, exists: true, failures: [], notes: [], expiresAt: null }),
    logs: () => Promise.resolve({ logs: known, complete: true, problems: [] }),
    readLog: () => Promise.reject(new TypeError('no log is asked: outcomes are injected')),
    memory: {
      recall: async (key) =>
        failsFor.some((organisation) => key.endsWith(`|${domainOf(organisation)}`)) ? MISSES : HOLDS,
      remember: () => undefined,
    },
    suffixes: {
      isPublicSuffix: (name) => getPublicSuffix(name, { allowPrivateDomains: true }) === name,
      registrableDomain: (name) => getDomain(name, { allowPrivateDomains: true }),
    },
    trustedKeys: [],
    verified: openVerifiedSignatures(),
    progress: () => undefined,
    pause: async () => {},
    requests: () => [],
  };
}

test.skipIf(!haveVectors)('there are instants to judge', () => expect(domain?.expected.length).toBeGreaterThan(0));

test.skipIf(!haveVectors).each(domain?.expected ?? [])('$at, $ct: $result', async ({ at, ct, result, endorsed_by }) => {
  if (domain === null) throw new TypeError('skipped without vectors');
  const failing = typeof ct === 'string' ? [] : ct.fails_for;
  const address = domain.protected[0]?.replace(/[[\]]/g, '') ?? null;
  const report = await recordedCheck(
    { host: domain.domain, address, page: null },
    Date.parse(at),
    sources(domain, failing),
  );
  expect(report.levels.at(-1)).toBe(result);
  expect(report.emblems[0]?.endorsedBy).toEqual(endorsed_by);
  expect(report.status).toBe(result === 'INVALID' ? 'invalid' : 'marked');
  expect(report.tokens.filter(({ kind }) => kind === 'key').map(({ kid }) => kid)).toEqual(
    expect.arrayContaining(domain.keys.map(({ kid }) => kid)),
  );
  if (result === 'ENDORSED') {
    expect(
      report.emblems[0]?.chain
        .map(({ kid }) => kid)
        .slice(1)
        .toReversed(),
    ).toEqual(domain.internal_chain_kids_emblem_first);
    expect(report.strength).toBe('declared');
    expect(report.emblems[0]?.problems.map(({ code }) => code)).toContain('endorser-same-domain');
  }
});
