// Which logs are known? The lists that browser vendors publish: kept ones at once, missing ones fetched, old ones refreshed in the background.

import { fail, ok } from '../emblem/problem.ts';
import type { Problem, ProblemCode, Result } from '../emblem/problem.ts';
import { mergeLogLists, parseLogList } from '../transparency/log-list.ts';
import type { LogDirectory } from '../transparency/log.ts';
import { failedLately, isOld, keepFailure, keepList, keptLists } from './kept-lists.ts';
import type { Store } from './store.ts';
import type { Failure, Transport } from './transport.ts';

/** Longest list taken, in bytes: [C11] (published ones weigh some 300 kB). */
const LIST_LIMIT = 1024 * 1024;

export interface LogListOptions {
  readonly logLists: readonly string[];
  readonly logListDocuments?: readonly unknown[];
  readonly logListTexts?: readonly { readonly name: string; readonly text: string }[];
  readonly session: Store;
  readonly local: Store;
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

/** All logs known. A kept list is used however old it is; a list that is not kept is fetched, unless it failed a moment ago. */
export async function findLogs(transport: Transport, options: LogListOptions): Promise<LogDirectory> {
  const { logLists, logListDocuments = [], logListTexts = [], session, local, now } = options;
  const [kept, failed] = await Promise.all([keptLists(local), failedLately(session, now())]);
  const read = async (address: string): Promise<Listed> => {
    const text = kept.get(address)?.text;
    const list = text === undefined ? null : await parseText(text, address);
    if (list?.ok === true) return list;
    if (failed.has(address) && options.fresh !== true) return fail('log-list-unavailable', hostOf(address));
    return fetchList(transport, address, options);
  };
  const lists = await Promise.all([
    ...[...new Set(logLists)].map((address) => read(address)), ...logListDocuments.map((document) => parseLogList(document)), ...logListTexts.map(({ name, text }) => parseText(text, name)),
  ]);
  const problems: Problem[] = lists.flatMap((list) => (list.ok ? [] : [list.problem]));
  return { logs: mergeLogLists(lists.flatMap((list) => (list.ok ? [list.value] : []))), complete: problems.length === 0, problems };
}

/** Fetches every list whose kept copy is older than a day (all with `fresh`); a kept copy stays where fetching fails. */
export async function refreshLists(transport: Transport, options: LogListOptions): Promise<Refreshed> {
  const kept = await keptLists(options.local);
  const due = options.logLists.filter((address) => {
    const list = kept.get(address);
    return options.fresh === true || list === undefined || isOld(list, options.now());
  });
  const lists = await Promise.all(due.map((address) => fetchList(transport, address, options)));
  const failed = due.filter((_address, place) => lists[place]?.ok !== true);
  return { refreshed: due.length - failed.length, failed };
}

/** Fetches one list, and keeps it where it can be read. */
async function fetchList(transport: Transport, address: string, options: LogListOptions): Promise<Listed> {
  const { logLists, session, local, now } = options;
  const answered = await transport.ask({
    url: address, accept: 'application/json', limit: LIST_LIMIT, purpose: 'log-list', what: hostOf(address), alsoAnswers: [],
  });
  if (!answered.ok) {
    const { why, detail, ours } = answered.failure;
    // Limits and permissions of our own say nothing of the list.
    if (!ours) await keepFailure(session, { address, at: now() }, logLists);
    return fail(CODES[why], detail);
  }
  const text = new TextDecoder().decode(answered.value.body);
  const list = await parseText(text, address);
  if (list.ok) await keepList(local, { address, at: now(), text }, logLists);
  else await keepFailure(session, { address, at: now() }, logLists);
  return list;
}

async function parseText(text: string, address: string): Promise<Listed> {
  const document = parseJson(text);
  return document.ok ? parseLogList(document.value) : fail('log-list-malformed', hostOf(address));
}

/** Whether a text is a log list with any log in it, and no larger than one may be. */
export async function isLogList(text: string): Promise<boolean> {
  const list = new TextEncoder().encode(text).length > LIST_LIMIT ? null : await parseText(text, '');
  return list?.ok === true && list.value.length > 0;
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
