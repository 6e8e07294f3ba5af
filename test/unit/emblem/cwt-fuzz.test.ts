// Can bytes of an IHLE record crash the reader, hang it, or pass as a token that nobody signed?

import { encode, Simple, Tag } from 'cbor2';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeHex } from '../../../src/codec/base64.ts';
import { readIhleRecord } from '../../../src/emblem/cwt/ihle-record.ts';
import type { DnsRecord, RecordContent } from '../../../src/emblem/record.ts';
import type { Token } from '../../../src/emblem/token.ts';
import { gatherKeys, identifyKey } from '../../../src/signature/keys.ts';
import { SignedToken } from '../../../src/signature/signed-token.ts';
import { checkScene, ENTRY, HOST, NOW, RELIEF, STATE } from '../check/scene.ts';
import { cbor, coseKey, cwtEmblem, cwtEndorsement, cwtLogEntry } from '../../lab/cwt-issuer.ts';
import { makeKey } from '../../lab/keys.ts';
import { openVerifiedSignatures } from '../../../src/signature/verified-signatures.ts';

// Keys whose signatures verify fast: there are thousands to try.
const [root, signing, state] = await Promise.all([makeKey('ES256'), makeKey('ES256'), makeKey('EdDSA')]);
const SECONDS = NOW / 1000;
const lasting = { from: SECONDS - 1000, until: SECONDS + 1000 } as const;
const log = [cwtLogEntry(ENTRY)];
const TOKENS = {
  emblem: await cwtEmblem({ ...lasting, key: signing, issuer: RELIEF, assets: [HOST] }),
  endorsement: await cwtEndorsement({ ...lasting, key: root, issuer: RELIEF, subject: RELIEF, endorsed: signing, log }),
  external: await cwtEndorsement({
    ...lasting,
    key: state,
    issuer: STATE,
    subject: RELIEF,
    endorsed: root,
    mayEndorse: true,
    log,
    logIn: 'claims',
  }),
} as const;
type Bytes = Uint8Array<ArrayBuffer>;
type Name = keyof typeof TOKENS;
const NAMES: readonly Name[] = ['emblem', 'endorsement', 'external'];
const KEYS = [root, signing, state].map((key) => cbor(coseKey(key)));

const read = (data: Uint8Array): RecordContent => readIhleRecord(data);
const tokenOf = (data: Uint8Array): Token | null => {
  const content = read(data);
  return content.kind === 'token' && content.token.ok ? content.token.value : null;
};
const pool = gatherKeys(
  await Promise.all(
    KEYS.map((data) => {
      const content = read(data);
      if (content.kind !== 'key' || !content.key.ok) throw new TypeError('a key of the lab is not read');
      return identifyKey('cwt', content.key.value);
    }),
  ),
);

/** What a token means, and the bytes that prove it; not how its envelope is written. */
const meaning = (token: Token): unknown => ({ ...token, notes: null });
const ORIGINALS = new Map(NAMES.map((name) => [name, tokenOf(TOKENS[name])]));

/** Whether altered bytes are taken for a signed token that differs from the original. */
async function passesAltered(name: Name, data: Uint8Array): Promise<boolean> {
  const token = tokenOf(data);
  if (token === null || !(await SignedToken.verify(token, pool, openVerifiedSignatures())).ok) return false;
  return JSON.stringify(meaning(token), asHex) !== JSON.stringify(meaning(ORIGINALS.get(name) ?? token), asHex);
}
const asHex = (_: string, value: unknown): unknown => (value instanceof Uint8Array ? encodeHex(value) : value);

const ihle = (data: Uint8Array): DnsRecord => ({ generation: 'cwt', owner: HOST, data });

test('the tokens themselves are read, verify, and mark the site', async () => {
  for (const name of NAMES) {
    const token = tokenOf(TOKENS[name]);
    expect(token === null ? null : (await SignedToken.verify(token, pool, openVerifiedSignatures())).ok, name).toBe(
      true,
    );
  }
  expect(await checkScene({ records: [...KEYS, ...Object.values(TOKENS)].map((data) => ihle(data)) })).toMatchObject({
    status: 'marked',
    strength: 'endorsed',
  });
});

describe('mutations', () => {
  test.each(NAMES)(
    'no single bit of the %s may differ',
    async (name) => {
      const original = TOKENS[name];
      const passing: number[] = [];
      for (let bit = 0; bit < original.length * 8; bit += 1) {
        const altered = new Uint8Array(original);
        altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        if (await passesAltered(name, altered)) passing.push(bit);
      }
      expect(passing).toEqual([]);
    },
    60_000,
  );

  test.each(KEYS.map((key, place) => [place, key] as const))(
    'no single bit of key %i may differ and the key still be found',
    async (_, original) => {
      for (let bit = 0; bit < original.length * 8; bit += 1) {
        const altered = new Uint8Array(original);
        altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const content = read(altered);
        if (content.kind !== 'key' || !content.key.ok) continue;
        const { key, kid } = await identifyKey('cwt', content.key.value);
        for (const known of pool.get(kid) ?? []) expect(known.key).toEqual(key);
      }
    },
  );

  const place = fc.nat({ max: 10_000 });
  /** Ways to alter bytes: change, put in, take out, repeat, exchange with those of another token. */
  const alteration = fc.oneof(
    fc.tuple(place, fc.nat({ max: 255 })).map(
      ([at, byte]) =>
        (bytes: Bytes): Bytes =>
          bytes.map((old, index) => (index === at % bytes.length ? byte : old)),
    ),
    fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 4 })).map(
      ([at, more]) =>
        (bytes: Bytes): Bytes =>
          new Uint8Array([...bytes.subarray(0, at % bytes.length), ...more, ...bytes.subarray(at % bytes.length)]),
    ),
    fc.tuple(place, fc.integer({ min: 1, max: 40 })).map(
      ([at, count]) =>
        (bytes: Bytes): Bytes =>
          new Uint8Array([...bytes.subarray(0, at % bytes.length), ...bytes.subarray((at % bytes.length) + count)]),
    ),
    fc.tuple(place, fc.integer({ min: 1, max: 80 })).map(
      ([at, count]) =>
        (bytes: Bytes): Bytes =>
          new Uint8Array([...bytes.subarray(0, (at % bytes.length) + count), ...bytes.subarray(at % bytes.length)]),
    ),
    fc.tuple(place, fc.constantFrom(...NAMES)).map(
      ([at, other]) =>
        (bytes: Bytes): Bytes =>
          new Uint8Array([...bytes.subarray(0, at % bytes.length), ...TOKENS[other].subarray(at % bytes.length)]),
    ),
  );

  test('no alteration passes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...NAMES),
        fc.array(alteration, { minLength: 1, maxLength: 3 }),
        async (name, alterations) => {
          const altered = alterations.reduce(
            (bytes, alter) => (bytes.length === 0 ? bytes : alter(bytes)),
            new Uint8Array(TOKENS[name]),
          );
          const original = [...ORIGINALS].find(
            ([, token]) =>
              token !== null &&
              JSON.stringify(meaning(token), asHex) === JSON.stringify(meaning(tokenOf(altered) ?? token), asHex),
          );
          // Exchanged from its first byte on, a token is another sound one.
          expect(await passesAltered(original?.[0] ?? name, altered)).toBe(false);
        },
      ),
      { numRuns: 3000 },
    );
  }, 60_000);

  test('nor does it in a whole set: an altered emblem marks nothing, an altered authority vouches for nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...NAMES), alteration, async (name, alter) => {
        const altered = alter(new Uint8Array(TOKENS[name]));
        const same =
          tokenOf(altered) !== null &&
          [...ORIGINALS.values()].some(
            (token) =>
              token !== null &&
              JSON.stringify(meaning(token), asHex) === JSON.stringify(meaning(tokenOf(altered) ?? token), asHex),
          );
        const report = await checkScene({
          records: [...KEYS, ...NAMES.map((each) => (each === name ? altered : TOKENS[each]))].map((data) =>
            ihle(data),
          ),
        });
        if (same) return;
        if (name === 'external') expect(report.emblems[0]?.endorsedBy ?? []).toEqual([]);
        else expect(report.status).not.toBe('marked');
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  test('parts of sound tokens do not make another: each protected header, payload and signature, exchanged', async () => {
    const parts = NAMES.map((name) => tokenParts(TOKENS[name]));
    for (const [head, a] of parts.entries())
      for (const [body, b] of parts.entries())
        for (const [seal, c] of parts.entries()) {
          const name = NAMES[head] ?? 'emblem';
          const mixed = cbor(new Tag(61, new Tag(18, [a[0], new Map(), b[2], c[3]])));
          const token = tokenOf(mixed);
          const stands = token !== null && (await SignedToken.verify(token, pool, openVerifiedSignatures())).ok;
          expect([name, head, body, seal, stands]).toEqual([name, head, body, seal, head === body && body === seal]);
        }
  });
});

/** The four parts of a token as `cwt-issuer` wraps it: found by their heads, without our decoder. */
function tokenParts(token: Uint8Array): readonly Uint8Array[] {
  const parts: Uint8Array[] = [];
  let at = 4; // d8 3d d2 84
  while (at < token.length) {
    const [initial = 0, one = 0, two = 0] = token.subarray(at);
    const [head, length] = initial === 0xa0 ? [1, 0] : initial === 0x58 ? [2, one] : [3, one * 256 + two];
    parts.push(token.subarray(at + head, at + head + length));
    at += head + length;
  }
  return parts;
}

describe('arbitrary input', () => {
  const noise = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 600 }));
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n - 1n }),
      fc.boolean(),
      fc.constantFrom(null, undefined, new Simple(7)),
      fc.string({ maxLength: 20 }),
      fc.double(),
      fc.uint8Array({ maxLength: 70 }).map((bytes) => new Uint8Array(bytes)),
      fc.array(tie('value'), { maxLength: 5 }),
      fc
        .array(
          fc.tuple(
            fc.oneof(
              fc.constantFrom<unknown>(
                1,
                2,
                3,
                4,
                5,
                6,
                16,
                -1,
                -2,
                -3,
                -4,
                'ver',
                'prp',
                'assets',
                'key',
                'end',
                'log',
                'id',
                'hash',
                'index',
              ),
              tie('value'),
            ),
            tie('value'),
          ),
          { maxLength: 8 },
        )
        .map((pairs) => new Map(pairs)),
      fc
        .tuple(fc.oneof(fc.constantFrom(61, 18, 0, 1, 2, 3, 24, 258, 55_799), fc.nat()), tie('value'))
        .map(([tag, contents]) => new Tag(tag, contents)),
    ),
  }));
  const encoded = (item: unknown): Uint8Array =>
    new Uint8Array(encode(item, { rejectDuplicateKeys: false, ignoreOriginalEncoding: true }));
  /** Like a token: maps of any claims, in an envelope that may be whole. */
  const shaped = fc.tuple(value, value, value, fc.boolean()).map(([head, payload, signature, tagged]) => {
    const inner = new Tag(18, [encoded(head), new Map(), encoded(payload), signature]);
    return encoded(tagged ? new Tag(61, inner) : inner);
  });

  test('never throws, and is an emblem record unless it is a sound key', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          noise,
          value.map((item) => encoded(item)),
          shaped,
        ),
        (data) => {
          const content = read(data);
          expect(content.kind === 'key' ? content.key.ok : content.kind === 'token').toBe(true);
          if (content.kind === 'token' && !content.token.ok)
            expect(content.token.problem.detail?.length ?? 0).toBeLessThan(400);
        },
      ),
      { numRuns: 5000 },
    );
  }, 60_000);

  test('never makes a whole check throw, nor mark a site', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(noise, shaped), { minLength: 1, maxLength: 5 }), async (records) => {
        expect((await checkScene({ records: [...KEYS, ...records].map((data) => ihle(data)) })).status).toBe('invalid');
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  const filled = (start: readonly number[], byte: number): Uint8Array =>
    new Uint8Array(65_536).fill(byte).map((old, index) => start[index] ?? old);
  const HEADER = cbor(
    new Map<unknown, unknown>([
      [1, -7],
      [4, new Uint8Array(32)],
    ]),
  );
  const inEnvelope = (payload: Uint8Array): Uint8Array =>
    cbor(new Tag(61, new Tag(18, [HEADER, new Map(), payload, new Uint8Array()])));
  const HOSTILE: Readonly<Record<string, Uint8Array>> = {
    'arrays in arrays': filled([], 0x81),
    'maps as keys of maps': filled([], 0xa1),
    'indefinite arrays': filled([], 0x9f),
    'indefinite maps': filled([], 0xbf),
    'tags of tags': filled([], 0xc1),
    'indefinite strings': filled([], 0x5f),
    'empty chunks without end': filled([0x5f], 0x40),
    'empty texts without end': filled([0x7f], 0x60),
    'chunks to the end': filled([0x5f], 0x40).map((byte, index) => (index === 65_535 ? 0xff : byte)),
    'an array said to be endless': filled([0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 0),
    'a map said to be endless': filled([0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 0),
    'an array said to be long': filled([0x9a, 0x7f, 0xff, 0xff, 0xff], 0),
    'a map said to be long': filled([0xba, 0x7f, 0xff, 0xff, 0xff], 0),
    'bytes said to be long': filled([0x5a, 0x7f, 0xff, 0xff, 0xff], 0),
    'a number of 64 kB': filled([0xc2, 0x59, 0xff, 0xfc], 0xff),
    'a map of one key in 30,000 pairs': filled([0xbf], 0).map((byte, index) => (index === 65_535 ? 0xff : byte)),
    'nesting behind a string, in a payload': inEnvelope(filled([], 0x81).subarray(0, 60_000)),
    'a long text as a claim': inEnvelope(cbor(new Map([['iss', 'a.'.repeat(30_000)]]))),
    'many assets': inEnvelope(
      cbor(
        new Map<unknown, unknown>([
          ['ver', 1],
          [5, 0],
          [4, 1],
          ['prp', 1],
          ['assets', Array.from({ length: 4096 }, (_, last) => (last === 4095 ? '' : 'a.b.c.example'))],
        ]),
      ),
    ),
    'an asset of 60 kB': inEnvelope(
      cbor(
        new Map<unknown, unknown>([
          ['ver', 1],
          [5, 0],
          [4, 1],
          ['prp', 1],
          ['assets', ['a.'.repeat(30_000)]],
        ]),
      ),
    ),
    'an organisation of 60 kB': inEnvelope(
      cbor(
        new Map<unknown, unknown>([
          ['ver', 1],
          [5, 0],
          [4, 1],
          [1, `https://${'-'.repeat(60_000)}`],
          ['prp', 1],
          ['assets', ['a.b.example']],
        ]),
      ),
    ),
  };
  test.each(Object.entries(HOSTILE))('%s ends soon, as a broken emblem record', (_, data) => {
    expect(data.length).toBeLessThan(65_537);
    const began = performance.now();
    expect(read(data)).toMatchObject({ kind: 'token', announced: 'emblem', token: { ok: false } });
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
