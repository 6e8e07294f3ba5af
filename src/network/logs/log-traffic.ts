// Log traffic over all checks: turns, a bound a minute, and answers under way that several checks want.

import type { LogAnswer } from '../../transparency/log.ts';
import { untilAborted } from '../bounded-body.ts';

/** [C9], [C11]: real logs limit all their readers together. */
const AT_ONCE = 3;
const A_MINUTE = 30;
const MINUTE = 60_000;

/** Real time, and waiting in it, in milliseconds. */
export interface Waiting {
  readonly clock: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/** What is shared by all checks that ask logs. */
export interface LogTraffic extends Waiting {
  /** Sends when it is this log's turn; null where it was asked too often. Throws when aborted while it waits. */
  readonly send: <T>(log: string, signal: AbortSignal, send: () => Promise<T>) => Promise<T | null>;
  /** Answers under way, by address and limit, for other checks to share. */
  readonly underWay: Map<string, Promise<LogAnswer>>;
}

interface Line {
  busy: number;
  sent: readonly number[];
  readonly waiting: Set<() => void>;
}

/**
 * Opens the traffic to logs: one for all checks of a process. Nothing is lost with it but the count of the last minute.
 * @param perMinute how often one log may be asked in a minute.
 */
export function openLogTraffic(waiting: Partial<Waiting> = {}, perMinute = A_MINUTE): LogTraffic {
  const {
    clock = () => performance.now(),
    wait = (ms: number) =>
      new Promise<void>((resume) => {
        setTimeout(resume, ms);
      }),
  } = waiting;
  const lines = new Map<string, Line>();
  const lineOf = (log: string): Line => {
    const line = lines.get(log) ?? { busy: 0, sent: [], waiting: new Set() };
    lines.set(log, line);
    return line;
  };
  const takeTurn = async (line: Line, signal: AbortSignal): Promise<void> => {
    while (line.busy >= AT_ONCE) {
      let go = (): void => {};
      const turn = new Promise<void>((resume) => {
        go = resume;
      });
      line.waiting.add(go);
      try {
        await untilAborted(signal, turn);
      } finally {
        // Whoever gave up waiting passes a turn that was theirs on.
        if (!line.waiting.delete(go) && signal.aborted) callNext(line);
      }
    }
    line.busy += 1;
  };
  return {
    clock,
    wait,
    underWay: new Map(),
    send: async (log, signal, send) => {
      const line = lineOf(log);
      await takeTurn(line, signal);
      try {
        line.sent = line.sent.filter((at) => clock() - at < MINUTE);
        if (line.sent.length >= perMinute) return null;
        line.sent = [...line.sent, clock()];
        return await send();
      } finally {
        line.busy -= 1;
        callNext(line);
      }
    },
  };
}

function callNext(line: Line): void {
  const [next] = line.waiting;
  if (next === undefined) return;
  line.waiting.delete(next);
  next();
}
