// Command line: the same check from a terminal (docs/REPORT.md, Command line).

import { check, openVerifiedSignatures, reportInternalError } from '../check.ts';
import { misuse, parseArguments, type Usable } from './arguments.ts';
import { presentReport } from './text-report.ts';
import { negotiateHttp2 } from './http.ts';
import { printableJson, printableText } from './printable.ts';
import { publicSuffixes } from './public-suffixes.ts';
import { readLogList } from './files.ts';
import { readTrustedKey } from './trusted-key.ts';
import { dohResolver, memoryCache, openLogTraffic, useNetwork } from '../network/sources.ts';
import type { Report } from '../verdict/report.ts';

/** Exit statuses: every check ran; the command was misused; some host could not be checked. */
const DONE = 0;
const MISUSED = 2;
const SOME_UNKNOWN = 3;

interface Outcome {
  readonly status: number;
  readonly output: string;
  readonly complaint: string;
}

/** Runs the command: checks the hosts one after the other, which so share what was answered before. */
async function run(words: readonly string[]): Promise<Outcome> {
  const parsed = parseArguments(words);
  if (!parsed.ok) return complain(parsed.sentence);
  const { hosts, json, address, now: at, ...options } = parsed.value;
  const trustedKeys = all(await Promise.all(options.trustedKeys.map((key) => readTrustedKey(key))));
  if (!trustedKeys.ok) return complain(trustedKeys.sentence);
  const logListDocuments = all(await Promise.all(options.logListFiles.map((file) => readLogList(file))));
  if (!logListDocuments.ok) return complain(logListDocuments.sentence);

  const now = (): number => at ?? Date.now();
  const [session, local] = [memoryCache(), memoryCache()];
  // No page makes the command line ask: whoever names many hosts wants them all checked, one after the other.
  const logTraffic = openLogTraffic({}, Infinity);
  const verified = openVerifiedSignatures();
  const reports: Report[] = [];
  for (const host of hosts) {
    const visit = { host, address, page: null } as const;
    const network = {
      ...options,
      resolver: dohResolver(options.resolver),
      listsEarly: true,
      now,
      session,
      local,
      fetch,
      logTraffic,
      verified,
      logListDocuments: logListDocuments.value,
      trustedKeys: trustedKeys.value,
      suffixes: publicSuffixes,
      permitted: async () => true,
    };
    reports.push(
      await useNetwork(network, async (sources) => {
        const report = await check(visit, now(), sources).catch((error: unknown) =>
          reportInternalError(visit, now(), error),
        );
        await sources.settled();
        return { ...report, requests: sources.requests() };
      }),
    );
  }
  const output = json
    ? printableJson(JSON.stringify(reports, null, 2))
    : printableText(reports.map((report) => presentReport(report)).join('\n\n'));
  return {
    status: reports.some(({ status }) => status === 'unknown') ? SOME_UNKNOWN : DONE,
    output: `${output}\n`,
    complaint: '',
  };
}

const complain = (sentence: string): Outcome => ({
  status: MISUSED,
  output: '',
  complaint: `${printableText(sentence).replaceAll('\n', '\uFFFD')}\n`,
});

/** All values, or the first complaint. */
function all<T>(parts: readonly Usable<T>[]): Usable<T[]> {
  const values: T[] = [];
  for (const part of parts) {
    if (!part.ok) return misuse(part.sentence);
    values.push(part.value);
  }
  return { ok: true, value: values };
}

negotiateHttp2();
const { status, output, complaint } = await run(process.argv.slice(2));
process.stderr.write(complaint);
// Ends once all is written, whatever connections are still kept open.
process.stdout.write(output, () => process.exit(status));
