// How is the lab asked within the process? A `fetch` that opens no socket.

import type { LabQuestion, LabReply } from './reply.ts';

/** Waits for the signal: nothing here sleeps. Without a signal it never ends. */
const untilAborted = async (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const stop = (): void =>
      reject(signal.reason instanceof Error ? signal.reason : new DOMException('aborted', 'AbortError'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });

/** Makes a `fetch` from what answers questions. */
export function labFetch(answer: (question: LabQuestion) => Promise<LabReply>): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    // The reply comes in a later turn, as from a network.
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    if (request.signal.aborted) return untilAborted(request.signal);
    const reply = await answer({
      method: request.method,
      url: new URL(request.url),
      headers: Object.fromEntries(request.headers),
      body: new Uint8Array(await request.arrayBuffer()),
    });
    if (reply.reply === 'drops' || reply.reply === 'breaks') throw new TypeError('fetch failed');
    return reply.reply === 'hangs' ? untilAborted(request.signal) : response(reply, request.url);
  };
}

async function response(reply: Extract<LabReply, { reply: 'answer' }>, url: string): Promise<Response> {
  const { 'content-encoding': encoding, ...headers } = reply.headers;
  const body = encoding === 'gzip' ? await unzip(reply.body) : reply.body;
  const made = new Response(body, { status: reply.status, headers });
  Object.defineProperty(made, 'url', { value: url });
  return made;
}

const unzip = async (bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> =>
  new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
