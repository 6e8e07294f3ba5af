// Log lists of browser vendors: kept ones at once, missing ones fetched, old ones refreshed in the background.

import { fail, ok, type Problem, type ProblemCode, type Result } from '../../problem.ts';
import { mergeLogLists, parseLogList } from '../../transparency/log-list.ts';
import type { LogDirectory } from '../../transparency/log.ts';
import { failedLately, isOld, keepFailure, keepList, recallList } from '../cache/log-lists.ts';
import type { Cache } from '../cache/store.ts';
import type { Failure, Transport } from '../transport.ts';

/** Longest list taken, in bytes: [C11] (published ones weigh some 300 kB). */
const LIST_LIMIT = 1024 * 1024;

export interface LogListOptions {
  readonly logLists: readonly string[];
  readonly logListDocuments?: readonly unknown[];
  readonly logListTexts?: readonly { readonly name: string; readonly text: string }[];
  readonly session: Cache;
  readonly local: Cache;
  readonly now: () => number;
  readonly fresh?: boolean;
}

/** What a refresh of the log lists came to. */
export interface Refreshed {
  /** How many lists were had and kept. */
  readonly refreshed: number;
  /** Addresses that could not be had or read; what was kept of them before stays. */
  readonly failed: readonly string[];
}

const CODES = {
  permission: 'permission-missing',
  time: 'time-exhausted',
  unreachable: 'log-list-unavailable',
  'too-large': 'log-answer-too-large',
  status: 'log-list-unavailable',
} as const satisfies Record<Failure['why'], ProblemCode>;

type Listed = Awaited<ReturnType<typeof parseLogList>>;

/** What was read of lists in this life of the process: each is parsed and checked once. */
interface ReadLists {
  /** By address: what is kept of it, or was fetched since. */
  readonly kept: Map<string, Listed>;
  /** By name, of lists that come as texts. */
  readonly texts: Map<string, { readonly text: string; readonly list: Listed }>;
  /** The last directory, and what it was made of. */
  last: { readonly lists: readonly Listed[]; readonly directory: LogDirectory } | null;
}

// By where lists are kept. Nothing is lost with it but time.
const readLists = new WeakMap<Cache, ReadLists>();

function readListsOf(local: Cache): ReadLists {
  const read = readLists.get(local) ?? { kept: new Map(), texts: new Map(), last: null };
  readLists.set(local, read);
  return read;
}

/** The kept list of an address, read once: nobody else writes there. */
async function readKept(local: Cache, address: string): Promise<Listed | null> {
  const { kept } = readListsOf(local);
  const known = kept.get(address);
  if (known !== undefined) return known;
  const stored = await recallList(local, address);
  const list = stored === null ? null : await parseText(stored.text, address, stored.complete);
  if (list?.ok === true) kept.set(address, list);
  return list;
}

/** A list that comes as a text, unless the same text was read before under this name. */
async function readText(local: Cache, name: string, text: string): Promise<Listed> {
  const { texts } = readListsOf(local);
  const before = texts.get(name);
  if (before?.text === text) return before.list;
  const list = await parseText(text, name);
  texts.set(name, { text, list });
  return list;
}

/**
 * All logs known. A kept list is used however old it is; a list that is not kept is fetched, unless it failed a moment
 * ago.
 */
export async function findLogs(transport: Transport, options: LogListOptions): Promise<LogDirectory> {
  const { logLists, logListDocuments = [], logListTexts = [], session, local, now } = options;
  const read = async (address: string): Promise<Listed> => {
    const list = await readKept(local, address);
    if (list?.ok === true) return list;
    if (options.fresh !== true && (await failedLately(session, address, now())))
      return fail('log-list-unavailable', hostOf(address));
    return fetchList(transport, address, options);
  };
  const lists = await Promise.all([
    ...[...new Set(logLists)].map((address) => read(address)),
    ...logListDocuments.map((document) => parseLogList(document)),
    ...logListTexts.map(({ name, text }) => readText(local, name, text)),
  ]);
  const known = readListsOf(local);
  if (
    known.last === null ||
    known.last.lists.length !== lists.length ||
    known.last.lists.some((list, at) => list !== lists[at])
  )
    known.last = { lists, directory: merge(lists) };
  return known.last.directory;
}

function merge(lists: readonly Listed[]): LogDirectory {
  const problems: Problem[] = lists.flatMap((list) => (list.ok ? [] : [list.problem]));
  return {
    logs: mergeLogLists(lists.flatMap((list) => (list.ok ? [list.value] : []))),
    complete: problems.length === 0,
    problems,
  };
}

/**
 * Fetches every list whose kept copy is older than a day (all with `fresh`); a kept copy stays where fetching fails.
 */
export async function refreshLists(transport: Transport, options: LogListOptions): Promise<Refreshed> {
  const kept = await Promise.all(options.logLists.map((address) => recallList(options.local, address)));
  const due = options.logLists.filter((_address, place) => {
    const list = kept[place] ?? null;
    return options.fresh === true || list === null || isOld(list, options.now());
  });
  const lists = await Promise.all(due.map((address) => fetchList(transport, address, options)));
  const failed = due.filter((_address, place) => lists[place]?.ok !== true);
  return { refreshed: due.length - failed.length, failed };
}

/** Fetches one list, and keeps it where it can be read. */
async function fetchList(transport: Transport, address: string, options: LogListOptions): Promise<Listed> {
  const { logLists, session, local, now } = options;
  const answered = await transport.ask({
    method: 'GET',
    url: address,
    accept: 'application/json',
    body: null,
    limit: LIST_LIMIT,
    purpose: 'log-list',
    what: hostOf(address),
    alsoAnswers: [],
  });
  if (!answered.ok) {
    const { why, detail, ours } = answered.problem;
    // Limits and permissions of our own say nothing of the list.
    if (!ours) await keepFailure(session, address, now(), logLists);
    return fail(CODES[why], detail);
  }
  const text = new TextDecoder().decode(answered.value.body);
  const list = await parseText(text, address);
  if (!list.ok) {
    await keepFailure(session, address, now(), logLists);
    return list;
  }
  readListsOf(local).kept.set(address, list);
  await keepList(local, address, { at: now(), text, complete: list.value.complete }, logLists);
  return list;
}

async function parseText(text: string, address: string, idsChecked = false): Promise<Listed> {
  const document = parseJson(text);
  return document.ok ? parseLogList(document.value, idsChecked) : fail('log-list-malformed', hostOf(address));
}

/** Whether a text is a log list with any log in it, and no larger than one may be. */
export async function isLogList(text: string): Promise<boolean> {
  const list = new TextEncoder().encode(text).length > LIST_LIMIT ? null : await parseText(text, '');
  return list?.ok === true && list.value.logs.length > 0;
}

function parseJson(text: string): Result<unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return ok(value);
  } catch {
    return fail('log-list-malformed'); // no JSON: an expected answer, told by throwing
  }
}

const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : address);
