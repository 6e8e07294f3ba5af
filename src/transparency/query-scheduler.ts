// Order of the entries that are asked for: each claim goes on at its own pace, all within the budget of one check.

import { isYoung } from './log-response.ts';
import type { EntryMemory, EntryOutcome, KnownLog, LogEntry, ReadLog } from './log.ts';
import type { CommitmentClaim } from './key-commitment.ts';
import { proveByHash } from './rfc6962.ts';
import { proveByIndex } from './static-ct.ts';

/** [C9]. */
export const ASKED_OF_ONE = 4;
const ASKED_OF_ALL = 8;

/** What asking needs from outside. */
export interface AskingContext {
  readonly read: ReadLog;
  readonly memory: EntryMemory;
  readonly now: number; // milliseconds since the epoch
  /** Called once, before the first log is asked. */
  readonly onUse?: () => void;
}

/** An entry that could be asked: where, and by which name it is remembered. */
interface Askable {
  readonly log: KnownLog;
  readonly entry: LogEntry;
  /** Log and entry, whatever they are to prove: what the budget counts. */
  readonly place: string;
  readonly key: string;
}

/** One entry of a claim; `outcome` is null until it is known. */
export interface Item {
  readonly entry: LogEntry | null;
  readonly log: KnownLog | null;
  readonly askable: Askable | null;
  outcome: EntryOutcome | null;
}

/** A need being settled. */
export interface Pending {
  readonly need: CommitmentClaim;
  readonly items: readonly Item[];
  /** Items that may be asked, in order, remembered outcomes already in place. */
  readonly turns: readonly Item[];
  /** The one that is being asked. */
  asking: Item | null;
  /** Whether one has been. */
  begun: boolean;
}

export const holds = ({ outcome }: Item): boolean => outcome?.outcome === 'holds';
const isProven = ({ items }: Pending): boolean => items.some(holds);
const unasked = (pending: Pending): readonly Item[] =>
  isProven(pending) ? [] : pending.turns.filter((item) => item.outcome === null && item !== pending.asking);
/** Whether the organisation is known by now to stay unproven. */
const isLost = (pending: Pending): boolean =>
  !isProven(pending) && pending.asking === null && unasked(pending).length === 0;

/**
 * Whether a need is worth asking for: its first entry unless all it depends on is lost, so that rounds overlap; the
 * others once one of that holds.
 */
function matters({ need: { dependsOn }, begun }: Pending, all: readonly Pending[]): boolean {
  if (dependsOn === undefined) return true;
  const on = all.filter(({ need }) => dependsOn.includes(need));
  return begun ? on.some(isProven) : !on.every(isLost);
}

/** Gives the next entry of each need that waits for none its turn, as far as the budget goes. */
function takeTurns(all: readonly Pending[], asked: Set<string>): readonly Pending[] {
  const taken: Pending[] = [];
  const take = (pending: Pending, kept: number): void => {
    const [item] = unasked(pending);
    if (pending.asking !== null || item === undefined || item.askable === null) return;
    const { place } = item.askable;
    if (!asked.has(place) && asked.size + kept >= ASKED_OF_ALL) return;
    asked.add(place);
    pending.asking = item;
    pending.begun = true;
    taken.push(pending);
  };
  const internal = all.filter(({ need }) => need.role === 'internal');
  for (const pending of internal) take(pending, 0);
  // What internal lines could still come to need is not for external ones.
  const reserved = internal.reduce((sum, pending) => sum + unasked(pending).length, 0);
  for (const pending of all) if (pending.need.role === 'external' && matters(pending, all)) take(pending, reserved);
  return taken;
}

const prove = ({ log, entry }: Askable, need: CommitmentClaim, young: boolean, read: ReadLog): Promise<EntryOutcome> =>
  entry.kind === 'static' ? proveByIndex(log, entry, need, young, read) : proveByHash(log, entry, need, young, read);

/**
 * Asks until every need is settled or the budget is used up [C9]. No need waits for another's log:
 * a slow one would use up the time of all. The outcomes stand in the items then.
 */
export async function askAll(all: readonly Pending[], { read, memory, now, onUse }: AskingContext): Promise<void> {
  const asked = new Set<string>();
  const running = new Map<string, Promise<EntryOutcome>>();
  const askOnce = (askable: Askable, need: CommitmentClaim): Promise<EntryOutcome> => {
    // The same entry may be denied to one endorsement, and not yet to a younger one.
    const young = isYoung(need.notBefore, askable.log, now);
    const name = `${askable.key} ${young}`;
    const outcome = running.get(name) ?? prove(askable, need, young, read);
    running.set(name, outcome);
    return outcome;
  };
  const proceed = async (): Promise<void> => {
    const taken = takeTurns(all, asked);
    if (taken.length > 0 && running.size === 0) onUse?.();
    await Promise.all(
      taken.map(async (pending) => {
        const item = pending.asking;
        if (item?.askable === null || item?.askable === undefined) return;
        item.outcome = await askOnce(item.askable, pending.need);
        memory.remember(item.askable.key, item.outcome);
        pending.asking = null;
        await proceed();
      }),
    );
  };
  await proceed();
}
