// How many of a thing run at once? Some; the others wait for their turn, in the order in which they came.

/** Opens turns for at most `most` tasks at once. A task that fails gives its turn on like one that ends. */
export function openTurns(most: number): <T>(task: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    // A turn that is passed on stays counted, so that nobody who comes meanwhile takes it.
    if (running >= most) await new Promise<void>((resume) => { waiting.push(resume); });
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
