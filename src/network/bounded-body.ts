// Bodies read within bounds: how much of an answer is taken, and how long it is waited for.

/** What bodies may still weigh, in bytes, shared by all requests of a check. */
export interface Allowance {
  left: number;
}

/** What has been read of one body, in bytes. */
export interface Meter {
  bytes: number;
}

/**
 * The body of a response; null as soon as it exceeds `limit` or the check's allowance. Throws what the stream throws,
 * and when aborted.
 */
export async function readBody(
  response: Response,
  limit: number,
  allowance: Allowance,
  meter: Meter,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (response.body === null) return new Uint8Array(0);
  const reader = response.body.getReader();
  const pieces: Uint8Array[] = [];
  try {
    for (;;) {
      const { done, value } = await untilAborted(signal, reader.read());
      if (done) return join(pieces, meter.bytes);
      meter.bytes += value.length;
      allowance.left -= value.length;
      if (meter.bytes > limit || allowance.left < 0) return null;
      pieces.push(value);
    }
  } finally {
    // Lets go of the connection where the body was not read to its end; after the end it does nothing.
    reader.cancel().catch(() => {});
  }
}

function join(pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}

/** Waits no longer than the signal lets, whether or not the awaited thing heeds it. */
export async function untilAborted<T>(signal: AbortSignal, awaited: Promise<T>): Promise<T> {
  let stop: (() => void) | null = null;
  const aborted = new Promise<never>((_resolve, reject) => {
    const rejectAborted = (): void => reject(new DOMException('aborted', 'AbortError'));
    stop = rejectAborted;
    if (signal.aborted) rejectAborted();
    else signal.addEventListener('abort', rejectAborted);
  });
  try {
    return await Promise.race([awaited, aborted]);
  } finally {
    if (stop !== null) signal.removeEventListener('abort', stop);
  }
}

/**
 * A signal that aborts with the first of others. Not `AbortSignal.any`: node 20 loses time-outs that nothing else
 * refers to.
 */
export function firstOf(signals: readonly AbortSignal[]): {
  readonly signal: AbortSignal;
  readonly release: () => void;
} {
  const first = new AbortController();
  const abort = (): void => first.abort();
  for (const signal of signals) {
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort);
  }
  return {
    signal: first.signal,
    release: () => signals.forEach((signal) => signal.removeEventListener('abort', abort)),
  };
}
