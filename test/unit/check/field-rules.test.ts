// Are the rules that met the field kept? Identifiers as deployed software computes them, forms that newer drafts gave
// up, kinds of key we lack.

import { sha256 } from '@noble/hashes/sha2.js';
import { describe, expect, test } from 'vitest';
import { isEdwardsSignature } from '../../../src/codec/point.ts';
import type { DnsRecord } from '../../../src/emblem/record.ts';
import { cbor, coseKey, coseKid, cwtEmblem, cwtEndorsement, cwtLogEntry } from '../../lab/cwt-issuer.ts';
import { tokenRecord } from '../../lab/issuer.ts';
import { type LabKey, makeKey } from '../../lab/keys.ts';
import {
  checkScene,
  codesOf,
  edwardsKey,
  emblemKey,
  ENTRY,
  HOST,
  KEYS,
  makeEmblem,
  makeEndorsement,
  makeExternal,
  NOW,
  RELIEF,
  soundSet,
  txt,
} from './scene.ts';

const SECONDS = NOW / 1000;
const lasting = { from: SECONDS - 1000, until: SECONDS + 1000 } as const;
const ihle = (data: Uint8Array): DnsRecord => ({ generation: 'cwt', owner: HOST, data });

const coordinates = ({ jwk }: LabKey): readonly Uint8Array[] =>
  [jwk.x, jwk.y].map((text) => new Uint8Array(Buffer.from(text ?? '', 'base64url')));
const withoutZeros = (bytes: Uint8Array): Uint8Array => bytes.slice(bytes.findIndex((byte) => byte !== 0));

/** A key on P-521 one of whose coordinates begins with a zero byte, as three of four do. */
async function makeShortKey(): Promise<LabKey> {
  for (;;) {
    const key = await makeKey('ES512');
    if (coordinates(key).some(([first]) => first === 0)) return key;
  }
}

/** The COSE_Key with its coordinates as deployed software has them, and the thumbprint over it. */
const shortCoseKey = (key: LabKey) =>
  coseKey(
    key,
    coordinates(key).map((bytes, at) => [-2 - at, withoutZeros(bytes)] as const),
  );
const shortThumbprint = (key: LabKey): Uint8Array =>
  sha256(cbor(new Map([...shortCoseKey(key)].filter(([label]) => label !== 3))));

const [root, leaf] = await Promise.all([makeShortKey(), makeShortKey()]);

describe('short key identifiers', () => {
  /** A sound set whose tokens name keys by the identifiers given. */
  const check = async (rootKid: Uint8Array | null, leafKid: Uint8Array | null, endorsed: Uint8Array | null) => {
    const named = (kid: Uint8Array | null) => (kid === null ? {} : { header: [[4, kid]] as const });
    const tokens = await Promise.all([
      cwtEmblem({ ...lasting, key: leaf, issuer: RELIEF, assets: [HOST], ...named(leafKid) }),
      cwtEndorsement({
        ...lasting,
        key: root,
        issuer: RELIEF,
        subject: RELIEF,
        endorsed: leaf,
        log: [cwtLogEntry(ENTRY)],
        ...named(rootKid),
        ...(endorsed === null ? {} : { claims: [['key', endorsed]] }),
      }),
    ]);
    return checkScene({ records: [root, leaf].map((key) => ihle(cbor(coseKey(key)))).concat(tokens.map(ihle)) });
  };
  const [shortRoot, shortLeaf] = [shortThumbprint(root), shortThumbprint(leaf)];

  test.each([
    ['of the root key in a header', shortRoot, null, null],
    ["of the emblem's key in a header", null, shortLeaf, null],
    ['in an endorsement', null, null, shortLeaf],
    ['everywhere', shortRoot, shortLeaf, shortLeaf],
  ])('%s name the same key, and are noted', async (_, rootKid, leafKid, endorsed) => {
    const report = await check(rootKid, leafKid, endorsed);
    expect(report).toMatchObject({ status: 'marked', strength: 'declared' });
    expect(codesOf(report)).toContain('key-identifier-short');
    expect(report.emblems[0]?.chain.map(({ kid }) => kid)).toEqual([coseKid(root), coseKid(leaf)]);
    expect(report.emblems[0]?.chain[0]?.endorses).toBe(coseKid(leaf));
  });

  test('are none where the sound ones stand', async () => {
    expect(codesOf(await check(null, null, null))).not.toContain('key-identifier-short');
  });

  test('do not make another key the same', async () => {
    expect(await check(null, null, shortRoot)).toMatchObject({ status: 'invalid' });
    expect(codesOf(await check(null, sha256(shortLeaf), null))).toContain('key-not-found');
  });

  test('coordinates without their zeros are padded and noted', async () => {
    const token = await cwtEmblem({ ...lasting, key: leaf, issuer: null, assets: [HOST] });
    const report = await checkScene({ records: [ihle(cbor(shortCoseKey(leaf))), ihle(token)] });
    expect(report).toMatchObject({ status: 'unconfirmed', tokens: [{}, {}] });
    expect(codesOf(report)).toContain('key-coordinate-short');
  });
});

test('a COSE_Key without alg verifies, and alone is no emblem', async () => {
  const bare = ihle(cbor(coseKey(leaf, [[3, undefined]])));
  const token = await cwtEmblem({ ...lasting, key: leaf, issuer: null, assets: [HOST] });
  expect(await checkScene({ records: [bare, ihle(token)] })).toMatchObject({
    status: 'unconfirmed',
    because: 'no-organisation',
  });
  expect(await checkScene({ records: [bare] })).toMatchObject({ status: 'none', tokens: [{ kind: 'key' }] });
});

describe('a kid that names no key', () => {
  const nobody = 'a'.repeat(52);
  test('falls back to the jwk beside it, whose identifier is computed', async () => {
    const report = await checkScene({
      values: await soundSet({ emblem: makeEmblem({ header: { kid: nobody, jwk: emblemKey.jwk } }) }),
    });
    expect(report).toMatchObject({ status: 'marked', strength: 'endorsed' });
    expect(report.emblems[0]?.chain.at(-1)?.kid).toBe(emblemKey.kid);
  });

  test('a jwk beside a kid is a key of the set all the same', async () => {
    const emblem = await makeEmblem({ issuer: null, header: { kid: emblemKey.kid, jwk: emblemKey.jwk } });
    expect(await checkScene({ records: [txt(tokenRecord(emblem))] })).toMatchObject({ status: 'unconfirmed' });
  });
});

describe('organisations that are public suffixes', () => {
  const SUFFIX = 'https://gov.uk';
  const set = async () =>
    soundSet({
      emblem: makeEmblem({ issuer: SUFFIX }),
      endorsement: makeEndorsement({ issuer: SUFFIX, subject: SUFFIX }),
    });
  test('are legal', async () => {
    expect(await checkScene({ values: await set() })).toMatchObject({
      status: 'marked',
      emblems: [{ issuer: SUFFIX, issuerProven: true }],
    });
  });

  test('above the issuer are the same hand', async () => {
    const issuer = 'https://health.gov.uk';
    const values = await soundSet({
      emblem: makeEmblem({ issuer }),
      endorsement: makeEndorsement({ issuer, subject: issuer }),
      external: makeExternal({ issuer: SUFFIX, subject: issuer }),
    });
    const report = await checkScene({ values });
    expect(report).toMatchObject({
      status: 'marked',
      strength: 'declared',
      levels: ['SIGNED', 'ORGANIZATIONAL', 'ENDORSED'],
    });
    expect(codesOf(report)).toContain('endorser-same-domain');
  });
});

describe('addresses that nobody can visit', () => {
  test('are legal, noted, and cost the token nothing', async () => {
    const report = await checkScene({
      values: await soundSet({ emblem: makeEmblem({ assets: [HOST, '[10.1.0.0/16]'] }) }),
    });
    expect(report).toMatchObject({ status: 'marked' });
    expect(report.emblems[0]?.problems).toContainEqual(
      expect.objectContaining({ code: 'asset-not-public', severity: 'info', detail: '[10.1.0.0/16]' }),
    );
  });

  test('cover nothing', async () => {
    expect(
      await checkScene({ values: await soundSet({ emblem: makeEmblem({ assets: ['[10.0.0.1]'] }) }) }),
    ).toMatchObject({ status: 'not-covered' });
    // Its base cannot be visited, part of it can.
    expect(
      await checkScene({
        address: '192.0.64.1',
        values: await soundSet({ emblem: makeEmblem({ assets: ['[192.0.0.0/16]'] }) }),
      }),
    ).toMatchObject({ status: 'not-covered' });
  });
});

describe('forms that newer drafts gave up or want otherwise are noted', () => {
  const notesOf = async (values: readonly string[]) =>
    codesOf(await checkScene({ records: [...KEYS, ...values].map((value) => txt(value)) }));
  const superseded = 'record-form-superseded';
  test.each(['adem', 'adem-emb'])('%s=', async (name) => {
    const emblem = await makeEmblem({ issuer: null });
    expect(await notesOf([`${name}=${emblem}`])).toContain(superseded);
    expect(await notesOf([`adem-token=${emblem}`])).not.toContain(superseded);
  });

  test('a key as SubjectPublicKeyInfo', async () => {
    expect(await notesOf([`adem-key=${Buffer.from(edwardsKey.spki).toString('base64')}`])).toContain(superseded);
  });

  test('a kid inside a key', async () => {
    expect(await notesOf([`adem-key=${JSON.stringify({ ...edwardsKey.jwk, kid: 'mine' })}`])).toContain(
      'kid-inside-key',
    );
    expect(
      await notesOf([
        tokenRecord(await makeEmblem({ header: { kid: undefined, jwk: { ...emblemKey.jwk, kid: 'mine' } } })),
      ]),
    ).toContain('kid-inside-key');
  });

  test('an emblem without emb, an endorsement without end', async () => {
    expect(await notesOf([tokenRecord(await makeEmblem({ issuer: null, claims: { emb: undefined } }))])).toContain(
      'claim-missing-emb',
    );
    const values = await soundSet({ endorsement: makeEndorsement({ claims: { end: undefined } }) });
    expect(await notesOf(values)).toContain('claim-missing-end');
  });
});

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const SECP256K1 =
  'MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEeCyO0X47Kng7VGTzOwllKnHGeOBexR6E4rz8Zjo96WOvmstCgLjH98QvTvmrpiRewewXEv04oPqWQY2M1qphUg==';
const coordinate = Buffer.alloc(32, 7).toString('base64url');

describe('kinds of key that are known and not implemented, in every notation', () => {
  const withJwk = (alg: string, jwk: object): string =>
    `adem-token=${part({ alg, cty: 'adem-emb', jwk })}.${part({ ver: 'v1', iat: 17e8, nbf: 17e8, exp: 2e9, assets: [HOST] })}.${Buffer.alloc(64, 1).toString('base64url')}`;
  test.each([
    ['ESB256', { kty: 'EC', crv: 'brainpoolP256r1', x: coordinate, y: coordinate }],
    ['ESB256', { kty: 'EC', crv: 'BP-256', x: coordinate, y: coordinate }],
    ['ESB384', { kty: 'EC', crv: 'BP-384', x: coordinate, y: coordinate }],
    ['ES256K', { kty: 'EC', crv: 'secp256k1', x: coordinate, y: coordinate }],
    ['RS256', { kty: 'RSA', n: coordinate, e: 'AQAB' }],
    ['ML-DSA-44', { kty: 'AKP', alg: 'ML-DSA-44', pub: coordinate }],
  ])('JWK: %s with %j', async (alg, jwk) => {
    const report = await checkScene({ records: [txt(withJwk(alg, jwk))] });
    expect(report.status).toBe('unknown');
    expect(codesOf(report)).toContain('algorithm-unsupported');
  });

  const spki = (algorithm: string, key: string): string => {
    const [identifier, bits] = [Buffer.from(algorithm, 'hex'), Buffer.from(key, 'hex')];
    const element = (tag: number, content: Buffer): Buffer =>
      Buffer.concat([
        content.length < 128 ? Buffer.of(tag, content.length) : Buffer.of(tag, 0x81, content.length),
        content,
      ]);
    return element(0x30, Buffer.concat([identifier, element(0x03, Buffer.concat([Buffer.of(0), bits]))])).toString(
      'base64',
    );
  };
  test.each([
    ['secp256k1', SECP256K1],
    ['RSA', spki('300d06092a864886f70d0101010500', '00'.repeat(20))],
    ['ML-DSA-44', spki('300b0609608648016503040311', '00'.repeat(40))],
    ['Brainpool', spki('301406072a8648ce3d020106092b2403030208010107', `04${'07'.repeat(64)}`)],
    ['Ed448', spki('300506032b6571', '07'.repeat(57))],
  ])('SubjectPublicKeyInfo: %s', async (_, key) => {
    const report = await checkScene({ records: [txt(`adem-key=${key}`)] });
    expect(report).toMatchObject({ status: 'none', tokens: [{ kind: 'key', outcome: 'unsupported' }] });
  });

  test.each([
    ['secp256r1 under an unknown curve', spki('301306072a8648ce3d020106082a8648ce3d030199', '00')],
    [
      'secp256k1 with a byte behind it',
      Buffer.concat([Buffer.from(SECP256K1, 'base64'), Buffer.of(0)]).toString('base64'),
    ],
  ])('%s is none', async (_, key) => {
    expect(codesOf(await checkScene({ records: [txt(`adem-key=${key}`)] }))).toContain('key-malformed');
  });
});

describe('Ed25519 signatures that engines judge differently', () => {
  // A vector of "Taming the many EdDSAs" : R is of small order.
  const lowOrder = {
    signature:
      '0100000000000000000000000000000000000000000000000000000000000000330b30d6c1f07511e2208d233b6a34d4ed7109da2dea615bcd97daee3a842704',
  };
  const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
  const littleEndian = (value: bigint): Uint8Array =>
    Uint8Array.from(Buffer.from(value.toString(16).padStart(64, '0'), 'hex')).toReversed();
  const numberOf = (bytes: Uint8Array): bigint =>
    BigInt(`0x${Buffer.from(Uint8Array.from(bytes).toReversed()).toString('hex')}`);

  /** An emblem signed by the Ed25519 key, its signature changed. */
  const withSignature = async (change: (signature: Buffer) => Buffer) => {
    const [header = '', payload = '', signature = ''] = (await makeEmblem({ key: edwardsKey, issuer: null })).split(
      '.',
    );
    return codesOf(
      await checkScene({
        values: [
          `adem-token=${header}.${payload}.${change(Buffer.from(signature, 'base64url')).toString('base64url')}`,
        ],
      }),
    );
  };

  test('S at or above the order, R of small order, R not canonical are refused', async () => {
    expect(await withSignature((signature) => signature)).not.toContain('signature-wrong');
    expect(
      await withSignature((signature) =>
        Buffer.concat([signature.subarray(0, 32), littleEndian(numberOf(signature.subarray(32)) + ORDER)]),
      ),
    ).toContain('signature-wrong');
    expect(await withSignature((signature) => Buffer.concat([littleEndian(1n), signature.subarray(32)]))).toContain(
      'signature-wrong',
    );
    expect(
      await withSignature((signature) => Buffer.concat([littleEndian(2n ** 255n - 18n), signature.subarray(32)])),
    ).toContain('signature-wrong');
  });

  test('whatever an engine says of them', () => {
    expect(isEdwardsSignature(new Uint8Array(Buffer.from(lowOrder.signature, 'hex')))).toBe(false);
    expect(isEdwardsSignature(new Uint8Array(63))).toBe(false);
  });
});
