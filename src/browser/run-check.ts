// How is one check run in the browser? The sources of the network with the browser's storage, permissions and suffix list.

import { check, reportInternalError } from '../check.ts';
import type { Step, Visit } from '../check.ts';
import { openLogTraffic, openSources, refreshLogLists } from '../network/sources.ts';
import type { NetworkOptions, Store } from '../network/sources.ts';
import type { Report } from '../verdict/report.ts';
import { browser } from './browser.ts';
import { readListFile } from './list-file.ts';
import { openKeeper } from './keeper.ts';
import type { ListFile } from './list-file.ts';
import { permitted } from './permissions.ts';
import type { Settings } from './settings.ts';
import { suffixes } from './suffixes.ts';
import { KEPT } from './session.ts';
import { openTurns } from './turns.ts';

interface Stores {
  readonly session: Store;
  readonly local: Store;
  /** False from when everything is wiped: what checks under way still learn is not kept. */
  keeping: boolean;
}

function openStores(): Stores {
  const store = (area: 'session' | 'local'): Store => {
    const keeper = openKeeper(browser.storage[area]);
    return {
      get: (key) => keeper.get(KEPT + key),
      set: async (key, value) => { if (stores.keeping) await keeper.keep({ [KEPT + key]: value }); },
    };
  };
  const stores: Stores = { session: store('session'), local: store('local'), keeping: true };
  return stores;
}

let open = openStores();

// Logs are spared over all checks; lost with the worker, which does not end while checks are under way.
const logTraffic = openLogTraffic();

const options = (settings: Settings, file: ListFile | null): NetworkOptions => ({
  resolver: settings.resolver,
  ...(file === null ? { logLists: settings.logLists } : { logLists: [], logListTexts: [file] }),
  ihleTypes: settings.ihleTypes,
  // Called as a method of another object, the browsers' fetch throws.
  fetch: (input, init) => fetch(input, init),
  now: () => Date.now(),
  logTraffic,
  permitted,
  session: open.session,
  local: open.local,
  suffixes,
  trustedKeys: [],
});

/** Whether the DNS is asked: always, or never; else where no answer is kept. */
export type AskingOptions = Required<Pick<NetworkOptions, 'fresh' | 'keptOnly'>>;

interface Running {
  readonly report: Promise<Report>;
  readonly listeners: Set<(step: Step) => void>;
}

/** At most so many checks run at once [C9]; the time of one begins with its turn. */
const takeTurn = openTurns(4);

// Checks under way, so that tabs of one host share one. Nothing is lost with it: each tab's alarm starts a check anew.
const running = new Map<string, Running>();

async function run(visit: Visit, settings: Settings, asking: AskingOptions, progress: (step: Step) => void): Promise<Report> {
  try {
    const sources = await openSources({ ...options(settings, await readListFile()), ...asking, progress });
    const report = await check(visit, Date.now(), sources);
    // Keeping is no part of the answer.
    await sources.close().catch(() => {});
    return report;
  } catch (error) {
    console.error(error);
    return reportInternalError(visit, Date.now(), error);
  }
}

/**
 * Checks a visit. The same visit under the same settings, asked for while it is being checked, shares the one check.
 * `fresh` asks the DNS even where an answer is kept. An error of ours is a report too.
 */
export async function runCheck(visit: Visit, settings: Settings, asking: AskingOptions, progress: (step: Step) => void): Promise<Report> {
  const key = JSON.stringify([visit, settings.resolver, settings.logLists, settings.ihleTypes, asking.fresh, asking.keptOnly]);
  const shared = running.get(key);
  if (shared !== undefined) {
    shared.listeners.add(progress);
    return shared.report;
  }
  const listeners = new Set([progress]);
  const report = takeTurn(() => run(visit, settings, asking, (step) => listeners.forEach((tell) => tell(step)))).finally(() => {
    if (running.get(key)?.listeners === listeners) running.delete(key);
  });
  running.set(key, { report, listeners });
  return report;
}

/** What checks under way depend on has changed: their answers are nobody's any more, and who asks begins another. */
export const discardChecks = (): void => running.clear();

/** Lets go of the checks under way: nothing of them is kept, and who asks again begins another. */
export function abandonChecks(): void {
  open.keeping = false;
  open = openStores();
  running.clear();
}

/** Fetches the log lists that are due; nothing before the person has chosen how checks are made. */
export async function refreshLists(settings: Settings): Promise<void> {
  if (settings.automatic !== null) await refreshLogLists(options(settings, await readListFile()));
}
