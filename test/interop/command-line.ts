// What does the command itself say of hosts, asked as a person would ask it, of a resolver whose certificate it is told
// to trust?

import { execFile } from 'node:child_process';
import type { Report } from '../../src/verdict/report.ts';

/** Milliseconds for one run over all hosts; some are waited for in vain. */
const PATIENCE = 180_000;

export interface Asked {
  readonly hosts: readonly string[];
  readonly resolver: string;
  /** Addresses of log lists. */
  readonly lists: readonly string[];
  /** File of the resolver's certificate. */
  readonly certificate: string;
}

/** Runs the command once; the reports by host. */
export async function askCommand({ hosts, resolver, lists, certificate }: Asked): Promise<ReadonlyMap<string, Report>> {
  const words = [
    '--import',
    'tsx',
    'src/cli/main.ts',
    ...hosts,
    '--json',
    '--resolver',
    resolver,
    ...lists.flatMap((list) => ['--log-list', list]),
  ];
  const out = await new Promise<string>((resolve) => {
    // A host that could not be checked makes the exit status 3; what was said is said all the same.
    execFile(
      process.execPath,
      words,
      { env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate }, timeout: PATIENCE, maxBuffer: 1e8 },
      (_error, text) => resolve(text),
    );
  });
  const reports: readonly Report[] = JSON.parse(out);
  return new Map(reports.map((report) => [report.host, report]));
}
