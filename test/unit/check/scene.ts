// How is a rule tried alone? Three keys, a sound token set to break one thing in, and sources that inject the logs'
// answers.

import { getDomain, getPublicSuffix } from 'tldts';
import type { Sources } from '../../../src/check.ts';
import type { Suffixes } from '../../../src/emblem/name.ts';
import type { DnsRecord, LookUp } from '../../../src/emblem/record.ts';
import type { TrustedKey } from '../../../src/signature/trusted-key.ts';
import type { EntryOutcome, KnownLog } from '../../../src/transparency/log.ts';
import type { Report } from '../../../src/verdict/report.ts';
import {
  emblem,
  type EmblemOptions,
  endorsement,
  type EndorsementOptions,
  keyRecord,
  tokenRecord,
} from '../../lab/issuer.ts';
import { makeKey } from '../../lab/keys.ts';
import { provenEntry } from '../transparency/proven-entry.ts';
import { openVerifiedSignatures, type VerifiedSignatures } from '../../../src/signature/verified-signatures.ts';
import { recordedCheck } from './recorded-check.ts';

export const NOW = Date.parse('2026-06-17T12:00:00Z');
const SECONDS = NOW / 1000;
export const HOST = 'clinic.relief.example';
export const RELIEF = 'https://relief.example';
export const STATE = 'https://health.state.example';

const LOG: KnownLog = {
  kind: 'rfc6962',
  id: Buffer.alloc(32, 1).toString('base64'),
  name: 'A log',
  key: new Uint8Array(),
  url: 'https://log.example/',
  origin: null,
  state: 'usable',
  counts: true,
  mergeDelay: 0,
  end: null,
};
export const ENTRY = { ver: 'v1', id: LOG.id, hash: Buffer.alloc(32, 2).toString('base64') } as const;

export const HOLDS: EntryOutcome = { outcome: 'holds', proven: provenEntry(), problems: [] };
export const MISSES: EntryOutcome = {
  outcome: 'misses',
  proven: null,
  problems: [{ code: 'certificate-names-missing', detail: null }],
};
export const UNREACHED: EntryOutcome = {
  outcome: 'undetermined',
  doubt: 'log-unreachable',
  problems: [{ code: 'log-unreachable', detail: null }],
};

export const suffixes: Suffixes = {
  isPublicSuffix: (name) => getPublicSuffix(name, { allowPrivateDomains: true }) === name,
  registrableDomain: (name) => getDomain(name, { allowPrivateDomains: true }),
};

export const [rootKey, emblemKey, stateKey, strangerKey, edwardsKey] = await Promise.all([
  makeKey('ES512'),
  makeKey('ES256'),
  makeKey('ES384'),
  makeKey('ES256'),
  makeKey('EdDSA'),
]);

const lasting = { from: SECONDS - 1000, until: SECONDS + 1000 } as const;
/** The emblem of the sound set, with changes. */
export const makeEmblem = (changes: Partial<EmblemOptions> = {}): Promise<string> =>
  emblem({ ...lasting, key: emblemKey, issuer: RELIEF, assets: [HOST], ...changes });
/** The organisation's own endorsement of the sound set, with changes. */
export const makeEndorsement = (changes: Partial<EndorsementOptions> = {}): Promise<string> =>
  endorsement({
    ...lasting,
    key: rootKey,
    issuer: RELIEF,
    subject: RELIEF,
    endorsed: emblemKey,
    log: [ENTRY],
    ...changes,
  });
/** The authority's endorsement of the sound set, with changes. */
export const makeExternal = (changes: Partial<EndorsementOptions> = {}): Promise<string> =>
  endorsement({
    ...lasting,
    key: stateKey,
    issuer: STATE,
    subject: RELIEF,
    endorsed: rootKey,
    mayEndorse: true,
    log: [ENTRY],
    ...changes,
  });

export const KEYS = [rootKey, emblemKey, stateKey, strangerKey, edwardsKey].map((key) => keyRecord(key));
export const txt = (value: string, owner = HOST): DnsRecord => ({
  generation: 'jws',
  owner,
  data: new TextEncoder().encode(value),
});

export interface Scene {
  /** TXT values beside the keys; or whole records. */
  readonly values?: readonly string[];
  readonly records?: readonly DnsRecord[];
  readonly host?: string;
  readonly address?: string | null;
  readonly page?: 'https' | 'http' | null;
  readonly now?: number;
  readonly trustedKeys?: readonly TrustedKey[];
  readonly verified?: VerifiedSignatures;
  /** The logs' answer by the organisation's domain. */
  readonly outcomes?: (domain: string) => EntryOutcome;
  readonly lookUp?: Partial<LookUp>;
  /** Whether what is advised of every scene stays in the report. */
  readonly advice?: boolean;
}

/** Scenes publish for some minutes and in one log: what is advised about that is no part of what they show. */
const ADVISED_THROUGHOUT: ReadonlySet<string> = new Set(['token-expires-soon', 'commitment-single-log']);
export const withoutAdvice = (report: Report): Report => ({
  ...report,
  emblems: report.emblems.map((reported) => ({
    ...reported,
    problems: reported.problems.filter(({ code }) => !ADVISED_THROUGHOUT.has(code)),
  })),
});

/** Checks a scene. No log is ever asked: every outcome is remembered from before. */
export async function checkScene({
  values = [],
  records,
  host = HOST,
  address = null,
  page = null,
  now = NOW,
  trustedKeys = [],
  verified = openVerifiedSignatures(),
  outcomes = () => HOLDS,
  lookUp,
  advice = false,
}: Scene): Promise<Report> {
  const found: LookUp = {
    records: records ?? [...KEYS, ...values].map((value) => txt(value)),
    exists: true,
    failures: [],
    notes: [],
    expiresAt: now + 300_000,
    ...lookUp,
  };
  const sources: Sources = {
    lookUp: () => Promise.resolve(found),
    logs: () => Promise.resolve({ logs: [LOG], complete: true, problems: [] }),
    readLog: () => Promise.reject(new TypeError('no log is asked in a scene')),
    memory: { recall: async (key) => outcomes(key.split('|').at(-1) ?? ''), remember: () => undefined },
    suffixes,
    trustedKeys,
    verified,
    progress: () => undefined,
    pause: async () => {},
    requests: () => [],
  };
  const report = await recordedCheck({ host, address, page }, now, sources);
  return advice ? report : withoutAdvice(report);
}

/** The three tokens of the sound set as TXT values, each of which may be given anew. */
export async function soundSet(
  changed: { emblem?: Promise<string>; endorsement?: Promise<string>; external?: Promise<string> } = {},
): Promise<readonly string[]> {
  const tokens = await Promise.all([
    changed.emblem ?? makeEmblem(),
    changed.endorsement ?? makeEndorsement(),
    changed.external ?? makeExternal(),
  ]);
  return tokens.map((token) => tokenRecord(token));
}

/** Every problem code of a report, wherever it stands. */
export const codesOf = (report: Report): readonly string[] =>
  [...report.problems, ...report.emblems.flatMap(({ problems }) => problems)].map(({ code }) => code);
