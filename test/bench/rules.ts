// What does a check cost beyond the signatures it must verify? Both generations, as ratios to the floor, in one run.

import { check, type Sources } from '../../src/check.ts';
import { publicSuffixes } from '../../src/cli/public-suffixes.ts';
import type { DnsRecord } from '../../src/emblem/record.ts';
import type { EntryOutcome, KnownLog } from '../../src/transparency/log.ts';
import { cbor, coseKey, cwtEmblem, cwtEndorsement, cwtLogEntry } from '../lab/cwt-issuer.ts';
import { emblem, endorsement, keyRecord, tokenRecord } from '../lab/issuer.ts';
import { type LabKey, makeKey } from '../lab/keys.ts';
import { provenEntry } from '../unit/transparency/proven-entry.ts';
import { openVerifiedSignatures } from '../../src/signature/verified-signatures.ts';

const NOW = Date.parse('2026-06-17T12:00:00Z');
const HOST = 'clinic.relief.example';
const RELIEF = 'https://relief.example';
const STATE = 'https://health.state.example';
const LOG: KnownLog = {
  kind: 'rfc6962',
  id: Buffer.alloc(32, 1).toString('base64'),
  name: 'A log',
  key: new Uint8Array(),
  url: 'https://log.example/',
  origin: null,
  state: 'usable',
  counts: true,
  mergeDelay: 86_400_000,
  end: null,
};
const ENTRY = { ver: 'v1', id: LOG.id, hash: Buffer.alloc(32, 2).toString('base64') } as const;
const HOLDS: EntryOutcome = { outcome: 'holds', proven: provenEntry(), problems: [] };
const lasting = { from: NOW / 1000 - 1000, until: NOW / 1000 + 1000 };

/** Three tokens and their keys, as every live deployment has them: ES512. */
async function makeRecords(keys: {
  root: LabKey;
  own: LabKey;
  state: LabKey;
}): Promise<{ jws: DnsRecord[]; cwt: DnsRecord[] }> {
  const { root, own, state } = keys;
  const emb = { ...lasting, key: own, issuer: RELIEF, assets: [HOST] };
  const end = { ...lasting, key: root, issuer: RELIEF, subject: RELIEF, endorsed: own };
  const ext = { ...lasting, key: state, issuer: STATE, subject: RELIEF, endorsed: root, mayEndorse: true };
  const texts = [
    ...(await Promise.all([
      emblem(emb),
      endorsement({ ...end, log: [ENTRY] }),
      endorsement({ ...ext, log: [ENTRY] }),
    ]).then((tokens) => tokens.map((token) => tokenRecord(token)))),
    ...Object.values(keys).map((key) => keyRecord(key)),
  ];
  const log = [cwtLogEntry(ENTRY)];
  const items = [
    ...(await Promise.all([cwtEmblem(emb), cwtEndorsement({ ...end, log }), cwtEndorsement({ ...ext, log })])),
    ...Object.values(keys).map((key) => cbor(coseKey(key))),
  ];
  return {
    jws: texts.map((value) => ({ generation: 'jws', owner: HOST, data: new TextEncoder().encode(value) })),
    cwt: items.map((data) => ({ generation: 'cwt', owner: HOST, data })),
  };
}

const sourcesOf = (records: readonly DnsRecord[]): Sources => ({
  lookUp: () => Promise.resolve({ records, exists: true, failures: [], notes: [], expiresAt: null }),
  logs: () => Promise.resolve({ logs: [LOG], complete: true, problems: [] }),
  readLog: () => Promise.reject(new TypeError('every commitment is remembered here')),
  memory: { recall: async () => HOLDS, remember: () => undefined },
  suffixes: publicSuffixes,
  trustedKeys: [],
  verified: openVerifiedSignatures(),
  progress: () => undefined,
  pause: async () => {},
  requests: () => [],
});

/**
 * The floors: importing three keys and verifying three signatures with WebCrypto, side by side as the check does; keys
 * as JWK, as records carry them, or as raw points.
 */
async function prepareFloors(keys: readonly LabKey[]): Promise<Record<'asJwk' | 'asRaw', () => Promise<unknown>>> {
  const message = new Uint8Array(400);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-521', hash: 'SHA-512' };
  const signed = await Promise.all(
    keys.map(async ({ publicKey, privateKey, jwk }) => ({
      jwk: { ...jwk, alg: 'ES512' },
      raw: await crypto.subtle.exportKey('raw', publicKey),
      signature: await crypto.subtle.sign(algorithm, privateKey, message),
    })),
  );
  const floor = (importKey: (one: (typeof signed)[number]) => Promise<CryptoKey>) => () =>
    Promise.all(
      signed.map(async (one) => crypto.subtle.verify(algorithm, await importKey(one), one.signature, message)),
    );
  return {
    asJwk: floor(({ jwk }) => crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify'])),
    asRaw: floor(({ raw }) => crypto.subtle.importKey('raw', raw, algorithm, false, ['verify'])),
  };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/** Prints the cost of a check as a ratio to the floor, measured in turn so that the machine's moods cancel out. */
export async function benchRules(turns = 150): Promise<void> {
  const [root, own, state] = await Promise.all([makeKey('ES512'), makeKey('ES512'), makeKey('ES512')]);
  const records = await makeRecords({ root, own, state });
  const floors = await prepareFloors([root, own, state]);
  const checking = (of: readonly DnsRecord[]) => async (): Promise<void> => {
    const { status } = await check({ host: HOST, address: null, page: null }, NOW, sourcesOf(of));
    if (status !== 'marked') throw new Error(`the set to be measured is ${status}`);
  };
  const [jws, cwt] = [checking(records.jws), checking(records.cwt)];
  const runs = { ...floors, jws, cwt };
  const names = ['asJwk', 'asRaw', 'jws', 'cwt'] as const;
  const times: Record<(typeof names)[number], number[]> = { asJwk: [], asRaw: [], jws: [], cwt: [] };
  for (let turn = -20; turn < turns; turn += 1) {
    for (const name of names) {
      const taken = await timed(runs[name]);
      // The first turns warm the engine up.
      if (turn >= 0) times[name].push(taken);
    }
  }
  const [asJwk, asRaw] = [median(times.asJwk), median(times.asRaw)];
  console.log(
    'Checking a three-token set, ES512, over importing the keys and verifying the signatures with WebCrypto (aim at most 1.15):',
  );
  console.log(`  floor ${asJwk.toFixed(2)} ms with keys as JWK, ${asRaw.toFixed(2)} ms with keys as raw points`);
  for (const name of ['jws', 'cwt'] as const)
    console.log(
      `  ${name} ${(median(times[name]) / asJwk).toFixed(2)} and ${(median(times[name]) / asRaw).toFixed(2)}`,
    );
}
