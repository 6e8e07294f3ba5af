// What does the background do in a bench? One check again and again, as the extension runs it, and one verification beside
// it, in turn.

import { runCheck } from '../../src/extension/background/run-check.ts';
import type { Report } from '../../src/verdict/report.ts';

/** Medians in milliseconds, of one run. */
export interface WorkerFigures {
  readonly check: number;
  readonly verification: number;
  readonly status: Report['status'] | null;
  readonly requests: number;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function timed(task: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

/** Several at once, for a worker's clock is coarse. */
const MANY = 10;

async function measure(host: string, turns: number): Promise<WorkerFigures> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-521', hash: 'SHA-512' };
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const message = new Uint8Array(400);
  const signature = await crypto.subtle.sign(algorithm, pair.privateKey, message);
  const check = (): Promise<Report | null> =>
    runCheck(
      { host, page: 'https', address: null },
      { fresh: false, keptOnly: false },
      new AbortController().signal,
      () => {},
    );
  const report = await check();
  const checks: number[] = [];
  const verifications: number[] = [];
  const repeat = async (task: () => Promise<unknown>): Promise<void> => {
    for (let time = 0; time < MANY; time += 1) await task();
  };
  for (let turn = -5; turn < turns; turn += 1) {
    const one = await timed(() => repeat(check));
    const other = await timed(() => repeat(() => crypto.subtle.verify(algorithm, pair.publicKey, signature, message)));
    // The first turns warm the engine up.
    if (turn >= 0) {
      checks.push(one / MANY);
      verifications.push(other / MANY);
    }
  }
  return {
    check: median(checks),
    verification: median(verifications),
    status: report?.status ?? null,
    requests: report?.requests.length ?? 0,
  };
}

declare global {
  var measureCheck: typeof measure;
}
globalThis.measureCheck = measure;
