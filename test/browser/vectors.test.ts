// Do the engines of the browsers judge as node does? Every site of the lab, its evidence recorded once, judged anew inside each.

import { fileURLToPath } from 'node:url';
import { getDomain, getPublicSuffix } from 'tldts';
import { build } from 'vite';
import { expect, it } from 'vitest';
import { check } from '../../src/check.ts';
import type { LogAnswer } from '../../src/transparency/log.ts';
import { dohResolver, memoryCache, openNetwork } from '../../src/network/sources.ts';
import type { Report } from '../../src/verdict/report.ts';
import { DEFAULTS } from '../../src/browser/settings.ts';
import type { Suffixes } from '../../src/emblem/name.ts';
import { createLab } from '../lab/lab.ts';
import { preserve } from './recorded.ts';
import type { Recorded } from './recorded.ts';
import { inEachBrowser } from './world.ts';
import { openVerifiedSignatures } from '../../src/signature/verified.ts';

const suffixes: Suffixes = {
  isPublicSuffix: (name) => getPublicSuffix(name, { allowPrivateDomains: true }) === name,
  registrableDomain: (name) => getDomain(name, { allowPrivateDomains: true }),
};

/** Checks every site of a lab here, and keeps what each check saw and said. */
async function record(): Promise<{ recorded: readonly Recorded[]; reports: readonly Report[] }> {
  const lab = await createLab();
  const checked = await Promise.all(lab.sites.map(async ({ host }) => {
    const sources = openNetwork({
      ...DEFAULTS, resolver: dohResolver(DEFAULTS.resolver), fetch: lab.fetch, now: () => lab.now, permitted: async () => true, session: memoryCache(), local: memoryCache(), suffixes, trustedKeys: [], verified: openVerifiedSignatures(),
    });
    const visit = { host, address: null, page: 'https' } as const;
    const answers: Record<string, LogAnswer> = {};
    const [found, directory] = await Promise.all([sources.lookUp(host), sources.logs()]);
    const report = await check(visit, lab.now, {
      ...sources,
      lookUp: async () => found,
      logs: async () => directory,
      readLog: async (log, path, limit) => (answers[`${log.url}${path}`] = await sources.readLog(log, path, limit)),
      memory: { recall: async () => null, remember: () => {} },
      requests: () => [],
    });
    return { recorded: { visit, now: lab.now, found, directory, answers }, report };
  }));
  return { recorded: checked.map((each) => each.recorded), reports: checked.map((each) => each.report) };
}

/** The check as one script for a page. */
async function script(): Promise<string> {
  const made = await build({
    configFile: false, logLevel: 'warn', publicDir: false,
    build: { write: false, minify: false, target: ['chrome153', 'firefox153'], rolldownOptions: { input: fileURLToPath(new URL('replay.ts', import.meta.url)), output: { format: 'iife' } } },
  });
  if ('close' in made) throw new Error('the bundler is watching instead of building');
  const [chunk] = (Array.isArray(made) ? made : [made]).flatMap(({ output }) => output);
  if (chunk?.type !== 'chunk') throw new Error('no script was made');
  return chunk.code;
}

const prepared = Promise.all([record(), script()]);

inEachBrowser('the same evidence', (world) => {
  it('leads to the same report, letter by letter', async () => {
    const [{ recorded, reports }, code] = await prepared;
    const { storage } = world();
    await storage.evaluate(code);
    const again = JSON.parse(await storage.evaluate(async (text) => JSON.stringify(await globalThis.replay(text)), preserve(recorded)));
    expect(again).toHaveLength(reports.length);
    expect(again).toEqual(JSON.parse(JSON.stringify(reports)));
    expect(new Set(reports.map(({ status }) => status)).size).toBeGreaterThanOrEqual(6);
  });
}, { settings: { automatic: false } });
