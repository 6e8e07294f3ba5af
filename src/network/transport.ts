// Transport: the one place that fetches, without traces, within bounds, and with every request written down.

import type { Result } from '../problem.ts';
import type { ReportedRequest, RequestPurpose } from '../verdict/report.ts';
import { type Allowance, firstOf, type Meter, readBody, untilAborted } from './bounded-body.ts';

/** Real time one request may take, and all requests of a check together, in milliseconds [C11]. */
export const REQUEST_TIME = 5_000;
export const CHECK_TIME = 12_000;
/** What all bodies of a check may weigh together, in bytes. */
export const CHECK_BYTES = 16 * 1024 * 1024;

export interface TransportOptions {
  readonly fetch: typeof fetch;
  readonly permitted: (url: string) => Promise<boolean>;
  readonly timeout?: (ms: number) => AbortSignal;
  /** Ends all requests when it aborts. */
  readonly signal?: AbortSignal;
}

/** One thing to ask for. */
export interface Request {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Media type asked for, or null where any will do. */
  readonly accept: string | null;
  /** What is sent, with its media type; null with `GET`. */
  readonly body: { readonly mediaType: string; readonly bytes: Uint8Array<ArrayBuffer> } | null;
  /** Longest body taken, in bytes. */
  readonly limit: number;
  readonly purpose: RequestPurpose;
  /** What is asked, for the report. */
  readonly what: string;
  /** Statuses other than 200 that are an answer too; their bodies are not read. */
  readonly alsoAnswers: readonly number[];
}

/** What was answered. */
export interface Answer {
  readonly status: number;
  /** Media type without parameters, lower case; empty where none is given. */
  readonly mediaType: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Why there is no answer, and whose; whoever asked has its own words for it. */
export interface Failure {
  readonly why: 'permission' | 'time' | 'unreachable' | 'too-large' | 'status';
  readonly detail: string;
  /** The HTTP status, where that is why. */
  readonly status: number | null;
  /** `Retry-After` beside that status, or null. */
  readonly retryAfter: string | null;
  /** Whether it came from our own limits and permissions, and says nothing of who was asked. */
  readonly ours: boolean;
}

export type Answered = Result<Answer, Failure>;

export interface Transport {
  /** Aborts when the check is over: its time, or what was handed in. */
  readonly signal: AbortSignal;
  permitted(url: string): Promise<boolean>;
  ask(request: Request): Promise<Answered>;
  /** What has left the machine so far, in the order of leaving. */
  requests(): readonly ReportedRequest[];
}

/**
 * The address as a URL where a request to it may be made at all: `https:`, or `http:` on loopback; no user, password or
 * fragment. Else null.
 */
export function allowedAddress(address: string): URL | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const loopback = url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d+){3}$/.test(url.hostname);
  const allowed = url.protocol === 'https:' || (url.protocol === 'http:' && loopback);
  return allowed && url.username === '' && url.password === '' && url.hash === '' ? url : null;
}

/** Opens the transport of one check; its time begins now. */
export function openTransport(options: TransportOptions): Transport {
  const timeout = options.timeout ?? ((ms: number): AbortSignal => AbortSignal.timeout(ms));
  const { fetch, permitted } = options; // called bare: a browser's fetch refuses to be a method of something else
  const wholeCheck =
    options.signal === undefined ? timeout(CHECK_TIME) : firstOf([timeout(CHECK_TIME), options.signal]).signal;
  const allowance: Allowance = { left: CHECK_BYTES };
  const written: ReportedRequest[] = [];
  const opened = performance.now();

  /** Writes the request down as it leaves, and returns how to write down what became of it. */
  function record(host: string, request: Request): (answered: boolean, meter: Meter) => void {
    const began = performance.now();
    const place = written.length;
    const entry = { to: host, purpose: request.purpose, what: request.what, start: Math.round(began - opened) };
    written.push({ ...entry, ms: 0, bytes: 0, ok: false });
    return (answered, { bytes }) => {
      written[place] = { ...entry, ms: Math.round(performance.now() - began), bytes, ok: answered };
    };
  }

  async function ask(request: Request): Promise<Answered> {
    const host = allowedAddress(request.url)?.host;
    if (host === undefined) return failed('unreachable', 'address');
    if (!(await permitted(request.url))) return failed('permission', host, true);
    if (wholeCheck.aborted) return failed('time', host, true);
    if (allowance.left <= 0) return failed('too-large', host, true);
    const end = record(host, request);
    const meter: Meter = { bytes: 0 };
    const answered = await send(request, host, meter);
    end(answered.ok, meter);
    return answered;
  }

  async function send(request: Request, host: string, meter: Meter): Promise<Answered> {
    const { signal, release } = firstOf([wholeCheck, timeout(REQUEST_TIME)]);
    try {
      const response = await untilAborted(
        signal,
        fetch(request.url, {
          method: request.method,
          ...(request.body === null ? {} : { body: request.body.bytes }),
          // What a browser would say of the person's languages is nobody's business.
          headers: {
            'accept-language': '*',
            ...(request.accept === null ? {} : { accept: request.accept }),
            ...(request.body === null ? {} : { 'content-type': request.body.mediaType }),
          },
          credentials: 'omit',
          referrerPolicy: 'no-referrer',
          cache: 'no-store',
          redirect: 'error',
          signal,
        }),
      );
      const { status } = response;
      if (status !== 200) {
        // What the body says is of no use; cancelling frees the connection, and its own failure changes nothing.
        response.body?.cancel().catch(() => {});
        if (!request.alsoAnswers.includes(status))
          return failed('status', `${host} ${status}`, false, status, response.headers.get('retry-after'));
        return { ok: true, value: { status, mediaType: '', body: new Uint8Array(0) } };
      }
      const body = await readBody(response, request.limit, allowance, meter, signal);
      if (body === null) return failed('too-large', host, allowance.left < 0);
      const mediaType = (response.headers.get('content-type') ?? '').split(';', 1).join('').trim().toLowerCase();
      return { ok: true, value: { status, mediaType, body } };
    } catch {
      // `fetch` and its body report every failure of the connection by throwing, and tell pages little about which.
      return failed(
        wholeCheck.aborted ? 'time' : 'unreachable',
        signal.aborted ? `${host} timeout` : host,
        wholeCheck.aborted,
      );
    } finally {
      release();
    }
  }

  return { ask, permitted, signal: wholeCheck, requests: () => [...written] };
}

/** A transport by which nothing leaves the machine. */
export const offlineTransport = (): Transport => ({
  ask: async () => failed('unreachable', 'offline', true),
  permitted: async () => true,
  signal: new AbortController().signal,
  requests: () => [],
});

const failed = (
  why: Failure['why'],
  detail: string,
  ours = false,
  status: number | null = null,
  retryAfter: string | null = null,
): Answered => ({ ok: false, problem: { why, detail, status, retryAfter, ours } });
