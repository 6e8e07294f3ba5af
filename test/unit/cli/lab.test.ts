// Does the command say of every site of the lab what the lab intends?

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cbor, coseKey } from '../../lab/cwt-issuer.ts';
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
  const words = [
    ...lab.sites.map(({ host }) => host),
    '--json',
    '--resolver',
    served.resolver,
    ...served.lists.flatMap((list) => ['--log-list', list]),
  ];
  const out = await new Promise<string>((resolve) => {
    execFile(
      'node',
      ['--import', 'tsx', 'src/cli/main.ts', ...words],
      { timeout: 50_000, maxBuffer: 1e8 },
      (_error, text) => resolve(text),
    );
  });
  await served.close();
  const reports: readonly Verdict[] = JSON.parse(out);
  const verdict = ({ host, status, strength, because }: Verdict): Verdict => ({ host, status, strength, because });
  expect(reports.map((report) => verdict(report))).toEqual(
    lab.sites.map(({ host, intended: { status, strength, because } }) => ({ host, status, strength, because })),
  );
}, 60_000);

test('keys trusted as hexadecimal COSE_Key and in a list make their sites trusted, in the 2026 draft too', async () => {
  const lab = await createLab();
  const served = await lab.serveLoopback();
  const folder = await mkdtemp(join(tmpdir(), 'trusted-'));
  const file = join(folder, 'state.hex');
  const { root, oi } = lab.organisations.state;
  await writeFile(file, Buffer.from(cbor(coseKey(root))).toString('hex'));
  const { alg: _alg, ...key } = lab.organisations.aid.root.jwk;
  const exported = join(folder, 'trusted.json');
  const entry = { organisation: lab.organisations.aid.oi, key, since: '2026-06-17T00:10:00.000Z', note: '' };
  await writeFile(exported, JSON.stringify({ emblemLensTrustedKeys: 1, keys: [entry] }));
  const words = [
    'ward.relief.example',
    'clinic.relief.example',
    'pump.aid.example',
    '--json',
    '--trusted-key',
    `${file}=${oi}`,
    '--trusted-keys',
    exported,
    '--resolver',
    served.resolver,
    ...served.lists.flatMap((list) => ['--log-list', list]),
  ];
  const out = await new Promise<string>((resolve) => {
    execFile(
      'node',
      ['--import', 'tsx', 'src/cli/main.ts', ...words],
      { timeout: 50_000, maxBuffer: 1e8 },
      (_error, text) => resolve(text),
    );
  });
  await served.close();
  await rm(folder, { recursive: true });
  const reports: readonly Verdict[] = JSON.parse(out);
  expect(reports.map(({ host, strength }) => [host, strength])).toEqual([
    ['ward.relief.example', 'trusted'],
    ['clinic.relief.example', 'trusted'],
    ['pump.aid.example', 'trusted'],
  ]);
}, 60_000);
