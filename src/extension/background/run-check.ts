// Runs checks in the browser: the sources of the network with the browser's storage, permissions and suffix list.

import { check, openVerifiedSignatures, reportInternalError, type Visit } from '../../check.ts';
import {
  type Cache,
  dohResolver,
  type NetworkOptions,
  openLogTraffic,
  refreshLogLists,
  useNetwork,
} from '../../network/sources.ts';
import type { Report } from '../../verdict/report.ts';
import { browser } from '../webext.ts';
import { openKeeper } from '../keeper.ts';
import { type ListFile, readListFile } from '../custom-log-list.ts';
import { heldPermissions, permitted } from '../permissions.ts';
import { readSettings, type Settings } from '../settings.ts';
import { suffixes } from '../public-suffixes.ts';
import { KEPT } from '../session-storage.ts';
import type { TabState } from '../tab-store.ts';
import { openTurns } from './turns.ts';

interface Caches {
  readonly session: Cache;
  readonly local: Cache;
  /** False from when everything is wiped: what checks under way still learn is not kept. */
  keeping: boolean;
}

function openCaches(): Caches {
  const cache = (area: 'session' | 'local'): Cache => {
    const keeper = openKeeper(browser.storage[area]);
    return {
      get: (key) => keeper.get(KEPT + key),
      set: async (entries) => {
        if (caches.keeping)
          await keeper.keep(Object.fromEntries(Object.entries(entries).map(([key, value]) => [KEPT + key, value])));
      },
      remove: (keys) => keeper.forget(keys.map((key) => KEPT + key)).catch(() => {}),
      keys: () =>
        keeper.names().then(
          (names) => names.filter((name) => name.startsWith(KEPT)).map((name) => name.slice(KEPT.length)),
          () => [],
        ),
    };
  };
  const caches: Caches = { session: cache('session'), local: cache('local'), keeping: true };
  return caches;
}

let open = openCaches();

// Logs are spared over all checks; lost with the worker, which does not end while checks are under way.
const logTraffic = openLogTraffic();

// What verified stays verified for as long as this life of the background lasts.
const verified = openVerifiedSignatures();

/** What a verdict depends on beside the visit: settings, the list from a file, and what may be asked at all. */
interface Question {
  readonly settings: Settings;
  readonly file: ListFile | null;
  readonly permissions: readonly string[];
}

async function readQuestion(): Promise<Question> {
  const [settings, file, permissions] = await Promise.all([readSettings(), readListFile(), heldPermissions()]);
  return { settings, file, permissions };
}

const options = ({ settings, file }: Omit<Question, 'permissions'>): NetworkOptions => ({
  resolver: dohResolver(settings.resolver),
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
  verified,
});

/** Whether the DNS is asked: always, or never; else where no answer is kept. */
export type AskingOptions = Required<Pick<NetworkOptions, 'fresh' | 'keptOnly'>>;

type Progress = (step: NonNullable<TabState['step']>) => void;

interface Running {
  /** Null where it was ended, or its question is another by now. */
  readonly report: Promise<Report | null>;
  readonly listeners: Set<Progress>;
  readonly end: AbortController;
}

/** At most so many checks run at once [C9]; the time of one begins with its turn. */
const takeTurn = openTurns(4);

// Checks under way, so that tabs of one host share one. Nothing is lost with it: each tab's alarm starts a check anew.
const running = new Map<string, Running>();

async function run(
  visit: Visit,
  question: Question,
  asking: AskingOptions,
  signal: AbortSignal,
  progress: Progress,
): Promise<Report | null> {
  // Whoever wanted it may have gone while it waited for its turn.
  if (signal.aborted) return null;
  try {
    const report = await useNetwork({ ...options(question), ...asking, signal, progress }, (sources) =>
      check(visit, Date.now(), sources),
    );
    return signal.aborted || nameOf(await readQuestion()) !== nameOf(question) ? null : report;
  } catch (error) {
    console.error(error);
    return reportInternalError(visit, Date.now(), error);
  }
}

/** All that a verdict depends on beside the visit, in one word. */
const nameOf = ({ settings, file, permissions }: Question): string =>
  JSON.stringify([settings.resolver, settings.logLists, settings.ihleTypes, file, permissions]);

function startCheck(name: string, visit: Visit, question: Question, asking: AskingOptions): Running {
  const [listeners, end] = [new Set<Progress>(), new AbortController()];
  const tell: Progress = (step) => listeners.forEach((listener) => listener(step));
  const report = takeTurn(
    () => run(visit, question, asking, end.signal, tell),
    () => tell('turn'),
  ).finally(() => {
    if (running.get(name)?.end === end) running.delete(name);
  });
  const begun = { report, listeners, end };
  running.set(name, begun);
  return begun;
}

/**
 * Checks a visit. The same visit under the same settings and permissions, asked for while it is being checked, shares
 * the one check;
 * it is ended, and its requests with it, when the last of those who want it abort their `signal`. `fresh` asks the DNS
 * even where an answer is kept.
 * @returns null where it was ended, or what it depends on has changed meanwhile. An error of ours is a report too.
 */
export async function runCheck(
  visit: Visit,
  asking: AskingOptions,
  signal: AbortSignal,
  progress: Progress,
): Promise<Report | null> {
  const question = await readQuestion();
  if (signal.aborted) return null;
  const name = JSON.stringify([visit, nameOf(question), asking.fresh, asking.keptOnly]);
  // Told anew for each, so that two who hand in the same function count as two.
  const listener: Progress = (step) => progress(step);
  const shared = running.get(name) ?? startCheck(name, visit, question, asking);
  shared.listeners.add(listener);
  const leave = (): void => {
    shared.listeners.delete(listener);
    if (shared.listeners.size > 0) return;
    shared.end.abort();
    if (running.get(name) === shared) running.delete(name);
  };
  signal.addEventListener('abort', leave);
  try {
    return await shared.report;
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

/** What checks under way depend on has changed: they end, and who asks begins another. */
export function discardChecks(): void {
  running.forEach(({ end }) => end.abort());
  running.clear();
}

/** Ends the checks under way: nothing of them is kept, and who asks again begins another. */
export function abandonChecks(): void {
  open.keeping = false;
  open = openCaches();
  discardChecks();
}

/** Fetches the log lists that are due; nothing before the person has chosen how checks are made. */
export async function refreshDueLists(settings: Settings): Promise<void> {
  if (settings.automatic !== null) await refreshLogLists(options({ settings, file: await readListFile() }));
}
