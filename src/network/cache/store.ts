// Cache store: one entry a key, so that one costs the same whatever else is kept.

/**
 * A keeper of plain values by key: `storage.session` or `storage.local` in the browser, memory elsewhere. What comes
 * back is `unknown` and is parsed.
 */
export interface Cache {
  get(key: string): Promise<unknown>;
  set(entries: Readonly<Record<string, unknown>>): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
  /** All keys, the oldest first where that is known. */
  keys(): Promise<readonly string[]>;
}

/** A cache that lasts as long as the process. Values are kept as copies, as a browser's storage would. */
export function memoryCache(): Cache {
  const values = new Map<string, unknown>();
  return {
    get: async (key) => structuredClone(values.get(key)),
    set: async (entries) => {
      for (const [key, value] of Object.entries(entries)) values.set(key, structuredClone(value));
    },
    remove: async (keys) => keys.forEach((key) => values.delete(key)),
    keys: async () => [...values.keys()],
  };
}

/** One kind of entry: the beginning of its keys, and what all of them together may come to. */
export interface Kind {
  readonly prefix: string;
  readonly count: number;
  /** In characters of JSON. */
  readonly weight: number;
}

const weigh = (value: unknown): number => JSON.stringify(value).length;

// What is kept of each kind, by weight, the oldest first. Nothing is lost with it: it is read again from the keys, as
// if each weighed the average.
const weights = new WeakMap<Cache, Map<string, Promise<Map<string, number>>>>();

function weightsOf(cache: Cache, { prefix, count, weight }: Kind): Promise<Map<string, number>> {
  const kinds = weights.get(cache) ?? new Map<string, Promise<Map<string, number>>>();
  weights.set(cache, kinds);
  const known =
    kinds.get(prefix) ??
    cache
      .keys()
      .then((keys) => new Map(keys.filter((key) => key.startsWith(prefix)).map((key) => [key, weight / count])));
  kinds.set(prefix, known);
  return known;
}

/**
 * Keeps entries (by their key without its beginning) within the bounds of their kind: the oldest go, and what exceeds
 * the bounds alone is not kept.
 */
export async function keep(cache: Cache, kind: Kind, entries: ReadonlyMap<string, unknown>): Promise<void> {
  const kept = await weightsOf(cache, kind);
  const added = new Map<string, unknown>();
  for (const [key, value] of entries) {
    const name = kind.prefix + key;
    kept.delete(name);
    if (weigh(value) <= kind.weight) {
      kept.set(name, weigh(value));
      added.set(name, value);
    }
  }
  let total = [...kept.values()].reduce((sum, weight) => sum + weight, 0);
  const gone: string[] = [];
  for (const [name, weight] of kept) {
    if (kept.size <= kind.count && total <= kind.weight) break;
    kept.delete(name);
    total -= weight;
    if (!added.delete(name)) gone.push(name);
  }
  if (added.size > 0) await cache.set(Object.fromEntries(added));
  if (gone.length > 0) await cache.remove(gone);
}
