// From a token's log claim to the verdict, over real logs: what holds, fails or stays open, and who is asked for it?

import { withoutAdvice } from './scene.ts';
import { beforeEach, expect, test } from 'vitest';
import { parseJwk } from '../../../src/emblem/key.ts';
import type { TrustedKey } from '../../../src/signature/trusted-key.ts';
import type { Report } from '../../../src/verdict/report.ts';
import { type CertificateOptions, CLIENT_AUTHENTICATION, makeCertificate } from '../../lab/certificates.ts';
import { LISTS } from '../../lab/addresses.ts';
import { checkSite } from '../../lab/check-site.ts';
import {
  emblem,
  endorsement,
  type EndorsementOptions,
  keyRecord,
  type LogClaimEntry,
  tokenRecord,
} from '../../lab/issuer.ts';
import { type LabKey, makeKey } from '../../lab/keys.ts';
import { createLab } from '../../lab/lab.ts';
import type { LabLog } from '../../lab/logs.ts';

const NOW = Date.UTC(2026, 10, 1);
const SECONDS = NOW / 1000;
const DAY = 86_400_000;
const lab = await createLab({ now: NOW });
const { main, tiled, lying, down, test: testLog } = lab.logs;
const HOST = 'clinic.ngo.example';
const OI = 'https://ngo.example';
const STATE = 'https://ministry.state.example';
const [root, key, state, second] = await Promise.all([
  makeKey('ES256'),
  makeKey('ES256'),
  makeKey('ES256'),
  makeKey('ES256'),
]);
// Older than any log's merge delay.
const lasting = { from: SECONDS - 2 * 86_400, until: SECONDS + 86_400 } as const;

const namesFor = (signer: LabKey, domain: string): readonly string[] => [
  domain,
  `adem-configuration.${domain}`,
  `${signer.kid}.adem-configuration.${domain}`,
];
/** Logs a certificate; the entry cites it. */
async function logged(
  log: LabLog,
  names: readonly string[],
  more: Partial<CertificateOptions> = {},
): Promise<LogClaimEntry> {
  const certificate = await makeCertificate({ names, from: NOW - 20 * DAY, until: NOW + 70 * DAY, ...more });
  return log.add({ certificate: certificate.der, precertificate: null });
}
const good = (log: LabLog): Promise<LogClaimEntry> => logged(log, namesFor(root, 'ngo.example'));
const absent = (log: LabLog, byte = 9): LogClaimEntry => ({
  ver: 'v1',
  id: Buffer.from(log.id).toString('base64'),
  hash: Buffer.alloc(32, byte).toString('base64'),
});
const beyond = (log: LabLog): LogClaimEntry => ({
  ver: 'static',
  id: Buffer.from(log.id).toString('base64'),
  index: 99_999,
});
const unlisted: LogClaimEntry = {
  ver: 'v1',
  id: Buffer.alloc(32, 3).toString('base64'),
  hash: Buffer.alloc(32, 3).toString('base64'),
};

interface Published {
  readonly log: readonly LogClaimEntry[];
  readonly external?: Partial<EndorsementOptions> & { readonly log: readonly LogClaimEntry[] };
  readonly more?: readonly string[];
  readonly trustedKeys?: readonly TrustedKey[];
}
async function publish({ log, external, more = [], trustedKeys = [] }: Published): Promise<Report> {
  const tokens = await Promise.all([
    emblem({ ...lasting, key, issuer: OI, assets: [HOST] }),
    endorsement({ ...lasting, key: root, issuer: OI, subject: OI, endorsed: key, log }),
    ...(external === undefined
      ? []
      : [
          endorsement({
            ...lasting,
            key: state,
            issuer: STATE,
            subject: OI,
            endorsed: root,
            mayEndorse: true,
            ...external,
          }),
        ]),
  ]);
  lab.resolver.zones.set(HOST, {
    txt: [
      ...tokens.map((token) => tokenRecord(token)),
      ...[root, key, state, second].map((each) => keyRecord(each)),
      ...more,
    ],
  });
  return withoutAdvice(await checkSite(lab, HOST, null, { trustedKeys }));
}
const codes = (report: Report): readonly string[] =>
  report.emblems.flatMap(({ problems }) => problems.map(({ code }) => code));
const asked = (part: string): readonly string[] => [
  ...new Set(lab.requests.filter(({ server, url }) => server === 'log' && url.includes(part)).map(({ url }) => url)),
];

beforeEach(() => {
  lab.requests.length = 0;
});

test('a log list that cannot be had or read is told where a log is cited, and nowhere else', async () => {
  const lists = {
    logLists: [...Object.values(LISTS), 'https://absent.example/list.json'],
    logListDocuments: [{ a: 1 }],
  };
  await publish({ log: [await good(main)] });
  const citing = await checkSite(lab, HOST, null, lists);
  expect(citing).toMatchObject({ status: 'marked' });
  expect(citing.problems.map(({ code, severity }) => `${code} ${severity}`).toSorted()).toEqual([
    'log-list-malformed warning',
    'log-list-unavailable warning',
  ]);
  await publish({ log: [] });
  expect((await checkSite(lab, HOST, null, lists)).problems).toEqual([]);
});

test.each<[string, () => Promise<readonly LogClaimEntry[]>, string, string | null, string | null]>([
  ['proven', async () => [await good(main)], 'marked', null, null],
  ['proven in a static log', async () => [await good(tiled)], 'marked', null, null],
  [
    'the key named for another domain',
    async () => [await logged(main, ['ngo.example', `${root.kid}.adem-configuration.other.example`])],
    'invalid',
    'other',
    'certificate-names-missing',
  ],
  [
    'another key named',
    async () => [await logged(main, namesFor(second, 'ngo.example'))],
    'invalid',
    'other',
    'certificate-names-missing',
  ],
  [
    'a wildcard in place of the key',
    async () => [await logged(main, ['ngo.example', '*.adem-configuration.ngo.example'])],
    'invalid',
    'other',
    'certificate-names-missing',
  ],
  [
    'a wildcard in place of the domain',
    async () => [await logged(main, ['*.ngo.example', `${root.kid}.adem-configuration.ngo.example`])],
    'invalid',
    'other',
    'certificate-names-missing',
  ],
  [
    'the key alone',
    async () => [await logged(main, [`${root.kid}.adem-configuration.ngo.example`])],
    'invalid',
    'other',
    'certificate-names-missing',
  ],
  [
    'names in capitals',
    async () => [
      await logged(
        main,
        namesFor(root, 'ngo.example').map((name) => name.toUpperCase()),
      ),
    ],
    'marked',
    null,
    null,
  ],
  [
    'without the domain itself',
    async () => [await logged(main, namesFor(root, 'ngo.example').slice(1))],
    'marked',
    null,
    'commitment-without-domain',
  ],
  [
    'the certificate of an authority',
    async () => [await logged(main, namesFor(root, 'ngo.example'), { authority: true })],
    'invalid',
    'other',
    'certificate-authority',
  ],
  [
    'a certificate for clients',
    async () => [await logged(main, namesFor(root, 'ngo.example'), { usages: [CLIENT_AUTHENTICATION] })],
    'invalid',
    'other',
    'certificate-not-server',
  ],
  [
    'a certificate without extended key usage',
    async () => [await logged(main, namesFor(root, 'ngo.example'), { usages: [] })],
    'marked',
    null,
    null,
  ],
  [
    'a certificate that ended 14 months ago',
    async () => [await logged(main, namesFor(root, 'ngo.example'), { from: NOW - 500 * DAY, until: NOW - 426 * DAY })],
    'marked',
    null,
    'commitment-old',
  ],
  [
    'no certificate',
    async () => [main.add({ certificate: new TextEncoder().encode('none'), precertificate: null })],
    'invalid',
    'other',
    'certificate-malformed',
  ],
  ['denied by the log', async () => [absent(main)], 'invalid', 'other', 'log-hash-refuted'],
  ['beyond the tree', async () => [beyond(tiled)], 'invalid', 'other', 'log-index-refuted'],
  [
    'denied by one log, proven by another',
    async () => [absent(main), await good(tiled)],
    'marked',
    null,
    'log-hash-refuted',
  ],
  [
    'denied by one log, another down',
    async () => [await good(down), absent(main)],
    'invalid',
    'other',
    'log-hash-refuted',
  ],
  ['a log that is down', async () => [await good(down)], 'unconfirmed', 'log-unreachable', 'log-unreachable'],
  ['a log that lies', async () => [await good(lying)], 'unconfirmed', 'log-not-proven', 'log-inclusion-unproven'],
  ['a log for tests', async () => [await good(testLog)], 'unconfirmed', 'log-not-known', 'log-not-accepted'],
  ['an unlisted log', async () => [unlisted], 'unconfirmed', 'log-not-known', 'log-unknown'],
  [
    'a log of the other kind',
    async () => [{ ...beyond(tiled), id: Buffer.from(main.id).toString('base64') }],
    'unconfirmed',
    'log-not-known',
    'log-kind-mismatch',
  ],
])('%s', async (_, entries, status, because, code) => {
  const report = await publish({ log: await entries() });
  expect(report).toMatchObject({ status, because });
  expect(
    codes(report)
      .filter(
        (found) =>
          (!found.startsWith('commitment-failed') &&
            !found.startsWith('commitment-undetermined') &&
            found !== 'log-unreachable') ||
          found === code,
      )
      .slice(0, 1),
  ).toEqual(code === null ? [] : [code]);
});

test('logs that do not count, and unlisted ones, are never asked', async () => {
  await publish({ log: [await good(testLog), unlisted] });
  expect(asked('')).toEqual([]);
});

test('the first that holds ends the asking', async () => {
  const [one, two] = [await good(main), await logged(main, [...namesFor(root, 'ngo.example'), 'www.ngo.example'])];
  expect(await publish({ log: [one, two] })).toMatchObject({ status: 'marked' });
  expect(asked('get-proof-by-hash')).toHaveLength(1);
});

test('of one endorsement four entries are asked, of the first eight', async () => {
  const poor = Array.from({ length: 9 }, (_, place) => absent(main, place));
  expect(await publish({ log: [...poor.slice(0, 4), await good(main)] })).toMatchObject({ status: 'invalid' });
  expect(asked('get-proof-by-hash')).toHaveLength(4);
  const behindUnlisted = await publish({ log: [...Array.from({ length: 7 }, () => unlisted), await good(main)] });
  expect(behindUnlisted).toMatchObject({ status: 'marked' });
  const ninth = await publish({ log: [...Array.from({ length: 8 }, () => unlisted), await good(main)] });
  expect(ninth).toMatchObject({ status: 'unconfirmed', because: 'log-not-known' });
  expect(codes(ninth)).toContain('log-entries-ignored');
});

test('of one check eight entries are asked, internal lines first', async () => {
  const emblems = await Promise.all(
    ['a', 'b', 'c'].map(async (set, place) => {
      const domain = `${set}.example`;
      const own = { ...lasting, issuer: `https://${domain}` };
      const tokens = await Promise.all([
        emblem({ ...own, key, assets: [HOST] }),
        endorsement({
          ...own,
          key: root,
          subject: `https://${domain}`,
          endorsed: key,
          log: Array.from({ length: 4 }, (_, at) => absent(lying, 100 + place * 10 + at)),
        }),
      ]);
      return tokens.map((token) => tokenRecord(token, `-${set}`));
    }),
  );
  const report = await publish({
    log: [await good(main)],
    external: { log: [await logged(main, namesFor(state, 'ministry.state.example'))] },
    more: emblems.flat(),
  });
  expect(asked('get-proof-by-hash')).toHaveLength(8);
  // The sound line needs but one entry, and gets it; its endorser comes after all internal lines. A bound of ours names
  // nobody.
  expect(report).toMatchObject({ status: 'marked', strength: 'declared' });
  const sound = report.emblems.find(({ issuer }) => issuer === OI);
  expect(sound?.endorsementsUndetermined).toEqual([]);
  expect(sound?.problems).toMatchObject([{ code: 'endorser-not-shown', detail: 'log-budget-exhausted' }]);
});

test.each<[string, Partial<EndorsementOptions>]>([
  ['whose constraints the emblem breaks', { constraints: { prp: ['indicative'] } }],
  ['that may not endorse', { mayEndorse: false }],
  ['of another key', { endorsed: second }],
  ['for another organisation', { subject: STATE }],
])('an external endorsement %s costs no request', async (_, change) => {
  const report = await publish({
    log: [await good(main)],
    external: { log: [await logged(tiled, namesFor(state, 'ministry.state.example'))], ...change },
  });
  expect(report).toMatchObject({
    status: 'marked',
    strength: 'declared',
    emblems: [{ endorsedBy: [], endorsementsUndetermined: [] }],
  });
  expect(asked('checkpoint')).toEqual([]);
});

test.each<[string, () => Promise<readonly LogClaimEntry[]>, number]>([
  ['cites no log that counts', async () => [unlisted, await good(testLog)], 0],
  ['is denied by the log', async () => [absent(main, 77)], 1], // asked side by side, so that a first check stays short
])('where the organisation %s, its endorsers are asked about no further', async (_, entries, times) => {
  const log = [beyond(tiled), { ...beyond(tiled), index: 88_888 }];
  const report = await publish({ log: await entries(), external: { log } });
  expect(report.levels).not.toContain('ORGANIZATIONAL');
  expect(asked('checkpoint')).toHaveLength(times);
});

test("where a trusted key isValid in for the organisation's commitment, its endorsers are asked about", async () => {
  const parsed = parseJwk(root.jwk);
  const trustedKeys = parsed.ok ? [{ ...parsed.value, organisation: OI }] : [];
  const report = await publish({
    log: [unlisted],
    external: { log: [await logged(tiled, namesFor(state, 'ministry.state.example'))] },
    trustedKeys,
  });
  expect(report).toMatchObject({ status: 'marked', strength: 'trusted', emblems: [{ endorsedBy: [STATE] }] });
});

test('the same external endorsement, sound, is asked about and counts', async () => {
  const report = await publish({
    log: [await good(main)],
    external: { log: [await logged(tiled, namesFor(state, 'ministry.state.example'))] },
  });
  expect(report).toMatchObject({ status: 'marked', strength: 'endorsed', emblems: [{ endorsedBy: [STATE] }] });
  expect(asked('checkpoint')).toHaveLength(1);
  expect(report.emblems[0]?.chain.map(({ role, commitment }) => `${role} ${commitment.outcome}`)).toEqual([
    'external holds',
    'internal holds',
    'emblem none',
  ]);
});

test('every request is told of, and none goes to the site or the issuer', async () => {
  const report = await publish({ log: [await good(main)] });
  const hosts = new Set(lab.requests.map(({ url }) => new URL(url).hostname));
  expect(new Set(report.requests.map(({ to }) => to))).toEqual(hosts);
  expect([...hosts].some((host) => host.endsWith('ngo.example'))).toBe(false);
  expect(report.requests).toHaveLength(lab.requests.length);
});
