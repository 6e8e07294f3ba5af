// How much work does a piece of code do? Counted in steps of the engine's own, so that no clock and no other load
// matters.

import { Session } from 'node:inspector';
import { setFlagsFromString } from 'node:v8';

// What the engine has optimised it no longer counts.
for (const flag of ['--no-opt', '--no-maglev', '--no-sparkplug', '--no-use-osr']) setFlagsFromString(flag);

interface Range {
  readonly count: number;
}
interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly ranges: readonly Range[] }[];
  }[];
}

const session = new Session();
session.connect();
const post = (method: string, parameters: object = {}): Coverage => {
  let answer: Coverage = { result: [] };
  // The inspector answers at once where it looks at its own thread.
  session.post(method, parameters, (error, result) => {
    if (error !== null) throw new Error(`${method}: ${error.message}`);
    answer = { result: [], ...Object(result) };
  });
  return answer;
};

const isOfLibraryOrOurs = ({ url }: { readonly url: string }): boolean =>
  /\/(src|node_modules\/(cbor2|@scure|@noble))\//.test(url);

// Once and for all: what is compiled while nothing is counted stays uncounted.
post('Profiler.enable');
post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

/** How often any block of our source, and of the libraries it decodes with, is run while `task` runs. */
export function countSteps(task: () => unknown): number {
  post('Profiler.takePreciseCoverage'); // sets the counts to nothing
  task();
  const { result } = post('Profiler.takePreciseCoverage');
  const counts = result
    .filter(isOfLibraryOrOurs)
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)));
  return counts.reduce((sum, count) => sum + count, 0);
}
