// Do the engines of the browsers judge as node does? The evidence of every site of the lab and every scene, recorded
// once, judged anew inside each.

import { expect, it } from 'vitest';
import { createLab } from '../lab/lab.ts';
import { preserve } from '../recorded.ts';
import { type Made, recordScenes, recordSite } from '../recordings.ts';
import { expectedOf, readVectorFiles } from '../vector-files.ts';
import { haveVectors } from '../vectors.ts';
import { prepare, replayIn } from './replay-script.ts';
import { readVectors } from './read-vectors.ts';
import { factsOf } from './vector-facts.ts';
import { inEachBrowser } from './world.ts';

/** Checks every site of a lab here. */
async function recordLab(): Promise<readonly Made[]> {
  const lab = await createLab();
  return Promise.all(lab.sites.map(async ({ host }) => recordSite(lab, host)));
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

    it('of every file of test/vectors leads to what the file expects', async () => {
      const files = [...readVectorFiles()];
      const { storage } = world();
      await prepare(storage);
      const again = await replayIn(
        storage,
        files.map(([, { seen }]) => seen),
      );
      expect(again).toHaveLength(files.length);
      for (const [i, report] of again.entries())
        expect.soft(expectedOf(report), files[i]?.[0]).toEqual(files[i]?.[1].expected);
    });

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
