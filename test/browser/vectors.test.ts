// Do the engines of the browsers judge as node does? The evidence of every site of the lab and every scene, recorded
// once, judged anew inside each.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { getDomain, getPublicSuffix } from 'tldts';
import { expect, it } from 'vitest';
import { dohResolver, memoryCache, openNetwork } from '../../src/network/sources.ts';
import type { Report } from '../../src/verdict/report.ts';
import { DEFAULTS } from '../../src/extension/settings.ts';
import type { Suffixes } from '../../src/emblem/name.ts';
import { createLab } from '../lab/lab.ts';
import { preserve, record, type Recorded, revive } from '../recorded.ts';
import { haveVectors } from '../vectors.ts';
import { prepare, replayIn } from './replay-script.ts';
import { readVectors } from './read-vectors.ts';
import { factsOf } from './vector-facts.ts';
import { inEachBrowser } from './world.ts';
import { openVerifiedSignatures } from '../../src/signature/verified-signatures.ts';

const suffixes: Suffixes = {
  isPublicSuffix: (name) => getPublicSuffix(name, { allowPrivateDomains: true }) === name,
  registrableDomain: (name) => getDomain(name, { allowPrivateDomains: true }),
};

interface Made {
  readonly recorded: Recorded;
  readonly report: Report;
}

/** Checks every site of a lab here. */
async function recordLab(): Promise<readonly Made[]> {
  const lab = await createLab();
  return Promise.all(
    lab.sites.map(async ({ host }) => {
      const sources = openNetwork({
        ...DEFAULTS,
        resolver: dohResolver(DEFAULTS.resolver),
        fetch: lab.fetch,
        now: () => lab.now,
        permitted: async () => true,
        session: memoryCache(),
        local: memoryCache(),
        suffixes,
        trustedKeys: [],
        verified: openVerifiedSignatures(),
      });
      return record({ host, address: null, page: 'https' }, lab.now, {
        ...sources,
        memory: { recall: async () => null, remember: () => {} },
        requests: () => [],
      });
    }),
  );
}

/**
 * Lets the unit tests of the rules run here, and writes down what each of their checks saw; the real-world vectors are
 * among them where they are there.
 */
async function recordScenes(): Promise<readonly Made[]> {
  const folder = await mkdtemp(join(tmpdir(), 'emblem-lens-'));
  const file = join(folder, 'scenes');
  const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
  await promisify(execFile)(process.execPath, [vitest, 'run', '--project', 'unit', 'test/unit/check'], {
    env: { ...process.env, EMBLEM_SCENES: file },
    maxBuffer: 1 << 26,
  });
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  await rm(folder, { recursive: true });
  return lines.map((line) => revive<Made>(line));
}

const recordings = { sites: recordLab, scenes: recordScenes };
const recorded = new Map<keyof typeof recordings, Promise<readonly Made[]>>();
/** Recorded once, for all browsers. */
const evidence = (of: keyof typeof recordings): Promise<readonly Made[]> => {
  const known = recorded.get(of) ?? recordings[of]();
  recorded.set(of, known);
  return known;
};

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

inEachBrowser(
  'the same evidence',
  (world) => {
    it.each(['sites', 'scenes'] as const)(
      'of all %s leads to the same report, letter by letter',
      async (which) => {
        const made = await evidence(which);
        const { storage } = world();
        await prepare(storage);
        const again = await replayIn(
          storage,
          made.map(({ recorded: seen }) => seen),
        );
        expect(again).toHaveLength(made.length);
        for (const [
          i,
          {
            report,
            recorded: { visit },
          },
        ] of made.entries())
          expect.soft(again[i], visit.host).toEqual(plain(report));
        expect(new Set(made.map(({ report }) => report.status)).size).toBeGreaterThanOrEqual(6);
      },
      240_000,
    );

    it.skipIf(!haveVectors)('of the real-world vectors is found to say the same', async () => {
      const vectors = readVectors();
      const { storage } = world();
      await prepare(storage);
      const facts = plain(JSON.parse(preserve(await factsOf(vectors))));
      expect(JSON.parse(await storage.evaluate((text) => globalThis.findFacts(text), preserve(vectors)))).toEqual(
        facts,
      );
    });
  },
  { settings: { automatic: false } },
);
