// What do the browser vendors' lists say of the lab's logs? The v3 format, as Google and as Apple publish it.

import type { LabLog } from './logs.ts';
import { base64 } from './wire.ts';

const instant = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');

/** Rewrites an address, so that a list can point to loopback. */
export type Rewrite = (url: string) => string;

function listed(log: LabLog, rewrite: Rewrite): Record<string, unknown> {
  const { options } = log;
  const common = {
    description: options.description,
    log_id: base64(log.id),
    key: base64(options.signer.spki),
    mmd: 86_400,
    log_type: options.type ?? 'prod',
    state: { [options.state ?? 'usable']: { timestamp: instant(options.stateSince ?? 1_700_000_000) } },
    ...(options.interval === undefined
      ? {}
      : {
          temporal_interval: {
            start_inclusive: instant(options.interval.from),
            end_exclusive: instant(options.interval.until),
          },
        }),
  };
  return options.kind === 'static'
    ? { ...common, submission_url: options.submissionUrl, monitoring_url: rewrite(options.url) }
    : { ...common, url: rewrite(options.url) };
}

function operators(logs: readonly LabLog[], rewrite: Rewrite): readonly Record<string, unknown>[] {
  const names = [...new Set(logs.map((log) => log.options.operator))];
  return names.map((name) => {
    const own = logs.filter((log) => log.options.operator === name);
    return {
      name,
      email: ['lab@lab.example'],
      logs: own.filter((log) => log.options.kind === 'rfc6962').map((log) => listed(log, rewrite)),
      tiled_logs: own.filter((log) => log.options.kind === 'static').map((log) => listed(log, rewrite)),
    };
  });
}

/** The list of one vendor as JSON-ready data; `rewrite` maps log addresses. */
export function logList(
  vendor: 'google' | 'apple',
  logs: readonly LabLog[],
  now: number,
  rewrite: Rewrite = (url) => url,
): Record<string, unknown> {
  const own = operators(
    logs.filter((log) => (log.options.listedBy ?? ['google', 'apple']).includes(vendor)),
    rewrite,
  );
  return vendor === 'google'
    ? { version: '90.1', log_list_timestamp: instant(Math.floor(now / 1000)), is_all_logs: true, operators: own }
    : { assetVersion: 1234, operators: own };
}
