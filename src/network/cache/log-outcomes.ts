// Cache of what log entries came to: outcomes kept for the session, failures only for a while.

import { parseProblem } from './dns-answers.ts';
import { allOf, member } from '../../codec/stored-value.ts';
import { type Cache, keep, type Kind } from './store.ts';
import type { Problem, ProblemCode } from '../../problem.ts';
import type { EntryMemory, EntryOutcome, InclusionProof, ProvenEntry } from '../../transparency/log.ts';

/** A certificate may carry thousands of names. */
const OUTCOMES: Kind = { prefix: 'log ', count: 1000, weight: 1024 * 1024 };

/** How long an outcome is kept, in milliseconds [C10]. What is proven stays proven. */
const LIVES: Readonly<Record<EntryOutcome['outcome'], number>> = {
  holds: Infinity,
  misses: 3_600_000,
  refuted: 300_000,
  undetermined: 300_000,
};

/** No log is left in peace for longer, whatever it asks. */
const LONGEST_PAUSE = 3_600_000;

interface StoredOutcome {
  readonly at: number; // milliseconds since the epoch
  readonly outcome: EntryOutcome;
}

/** A memory of outcomes for one check; `close` writes what was added to the cache. */
export interface OpenMemory extends EntryMemory {
  close(): Promise<void>;
}

/** Opens the memory over what the cache keeps and is still good at `now`. */
export function openMemory(cache: Cache, now: () => number): OpenMemory {
  const added = new Map<string, StoredOutcome>();
  return {
    recall: async (key) => {
      const kept = added.get(key) ?? parseKept(await cache.get(OUTCOMES.prefix + key));
      return kept !== null && isGood(kept, now()) ? kept.outcome : null;
    },
    remember: (key, outcome) => void added.set(key, { at: now(), outcome }),
    close: async () => {
      const kept = new Map([...added].filter(([, { outcome }]) => isKept(outcome)));
      if (kept.size > 0) await keep(cache, OUTCOMES, kept);
    },
  };
}

/** Our own limits of time, size, budget and permission: they say nothing of the log. */
const OURS: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'permission-missing',
  'time-exhausted',
  'log-answer-too-large',
  'log-budget-exhausted',
  'too-many-checks',
]);

/** Whether a failure is one of our own, and so not to be remembered as the log's. */
export const isOurs = ({ code }: Problem): boolean => OURS.has(code);

const isKept = (outcome: EntryOutcome): boolean => outcome.outcome !== 'undetermined' || !outcome.problems.some(isOurs);

/** Within its life; one from the future (a clock set back) is not good either, unless proven. */
const isGood = ({ at, outcome }: StoredOutcome, now: number): boolean => {
  const life =
    outcome.outcome === 'undetermined'
      ? Math.min(outcome.pause ?? LIVES.undetermined, LONGEST_PAUSE)
      : LIVES[outcome.outcome];
  return life === Infinity || (at <= now && now - at < life);
};

function parseKept(value: unknown): StoredOutcome | null {
  const [at, outcome] = [member(value, 'at'), parseOutcome(member(value, 'outcome'))];
  return typeof at === 'number' && outcome !== null ? { at, outcome } : null;
}

function parseOutcome(value: unknown): EntryOutcome | null {
  const outcome = member(value, 'outcome');
  const problems = allOf(member(value, 'problems'), parseProblem);
  const proven = parseProven(member(value, 'proven'));
  if (problems === null) return null;
  switch (outcome) {
    case 'holds':
      return proven === null ? null : { outcome, proven, problems };
    case 'misses':
      return { outcome, proven, problems };
    case 'refuted':
      return { outcome, problems };
    case 'undetermined': {
      const [doubt, pause] = [member(value, 'doubt'), member(value, 'pause')];
      if (doubt !== 'log-unreachable' && doubt !== 'log-not-known' && doubt !== 'log-not-proven') return null;
      return { outcome, doubt, problems, ...(typeof pause === 'number' ? { pause } : {}) };
    }
    default:
      return null;
  }
}

function parseProven(value: unknown): ProvenEntry | null {
  const names = allOf(member(value, 'names'), (name) => (typeof name === 'string' ? name : null));
  const inclusion = parseInclusion(member(value, 'inclusion'));
  const [notBefore, notAfter] = [member(value, 'notBefore'), member(value, 'notAfter')];
  if (names === null || inclusion === null) return null;
  if ((notBefore !== null && typeof notBefore !== 'number') || (notAfter !== null && typeof notAfter !== 'number'))
    return null;
  return { names, inclusion, notBefore, notAfter };
}

function parseInclusion(value: unknown): InclusionProof | null {
  const [treeSize, treeHeadAt, index, loggedAt] = [
    member(value, 'treeSize'),
    member(value, 'treeHeadAt'),
    member(value, 'index'),
    member(value, 'loggedAt'),
  ];
  const [rootHash, leafHash, path] = [
    member(value, 'rootHash'),
    member(value, 'leafHash'),
    allOf(member(value, 'path'), (hash) => (typeof hash === 'string' ? hash : null)),
  ];
  if (
    typeof treeSize !== 'number' ||
    typeof treeHeadAt !== 'number' ||
    typeof index !== 'number' ||
    typeof loggedAt !== 'number'
  )
    return null;
  return typeof rootHash !== 'string' || typeof leafHash !== 'string' || path === null
    ? null
    : { treeSize, treeHeadAt, rootHash, index, loggedAt, leafHash, path };
}
