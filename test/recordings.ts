// Which checks are there to show to another engine? Every site of the lab and every scene of the rules, recorded.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { getDomain, getPublicSuffix } from 'tldts';
import type { Suffixes } from '../src/emblem/name.ts';
import { IHLE_TYPES, LOG_LISTS, RESOLVER } from '../src/network/defaults.ts';
import { dohResolver, memoryCache, openNetwork } from '../src/network/sources.ts';
import type { TrustedKey } from '../src/signature/trusted-key.ts';
import { openVerifiedSignatures } from '../src/signature/verified-signatures.ts';
import type { Report } from '../src/verdict/report.ts';
import type { Lab } from './lab/lab.ts';
import { record, type Recorded, revive } from './recorded.ts';

export const suffixes: Suffixes = {
  isPublicSuffix: (name) => getPublicSuffix(name, { allowPrivateDomains: true }) === name,
  registrableDomain: (name) => getDomain(name, { allowPrivateDomains: true }),
};

export interface Made {
  readonly recorded: Recorded;
  readonly report: Report;
}

/** Checks a site of the lab here, with nothing remembered. */
export async function recordSite(lab: Lab, host: string, trustedKeys: readonly TrustedKey[] = []): Promise<Made> {
  const sources = openNetwork({
    resolver: dohResolver(RESOLVER),
    logLists: LOG_LISTS,
    ihleTypes: IHLE_TYPES,
    fetch: lab.fetch,
    now: () => lab.now,
    permitted: async () => true,
    session: memoryCache(),
    local: memoryCache(),
    suffixes,
    trustedKeys,
    verified: openVerifiedSignatures(),
  });
  return record({ host, address: null, page: 'https' }, lab.now, {
    ...sources,
    memory: { recall: async () => null, remember: () => {} },
    requests: () => [],
  });
}

/**
 * Lets the unit tests of the rules run here, and writes down what each of their checks saw; the real-world vectors are
 * among them where they are there.
 */
export async function recordScenes(): Promise<readonly Made[]> {
  const folder = await mkdtemp(join(tmpdir(), 'emblem-lens-'));
  const file = join(folder, 'scenes');
  const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
  await promisify(execFile)(process.execPath, [vitest, 'run', '--project', 'unit', 'test/unit/check'], {
    env: { ...process.env, EMBLEM_SCENES: file },
    maxBuffer: 1 << 26,
  });
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  await rm(folder, { recursive: true });
  return lines.map((line) => revive<Made>(line));
}
