// Does each rule of generation `cwt`, broken alone, cost the token its standing under its own code?

import { encode, Tag } from 'cbor2';
import { expect, test } from 'vitest';
import type { ProblemCode } from '../../../src/problem.ts';
import type { DnsRecord } from '../../../src/emblem/record.ts';
import type { Report } from '../../../src/verdict/report.ts';
import {
  cbor,
  type CborMap,
  COSE_ALGORITHMS,
  coseKey,
  coseKid,
  coseThumbprint,
  cwtEmblem,
  cwtEndorsement,
  type CwtEndorsementOptions,
  cwtLogEntry,
  type CwtOptions,
} from '../../lab/cwt-issuer.ts';
import type { LabKey } from '../../lab/keys.ts';
import { join } from '../../lab/wire.ts';
import {
  checkScene,
  codesOf,
  edwardsKey,
  emblemKey,
  ENTRY,
  HOST,
  KEYS,
  makeEmblem,
  MISSES,
  NOW,
  RELIEF,
  rootKey,
  soundSet,
  STATE,
  stateKey,
  strangerKey,
  txt,
} from './scene.ts';

const SECONDS = NOW / 1000;
const lasting = { from: SECONDS - 1000, until: SECONDS + 1000 } as const;
const log = [cwtLogEntry(ENTRY)];
const OTHER_ID = Buffer.alloc(32, 7).toString('base64');
type EmblemChanges = Partial<CwtOptions & { assets: readonly unknown[] }>;
const emblem = (changes: EmblemChanges = {}) =>
  cwtEmblem({ ...lasting, key: emblemKey, issuer: RELIEF, assets: [HOST], ...changes });
const endorsement = (changes: Partial<CwtEndorsementOptions> = {}) =>
  cwtEndorsement({ ...lasting, key: rootKey, issuer: RELIEF, subject: RELIEF, endorsed: emblemKey, log, ...changes });
const external = (changes: Partial<CwtEndorsementOptions> = {}) =>
  cwtEndorsement({
    ...lasting,
    key: stateKey,
    issuer: STATE,
    subject: RELIEF,
    endorsed: rootKey,
    mayEndorse: true,
    log,
    ...changes,
  });

const ihle = (data: Uint8Array): DnsRecord => ({ generation: 'cwt', owner: HOST, data });
const key = (labKey: LabKey, changes: readonly (readonly [unknown, unknown])[] = []): DnsRecord =>
  ihle(cbor(coseKey(labKey, changes)));
const COSE_KEYS = [rootKey, emblemKey, stateKey, strangerKey, edwardsKey].map((labKey) => key(labKey));

async function checkTokens(
  tokens: readonly (Promise<Uint8Array> | Uint8Array)[],
  keys: readonly DnsRecord[] = COSE_KEYS,
): Promise<Report> {
  return checkScene({ records: [...keys, ...(await Promise.all(tokens.map(async (token) => token))).map(ihle)] });
}

test('the sound set is marked, endorsed', async () => {
  const report = await checkTokens([emblem(), endorsement(), external()]);
  expect(report).toMatchObject({
    status: 'marked',
    strength: 'endorsed',
    levels: ['SIGNED', 'ORGANIZATIONAL', 'ENDORSED'],
    problems: [],
  });
  expect(report.emblems[0]).toMatchObject({
    generation: 'cwt',
    set: null,
    purposes: ['protective'],
    assets: [HOST],
    coveredBy: HOST,
    problems: [],
  });
  expect(report.emblems[0]?.chain.map(({ kid }) => kid)).toEqual([stateKey, rootKey, emblemKey].map(coseKid));
});

const nested = (levels: number): unknown => Array.from({ length: levels }).reduce<unknown>((inner) => [inner], 0);
/** Plain encoding, as an encoder writes it that nobody told to be deterministic. */
const plainly = (map: CborMap): Uint8Array<ArrayBuffer> => new Uint8Array(encode(map));
const twice = (map: CborMap): Uint8Array<ArrayBuffer> => {
  const bytes = plainly(new Map([...map, ['ver', 1]]));
  // The last pair again: one pair more in the head, which stays below 24.
  return new Uint8Array([(bytes[0] ?? 0) + 1, ...bytes.subarray(1), ...encode('ver'), 1]);
};
const longKeyTwice = (map: CborMap): Uint8Array<ArrayBuffer> => {
  const bytes = plainly(map);
  // Label 4 or 1 once more, encoded longer than needed.
  return new Uint8Array([(bytes[0] ?? 0) + 1, ...bytes.subarray(1), 0x18, 0x01, 0x00]);
};
/** Encodes a map with CBOR's `undefined` under a label more: headers or claims, which alone have a version. */
const withUndefined =
  (label: unknown, where: 'header' | 'claims' = 'header') =>
  (map: CborMap): Uint8Array<ArrayBuffer> =>
    plainly(map.has('ver') === (where === 'claims') ? new Map([...map, [label, undefined]]) : map);
const raw =
  (...parts: readonly unknown[]) =>
  () =>
    Promise.resolve(cbor(parts.length === 1 ? parts[0] : parts));

/** An emblem record in which exactly one thing is wrong, and the code it must be refused with. */
const EMBLEMS: readonly (readonly [string, ProblemCode, () => Promise<Uint8Array>])[] = [
  ['no tag', 'token-malformed', () => emblem({ wrap: (parts) => parts })],
  ['tag 61 alone', 'token-malformed', () => emblem({ wrap: (parts) => new Tag(61, parts) })],
  ['tag 61 twice', 'token-malformed', () => emblem({ wrap: (parts) => new Tag(61, new Tag(61, new Tag(18, parts))) })],
  ['another tag', 'token-malformed', () => emblem({ wrap: (parts) => new Tag(61, new Tag(98, parts)) })],
  ['nothing in the envelope', 'token-malformed', () => emblem({ wrap: () => new Tag(61, new Tag(18, null)) })],
  [
    'an unprotected header that is no map',
    'header-unprotected',
    () => emblem({ wrap: ([head, , ...rest]) => new Tag(61, new Tag(18, [head, [], ...rest])) }),
  ],
  [
    'a protected header as text',
    'token-malformed',
    () =>
      emblem({
        wrap: ([head, ...rest]) =>
          new Tag(61, new Tag(18, [head instanceof Uint8Array ? Buffer.from(head).toString('hex') : '', ...rest])),
      }),
  ],
  [
    'a signature as text',
    'token-malformed',
    () => emblem({ wrap: (parts) => new Tag(61, new Tag(18, [...parts.slice(0, 3), 'x'])) }),
  ],
  [
    'an empty payload',
    'token-malformed',
    () =>
      emblem({
        wrap: ([head, open, , signature]) => new Tag(61, new Tag(18, [head, open, new Uint8Array(), signature])),
      }),
  ],
  ['a fifth part', 'token-malformed', () => emblem({ wrap: (parts) => new Tag(61, new Tag(18, [...parts, 0])) })],
  [
    'an unprotected header',
    'header-unprotected',
    () => emblem({ wrap: ([head, , ...rest]) => new Tag(61, new Tag(18, [head, new Map([[4, 1]]), ...rest])) }),
  ],
  [
    'a detached payload',
    'payload-missing',
    () => emblem({ wrap: ([head, open, , signature]) => new Tag(61, new Tag(18, [head, open, null, signature])) }),
  ],
  [
    'no protected header',
    'token-malformed',
    () => emblem({ wrap: ([, ...rest]) => new Tag(61, new Tag(18, [new Uint8Array(), ...rest])) }),
  ],
  ['something after the item', 'token-malformed', async () => new Uint8Array([...(await emblem()), 0])],
  ['a cut end', 'token-malformed', async () => (await emblem()).subarray(0, -1)],
  ['no alg', 'token-malformed', () => emblem({ header: [[1, undefined]] })],
  ['alg as text', 'algorithm-refused', () => emblem({ header: [[1, 'ES256']] })],
  ['a MAC', 'algorithm-refused', () => emblem({ algorithm: 5 })],
  ['an algorithm for another curve', 'algorithm-mismatch', () => emblem({ algorithm: -35 })],
  ['no kid', 'key-reference-missing', () => emblem({ header: [[4, undefined]] })],
  ['a kid as text', 'token-malformed', () => emblem({ header: [[4, 'x'.repeat(32)]] })],
  ['a short kid', 'token-malformed', () => emblem({ header: [[4, new Uint8Array(31)]] })],
  ['a kid nobody has', 'key-not-found', () => emblem({ header: [[4, new Uint8Array(32)]] })],
  ['the kid of another key', 'signature-wrong', () => emblem({ header: [[4, coseThumbprint(strangerKey)]] })],
  ['another type', 'header-type', () => emblem({ header: [[16, 'application/cwt']] })],
  [
    'a critical parameter unheard of',
    'token-critical-header',
    () =>
      emblem({
        header: [
          [2, [99]],
          [99, 1],
        ],
      }),
  ],
  ['critical parameters undefined', 'token-critical-header', () => emblem({ encodeAs: withUndefined(2) })],
  ['an undefined type', 'header-type', () => emblem({ encodeAs: withUndefined(16) })],
  ['an undefined log in its header', 'claim-forbidden', () => emblem({ encodeAs: withUndefined('log') })],
  ['an undefined iss', 'organisation-malformed', () => emblem({ issuer: null, encodeAs: withUndefined(1, 'claims') })],
  [
    'a key whose operations are undefined',
    'key-malformed',
    () => Promise.resolve(withUndefined(4)(coseKey(emblemKey))),
  ],
  ['a key of Ed25519 with y undefined', 'key-malformed', () => Promise.resolve(withUndefined(-3)(coseKey(edwardsKey)))],
  ['a critical parameter that is not there', 'token-critical-header', () => emblem({ header: [[2, [16]]] })],
  ['nothing critical', 'token-critical-header', () => emblem({ header: [[2, []]] })],
  [
    'a critical parameter unheard of beside one we act on',
    'token-critical-header',
    () =>
      emblem({
        header: [
          [2, [1, 99]],
          [99, 1],
        ],
      }),
  ],
  ['critical parameters as text', 'token-critical-header', () => emblem({ header: [[2, 'log']] })],
  [
    'a claim twice',
    'token-duplicate-member',
    () => emblem({ encodeAs: (map) => (map.has('ver') ? twice(map) : plainly(map)) }),
  ],
  [
    'a claim twice in two encodings',
    'token-duplicate-member',
    () => emblem({ encodeAs: (map) => (map.has('ver') ? longKeyTwice(map) : plainly(map)) }),
  ],
  ['nesting beyond 16 levels', 'token-too-deep', () => emblem({ claims: [['deep', nested(16)]] })],
  ['nesting beyond all measure', 'token-too-deep', () => Promise.resolve(new Uint8Array(60_000).fill(0x81))],
  [
    'more than 4,096 items',
    'token-too-large',
    () => emblem({ claims: [['long', Array.from({ length: 4097 }, () => 0)]] }),
  ],
  [
    'more than 256 pairs',
    'token-too-large',
    () => emblem({ claims: [['wide', new Map(Array.from({ length: 257 }, (_, place) => [place, 0]))]] }),
  ],
  [
    'text that is no UTF-8',
    'token-malformed',
    () =>
      emblem({
        encodeAs: (map) =>
          map.has('ver')
            ? new Uint8Array([(plainly(map)[0] ?? 0) + 1, ...plainly(map).subarray(1), 0x61, 0xff, 0])
            : plainly(map),
      }),
  ],
  ['more than 64 kB', 'token-too-large', () => emblem({ claims: [['x', 'x'.repeat(70_000)]] })],
  ['no version', 'version-unsupported', () => emblem({ claims: [['ver', undefined]] })],
  [
    'version 1 as a float',
    'version-unsupported',
    () =>
      emblem({
        encodeAs: (map) =>
          plainly(new Map([...map].map(([label, value]) => [label, label === 'ver' ? new FloatOne() : value]))),
      }),
  ],
  ['version as text', 'version-unsupported', () => emblem({ claims: [['ver', 'v1']] })],
  ['no nbf', 'time-malformed', () => emblem({ claims: [[5, undefined]] })],
  ['no exp', 'time-malformed', () => emblem({ claims: [[4, undefined]] })],
  ['exp that is no number', 'time-malformed', () => emblem({ claims: [[4, Number.NaN]] })],
  ['exp without end', 'time-malformed', () => emblem({ claims: [[4, Number.POSITIVE_INFINITY]] })],
  ['exp as digits', 'time-malformed', () => emblem({ claims: [[4, String(SECONDS + 1000)]] })],
  ['iat as text', 'time-malformed', () => emblem({ claims: [[6, 'now']] })],
  ['iss that is no OI', 'organisation-malformed', () => emblem({ claims: [[1, 'https://a@b.example']] })],
  ...(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'cti', 'emb'] as const).map(
    (label) => [`${label} under a text label`, 'claim-forbidden', () => emblem({ claims: [[label, 1]] })] as const,
  ),
  ...[3, 7, 8, 0, -1].map(
    (label) => [`integer label ${label}`, 'claim-forbidden', () => emblem({ claims: [[label, 1]] })] as const,
  ),
  ['a label that is bytes', 'claim-label', () => emblem({ claims: [[new Uint8Array([1]), 1]] })],
  ['a label that is true', 'claim-label', () => emblem({ claims: [[true, 1]] })],
  ...[undefined, 0, 32, -1, 'protective', [1]].map(
    (purposes) => [`prp ${String(purposes)}`, 'purpose-unknown', () => emblem({ purposes })] as const,
  ),
  ['no assets', 'assets-malformed', () => emblem({ assets: [] })],
  ['assets as text', 'assets-malformed', () => emblem({ claims: [['assets', HOST]] })],
  ...['*.relief.example', '*', '[192.0.2.1]', '192.0.2.1', 'localhost', 'a b.example', 7].map(
    (asset) => [`asset ${asset}`, 'asset-malformed', () => emblem({ assets: [HOST, asset] })] as const,
  ),
  ['sub in an emblem', 'claim-forbidden', () => emblem({ claims: [[2, RELIEF]] })],
  ['log in an emblem', 'claim-forbidden', () => emblem({ claims: [['log', log]] })],
  ['log in the header of an emblem', 'claim-forbidden', () => emblem({ header: [['log', log]] })],
  ['assets and key', 'token-ambiguous', () => emblem({ claims: [['key', new Uint8Array(32)]] })],
  ['assets and end', 'token-ambiguous', () => emblem({ claims: [['end', false]] })],
  ['neither assets nor key', 'token-ambiguous', () => emblem({ claims: [['assets', undefined]] })],
  ['a number', 'token-malformed', raw(1)],
  ['nothing', 'token-malformed', () => Promise.resolve(new Uint8Array())],
  ['a private key', 'key-private', raw(coseKey(emblemKey, [[-4, new Uint8Array(32)]]))],
  ['a key whose alg is text', 'key-malformed', raw(coseKey(emblemKey, [[3, 'ES256']]))],
  ['a key off its curve', 'key-unsound', raw(coseKey(emblemKey, [[-3, new Uint8Array(32)]]))],
  ['a key of small order', 'key-unsound', raw(coseKey(edwardsKey, [[-2, new Uint8Array(32)]]))],
  ['a key without y', 'key-malformed', raw(coseKey(emblemKey, [[-3, undefined]]))],
  ['a key with a long coordinate', 'key-malformed', raw(coseKey(emblemKey, [[-2, new Uint8Array(33)]]))],
  ['a key with an empty coordinate', 'key-malformed', raw(coseKey(emblemKey, [[-2, new Uint8Array()]]))],
  ['a key of Ed25519 with a short coordinate', 'key-malformed', raw(coseKey(edwardsKey, [[-2, new Uint8Array(31)]]))],
  ['a key of Ed25519 with y', 'key-malformed', raw(coseKey(edwardsKey, [[-3, new Uint8Array(32)]]))],
  ['a key of another type', 'key-malformed', raw(coseKey(emblemKey, [[1, 1]]))],
  ['a key that only signs', 'key-malformed', raw(coseKey(emblemKey, [[4, [1]]]))],
  ['a key whose operations are text', 'key-malformed', raw(coseKey(emblemKey, [[4, '2']]))],
  [
    'a compressed key with a long coordinate',
    'key-malformed',
    raw(
      coseKey(emblemKey, [
        [-2, new Uint8Array(33).fill(255)],
        [-3, true],
      ]),
    ),
  ],
];

/** Encodes as the float 1.0 where an encoder would write the integer. */
class FloatOne {
  toCBOR(writer: { write: (bytes: Uint8Array) => void }): undefined {
    writer.write(new Uint8Array([0xf9, 0x3c, 0x00]));
  }
}

test.each(EMBLEMS)('an emblem record with %s: %s', async (_, code, make) => {
  const report = await checkTokens([make(), endorsement(), external()]);
  expect(codesOf(report).filter((found) => found !== 'endorsement-unrelated')).toEqual([code]);
  expect(report).toMatchObject({ status: 'invalid', because: 'other', levels: ['INVALID'] });
});

/** An endorsement in which exactly one thing is wrong. */
const ENDORSEMENTS: readonly (readonly [string, ProblemCode, () => Promise<Uint8Array>])[] = [
  ['sub that is no OI', 'organisation-malformed', () => endorsement({ claims: [[2, 'relief.example']] })],
  ['a short key', 'endorsed-key-malformed', () => endorsement({ claims: [['key', new Uint8Array(31)]] })],
  ['key as text', 'endorsed-key-malformed', () => endorsement({ claims: [['key', coseKid(emblemKey)]] })],
  ['no key', 'endorsed-key-malformed', () => endorsement({ claims: [['key', undefined]] })],
  ['no end', 'end-malformed', () => endorsement({ claims: [['end', undefined]] })],
  ['end as a number', 'end-malformed', () => endorsement({ claims: [['end', 1]] })],
  [
    'a log entry with both',
    'log-entry-refused',
    () => endorsement({ log: [new Map<unknown, unknown>([...cwtLogEntry(ENTRY), ['index', 1]])] }),
  ],
  [
    'a log entry with neither',
    'log-entry-refused',
    () => endorsement({ log: [new Map([['id', new Uint8Array(32)]])] }),
  ],
  [
    'a log entry with another key',
    'log-entry-refused',
    () => endorsement({ log: [new Map<unknown, unknown>([...cwtLogEntry(ENTRY), ['ver', 'v1']])] }),
  ],
  ['a log entry that is null', 'log-entry-refused', () => endorsement({ claims: [['log', [null]]] })],
  [
    'a log entry with a short hash',
    'log-entry-refused',
    () =>
      endorsement({
        log: [
          new Map([
            ['id', new Uint8Array(32)],
            ['hash', new Uint8Array(31)],
          ]),
        ],
      }),
  ],
  [
    'a log entry with a short id',
    'log-entry-refused',
    () =>
      endorsement({
        log: [
          new Map<unknown, unknown>([
            ['id', new Uint8Array(31)],
            ['index', 1],
          ]),
        ],
      }),
  ],
  [
    'a log entry with a negative index',
    'log-entry-refused',
    () =>
      endorsement({
        log: [
          new Map<unknown, unknown>([
            ['id', new Uint8Array(32)],
            ['index', -1],
          ]),
        ],
      }),
  ],
  [
    'a log entry with a fraction as index',
    'log-entry-refused',
    () => endorsement({ log: [cwtLogEntry({ id: ENTRY.id, index: 1.5 })] }),
  ],
  [
    'a log entry with neither among the claims',
    'log-entry-refused',
    () => endorsement({ logIn: 'claims', log: [new Map([['id', new Uint8Array(32)]])] }),
  ],
  [
    'logs in two places that differ in a hash',
    'log-places-differ',
    () => endorsement({ claims: [['log', [cwtLogEntry({ id: ENTRY.id, hash: OTHER_ID })]]] }),
  ],
  [
    'logs in two places that differ in an id',
    'log-places-differ',
    () => endorsement({ claims: [['log', [cwtLogEntry({ id: OTHER_ID, hash: ENTRY.hash })]]] }),
  ],
  [
    'logs in two places that differ in an index',
    'log-places-differ',
    () =>
      endorsement({
        log: [cwtLogEntry({ id: ENTRY.id, index: 1 })],
        claims: [['log', [cwtLogEntry({ id: ENTRY.id, index: 2 })]]],
      }),
  ],
  [
    'logs in two places that differ in the id of an index',
    'log-places-differ',
    () =>
      endorsement({
        log: [cwtLogEntry({ id: ENTRY.id, index: 1 })],
        claims: [['log', [cwtLogEntry({ id: OTHER_ID, index: 1 })]]],
      }),
  ],
  ['an empty log beside a good one', 'log-places-differ', () => endorsement({ claims: [['log', []]] })],
  [
    'different logs in two places',
    'log-places-differ',
    () => endorsement({ claims: [['log', [cwtLogEntry({ id: ENTRY.id, index: 1 })]]] }),
  ],
];

test.each(ENDORSEMENTS)('an endorsement with %s: %s', async (_, code, make) => {
  const report = await checkTokens([emblem(), make(), external()]);
  expect(codesOf(report)).toEqual([code, 'endorsement-unrelated', 'organisation-not-endorsed']);
  expect(report).toMatchObject({ status: 'invalid' });
});

/** Indefinite lengths and longer integers than needed: not forbidden, and signed as they are. */
const loosely = (map: CborMap): Uint8Array<ArrayBuffer> =>
  join(
    new Uint8Array([0xbf]),
    ...[...map].flatMap(([label, value]) => [
      typeof label === 'number' && label > 0 && label < 24 ? new Uint8Array([0x18, label]) : encode(label),
      encode(value),
    ]),
    new Uint8Array([0xff]),
  );

const COMPRESSED = [rootKey, stateKey, emblemKey].map((labKey) =>
  key(labKey, [[-3, (Buffer.from(labKey.jwk.y ?? '', 'base64url').at(-1) ?? 0) % 2 === 1]]),
);

/** Variants of the format that must be read. */
const VARIANTS: readonly (readonly [string, () => Promise<Report>])[] = [
  ['log among the claims', () => checkTokens([emblem(), endorsement({ logIn: 'claims' }), external()])],
  ['log in both places, equal', () => checkTokens([emblem(), endorsement({ claims: [['log', log]] }), external()])],
  ['typ', () => checkTokens([emblem({ header: [[16, 'application/adem']] }), endorsement(), external()])],
  ['crit naming what we act on', () => checkTokens([emblem({ header: [[2, [1]]] }), endorsement(), external()])],
  [
    'fractions of seconds and an unknown text label',
    () =>
      checkTokens([
        emblem({
          claims: [
            [5, SECONDS - 0.5],
            ['note', new Tag(0, 'x')],
          ],
        }),
        endorsement(),
        external(),
      ]),
  ],
  [
    'a loose encoding',
    () => checkTokens([emblem({ encodeAs: loosely }), endorsement({ encodeAs: loosely }), external()]),
  ],
  ['nesting of 16 levels', () => checkTokens([emblem({ claims: [['deep', nested(15)]] }), endorsement(), external()])],
  [
    '4,096 items',
    () =>
      checkTokens([emblem({ claims: [['long', Array.from({ length: 4096 }, () => 0)]] }), endorsement(), external()]),
  ],
  ['compressed keys', () => checkTokens([emblem(), endorsement(), external()], COMPRESSED)],
  [
    'a kid inside a key',
    () =>
      checkTokens(
        [emblem(), endorsement(), external()],
        [rootKey, stateKey, emblemKey].map((labKey) => key(labKey, [[2, new Uint8Array(32)]])),
      ),
  ],
  [
    'a trailing dot and capitals',
    () => checkTokens([emblem({ assets: ['CLINIC.relief.example.'] }), endorsement(), external()]),
  ],
  [
    'keys that may sign and verify',
    () =>
      checkTokens(
        [emblem(), endorsement(), external()],
        [rootKey, stateKey, emblemKey].map((labKey) => key(labKey, [[4, [1, 2]]])),
      ),
  ],
  [
    'a narrower purpose than permitted',
    () => checkTokens([emblem({ purposes: 4 }), endorsement({ purposes: 31 }), external({ purposes: 12 })]),
  ],
];

test.each(VARIANTS)('%s is read', async (_, make) => {
  expect(await make()).toMatchObject({ status: 'marked', strength: 'endorsed' });
});

test.each([0, 2 ** 40 - 1])('a log entry of index %i is read', async (index) => {
  expect(codesOf(await checkTokens([emblem(), endorsement({ log: [cwtLogEntry({ id: ENTRY.id, index })] })]))).toEqual([
    'log-kind-mismatch',
    'commitment-undetermined',
  ]);
});

test.each([[[]], ['x'], [new Map()]])('a log that is %j fails the commitment', async (value) => {
  const report = await checkTokens([emblem(), endorsement({ header: [['log', value]] })]);
  expect(codesOf(report)).toEqual(['log-claim-malformed', 'commitment-failed']);
  expect(report).toMatchObject({ status: 'invalid', because: 'other' });
});

test('without tag 61: read, and noted', async () => {
  const report = await checkTokens([emblem({ wrap: (parts) => new Tag(18, parts) }), endorsement(), external()]);
  expect(report).toMatchObject({ status: 'marked', strength: 'endorsed' });
  expect(codesOf(report)).toEqual(['envelope-untagged']);
});

test.each(
  [rootKey, emblemKey, stateKey, edwardsKey].flatMap((labKey) =>
    COSE_ALGORITHMS[labKey.algorithm].map((number) => [labKey.algorithm, number, labKey] as const),
  ),
)('algorithm %s as %i', async (_, algorithm, labKey) => {
  const report = await checkTokens([
    emblem({ key: labKey, algorithm }),
    endorsement({ key: strangerKey, endorsed: labKey }),
  ]);
  expect(report).toMatchObject({ status: 'marked', strength: 'declared' });
  const stated = [
    key(strangerKey),
    key(labKey, [[3, COSE_ALGORITHMS[labKey.algorithm].find((other) => other !== algorithm)]]),
  ];
  expect(
    await checkTokens(
      [emblem({ key: labKey, algorithm }), endorsement({ key: strangerKey, endorsed: labKey })],
      stated,
    ),
  ).toMatchObject({ status: 'marked' });
});

test('a key that states another algorithm does not verify', async () => {
  const report = await checkTokens(
    [emblem(), endorsement(), external()],
    [key(rootKey), key(stateKey), key(emblemKey, [[3, -35]])],
  );
  expect(codesOf(report)).toContain('algorithm-mismatch');
  expect(report.status).toBe('invalid');
});

test('an algorithm that is sound but not implemented', async () => {
  expect(await checkTokens([emblem({ algorithm: -257 }), endorsement()])).toMatchObject({ status: 'unknown' });
});

test('purposes are a bit map, and constraints its subset', async () => {
  const all = await checkTokens([emblem({ purposes: 31 }), endorsement({ purposes: 31 })]);
  expect(all.emblems[0]?.purposes).toEqual([
    'protective',
    'indicative',
    'dangerous-forces',
    'civil-defence',
    'cultural-property',
  ]);
  const wide = await checkTokens([emblem({ purposes: 3 }), endorsement({ purposes: 1 })]);
  expect(codesOf(wide)).toEqual(['constraint-purpose']);
  expect(wide.status).toBe('invalid');
});

test('the exact name decides, and an unproven commitment fails here as there', async () => {
  expect(await checkTokens([emblem({ assets: ['relief.example'] }), endorsement()])).toMatchObject({
    status: 'not-covered',
  });
  const records = [...COSE_KEYS, ...(await Promise.all([emblem(), endorsement()]).then((tokens) => tokens.map(ihle)))];
  expect(await checkScene({ records, outcomes: () => MISSES })).toMatchObject({ status: 'invalid' });
});

test('two different emblems that stand contradict each other; copies and expired ones do not', async () => {
  const two = await checkTokens([emblem(), emblem({ claims: [['note', 1]] }), endorsement()]);
  expect(two).toMatchObject({ status: 'invalid', because: 'other' });
  expect(codesOf(two)).toEqual(['emblem-conflict', 'emblem-conflict']);
  expect(await checkTokens([emblem(), emblem(), endorsement()])).toMatchObject({ status: 'marked', emblems: [{}] });
  expect(await checkTokens([emblem(), emblem({ until: SECONDS }), endorsement()])).toMatchObject({ status: 'marked' });
});

test('an emblem without organisation is read', async () => {
  expect(await checkTokens([emblem({ issuer: null })])).toMatchObject({
    status: 'unconfirmed',
    because: 'no-organisation',
    emblems: [{ issuer: null }],
  });
});

test('a record of 64 kB is read, and not one byte more', async () => {
  expect(codesOf(await checkTokens([new Uint8Array(65_536)], []))).toEqual(['token-malformed']);
  expect(codesOf(await checkTokens([new Uint8Array(65_537)], []))).toEqual(['token-too-large']);
});

test('which records count as an emblem', async () => {
  expect(await checkTokens([], [key(rootKey)])).toMatchObject({
    status: 'none',
    problems: [{ code: 'no-emblem', severity: 'info' }],
  });
  expect(await checkTokens([endorsement()])).toMatchObject({ status: 'invalid', problems: [{ code: 'no-emblem' }] });
});

const [n, e] = [new Uint8Array(256).fill(1), new Uint8Array([1, 0, 1])];
/** Public keys of kinds that are not implemented, each with a member without which it is none. */
const OTHER_KEYS: readonly (readonly [string, CborMap, unknown])[] = [
  [
    'RSA',
    new Map<unknown, unknown>([
      [1, 3],
      [3, -257],
      [-1, n],
      [-2, e],
    ]),
    -2,
  ],
  [
    'HSS-LMS',
    new Map<unknown, unknown>([
      [1, 5],
      [3, -46],
      [-1, n],
    ]),
    -1,
  ],
  [
    'AKP',
    new Map<unknown, unknown>([
      [1, 7],
      [3, -48],
      [-1, n],
    ]),
    -1,
  ],
  [
    'secp256k1',
    new Map<unknown, unknown>([
      [1, 2],
      [3, -47],
      [-1, 8],
      [-2, n.subarray(0, 32)],
      [-3, true],
    ]),
    -3,
  ],
  [
    'Brainpool',
    new Map<unknown, unknown>([
      [1, 2],
      [3, -265],
      [-1, 256],
      [-2, n.subarray(0, 32)],
      [-3, n.subarray(0, 32)],
    ]),
    -2,
  ],
  ...[257, 258, 259].map((curve): readonly [string, CborMap, unknown] => [
    `Brainpool ${curve}`,
    new Map<unknown, unknown>([
      [1, 2],
      [3, -265],
      [-1, curve],
      [-2, n.subarray(0, 32)],
      [-3, n.subarray(0, 32)],
    ]),
    -2,
  ]),
  [
    'Ed448',
    new Map<unknown, unknown>([
      [1, 1],
      [3, -8],
      [-1, 7],
      [-2, n.subarray(0, 57)],
    ]),
    -2,
  ],
];

test.each(OTHER_KEYS)('a sound key of a kind that is not implemented is a key: %s', async (_, sound, needed) => {
  expect(await checkTokens([], [ihle(cbor(sound))])).toMatchObject({
    status: 'none',
    tokens: [{ kind: 'key', outcome: 'unsupported' }],
    problems: [{ code: 'no-emblem' }, { code: 'algorithm-unsupported' }],
  });
  const without = (label: unknown) => ihle(cbor(new Map([...sound].filter(([name]) => name !== label))));
  expect(await checkTokens([], [without(needed)])).toMatchObject({
    status: 'invalid',
    tokens: [{ kind: 'emblem', outcome: 'discarded' }],
  });
  expect(await checkTokens([], [without(3)])).toMatchObject({
    status: 'none',
    tokens: [{ kind: 'key', outcome: 'unsupported' }],
  });
});

test('a key of a type that its curve is not of is no sound key', async () => {
  const parts = new Map<unknown, unknown>([
    [1, 1],
    [3, -47],
    [-1, 8],
    [-2, n.subarray(0, 32)],
    [-3, true],
  ]);
  expect(await checkTokens([], [ihle(cbor(parts))])).toMatchObject({ status: 'invalid' });
});

test.each([
  ['RSA', 3, -3],
  ['AKP', 7, -2],
])('a private key of a kind that is not implemented is no sound key: %s', async (_, kty, secret) => {
  const parts = new Map<unknown, unknown>([
    [1, kty],
    [3, -257],
    [-1, n],
    ...(kty === 3 ? [[-2, e] as const] : []),
    [secret, n],
  ]);
  expect(await checkTokens([], [ihle(cbor(parts))])).toMatchObject({ status: 'invalid' });
});

test('EdDSA on Ed448 is a sound algorithm that is not implemented; under a label for Ed25519 it is a mismatch', async () => {
  const ed448 = new Map<unknown, unknown>([
    [1, 1],
    [3, -8],
    [-1, 7],
    [-2, n.subarray(0, 57)],
  ]);
  const kid = new Uint8Array(
    await crypto.subtle.digest(
      'SHA-256',
      cbor(
        new Map<unknown, unknown>([
          [1, 1],
          [-1, 7],
          [-2, n.subarray(0, 57)],
        ]),
      ),
    ),
  );
  const signedBy = (algorithm: number) =>
    checkTokens([emblem({ algorithm, header: [[4, kid]] }), endorsement()], [...COSE_KEYS, ihle(cbor(ed448))]);
  const unsupported = await signedBy(-8);
  expect(unsupported).toMatchObject({ status: 'unknown' });
  expect(codesOf(unsupported)).toContain('algorithm-unsupported');
  const mismatch = await signedBy(-19);
  expect(mismatch).toMatchObject({ status: 'invalid' });
  expect(codesOf(mismatch)).toContain('algorithm-mismatch');
});

test('both generations at one name: all listed, the strongest decides, tokens never mix', async () => {
  const records = [
    ...COSE_KEYS,
    ...(await Promise.all([emblem(), endorsement()])).map(ihle),
    ...KEYS.map((value) => txt(value)),
  ];
  const both = await checkScene({ records: [...records, ...(await soundSet()).map((value) => txt(value))] });
  expect(both).toMatchObject({ status: 'marked', strength: 'endorsed' });
  expect(both.emblems.map(({ generation, strength }) => `${generation} ${strength}`)).toEqual([
    'jws endorsed',
    'cwt declared',
  ]);
  expect(codesOf(both)).toEqual([]);
  const mixed = await checkScene({
    records: [
      ...COSE_KEYS,
      ihle(await endorsement()),
      ...KEYS.map((value) => txt(value)),
      txt(`adem-token=${await makeEmblem()}`),
    ],
  });
  expect(mixed).toMatchObject({ status: 'invalid' });
  expect(codesOf(mixed)).toContain('organisation-not-endorsed');
});
