// Sources of one check: what it needs from outside, opened over the network.

import type { Sources, Step } from '../check.ts';
import type { Suffixes } from '../emblem/name.ts';
import type { LogDirectory } from '../transparency/log.ts';
import { openMemory } from './cache/log-outcomes.ts';
import { findLogs, type Refreshed, refreshLists } from './logs/log-lists.ts';
import { lookUp } from './dns/lookup.ts';
import { type LogTraffic, openLogTraffic } from './logs/log-traffic.ts';
import { openLogReader } from './logs/log-client.ts';
import type { Resolver } from './dns/doh.ts';
import type { Cache } from './cache/store.ts';
import { openTransport, type Transport, type TransportOptions } from './transport.ts';

export type { Refreshed } from './logs/log-lists.ts';
export type { Cache } from './cache/store.ts';
export { memoryCache } from './cache/store.ts';
export { openLogTraffic } from './logs/log-traffic.ts';
export { dohResolver, type Resolver } from './dns/doh.ts';
export { fileResolver } from './dns/file-resolver.ts';
export { offlineTransport, openTransport } from './transport.ts';

/** What decides what is asked of whom, and where answers are kept. */
export interface SourceOptions {
  readonly resolver: Resolver;
  /** Addresses of log lists. */
  readonly logLists: readonly string[];
  /** Whether lists are asked for at once, beside the records, and not only where a token cites a log. */
  readonly listsEarly?: boolean;
  /** Log lists read already (files), as parsed JSON. */
  readonly logListDocuments?: readonly unknown[];
  /** Log lists kept as text, with a name to tell of them by. */
  readonly logListTexts?: readonly { readonly name: string; readonly text: string }[];
  /** Numbers of the IHLE record type to ask for beside TXT; empty for TXT only. */
  readonly ihleTypes: readonly number[];
  /**
   * The time of the check, milliseconds since the epoch: decides what kept things are still good. Never measures
   * waiting.
   */
  readonly now: () => number;
  /** Kept until the browser ends: DNS answers, outcomes of log entries. */
  readonly session: Cache;
  /** Kept for good: log lists. */
  readonly local: Cache;
  readonly suffixes: Suffixes;
  readonly trustedKeys: Sources['trustedKeys'];
  /** Signatures that verified before, shared by all checks of a process. */
  readonly verified: Sources['verified'];
  readonly progress?: (step: Step) => void;
  /** A check asked for again: the kept DNS answer is not used. */
  readonly fresh?: boolean;
  /** The DNS is not asked: a page that stays open is judged from the records that are kept, also beyond their life. */
  readonly keptOnly?: boolean;
  /** What all checks share that ask logs; of its own unless given. */
  readonly logTraffic?: LogTraffic;
}

/** The sources of one check. */
export interface OpenSources extends Sources {
  /** Waits for what was asked early and not needed after all, so that its outcome is known and kept. */
  settled(): Promise<void>;
  /** Writes back what is to be remembered. */
  close(): Promise<void>;
}

/** Opens the sources of one check over a transport: the network's, or one that records or replays. */
export function openSources(transport: Transport, options: SourceOptions): OpenSources {
  const memory = openMemory(options.session, options.now);
  let logs: Promise<LogDirectory> | null = options.listsEarly === true ? findLogs(transport, options) : null;
  return {
    lookUp: (host) => lookUp(host, transport, options),
    logs: () => (logs ??= findLogs(transport, options)),
    readLog: openLogReader({ transport, traffic: options.logTraffic ?? openLogTraffic(), now: options.now }),
    memory,
    suffixes: options.suffixes,
    trustedKeys: options.trustedKeys,
    verified: options.verified,
    progress: options.progress ?? (() => {}),
    pause: () =>
      new Promise((resume) => {
        setTimeout(resume);
      }),
    requests: () => transport.requests(),
    settled: async () => {
      await logs;
    },
    close: () => memory.close(),
  };
}

/** Sources over the network. */
export type NetworkOptions = TransportOptions & SourceOptions;

/** Opens the sources of one check over the network. The 12 seconds of the whole check begin here. */
export const openNetwork = (options: NetworkOptions): OpenSources => openSources(openTransport(options), options);

/** Opens sources over the network, runs something on them and closes them. */
export const useNetwork = <T>(options: NetworkOptions, run: (sources: OpenSources) => Promise<T>): Promise<T> =>
  useSources(openTransport(options), options, run);

/** Opens sources over a transport, runs something on them and closes them. What cannot be kept never costs the answer. */
export async function useSources<T>(
  transport: Transport,
  options: SourceOptions,
  run: (sources: OpenSources) => Promise<T>,
): Promise<T> {
  const sources = openSources(transport, options);
  try {
    return await run(sources);
  } finally {
    await sources.close().catch(() => {});
  }
}

/**
 * Fetches every log list whose kept copy is older than a day (all of them with `fresh`); a kept copy stays where
 * fetching fails.
 */
export async function refreshLogLists(options: NetworkOptions): Promise<Refreshed> {
  return refreshLists(openTransport(options), options);
}
