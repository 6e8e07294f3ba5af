// Is this key committed to this organisation? All claims of one check, within its budget.

import { encodeBase64 } from '../codec/base64.ts';
import { problem } from '../emblem/problem.ts';
import type { Problem } from '../emblem/problem.ts';
import type { LogClaim } from '../emblem/token.ts';
import { undetermined } from './answer.ts';
import type { EntryMemory, EntryOutcome, KnownLog, LogDirectory, LogEntry, ReadLog } from './log.ts';
import { judgeClaim } from './outcome.ts';
import type { Commitment, JudgedEntry } from './outcome.ts';
import { proveByHash } from './rfc6962.ts';
import { proveByIndex } from './static-ct.ts';

export type { Commitment, JudgedEntry } from './outcome.ts';

/** One claim to settle: that the key `kid` is a root key of the organisation at `domain`. */
export interface CommitmentNeed {
  readonly role: 'internal' | 'external';
  readonly kid: string; // computed, 52 characters
  readonly domain: string; // of the organisation identifier, lower case
  readonly claim: LogClaim;
  /** Needs of which one must hold for this one to matter; absent where it matters whatever becomes of others. */
  readonly dependsOn?: readonly CommitmentNeed[];
}

/** What settling needs from outside. */
export interface CommitmentContext {
  readonly directory: () => LogDirectory | Promise<LogDirectory>;
  readonly read: ReadLog;
  readonly memory: EntryMemory;
  readonly now: number; // seconds since the epoch
  /** Called once, before the first log is asked. */
  readonly onUse?: () => void;
}

/** Key-commitments, Budget. */
const CONSIDERED = 8;
const ASKED_OF_ONE = 4;
const ASKED_OF_ALL = 8;

/** An entry that could be asked: where, and by which name it is remembered. */
interface Askable {
  readonly log: KnownLog;
  readonly entry: LogEntry;
  /** Log and entry, whatever they are to prove: what the budget counts. */
  readonly place: string;
  readonly key: string;
}

interface Item {
  readonly entry: LogEntry | null;
  readonly log: KnownLog | null;
  readonly askable: Askable | null;
  outcome: EntryOutcome | null;
}

/** A need being settled; `turns` are the entries that may be asked, in order, remembered outcomes already in place. */
interface Pending {
  readonly need: CommitmentNeed;
  readonly items: readonly Item[];
  readonly turns: readonly Item[];
}

const holds = ({ outcome }: Item): boolean => outcome?.outcome === 'holds';
const unasked = ({ items, turns }: Pending): readonly Item[] => (items.some(holds) ? [] : turns.filter(({ outcome }) => outcome === null));

/** Why an entry is not asked at all (key-commitments, 1). */
function shut(entry: LogEntry, log: KnownLog | null, directory: LogDirectory): EntryOutcome {
  if (log !== null) return undetermined('log-not-known', 'log-not-accepted', log.state);
  if (directory.logs.some(({ id }) => id === entry.id)) return undetermined('log-not-known', 'log-kind-mismatch', entry.kind);
  return directory.complete ? undetermined('log-not-known', 'log-unknown', entry.id)
    : undetermined('log-unreachable', 'log-list-unavailable', entry.id);
}

function examine(entry: LogEntry | null, need: CommitmentNeed, directory: LogDirectory, memory: EntryMemory): Item {
  if (entry === null) return { entry, log: null, askable: null, outcome: undetermined('log-not-known', 'log-entry-malformed') };
  const log = directory.logs.find(({ id, kind }) => id === entry.id && kind === entry.kind) ?? null;
  if (log === null || !log.counts) return { entry, log, askable: null, outcome: shut(entry, log, directory) };
  const place = `${log.id}|${entry.kind === 'static' ? entry.index : encodeBase64(entry.hash)}`;
  const key = `${place}|${need.kid}|${need.domain}`;
  return { entry, log, askable: { log, entry, place, key }, outcome: memory.recall(key) };
}

/** Considers the first entries of a claim, and of those in logs that count the first few for asking. */
function begin(need: CommitmentNeed, directory: LogDirectory, memory: EntryMemory): Pending {
  const entries = need.claim.readable ? need.claim.entries.slice(0, CONSIDERED) : [];
  const items = entries.map((entry) => examine(entry, need, directory, memory));
  // One proven before settles the claim wherever it stands (see `unasked`), so it need not be put first.
  return { need, items, turns: items.filter(({ askable }) => askable !== null).slice(0, ASKED_OF_ONE) };
}

const prove = ({ log, entry }: Askable, need: CommitmentNeed, read: ReadLog): Promise<EntryOutcome> =>
  entry.kind === 'static' ? proveByIndex(log, entry, need, read) : proveByHash(log, entry, need, read);

/** Chooses which entries are asked next: one of each open need, as far as the budget goes. */
function chooseWave(pending: readonly Pending[], asked: Set<string>): readonly { readonly item: Item; readonly need: CommitmentNeed }[] {
  const chosen: { readonly item: Item; readonly need: CommitmentNeed }[] = [];
  const take = (candidate: Pending, kept: number): void => {
    const [item] = unasked(candidate);
    if (item === undefined || item.askable === null) return;
    const { place } = item.askable;
    if (!asked.has(place) && asked.size + kept >= ASKED_OF_ALL) return;
    asked.add(place);
    chosen.push({ item, need: candidate.need });
  };
  const internal = pending.filter(({ need }) => need.role === 'internal');
  for (const candidate of internal) take(candidate, 0);
  // What internal lines could still come to need is not for external ones.
  const begun = new Set(chosen.map(({ item }) => item));
  const reserved = internal.reduce((sum, candidate) => sum + unasked(candidate).filter((item) => !begun.has(item)).length, 0);
  // Nobody is asked about an endorser of an organisation that is known by now to stay unproven.
  const lost = new Set(internal.filter((candidate) => !candidate.items.some(holds) && unasked(candidate).length === 0).map(({ need }) => need));
  const matters = ({ dependsOn }: CommitmentNeed): boolean => dependsOn === undefined || dependsOn.some((other) => !lost.has(other));
  for (const candidate of pending) if (candidate.need.role === 'external' && matters(candidate.need)) take(candidate, reserved);
  return chosen;
}

/** Asks wave after wave until every need is settled or the budget is used up. */
async function askAll(pending: readonly Pending[], { read, memory, onUse }: CommitmentContext): Promise<void> {
  const asked = new Set<string>();
  const running = new Map<string, Promise<EntryOutcome>>();
  const askOnce = (askable: Askable, need: CommitmentNeed): Promise<EntryOutcome> => {
    const outcome = running.get(askable.key) ?? prove(askable, need, read);
    running.set(askable.key, outcome);
    return outcome;
  };
  for (let wave = chooseWave(pending, asked); wave.length > 0; wave = chooseWave(pending, asked)) {
    if (running.size === 0) onUse?.();
    await Promise.all(wave.map(async ({ item, need }) => {
      if (item.askable === null) return;
      item.outcome = await askOnce(item.askable, need);
      memory.remember(item.askable.key, item.outcome);
    }));
  }
}

/** What was looked at: entries passed over because another holds are not told of, those the budget left out are. */
function judged(items: readonly Item[]): readonly JudgedEntry[] {
  const settled = items.some(holds);
  return items.flatMap(({ entry, log, outcome }) => {
    if (outcome === null && settled) return [];
    return [{ entry, log, outcome: outcome ?? undetermined('log-unreachable', 'log-budget-exhausted') }];
  });
}

/**
 * Settles every claim of one check (key-commitments, Outcome and Budget): of one claim the first 8 entries are considered and up to
 * 4 asked, those proven before first; of one check 8 are asked, internal needs first. Needs are asked side by side.
 * @returns a commitment for each need, by identity.
 */
export async function settle(needs: readonly CommitmentNeed[], context: CommitmentContext): Promise<ReadonlyMap<CommitmentNeed, Commitment>> {
  const citing = needs.some(({ claim }) => claim.readable && claim.entries.length > 0);
  const directory = citing ? await context.directory() : { logs: [], complete: true, problems: [] };
  const pending = needs.map((need) => begin(need, directory, context.memory));
  await askAll(pending, context);
  return new Map(pending.map(({ need, items }) => {
    const ignored: readonly Problem[] = need.claim.readable && need.claim.entries.length > CONSIDERED
      ? [problem('log-entries-ignored', String(need.claim.entries.length - CONSIDERED))] : [];
    return [need, judgeClaim(judged(items), ignored, context.now)];
  }));
}
