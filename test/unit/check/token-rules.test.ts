// Does each token rule, broken alone, cost the token its standing under its own code?

import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ProblemCode } from '../../../src/problem.ts';
import { keyRecord, signText, tampered, tokenRecord, unsecured } from '../../lab/issuer.ts';
import { keyIdentifier } from '../../lab/keys.ts';
import {
  checkScene,
  codesOf,
  edwardsKey,
  emblemKey,
  ENTRY,
  HOST,
  makeEmblem,
  makeEndorsement,
  rootKey,
  soundSet,
  strangerKey,
} from './scene.ts';

test('the sound set is marked, endorsed', async () => {
  const report = await checkScene({ values: await soundSet() });
  expect(report).toMatchObject({
    status: 'marked',
    strength: 'endorsed',
    because: null,
    levels: ['SIGNED', 'ORGANIZATIONAL', 'ENDORSED'],
    problems: [],
  });
  expect(report.emblems[0]).toMatchObject({
    issuerProven: true,
    endorsedBy: ['https://health.state.example'],
    coveredBy: HOST,
    problems: [],
  });
  expect(report.emblems[0]?.chain.map(({ role }) => role)).toEqual(['external', 'internal', 'emblem']);
  expect(report.validUntil).toBe('2026-06-17T12:05:00Z');
});

const embClaim = (emb: unknown) => makeEmblem({ claims: { emb } });
const duplicateMember = () =>
  makeEmblem({}).then(async (token) => {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    return signText(
      JSON.stringify({ alg: 'ES256', cty: 'adem-emb', kid: emblemKey.kid }),
      payload.replace('"ver":"v1"', '"ver":"v1","ver":"v1"'),
      emblemKey,
    );
  });
const deep = () => makeEmblem({ claims: { nested: JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`) } });
const { x, y } = rootKey.jwk;

/** An emblem in which exactly one thing is wrong, and the code it must be refused with. */
const EMBLEMS: readonly (readonly [string, ProblemCode, () => Promise<string>])[] = [
  ['a signature bit turned over', 'signature-wrong', () => makeEmblem().then(tampered)],
  ['no signature at all', 'token-unsecured', () => makeEmblem().then(unsecured)],
  ['alg none with a signature', 'algorithm-refused', () => makeEmblem({ header: { alg: 'none' } })],
  ['a MAC', 'algorithm-refused', () => makeEmblem({ header: { alg: 'HS256' } })],
  ['an unheard-of algorithm', 'algorithm-refused', () => makeEmblem({ header: { alg: 'ES257' } })],
  ['a MAC named in lower case', 'algorithm-refused', () => makeEmblem({ header: { alg: 'None' } })],
  ['an algorithm for another curve', 'algorithm-mismatch', () => makeEmblem({ header: { alg: 'ES384' } })],
  ['alg that is no string', 'token-malformed', () => makeEmblem({ header: { alg: 5 } })],
  ['a critical extension', 'token-critical-header', () => makeEmblem({ header: { crit: ['exp'], exp: 1 } })],
  ['an unencoded payload', 'token-critical-header', () => makeEmblem({ header: { b64: false } })],
  ['no key named', 'key-reference-missing', () => makeEmblem({ header: { kid: undefined } })],
  ['a kid nobody has', 'key-not-found', () => makeEmblem({ header: { kid: 'a'.repeat(52) } })],
  ['the kid of another key', 'signature-wrong', () => makeEmblem({ header: { kid: strangerKey.kid } })],
  [
    'a kid that names no key, with a private jwk',
    'key-private',
    () => makeEmblem({ header: { kid: 'a'.repeat(52), jwk: { ...emblemKey.jwk, d: 'AA' } } }),
  ],
  [
    'a kid that names another key, whatever the jwk',
    'signature-wrong',
    () => makeEmblem({ header: { kid: strangerKey.kid, jwk: emblemKey.jwk } }),
  ],
  [
    'a private jwk',
    'key-private',
    () => makeEmblem({ header: { kid: undefined, jwk: { ...emblemKey.jwk, d: 'AAAA' } } }),
  ],
  [
    'a jwk for another algorithm',
    'algorithm-mismatch',
    () => makeEmblem({ header: { kid: undefined, jwk: { ...emblemKey.jwk, alg: 'ES384' } } }),
  ],
  [
    "a jwk for its algorithm by the other generation's name",
    'algorithm-mismatch',
    () => makeEmblem({ header: { kid: undefined, jwk: { ...emblemKey.jwk, alg: '-7' } } }),
  ],
  [
    'a jwk for encryption',
    'key-malformed',
    () => makeEmblem({ header: { kid: undefined, jwk: { ...emblemKey.jwk, use: 'enc' } } }),
  ],
  [
    'a jwk off its curve',
    'key-unsound',
    () => makeEmblem({ header: { kid: undefined, jwk: { ...emblemKey.jwk, y: emblemKey.jwk.x } } }),
  ],
  [
    'a jwk with padded coordinates',
    'key-malformed',
    () => makeEmblem({ header: { kid: undefined, jwk: { ...emblemKey.jwk, x: `${emblemKey.jwk.x}=` } } }),
  ],
  [
    'a jwk with short coordinates',
    'key-malformed',
    () => makeEmblem({ header: { kid: undefined, jwk: { ...emblemKey.jwk, x: 'AAAA' } } }),
  ],
  ['a version of tomorrow', 'version-unsupported', () => makeEmblem({ claims: { ver: 'v2' } })],
  ['no version', 'version-unsupported', () => makeEmblem({ claims: { ver: undefined } })],
  ...['iat', 'nbf', 'exp'].map(
    (name) => [`no ${name}`, 'time-malformed', () => makeEmblem({ claims: { [name]: undefined } })] as const,
  ),
  ['exp as text', 'time-malformed', () => makeEmblem({ claims: { exp: '1800000000' } })],
  ...[
    'https://a@b.example',
    'https://relief.example/',
    'https://RELIEF.example',
    'https://relief.example:443',
    'https://relief.example:8443',
    'http://relief.example',
    'https://relief.example?x',
    'https://relief.example#x',
    'https://relief',
    'https://192.0.2.1',
    'https://[2001:db8::1]',
    'https://relief.example.',
    'https://münchen.example',
    'https://re_lief.example',
    'relief.example',
    'https://a..example',
    'https://relief.123',
    ' https://relief.example',
    null,
    7,
  ].map((iss) => [`iss ${String(iss)}`, 'organisation-malformed', () => makeEmblem({ claims: { iss } })] as const),
  ...['log', 'key', 'end', 'sub'].map(
    (name) => [`${name} in an emblem`, 'claim-forbidden', () => makeEmblem({ claims: { [name]: null } })] as const,
  ),
  ['no assets', 'assets-malformed', () => makeEmblem({ claims: { assets: undefined } })],
  ['empty assets', 'assets-malformed', () => makeEmblem({ assets: [] })],
  ['assets as text', 'assets-malformed', () => makeEmblem({ claims: { assets: HOST } })],
  ...[
    'a.*.example',
    '*a.example',
    'a..example',
    '',
    'clinic relief.example',
    '[192.0.2.1',
    '[192.0.2.256]',
    '[192.0.2.1/33]',
    '[2001:db8::/129]',
    '[fe80::1%eth0]',
    '[192.0.2.01]',
    '[192.0.2.0/024]',
    '192.0.2.1',
    'https://clinic.relief.example',
    'clínica.example',
    '\u212Aamp.example',
    '**',
    '*.',
  ].map((asset) => [`asset ${asset}`, 'asset-malformed', () => makeEmblem({ assets: [HOST, asset] })] as const),
  ...['[127.0.0.1]', '[::1]', '[::]', '[0.0.0.0]', '[ff02::1]', '[224.0.0.1]'].map(
    (asset) => [`asset ${asset}`, 'asset-address-refused', () => makeEmblem({ assets: [HOST, asset] })] as const,
  ),
  ...['[192.0.2.1/24]', '[2001:db8::1/64]', '[::ffff:192.0.2.1/120]', '[128.0.0.1/1]'].map(
    (asset) => [`asset ${asset}`, 'asset-host-bits', () => makeEmblem({ assets: [HOST, asset] })] as const,
  ),
  [
    'a purpose that cannot be turned into text',
    'purpose-unknown',
    () => embClaim({ prp: [{ toString: 1, valueOf: 1 }] }),
  ],
  [
    'a version that cannot be turned into text',
    'version-unsupported',
    () => makeEmblem({ claims: { ver: { toString: 1 } } }),
  ],
  ['emb as list', 'constraints-malformed', () => embClaim([])],
  ['prp as text', 'constraints-malformed', () => embClaim({ prp: 'protective' })],
  ['an unknown purpose', 'purpose-unknown', () => embClaim({ prp: ['protective', 'decorative'] })],
  ['an unknown channel', 'channel-unknown', () => embClaim({ dst: ['dns', 'carrier-pigeon'] })],
  ['not for the DNS', 'channel-not-permitted', () => embClaim({ dst: ['tls', 'udp'] })],
  ['a member twice', 'token-duplicate-member', duplicateMember],
  ['endless nesting', 'token-too-deep', deep],
  [
    'a payload that is no JSON',
    'token-malformed',
    () => signText(JSON.stringify({ alg: 'ES256', cty: 'adem-emb', kid: emblemKey.kid }), 'nonsense', emblemKey),
  ],
  ['no third part', 'token-malformed', async () => (await makeEmblem()).split('.').slice(0, 2).join('.')],
  ['a fourth part', 'token-malformed', async () => `${await makeEmblem()}.AA`],
  ['padding behind its header', 'token-malformed', async () => (await makeEmblem()).replace('.', '=.')],
  ['larger than any token', 'token-too-large', () => makeEmblem({ claims: { ballast: 'x'.repeat(60_000) } })],
];

test.each(EMBLEMS)('emblem with %s: %s', async (_, code, make) => {
  const report = await checkScene({ values: await soundSet({ emblem: make() }) });
  expect(codesOf(report).filter((found) => found !== 'endorsement-unrelated')).toEqual([code]);
  expect(report).toMatchObject({
    status: 'invalid',
    because: code === 'token-unsecured' ? 'unsigned' : 'other',
    levels: ['INVALID'],
    strength: null,
  });
});

/** An endorsement in which exactly one thing is wrong: it is discarded, and the organisation is no longer endorsed. */
const ENDORSEMENTS: readonly (readonly [string, ProblemCode, () => Promise<string>])[] = [
  ['sub that is no OI', 'organisation-malformed', () => makeEndorsement({ claims: { sub: 'relief.example' } })],
  ['no key', 'endorsed-key-malformed', () => makeEndorsement({ claims: { key: undefined } })],
  [
    'a short key identifier',
    'endorsed-key-malformed',
    () => makeEndorsement({ claims: { key: emblemKey.kid.slice(1) } }),
  ],
  [
    'an upper-case key identifier',
    'endorsed-key-malformed',
    () => makeEndorsement({ claims: { key: emblemKey.kid.toUpperCase() } }),
  ],
  ['a private key', 'key-private', () => makeEndorsement({ claims: { key: { ...emblemKey.jwk, d: 'AAAA' } } })],
  [
    'a key off its curve',
    'key-unsound',
    () => makeEndorsement({ claims: { key: { ...emblemKey.jwk, y: emblemKey.jwk.x } } }),
  ],
  [
    'a key of small order',
    'key-unsound',
    () =>
      makeEndorsement({
        claims: { key: { kty: 'OKP', crv: 'Ed25519', x: 'AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' } },
      }),
  ],
  ['end as text', 'end-malformed', () => makeEndorsement({ claims: { end: 'true' } })],
  ['end null', 'end-malformed', () => makeEndorsement({ claims: { end: null } })],
  ['a window of half a second', 'window-malformed', () => makeEndorsement({ constraints: { wnd: 0.5 } })],
  ['a window as text', 'window-malformed', () => makeEndorsement({ constraints: { wnd: '60' } })],
  ['assets as text', 'constraints-malformed', () => makeEndorsement({ constraints: { assets: HOST } })],
  ['an unreadable asset', 'asset-malformed', () => makeEndorsement({ constraints: { assets: [HOST, 'a.*'] } })],
  ['an unknown purpose', 'purpose-unknown', () => makeEndorsement({ constraints: { prp: ['decorative'] } })],
];

test.each(ENDORSEMENTS)('endorsement with %s: %s', async (_, code, make) => {
  const report = await checkScene({ values: await soundSet({ endorsement: make() }) });
  expect(codesOf(report)).toEqual([code, 'endorsement-unrelated', 'organisation-not-endorsed']);
  expect(report).toMatchObject({ status: 'invalid', because: 'other' });
});

/** Variants of the format that must be read. */
const VARIANTS: readonly (readonly [string, () => Promise<readonly string[]>])[] = [
  [
    'assets named bearers',
    async () => soundSet({ emblem: makeEmblem({ claims: { assets: undefined, bearers: [HOST] } }) }),
  ],
  ['assets named ass', async () => soundSet({ emblem: makeEmblem({ claims: { assets: undefined, ass: [HOST] } }) })],
  ['an exp beyond all dates', async () => soundSet({ emblem: makeEmblem({ claims: { exp: 1e300 } }) })],
  [
    'what only endorsements restrict in an emblem',
    async () => soundSet({ emblem: makeEmblem({ claims: { emb: { wnd: 'a day', assets: 'all', bearers: 7 } } }) }),
  ],
  ['no emb claim', async () => soundSet({ emblem: makeEmblem({ claims: { emb: undefined } }) })],
  ['typ JWT', async () => soundSet({ emblem: makeEmblem({ header: { typ: 'JWT' } }) })],
  [
    'a jwk beside kid that is worth nothing',
    async () => soundSet({ emblem: makeEmblem({ header: { kid: emblemKey.kid, jwk: { d: 1 } } }) }),
  ],
  ['a jwk in place of kid', async () => soundSet({ emblem: makeEmblem({ keyAs: 'jwk' }) })],
  ['the endorsed key in full', async () => soundSet({ endorsement: makeEndorsement({ endorsedAs: 'jwk' }) })],
  [
    'a trailing dot and capitals in an asset',
    async () => soundSet({ emblem: makeEmblem({ assets: ['Clinic.Relief.EXAMPLE.'] }) }),
  ],
  ['fractions of seconds', async () => soundSet({ emblem: makeEmblem({ claims: { nbf: 1_781_697_599.5 } }) })],
  [
    'an endorsed emblem key that needs no end',
    async () => soundSet({ endorsement: makeEndorsement({ claims: { end: undefined } }) }),
  ],
  [
    'Ed25519 by its new name',
    async () =>
      soundSet({
        emblem: makeEmblem({ key: edwardsKey, header: { alg: 'Ed25519' } }),
        endorsement: makeEndorsement({ endorsed: edwardsKey }),
      }),
  ],
];

test.each(VARIANTS)('%s is read', async (_, make) => {
  expect(await checkScene({ values: await make() })).toMatchObject({ status: 'marked', strength: 'endorsed' });
});

test('registered claims without meaning here are noted, not refused', async () => {
  const report = await checkScene({
    values: await soundSet({ emblem: makeEmblem({ claims: { aud: 'x', jti: 'y' } }) }),
  });
  expect(report.status).toBe('marked');
  expect(codesOf(report)).toEqual(['claim-not-used', 'claim-not-used']);
});

test('a key record as SubjectPublicKeyInfo, and a token under each record name', async () => {
  const [emblem, endorsement] = await Promise.all([makeEmblem(), makeEndorsement()]);
  const spki = (key: typeof rootKey): string => `adem-key=${Buffer.from(key.spki).toString('base64')}`;
  const records = (values: readonly string[]) =>
    values.map((value) => ({ generation: 'jws' as const, owner: HOST, data: new TextEncoder().encode(value) }));
  for (const names of [
    ['adem-emb', 'adem-end'],
    ['adem', 'adem'],
    ['adem-x', 'adem-x'],
    ['adem-emb-7', 'adem-end'],
  ]) {
    const report = await checkScene({
      records: records([`${names[0]}=${emblem}`, `${names[1]}=${endorsement}`, spki(rootKey), spki(emblemKey)]),
    });
    expect(report).toMatchObject({ status: 'marked', strength: 'declared' });
  }
});

test('keys in records: each fault has its code, and the rest is still judged', async () => {
  const faults: readonly (readonly [string, ProblemCode])[] = [
    [keyRecord(rootKey).replace('}', ',"d":"AAAA"}'), 'key-private'],
    ['adem-key={"kty":"EC"}', 'key-malformed'],
    ['adem-key=AAAA', 'key-malformed'],
    ['adem-key={"kty":"RSA","n":"AQAB","e":"AQAB"}', 'algorithm-unsupported'],
    [`adem-key={"kty":"EC","crv":"P-521","x":"${x}","y":"${y}","y":"${y}"}`, 'token-duplicate-member'],
    [`adem-key=${Buffer.from([...rootKey.spki, 0]).toString('base64')}`, 'key-malformed'],
  ];
  for (const [value, code] of faults) {
    const report = await checkScene({ values: [...(await soundSet()), value] });
    expect(report.status).toBe('marked');
    expect(codesOf(report)).toEqual([code]);
    expect(report.tokens.filter(({ kind, kid }) => kind === 'key' && kid === null)).toHaveLength(1);
  }
});

test('tokens of one set identifier stay apart from another', async () => {
  const [emblem, endorsement] = await Promise.all([makeEmblem(), makeEndorsement()]);
  const apart = await checkScene({ values: [tokenRecord(emblem, '-a'), tokenRecord(endorsement, '-b')] });
  expect(apart).toMatchObject({ status: 'invalid', emblems: [{ set: 'a' }] });
  const shared = await checkScene({ values: [tokenRecord(emblem, '-a'), tokenRecord(endorsement)] });
  expect(shared).toMatchObject({ status: 'marked', emblems: [{ set: 'a' }] });
  const alone = await checkScene({ values: [tokenRecord(emblem), tokenRecord(endorsement, '-b')] });
  expect(alone).toMatchObject({ status: 'invalid', emblems: [{ set: null }] });
});

test('an unreadable log claim fails the commitment, an unreadable entry leaves it undetermined', async () => {
  for (const log of [[], 'x', {}, null]) {
    const report = await checkScene({ values: await soundSet({ endorsement: makeEndorsement({ claims: { log } }) }) });
    expect(report).toMatchObject({ status: 'invalid', because: 'other' });
    expect(codesOf(report)).toContain('log-claim-malformed');
  }
  for (const entry of [
    {},
    7,
    { ...ENTRY, ver: 'v9' },
    { ...ENTRY, hash: 'AAAA' },
    { ...ENTRY, id: 'AAAA' },
    { ver: 'static', id: ENTRY.id, index: -1 },
    { ver: 'static', id: ENTRY.id, index: 1.5 },
  ]) {
    const report = await checkScene({
      values: await soundSet({ endorsement: makeEndorsement({ claims: { log: [entry] } }) }),
    });
    expect(report).toMatchObject({ status: 'unconfirmed', because: 'log-not-known' });
    expect(codesOf(report)).toContain('log-entry-malformed');
  }
});

describe('EdDSA on Ed448', () => {
  const { publicKey } = generateKeyPairSync('ed448');
  const jwk = publicKey.export({ format: 'jwk' });
  const records = [
    '',
    `adem-key=${JSON.stringify(jwk)}`,
    `adem-key=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`,
  ];

  test.each<[string, 'unknown' | 'invalid', ProblemCode]>([
    ['EdDSA', 'unknown', 'algorithm-unsupported'],
    ['Ed448', 'unknown', 'algorithm-unsupported'],
    ['Ed25519', 'invalid', 'algorithm-mismatch'],
    ['ES256', 'invalid', 'algorithm-mismatch'],
  ])('%s: %s', async (alg, status, code) => {
    const kid = await keyIdentifier(jwk);
    for (const [place, header] of [{ kid: undefined, jwk }, { kid }, { kid }].entries()) {
      const report = await checkScene({
        values: [...(await soundSet({ emblem: makeEmblem({ header: { ...header, alg } }) })), records[place] ?? ''],
      });
      expect(report).toMatchObject({
        status,
        tokens: expect.arrayContaining(
          place === 0 ? [] : [expect.objectContaining({ kind: 'key', outcome: 'unsupported' })],
        ),
      });
      expect(codesOf(report)).toContain(code);
    }
  });

  test('such a key endorsed in full is no fault of the endorsement', async () => {
    const report = await checkScene({
      values: await soundSet({ endorsement: makeEndorsement({ claims: { key: jwk } }) }),
    });
    expect(codesOf(report)).not.toContain('algorithm-unsupported');
    expect(codesOf(report)).toContain('organisation-not-endorsed');
  });
});
