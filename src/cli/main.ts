// Command line: the same check from a terminal (docs/REPORT.md, Command line).

import { check, openVerifiedSignatures, reportInternalError } from '../check.ts';
import project from '../../package.json' with { type: 'json' };
import { type Arguments, misuse, parseCommand, type Usable } from './arguments.ts';
import { describeUsage } from './options.ts';
import { presentReport } from './text-report.ts';
import { negotiateHttp2 } from './http.ts';
import { printableJson, printableText } from './printable.ts';
import { publicSuffixes } from './public-suffixes.ts';
import { readLogList, readRecords } from './files.ts';
import { readTrustedKey, readTrustedKeys } from './trusted-key.ts';
import {
  dohResolver,
  memoryCache,
  offlineTransport,
  openLogTraffic,
  openTransport,
  useSources,
} from '../network/sources.ts';
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

/** Runs the command. */
async function run(words: readonly string[]): Promise<Outcome> {
  const parsed = parseCommand(words);
  if (!parsed.ok) return complain(parsed.sentence);
  switch (parsed.value.command) {
    case 'help':
      return say(describeUsage());
    case 'version':
      return say(`Emblem Lens ${project.version}`);
    case 'check':
      return checkHosts(parsed.value.arguments);
  }
}

const say = (text: string): Outcome => ({ status: DONE, output: `${text}\n`, complaint: '' });

/** Checks the hosts one after the other, which so share what was answered before. */
async function checkHosts({ hosts, json, advice, address, offline, now: at, ...options }: Arguments): Promise<Outcome> {
  const trustedKeys = all(await Promise.all(options.trustedKeys.map((key) => readTrustedKey(key))));
  if (!trustedKeys.ok) return complain(trustedKeys.sentence);
  const trustedLists = all(await Promise.all(options.trustedKeyFiles.map((file) => readTrustedKeys(file))));
  if (!trustedLists.ok) return complain(trustedLists.sentence);
  const logListDocuments = all(await Promise.all(options.logListFiles.map((file) => readLogList(file))));
  if (!logListDocuments.ok) return complain(logListDocuments.sentence);

  const resolver =
    options.records === null
      ? ({ ok: true, value: dohResolver(options.resolver) } as const)
      : await readRecords(options.records);
  if (!resolver.ok) return complain(resolver.sentence);

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
      resolver: resolver.value,
      listsEarly: true,
      now,
      session,
      local,
      fetch,
      logTraffic,
      verified,
      logListDocuments: logListDocuments.value,
      trustedKeys: [...trustedKeys.value, ...trustedLists.value.flat()],
      suffixes: publicSuffixes,
      permitted: async () => true,
    };
    reports.push(
      await useSources(offline ? offlineTransport() : openTransport(network), network, async (sources) => {
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
    : printableText(reports.map((report) => presentReport(report, advice)).join('\n\n'));
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
