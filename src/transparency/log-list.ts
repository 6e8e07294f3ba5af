// Log lists of browser vendors in their format v3: which logs there are, and whose word counts.

import { decodeBase64, encodeBase64 } from '../codec/base64.ts';
import { fail, ok, type Result } from '../problem.ts';
import { isRecord, readCount } from './log-response.ts';
import type { KnownLog, LogEnd, LogKind } from './log.ts';
import { sha256 } from './merkle.ts';

/** What one list says of a log's word: a `never` cannot be outvoted by another list. */
type Acceptance = 'accepted' | 'unlisted' | 'excluded';

/** A log as one list has it. */
export interface ListedLog extends Omit<KnownLog, 'counts'> {
  readonly acceptance: Acceptance;
}

/** A list, and whether all it lists could be read: then every `log_id` was the SHA-256 of its `key`. */
export interface LogList {
  readonly logs: readonly ListedLog[];
  readonly complete: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const BELIEVED: ReadonlySet<string> = new Set(['usable', 'qualified', 'readonly', 'retired']);
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/v;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+\-]\d{2}:\d{2})$/v;

/** [C8]: the merge delay of a log whose list gives none, in milliseconds. */
const MERGE_DELAY = 24 * 3_600_000;

/** An address to ask at, ending in `/`; null unless it is https, or http on loopback, and nothing but host and path. */
function readAddress(value: unknown): string | null {
  if (typeof value !== 'string' || !URL.canParse(value)) return null;
  const url = new URL(value);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname))) return null;
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return null;
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

/** Milliseconds since the epoch of an RFC 3339 instant; null for anything else. */
function readInstant(value: unknown): number | null {
  const instant = typeof value === 'string' && INSTANT.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(instant) ? null : instant;
}

/**
 * [C3]: rejected counts only from the end of the log's own interval on; unknown states and types never raise anything.
 */
function readAcceptance(log: Fields, state: string, details: unknown): Acceptance {
  const type = log['log_type'];
  if (type !== undefined && type !== 'prod') return 'excluded';
  if (BELIEVED.has(state)) return 'accepted';
  if (state !== 'rejected') return 'unlisted';
  const since = isRecord(details) ? readInstant(details['timestamp']) : null;
  const interval = log['temporal_interval'];
  const end = isRecord(interval) ? readInstant(interval['end_exclusive']) : null;
  return since !== null && end !== null && since >= end ? 'accepted' : 'unlisted';
}

/** [C3]: where the log ends. An end that is stated and cannot be read lies before everything. */
function readEnd(state: string, details: unknown): LogEnd | null {
  if (state === 'retired' || state === 'rejected')
    return { kind: 'time', before: (isRecord(details) ? readInstant(details['timestamp']) : null) ?? 0 };
  const last = state === 'readonly' && isRecord(details) ? details['final_tree_head'] : undefined;
  return last === undefined
    ? null
    : { kind: 'size', below: (isRecord(last) ? readCount(last['tree_size']) : null) ?? 0 };
}

/**
 * One log of a list; null where it is malformed or its id is not the hash of its key, unless that was checked before.
 */
async function readListedLog(log: unknown, kind: LogKind, idsChecked: boolean): Promise<ListedLog | null> {
  if (!isRecord(log)) return null;
  const { log_id: id, key: keyText, description, state: stateObject } = log;
  const key = typeof keyText === 'string' ? decodeBase64(keyText) : null;
  const url = readAddress(kind === 'static' ? log['monitoring_url'] : log['url']);
  const submission = kind === 'static' ? readAddress(log['submission_url']) : null;
  if (typeof id !== 'string' || key === null || url === null || (kind === 'static' && submission === null)) return null;
  if (!idsChecked && encodeBase64(await sha256(key)) !== id) return null;
  const states = isRecord(stateObject) ? Object.entries(stateObject) : [];
  const [state = 'unstated', details] = states.length === 1 ? (states[0] ?? []) : [];
  const origin = submission === null ? null : submission.replace(/^https?:\/\//v, '').replace(/\/$/v, '');
  const name = typeof description === 'string' ? description : url;
  const delay = readCount(log['mmd']);
  const mergeDelay = delay === null ? MERGE_DELAY : delay * 1000;
  return {
    kind,
    id,
    name,
    key,
    url,
    origin,
    state,
    mergeDelay,
    end: readEnd(state, details),
    acceptance: readAcceptance(log, state, details),
  };
}

const arrayOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/**
 * Reads a log list in format v3 (`operators[].logs[]` and `operators[].tiled_logs[]`).
 * A malformed log, or one whose `log_id` is not the SHA-256 of its `key`, is left out.
 * @param idsChecked whether the very same list was read before, and complete.
 * @returns fails with `log-list-malformed` where the value is no such list at all.
 */
export async function parseLogList(value: unknown, idsChecked = false): Promise<Result<LogList>> {
  if (!isRecord(value) || !Array.isArray(value['operators'])) return fail('log-list-malformed', 'operators');
  const operators = arrayOf(value['operators']).filter(isRecord);
  const logs = await Promise.all(
    operators.flatMap((operator) =>
      arrayOf(operator['logs'])
        .map((log) => readListedLog(log, 'rfc6962', idsChecked))
        .concat(arrayOf(operator['tiled_logs']).map((log) => readListedLog(log, 'static', idsChecked))),
    ),
  );
  const read = logs.filter((log) => log !== null);
  return ok({ logs: read, complete: read.length === logs.length });
}

/**
 * The union of lists, by id and kind. A log counts where a list says so and none lists that id as one for tests or
 * monitoring
 * [C3]. Address, state and end are of the listing that makes it count, else of the first.
 */
export function mergeLogLists(lists: readonly LogList[]): readonly KnownLog[] {
  const listings = lists.flatMap(({ logs }) => logs);
  const never = new Set(listings.filter(({ acceptance }) => acceptance === 'excluded').map(({ id }) => id));
  const chosen = new Map<string, ListedLog>();
  for (const log of listings) {
    const name = `${log.kind} ${log.id}`;
    const before = chosen.get(name);
    if (before === undefined || (before.acceptance !== 'accepted' && log.acceptance === 'accepted'))
      chosen.set(name, log);
  }
  return [...chosen.values()].map(({ acceptance, ...log }) => ({
    ...log,
    counts: acceptance === 'accepted' && !never.has(log.id),
  }));
}
