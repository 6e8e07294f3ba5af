// What are plausible reports? Made by hand, whole, and changed in one place each by the states of the gallery.

import { type ProblemCode, PROBLEMS } from '../../src/problem.ts';
import type { Report, ReportedEmblem, ReportedLink, ReportedLog, ReportedProblem } from '../../src/verdict/report.ts';

/** The gallery's clock. */
export const NOW = Date.parse('2026-06-17T00:10:00Z');

export const KEYS = {
  issuer: 'h32yqnsxzk2p4wv5mjt7bcl6fdgaore3uix4hsvq2ymk7wztdvka',
  state: '6d4ym5gslavhmz7u44x7mv4ycjzxhweslioeujuutnom5hp7hpnq',
  movement: 'p7sj2kd5rmq3hvx6zt4wbnyl5cfge2auoi7d3wqhkxm4vjzr6tna',
  signing: 'k4wtz6mrq2vhxy5nbjc7dlsp3fgeaou2i4qhvkxm7wzjr5tndy3a',
};

export const problem = (
  code: ProblemCode,
  detail: string | null = null,
  token: number | null = null,
): ReportedProblem => ({ code, severity: PROBLEMS[code], token, detail });

const HASH = 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=';

export const log = (change: Partial<ReportedLog> = {}): ReportedLog => ({
  id: '2AlVO5RPev/IFhlvlE+Fq7D4/F6HVSYPFdEucrtFSxQ=',
  name: 'Nimbus2026',
  kind: 'rfc6962',
  state: 'usable',
  outcome: 'holds',
  names: [`${KEYS.issuer}.adem-configuration.relief.example`, 'relief.example'],
  treeSize: 2_900_412_008,
  treeHeadAt: '2026-06-16T23:10:00Z',
  rootHash: HASH,
  index: 1_204_551,
  loggedAt: '2026-04-08T01:00:00Z',
  leafHash: HASH,
  path: Array.from({ length: 32 }, () => HASH),
  notBefore: '2026-04-08T00:00:00Z',
  notAfter: '2026-07-07T00:00:00Z',
  ...change,
});

const tuscolo = log({ name: 'Tuscolo2026h2', kind: 'static', treeSize: 331_220_417, index: 165_867_274 });

export const emblemLink = (change: Partial<ReportedLink> = {}): ReportedLink => ({
  role: 'emblem',
  token: 0,
  issuer: 'https://relief.example',
  subject: null,
  kid: KEYS.signing,
  endorses: null,
  mayEndorse: null,
  algorithm: 'ES512',
  notBefore: '2026-04-08T00:00:00Z',
  notAfter: '2027-04-08T00:00:00Z',
  trusted: false,
  commitment: { outcome: 'none', logs: [] },
  ...change,
});

export const rootLink = (change: Partial<ReportedLink> = {}): ReportedLink => ({
  ...emblemLink(),
  role: 'internal',
  token: 1,
  subject: 'https://relief.example',
  kid: KEYS.issuer,
  endorses: KEYS.signing,
  mayEndorse: true,
  commitment: { outcome: 'holds', logs: [log(), tuscolo] },
  ...change,
});

export const authorityLink = (domain: string, kid: string, change: Partial<ReportedLink> = {}): ReportedLink => ({
  ...rootLink(),
  role: 'external',
  token: 2,
  issuer: `https://${domain}`,
  kid,
  endorses: KEYS.issuer,
  commitment: { outcome: 'holds', logs: [log({ names: [`${kid}.adem-configuration.${domain}`, domain] })] },
  ...change,
});

/** An emblem of relief.example, declared; every change is one argument. */
export const emblem = (change: Partial<ReportedEmblem> = {}): ReportedEmblem => ({
  generation: 'jws',
  set: null,
  status: 'marked',
  levels: ['SIGNED', 'ORGANIZATIONAL'],
  issuer: 'https://relief.example',
  issuerProven: true,
  strength: 'declared',
  because: null,
  endorsementsUndetermined: [],
  endorsedBy: [],
  throughBelow: [],
  purposes: ['protective'],
  assets: ['clinic.relief.example'],
  coveredBy: 'clinic.relief.example',
  notBefore: '2026-04-08T00:00:00Z',
  notAfter: '2027-04-08T00:00:00Z',
  chain: [rootLink(), emblemLink()],
  problems: [],
  ...change,
});

/** The report that the given emblems make; the first of them decides, unless `change` says otherwise. */
export const report = (emblems: readonly ReportedEmblem[], change: Partial<Report> = {}): Report => ({
  report: 1,
  host: 'clinic.relief.example',
  address: null,
  checkedAt: '2026-06-17T00:09:50Z',
  status: emblems[0]?.status ?? 'none',
  strength: emblems[0]?.strength ?? null,
  because: emblems[0]?.because ?? null,
  validUntil: '2026-06-17T00:15:00Z',
  levels: emblems[0]?.levels ?? [],
  emblems,
  tokens: [],
  deciding: emblems.length > 0 ? 0 : null,
  blockedOrigins: [],
  problems: [],
  requests: [],
  ...change,
});
