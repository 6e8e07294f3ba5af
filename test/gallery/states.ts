// Which states of the popup should somebody have looked at?

import type { TabState } from '../../src/extension/tab-store.ts';
import type { Report } from '../../src/verdict/report.ts';
import { authorityLink, emblem, emblemLink, KEYS, log, problem, report, rootLink } from './reports.ts';

export interface Shown {
  readonly state: TabState | null;
  readonly missing?: readonly string[];
}

const tab = (change: Partial<TabState>): Shown => ({
  state: {
    stamp: 's',
    host: 'clinic.relief.example',
    page: 'https',
    phase: 'done',
    step: null,
    report: null,
    ...change,
  },
});
const done = (answer: Report, change: Partial<TabState> = {}): Shown =>
  tab({ report: answer, host: answer.host, ...change });

const movement = authorityLink('movement.example', KEYS.movement);
const authorities = [authorityLink('health.state.example', KEYS.state), movement];
const endorsed = emblem({
  strength: 'endorsed',
  levels: ['SIGNED', 'ORGANIZATIONAL', 'ENDORSED'],
  endorsedBy: ['https://health.state.example', 'https://movement.example'],
  assets: ['clinic.relief.example', 'relief.example', '*.field.relief.example'],
  chain: [...authorities, rootLink(), emblemLink()],
});
const declared = emblem();
const trusted = emblem({
  ...endorsed,
  strength: 'trusted',
  levels: ['SIGNED', 'ORGANIZATIONAL', 'ENDORSED', 'ENDORSED_TRUSTED'],
  chain: [authorityLink('health.state.example', KEYS.state, { trusted: true }), movement, rootLink(), emblemLink()],
});
const wrong = emblem({
  status: 'invalid',
  because: 'other',
  strength: null,
  levels: ['INVALID'],
  issuerProven: false,
  coveredBy: null,
  chain: [],
  problems: [
    problem('commitment-failed', null, 1),
    problem('certificate-names-missing', 'news.example', 1),
    problem('log-unreachable', 'Nimbus2026', 1),
    problem('claim-not-used', 'aud', 0),
  ],
});
const expired = emblem({
  status: 'invalid',
  because: 'expired',
  strength: null,
  levels: ['INVALID'],
  notAfter: '2026-05-29T00:00:00Z',
  chain: [],
  coveredBy: null,
  problems: [problem('token-expired', '2026-05-29T00:00:00Z', 0)],
});
const long = `${'a-very-long-label-that-somebody-chose-for-a-reason.'.repeat(4)}relief.example`;
const manyAssets = Array.from({ length: 50 }, (_, i) => `service-${i + 1}.field-operations.relief.example`);

export const STATES: Readonly<Record<string, Shown>> = {
  trusted: done(report([trusted])),
  endorsed: done(report([endorsed])),
  declared: done(report([declared], { checkedAt: '2026-06-17T00:06:00Z' })),
  'same hand': done(
    report([
      emblem({
        throughBelow: ['https://relief.example'],
        endorsedBy: ['https://authority.relief.example'],
        levels: ['SIGNED', 'ORGANIZATIONAL', 'ENDORSED'],
        chain: [
          authorityLink('authority.relief.example', KEYS.state),
          rootLink(),
          rootLink({ kid: KEYS.movement, mayEndorse: false, commitment: { outcome: 'none', logs: [] } }),
          emblemLink(),
        ],
        problems: [
          problem('endorser-same-domain', 'authority.relief.example', 2),
          problem('commitment-old', '2025-03-01', 1),
          problem('commitment-without-domain', null, 1),
        ],
      }),
    ]),
  ),
  'endorsement undetermined': done(
    report([
      emblem({
        endorsementsUndetermined: ['https://health.state.example'],
        problems: [problem('commitment-undetermined', null, 2), problem('log-unreachable', 'Nimbus2026', 2)],
      }),
    ]),
  ),
  'long names': done(
    report(
      [
        emblem({
          assets: manyAssets,
          issuer: `https://${long}`,
          coveredBy: long,
          purposes: ['protective', 'civil-defence', 'cultural-property'],
          generation: 'cwt',
        }),
      ],
      { host: long },
    ),
  ),
  'not ASCII': done(
    report(
      [
        emblem({
          issuer: 'https://xn--bcher-kva.example',
          chain: [rootLink({ issuer: 'https://xn--bcher-kva.example' }), emblemLink()],
          purposes: [],
        }),
      ],
      { host: 'xn--n3h.xn--bcher-kva.example' },
    ),
  ),
  'page not authenticated': done(report([endorsed], { problems: [problem('page-not-authenticated')] }), {
    page: 'http',
  }),
  'no organisation': done(
    report([
      emblem({
        status: 'unconfirmed',
        because: 'no-organisation',
        strength: null,
        issuer: null,
        issuerProven: false,
        levels: ['SIGNED'],
        chain: [emblemLink({ issuer: null })],
      }),
    ]),
  ),
  'log unreachable': done(
    report([
      emblem({
        status: 'unconfirmed',
        because: 'log-unreachable',
        strength: null,
        issuerProven: false,
        levels: ['SIGNED'],
        chain: [
          rootLink({
            commitment: {
              outcome: 'undetermined',
              logs: [
                log({
                  outcome: 'undetermined',
                  names: [],
                  treeSize: null,
                  treeHeadAt: null,
                  rootHash: null,
                  index: null,
                  loggedAt: null,
                  leafHash: null,
                  path: [],
                  notBefore: null,
                  notAfter: null,
                }),
              ],
            },
          }),
          emblemLink(),
        ],
        problems: [problem('commitment-undetermined', null, 1), problem('log-unreachable', 'Nimbus2026: time-out', 1)],
      }),
    ]),
  ),
  invalid: done(report([wrong], { host: 'news.example' })),
  'invalid, page not on HTTPS': done(report([wrong], { host: 'news.example' }), { page: 'http' }),
  unsigned: done(report([{ ...wrong, because: 'unsigned', problems: [problem('token-unsecured', null, 0)] }])),
  expired: done(report([expired])),
  'not yet valid': done(
    report([
      {
        ...expired,
        because: 'not-yet-valid',
        notBefore: '2026-06-18T06:00:00Z',
        notAfter: '2027-06-18T06:00:00Z',
        problems: [problem('token-not-yet-valid', null, 0), problem('clock-suspect', null, 0)],
      },
    ]),
  ),
  'not covered': done(
    report(
      [
        emblem({
          status: 'not-covered',
          strength: null,
          coveredBy: null,
          assets: manyAssets,
          problems: [problem('host-not-covered')],
        }),
      ],
      { host: 'shop.example' },
    ),
  ),
  'address not seen': done(
    report([
      emblem({
        status: 'not-covered',
        strength: null,
        coveredBy: null,
        assets: ['[203.0.113.7]', '[2001:db8::/48]'],
        problems: [problem('host-not-covered')],
      }),
    ]),
  ),
  none: done(report([], { host: 'weather.example', checkedAt: '2026-06-16T23:05:00Z' })),
  unknown: done(
    report([], {
      host: 'weather.example',
      status: 'unknown',
      problems: [problem('dns-unreachable', 'dns.quad9.net: time-out', null)],
    }),
  ),
  'permission missing': {
    ...done(
      report([], {
        host: 'weather.example',
        status: 'unknown',
        blockedOrigins: ['https://dns.quad9.net'],
        problems: [problem('permission-missing', 'dns.quad9.net')],
      }),
    ),
    missing: ['https://dns.quad9.net/*'],
  },
  'several emblems': done(
    report([endorsed, declared, wrong, expired], {
      problems: [problem('record-malformed', 'record 7'), problem('dns-authenticated')],
    }),
  ),
  checking: tab({ phase: 'checking', step: 'records' }),
  'checking again': done(report([declared]), { phase: 'checking', step: 'logs' }),
  idle: tab({ phase: 'idle' }),
  'no page': { state: null },
};
