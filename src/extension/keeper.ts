// Keeper over a storage area: what the browser refuses (no room, a full disk) is held here and offered again.

/** What of a storage area is needed. */
export interface Area {
  readonly get: (key: string) => Promise<Record<string, unknown>>;
  readonly set: (items: Record<string, unknown>) => Promise<void>;
  readonly remove: (keys: string[]) => Promise<void>;
  readonly getKeys: () => Promise<string[]>;
}

export interface Keeper {
  /** What is kept or held under a name; undefined where that is nothing, or cannot be read. */
  readonly get: (key: string) => Promise<unknown>;
  /**
   * Keeps values by name. Never rejects: what cannot be written is held in this life of the background, counts, and is
   * written with whatever is kept next.
   */
  readonly keep: (items: Readonly<Record<string, unknown>>) => Promise<void>;
  readonly forget: (keys: readonly string[]) => Promise<void>;
  /** The names of all that is kept or held. */
  readonly names: () => Promise<readonly string[]>;
}

/** Opens a keeper over a storage area, which holds at most so many values, the latest. */
export function openKeeper(area: Area, most = 100): Keeper {
  const held = new Map<string, unknown>();
  const write = async (items: readonly (readonly [string, unknown])[]): Promise<void> => {
    await area.set(Object.fromEntries(items));
    // What came meanwhile under the same name waits for its own turn.
    for (const [key, value] of items) if (held.get(key) === value) held.delete(key);
  };
  return {
    get: async (key) =>
      held.has(key)
        ? held.get(key)
        : area.get(key).then(
            (kept) => kept[key],
            () => undefined,
          ),
    keep: async (items) => {
      const own = Object.entries(items);
      for (const [key, value] of own) {
        held.delete(key);
        held.set(key, value);
      }
      // One value that is too large must not keep the others out.
      await write([...held])
        .catch(() => write(own))
        .catch(() => {});
      for (const key of [...held.keys()].slice(0, -most)) held.delete(key);
    },
    forget: async (keys) => {
      for (const key of keys) held.delete(key);
      await area.remove([...keys]);
    },
    names: async () => [...new Set([...(await area.getKeys()), ...held.keys()])],
  };
}
