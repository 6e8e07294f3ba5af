// Turns and paces: a few things at once, the others one after another; and so many in a while.

/**
 * Opens turns for at most `most` tasks at once, in the order in which they came. A task that fails gives its turn on
 * like one that ends; `waits` tells that one waits.
 */
export function openTurns(most: number): <T>(task: () => Promise<T>, waits?: () => void) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task, waits) => {
    // A turn that is passed on stays counted, so that nobody who comes meanwhile takes it.
    if (running >= most)
      await new Promise<void>((resume) => {
        waiting.push(resume);
        waits?.();
      });
    else running += 1;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

/**
 * Opens a count of at most `most` events of each number within `span` milliseconds.
 * @returns what asks for another at `now` (milliseconds since the epoch): null where it may be, and is counted; else
 * from when on it may.
 */
export function openPace(most: number, span: number): (of: number, now: number) => number | null {
  const seen = new Map<number, readonly number[]>();
  return (of, now) => {
    // Times from the future are those before the clock was set back.
    const lately = (seen.get(of) ?? []).filter((at) => at <= now && now - at < span);
    const [first] = lately;
    if (first !== undefined && lately.length >= most) return first + span;
    seen.set(of, [...lately, now]);
    return null;
  };
}
