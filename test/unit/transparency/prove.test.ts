// Is an entry proven only by an honest log, and does every lie, refusal and silence have its own name?

import { describe, expect, it } from 'vitest';
import type { EntryOutcome, KnownLog, LogEnd, ReadLog } from '../../../src/transparency/log.ts';
import { proveByHash } from '../../../src/transparency/rfc6962.ts';
import { proveByIndex } from '../../../src/transparency/static-ct.ts';
import {
  ANY_USAGE,
  bytes,
  constraintsExtension,
  makeCertificate,
  namesExtension,
  TRUE,
  usageExtension,
  utcTime,
} from './certificates.ts';
import {
  absent,
  BINDING,
  body,
  DOMAIN,
  down,
  type EntryOptions,
  type Faults,
  goodParts,
  hashLog,
  json,
  KID,
  leafIndexExtension,
  leafInputOf,
  makeNote,
  makeSigner,
  type MiniLog,
  NAMES,
  signer,
  tileLeafOf,
  tileLog,
  TIMESTAMP,
} from './mini-log.ts';
import { referenceLeafHash, ReferenceTree } from './reference-tree.ts';

const filler = (count: number): readonly EntryOptions[] =>
  Array.from({ length: count }, (_, at) => ({ certificate: bytes('filler', at % 256, at >> 8) }));
const summary = (outcome: EntryOutcome): string =>
  [
    outcome.outcome,
    ...(outcome.outcome === 'undetermined' ? [outcome.doubt] : []),
    ...outcome.problems.map(({ code }) => code),
  ].join(' ');

const INDEX = 5;
const entriesWith = (entry: EntryOptions, before = INDEX, after = 4): readonly EntryOptions[] => [
  ...filler(before),
  entry,
  ...filler(after),
];

async function byHash(
  entry: EntryOptions,
  faults: Faults = {},
  hash = referenceLeafHash(leafInputOf(entry)),
  binding = BINDING,
  young = false,
): Promise<[EntryOutcome, MiniLog]> {
  const mini = await hashLog(entriesWith(entry).map(leafInputOf), faults);
  return [await proveByHash(mini.log, { kind: 'rfc6962', id: mini.log.id, hash }, binding, young, mini.read), mini];
}
async function byIndex(
  entry: EntryOptions,
  faults: Faults = {},
  { index = INDEX, before = INDEX, after = 4, young = false } = {},
): Promise<[EntryOutcome, MiniLog]> {
  const mini = await tileLog(entriesWith(entry, before, after), faults);
  return [await proveByIndex(mini.log, { kind: 'static', id: mini.log.id, index }, BINDING, young, mini.read), mini];
}

const STH = 'ct/v1/get-sth';
const PROOF = 'ct/v1/get-proof-by-hash*';
const ENTRY = 'ct/v1/get-entries*';

/** Answers of these paths as of another log until they are asked for anew. */
const until =
  ({ read }: MiniLog, first: ReadLog): ReadLog =>
  (log, path, limit, anew = false) =>
    (anew ? read : first)(log, path, limit);

const otherRoot = await makeNote(new Uint8Array(32), 10, signer);

/** The proof, as told, is that of the tree by its definition. */
function expectRecomputable(outcome: EntryOutcome, entries: readonly EntryOptions[]): void {
  const hashes = entries.map((entry) => referenceLeafHash(leafInputOf(entry)));
  const tree = new ReferenceTree(hashes);
  const base64 = (hash: Uint8Array): string => Buffer.from(hash).toString('base64');
  expect('proven' in outcome ? outcome.proven?.inclusion : null).toEqual({
    treeSize: 10,
    treeHeadAt: TIMESTAMP,
    rootHash: base64(tree.root(10)),
    index: INDEX,
    loggedAt: 1_775_000_000_000,
    leafHash: hashes.map(base64)[INDEX],
    path: tree.path(INDEX, 10).map(base64),
  });
}

describe('RFC 6962', () => {
  it.each([false, true])('proves in exactly three requests (precertificate: %s)', async (precert) => {
    const [outcome, { paths, limits }] = await byHash({ precert });
    expect(outcome).toEqual({
      outcome: 'holds',
      problems: [],
      proven: {
        names: NAMES,
        inclusion: expect.objectContaining({ treeSize: 10, index: INDEX }),
        notBefore: Date.UTC(2026, 2, 1),
        notAfter: Date.UTC(2026, 5, 1),
      },
    });
    expectRecomputable(outcome, entriesWith({ precert }));
    const hash = encodeURIComponent(Buffer.from(referenceLeafHash(leafInputOf({ precert }))).toString('base64'));
    expect(paths).toEqual([
      STH,
      `ct/v1/get-proof-by-hash?hash=${hash}&tree_size=10`,
      `ct/v1/get-entries?start=5&end=5`,
    ]);
    expect(limits).toEqual([2 ** 20, 2 ** 20, 2 ** 20]);
  });
  it('is refuted where the log denies the hash after a tree head that verifies', async () => {
    const [outcome, { paths }] = await byHash({}, {}, new Uint8Array(32).fill(3));
    expect(summary(outcome)).toBe('refuted log-hash-refuted');
    expect(paths.map((path) => path.replace(/[?].*/, ''))).toEqual([
      STH,
      'ct/v1/get-proof-by-hash',
      STH,
      'ct/v1/get-proof-by-hash',
    ]);
  });
  it('is not refuted by a log that denies once, as a front end does that lags behind', async () => {
    const mini = await hashLog(entriesWith({}).map(leafInputOf));
    const lagging: ReadLog = async (log, path, limit) =>
      path.startsWith('ct/v1/get-proof') ? absent : mini.read(log, path, limit);
    const hash = referenceLeafHash(leafInputOf({}));
    expect(
      summary(
        await proveByHash(
          mini.log,
          { kind: 'rfc6962', id: mini.log.id, hash },
          BINDING,
          false,
          async (log, path, limit, anew = false) =>
            path.startsWith('ct/v1/get-entries')
              ? mini.read(log, path, limit)
              : until(mini, lagging)(log, path, limit, anew),
        ),
      ),
    ).toBe('holds');
  });
  it.each([
    [STH, down],
    [PROOF, down],
  ])('is not refuted where after a denial %s cannot be had', async (at, answer) => {
    const denying = await hashLog([leafInputOf({ precert: true })]);
    const broken = await hashLog([leafInputOf({ precert: true })], { [at]: answer });
    const entry = { kind: 'rfc6962', id: denying.log.id, hash: referenceLeafHash(leafInputOf({})) } as const;
    expect(summary(await proveByHash(denying.log, entry, BINDING, false, until(broken, denying.read)))).toBe(
      'undetermined log-unreachable log-unreachable',
    );
  });
  it('is not refuted by a denial while the endorsement is young, and not asked again', async () => {
    const [outcome, { paths }] = await byHash({}, {}, new Uint8Array(32).fill(3), BINDING, true);
    expect(summary(outcome)).toBe('undetermined log-not-proven log-entry-not-merged');
    expect(paths).toHaveLength(2);
  });
  it('is not refuted by a log whose tree head does not verify', async () => {
    const other = await hashLog([leafInputOf({})], {}, await makeSigner());
    const read = await other.read(other.log, STH, 1);
    expect(summary((await byHash({}, { [STH]: read, [PROOF]: absent }))[0])).toBe(
      'undetermined log-not-proven log-tree-head-unproven',
    );
  });
  const node = Buffer.alloc(32).toString('base64');
  const leaf = Buffer.from(leafInputOf({})).toString('base64');
  it.each<[string, Faults, string]>([
    ['tree head absent', { [STH]: absent }, 'log-unreachable log-unreachable'],
    ['tree head down', { [STH]: down }, 'log-unreachable log-unreachable'],
    ['tree head a page', { [STH]: body('<html>') }, 'log-unreachable log-answer-malformed'],
    ['proof down', { [PROOF]: down }, 'log-unreachable log-unreachable'],
    ['proof a page', { [PROOF]: body('<html>') }, 'log-unreachable log-answer-malformed'],
    ['proof without index', { [PROOF]: json({ audit_path: [] }) }, 'log-unreachable log-answer-malformed'],
    ['proof without path', { [PROOF]: json({ leaf_index: 5 }) }, 'log-unreachable log-answer-malformed'],
    [
      'proof with a short hash',
      { [PROOF]: json({ leaf_index: 5, audit_path: ['AAAA'] }) },
      'log-unreachable log-answer-malformed',
    ],
    [
      'proof wrong',
      { [PROOF]: json({ leaf_index: 5, audit_path: [node, node, node, node] }) },
      'log-not-proven log-inclusion-unproven',
    ],
    [
      'proof beyond the tree',
      { [PROOF]: json({ leaf_index: 10, audit_path: [node] }) },
      'log-not-proven log-inclusion-unproven',
    ],
    ['entry absent', { [ENTRY]: absent }, 'log-unreachable log-unreachable'],
    ['entry down', { [ENTRY]: down }, 'log-unreachable log-unreachable'],
    ['entry a page', { [ENTRY]: body('<html>') }, 'log-unreachable log-answer-malformed'],
    ['no list of entries', { [ENTRY]: json({}) }, 'log-unreachable log-answer-malformed'],
    ['no entry', { [ENTRY]: json({ entries: [] }) }, 'log-unreachable log-answer-malformed'],
    [
      'two entries',
      { [ENTRY]: json({ entries: [{ leaf_input: leaf }, { leaf_input: leaf }] }) },
      'log-unreachable log-answer-malformed',
    ],
    [
      'entry not in base64',
      { [ENTRY]: json({ entries: [{ leaf_input: '?' }] }) },
      'log-unreachable log-answer-malformed',
    ],
    [
      'another entry',
      { [ENTRY]: json({ entries: [{ leaf_input: Buffer.from(leafInputOf({ precert: true })).toString('base64') }] }) },
      'log-not-proven log-leaf-mismatch',
    ],
  ])('%s: undetermined', async (_name, faults, expected) => {
    expect(summary((await byHash({}, faults))[0])).toBe(`undetermined ${expected}`);
  });
  it('an answer that could not be had is told of in its own words', async () => {
    expect((await byHash({}, { [STH]: down }))[0].problems).toEqual([{ code: 'log-unreachable', detail: 'down' }]);
  });
  it('a leaf that is in the tree but is none is not proven', async () => {
    const mini = await hashLog([bytes('nonsense')]);
    const outcome = await proveByHash(
      mini.log,
      { kind: 'rfc6962', id: mini.log.id, hash: referenceLeafHash(bytes('nonsense')) },
      BINDING,
      false,
      mini.read,
    );
    expect(summary(outcome)).toBe('undetermined log-not-proven log-leaf-malformed');
  });
});

describe('static', () => {
  it.each([false, true])('proves in two rounds (precertificate: %s)', async (precert) => {
    const [outcome, { paths, limits }] = await byIndex({ precert });
    expect(outcome).toMatchObject({
      outcome: 'holds',
      problems: [],
      proven: { names: NAMES, inclusion: { treeSize: 10, index: INDEX } },
    });
    expectRecomputable(
      outcome,
      entriesWith({ precert }).map((entry, at) => ({ ...entry, extensions: leafIndexExtension(at) })),
    );
    expect(paths).toEqual(['checkpoint', 'tile/data/000.p/10', 'tile/0/000.p/10']);
    expect(limits).toEqual([2 ** 20, 2 ** 23, 2 ** 23]);
  });
  it.each([
    [0, 0, 0],
    [255, 255, 0],
    [256, 256, 0],
    [256, 256, 100],
    [3, 3, 600],
  ])('proves entry %i (%i before, %i after)', async (index, before, after) => {
    expect(summary((await byIndex({}, {}, { index, before, after }))[0])).toBe('holds');
  });
  it('asks for all tiles before any has come', async () => {
    const mini = await tileLog(entriesWith({}, 5, 600));
    const waiting: (() => void)[] = [];
    const asked: string[] = [];
    const outcome = proveByIndex(
      mini.log,
      { kind: 'static', id: mini.log.id, index: 5 },
      BINDING,
      false,
      async (log, path, limit) => {
        asked.push(path);
        if (path !== 'checkpoint')
          await new Promise<void>((resolve) => {
            waiting.push(resolve);
            if (waiting.length === 4) for (const go of waiting) go();
          });
        return mini.read(log, path, limit);
      },
    );
    expect(summary(await outcome)).toBe('holds');
    expect(asked.toSorted()).toEqual(
      ['checkpoint', 'tile/0/000', 'tile/0/002.p/94', 'tile/1/000.p/2', 'tile/data/000'].toSorted(),
    );
  });
  it.each([
    ['absent', absent],
    ['refused', down],
    ['a page', body('<html>')],
    ['short', body(new Uint8Array(31))],
  ])('asks for the full tile where a partial one is %s', async (_name, vanished) => {
    const entries = entriesWith({}, 5, 250).slice(0, 256);
    const grown = await tileLog(entries);
    const full = await grown.read(grown.log, 'tile/data/000', 1);
    const hashes = await grown.read(grown.log, 'tile/0/000', 1);
    const [outcome, { paths }] = await byIndex(
      {},
      { 'tile/data/000.p/10': vanished, 'tile/0/000.p/10': vanished, 'tile/data/000': full, 'tile/0/000': hashes },
    );
    expect(summary(outcome)).toBe('holds');
    expect(paths).toEqual(['checkpoint', 'tile/data/000.p/10', 'tile/0/000.p/10', 'tile/data/000', 'tile/0/000']);
  });
  it('asks for a full tile once, absent as it may be', async () => {
    const [, { paths }] = await byIndex({}, { 'tile/data/000': absent }, { index: 3, before: 3, after: 600 });
    expect(paths.filter((path) => path === 'tile/data/000')).toHaveLength(1);
  });
  it('is refuted at or beyond the size of a checkpoint that verifies', async () => {
    expect(summary((await byIndex({}, {}, { index: 10 }))[0])).toBe('refuted log-index-refuted');
    expect(summary((await byIndex({}, {}, { index: 9 }))[0])).toBe('misses certificate-malformed');
  });
  it('is not refuted by a checkpoint that lags behind, only by one fetched anew', async () => {
    const [grown, small] = await Promise.all([tileLog(entriesWith({})), tileLog(filler(3))]);
    const entry = { kind: 'static', id: grown.log.id, index: INDEX } as const;
    const lagging: ReadLog = (log, path, limit) => (path === 'checkpoint' ? small : grown).read(log, path, limit);
    expect(summary(await proveByIndex(grown.log, entry, BINDING, false, until(grown, lagging)))).toBe('holds');
    const broken = await tileLog(filler(3), { checkpoint: down });
    expect(summary(await proveByIndex(grown.log, entry, BINDING, false, until(broken, small.read)))).toBe(
      'undetermined log-unreachable log-unreachable',
    );
    expect(small.paths).toEqual(['checkpoint', 'checkpoint']);
    expect(broken.paths).toEqual(['checkpoint']);
  });
  it('is not refuted beyond the size while the endorsement is young', async () => {
    const [outcome, { paths }] = await byIndex({}, {}, { index: 10, young: true });
    expect(summary(outcome)).toBe('undetermined log-not-proven log-entry-not-merged');
    expect(paths).toEqual(['checkpoint']);
  });
  it('is not refuted by a checkpoint that does not verify', async () => {
    const note = await makeNote(new Uint8Array(32), 1, await makeSigner());
    expect(summary((await byIndex({}, { checkpoint: body(note) }))[0])).toBe(
      'undetermined log-not-proven log-checkpoint-unproven',
    );
  });
  const DATA = 'tile/data/000.p/10';
  const HASHES = 'tile/0/000.p/10';
  it.each<[string, Faults, string]>([
    ['checkpoint absent', { checkpoint: absent }, 'log-unreachable log-unreachable'],
    ['checkpoint down', { checkpoint: down }, 'log-unreachable log-unreachable'],
    ['checkpoint a page', { checkpoint: body('<html>') }, 'log-unreachable log-checkpoint-malformed'],
    ['data tile absent', { [DATA]: absent }, 'log-unreachable log-unreachable'],
    ['data tile down', { [DATA]: down }, 'log-unreachable log-unreachable'],
    ['data tile a page', { [DATA]: body('<html>') }, 'log-unreachable log-tile-malformed'],
    ['data tile short', { [DATA]: body(tileLeafOf({})) }, 'log-unreachable log-tile-malformed'],
    ['hash tile absent', { [HASHES]: absent }, 'log-unreachable log-unreachable'],
    ['hash tile down', { [HASHES]: down }, 'log-unreachable log-unreachable'],
    ['hash tile short', { [HASHES]: body(new Uint8Array(319)) }, 'log-unreachable log-tile-malformed'],
    ['hash tile wrong', { [HASHES]: body(new Uint8Array(320)) }, 'log-not-proven log-inclusion-unproven'],
    ['another root', { checkpoint: body(otherRoot) }, 'log-not-proven log-inclusion-unproven'],
  ])('%s: undetermined', async (_name, faults, expected) => {
    expect(summary((await byIndex({}, faults))[0])).toBe(`undetermined ${expected}`);
  });
  it('an entry that is another one than the tree has is not proven', async () => {
    const other = await tileLog(entriesWith({ precert: true }));
    expect(summary((await byIndex({}, { [DATA]: await other.read(other.log, DATA, 1) }))[0])).toBe(
      'undetermined log-not-proven log-inclusion-unproven',
    );
  });
  it.each([
    ['another', leafIndexExtension(6)],
    ['no', new Uint8Array(0)],
  ])('%s leaf_index: not proven', async (_name, extensions) => {
    expect(summary((await byIndex({ extensions }))[0])).toBe('undetermined log-not-proven log-index-mismatch');
  });
});

describe('the end of a log', () => {
  const LOGGED = 1_775_000_000_000;
  const ended = (log: KnownLog, end: LogEnd): KnownLog => ({ ...log, end });
  it.each<[LogEnd, string]>([
    [{ kind: 'time', before: LOGGED + 1 }, 'holds'],
    [{ kind: 'time', before: LOGGED }, 'undetermined log-not-known log-entry-too-late'],
    [{ kind: 'size', below: INDEX + 1 }, 'holds'],
    [{ kind: 'size', below: INDEX }, 'undetermined log-not-known log-entry-too-late'],
  ])('%j: %s', async (end, expected) => {
    const [hashed, tiled] = await Promise.all([hashLog(entriesWith({}).map(leafInputOf)), tileLog(entriesWith({}))]);
    const hash = referenceLeafHash(leafInputOf({}));
    expect(
      summary(
        await proveByHash(
          ended(hashed.log, end),
          { kind: 'rfc6962', id: hashed.log.id, hash },
          BINDING,
          false,
          hashed.read,
        ),
      ),
    ).toBe(expected);
    expect(
      summary(
        await proveByIndex(
          ended(tiled.log, end),
          { kind: 'static', id: tiled.log.id, index: INDEX },
          BINDING,
          false,
          tiled.read,
        ),
      ),
    ).toBe(expected);
  });
});

describe('the certificate of a proven entry', () => {
  const withNames = (...names: readonly string[]): EntryOptions => ({ certificate: makeCertificate(goodParts(names)) });
  const forKey = `${KID}.adem-configuration.${DOMAIN}`;
  const mark = `adem-configuration.${DOMAIN}`;
  it.each<[string, EntryOptions, string]>([
    ['upper-case names', withNames(...NAMES.map((name) => name.toUpperCase())), 'holds'],
    ['the mark instead of the domain', withNames(forKey, mark), 'holds commitment-without-domain'],
    ['mark and domain', withNames(forKey, mark, DOMAIN), 'holds'],
    ['no key', withNames(mark, DOMAIN), 'misses certificate-names-missing'],
    ['another key', withNames(`b${forKey.slice(1)}`, DOMAIN), 'misses certificate-names-missing'],
    [
      'key of another domain',
      withNames(`${KID}.adem-configuration.other.example`, DOMAIN),
      'misses certificate-names-missing',
    ],
    ['no domain', withNames(forKey), 'misses certificate-names-missing'],
    ['a wildcard for the key', withNames(`*.adem-configuration.${DOMAIN}`, DOMAIN), 'misses certificate-names-missing'],
    ['a wildcard for the domain', withNames(forKey, '*.example'), 'misses certificate-names-missing'],
    [
      'an authority',
      { certificate: makeCertificate({ extensions: [namesExtension(...NAMES), constraintsExtension(TRUE)] }) },
      'misses certificate-authority',
    ],
    [
      'any usage alone',
      { certificate: makeCertificate({ extensions: [namesExtension(...NAMES), usageExtension(ANY_USAGE)] }) },
      'misses certificate-not-server',
    ],
    ['no usage stated', { certificate: makeCertificate({ extensions: [namesExtension(...NAMES)] }) }, 'holds'],
    [
      'times that are none',
      { certificate: makeCertificate({ ...goodParts(), notAfter: utcTime('260231000000Z') }) },
      'holds certificate-times-malformed',
    ],
    ['unreadable', { certificate: bytes('no certificate') }, 'misses certificate-malformed'],
  ])('%s', async (_name, entry, expected) => {
    expect(summary((await byHash(entry))[0])).toBe(expected);
    expect(summary((await byIndex(entry))[0])).toBe(expected);
  });
  it('must name a public suffix itself: under its label alone anybody could speak for it', async () => {
    const suffix = { ...BINDING, isPublicSuffix: true };
    const outcomeWith = async (entry: EntryOptions): Promise<string> =>
      summary((await byHash(entry, {}, undefined, suffix))[0]);
    expect(await outcomeWith({})).toBe('holds');
    expect(await outcomeWith(withNames(forKey, `adem-configuration.${DOMAIN}`))).toBe('misses organisation-too-broad');
  });
  it('may bear the short identifier of the key, which is noted', async () => {
    const binding = { ...BINDING, kids: ['b'.repeat(52), KID] };
    expect(summary((await byHash({}, {}, undefined, binding))[0])).toBe('holds key-identifier-short');
  });
  it('is found for a domain in any case', async () => {
    const [outcome] = await byHash({}, {}, undefined, { kids: [KID], domain: 'Relief.Example', isPublicSuffix: false });
    expect(summary(outcome)).toBe('holds');
  });
});
