// Does the command say of every site of the lab what the lab intends?

import { execFile } from 'node:child_process';
import { expect, test } from 'vitest';
import { createLab } from '../../lab/lab.ts';

interface Verdict {
  readonly host: string;
  readonly status: string;
  readonly strength: string | null;
  readonly because: string | null;
}

test('all sites in one run', async () => {
  const lab = await createLab();
  const served = await lab.serveLoopback();
  const words = [...lab.sites.map(({ host }) => host), '--json', '--resolver', served.resolver, ...served.lists.flatMap((list) => ['--log-list', list])];
  const out = await new Promise<string>((resolve) => {
    execFile('node', ['--import', 'tsx', 'src/cli.ts', ...words], { timeout: 50_000, maxBuffer: 1e8 }, (_error, text) => resolve(text));
  });
  await served.close();
  const reports: readonly Verdict[] = JSON.parse(out);
  const verdict = ({ host, status, strength, because }: Verdict): Verdict => ({ host, status, strength, because });
  expect(reports.map((report) => verdict(report))).toEqual(lab.sites.map(({ host, intended: { status, strength, because } }) => ({ host, status, strength, because })));
}, 60_000);
