// How far has it come? One line that is written over in a terminal, and a line each elsewhere.

import type { Progress } from './visit-sites.ts';

/** Where progress is written: standard error, so that what a command prints stays apart. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly write: (text: string) => unknown;
}

/** Writes each step; in a terminal the last one is taken away when the round is over. */
export function openProgress(output: ProgressOutput): Progress & { readonly end: () => void } {
  const isTerminal = output.isTTY === true;
  const show: Progress = (host, place, count) => {
    const line = `Visiting ${String(place).padStart(String(count).length)} of ${count}: ${host}`;
    output.write(isTerminal ? `\r\u001B[K${line.slice(0, (output.columns ?? 80) - 1)}` : `${line}\n`);
  };
  return Object.assign(show, { end: () => void (isTerminal && output.write('\r\u001B[K')) });
}
