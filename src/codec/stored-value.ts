// Stored values read back: members and lists of something unknown.

/** A member of an object by its own name; undefined where it is no object or has none. */
export function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

/** The readable items of a list; unreadable ones are left out, and what is no list has none. */
export function arrayOf<T>(value: unknown, parse: (item: unknown) => T | null): T[] {
  if (!Array.isArray(value)) return [];
  return value.map((item: unknown) => parse(item)).filter((item) => item !== null);
}

/** All items of a list; null where it is no list or any item is unreadable. */
export function allOf<T>(value: unknown, parse: (item: unknown) => T | null): T[] | null {
  const items = arrayOf(value, parse);
  return Array.isArray(value) && items.length === value.length ? items : null;
}
