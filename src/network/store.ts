// Where is what the network said kept? A store of named values, and changes to one value that do not overtake each other.

/** A keeper of plain values by name: `storage.session` or `storage.local` in the browser, memory elsewhere. What comes back is `unknown` and is parsed. */
export interface Store {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}

/** A store that lasts as long as the process. Values are kept as copies, as a browser's storage would. */
export function memoryStore(): Store {
  const values = new Map<string, unknown>();
  return {
    get: async (key) => structuredClone(values.get(key)),
    set: async (key, value) => void values.set(key, structuredClone(value)),
  };
}

// Changes under way. Nothing is lost with it: it only keeps two checks in one process from overwriting each other's additions.
const underWay = new WeakMap<Store, Promise<unknown>>();

/** Reads the value under `key`, parses it, and writes what `change` makes of it; changes to one store follow one another. */
export async function changeKept<T>(store: Store, key: string, parse: (value: unknown) => T, change: (kept: T) => unknown): Promise<void> {
  const work = async (): Promise<void> => store.set(key, change(parse(await store.get(key))));
  const before = underWay.get(store) ?? Promise.resolve();
  const turn = before.then(work, work);
  underWay.set(store, turn);
  await turn;
}
