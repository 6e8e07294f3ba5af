// Does the check come to the same report here, from the evidence recorded elsewhere? Runs inside a page of the extension.

import { suffixes } from '../../src/browser/suffixes.ts';
import { check } from '../../src/check.ts';
import type { Report } from '../../src/verdict/report.ts';
import { revive } from './recorded.ts';
import { openVerifiedSignatures } from '../../src/signature/verified.ts';

declare global {
  var replay: (recorded: string) => Promise<readonly Report[]>;
}

globalThis.replay = (recorded) => Promise.all(revive(recorded).map(({ visit, now, found, directory, answers }) => check(visit, now, {
  lookUp: async () => found,
  logs: async () => directory,
  readLog: async (log, path) => answers[`${log.url}${path}`] ?? { answer: 'unreachable', problem: { code: 'log-unreachable', detail: 'not recorded' } },
  memory: { recall: async () => null, remember: () => {} },
  suffixes,
  trustedKeys: [], verified: openVerifiedSignatures(),
  progress: () => {}, pause: async () => {},
  requests: () => [],
})));
