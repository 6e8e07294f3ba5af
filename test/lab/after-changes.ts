// What happens where something changes while an earlier change is still worked on?

/** Returns what is to be called at each change: runs `work`, never twice at once, and once more for what changed meanwhile. */
export function afterChanges(work: () => Promise<void>): () => void {
  let running = false;
  let changed = false;
  const run = async (): Promise<void> => {
    running = true;
    while (changed) {
      changed = false;
      await work();
    }
    running = false;
  };
  return () => {
    changed = true;
    if (!running) void run();
  };
}
