// What answers in place of the network? A fetch that is a function of the address, and options around it with a frozen
// clock.

import { decodeMessage } from '../../../src/codec/dns/message.ts';
import { decodeBase64Url } from '../../../src/codec/base64.ts';
import { dohResolver, memoryCache, type NetworkOptions } from '../../../src/network/sources.ts';
import { openVerifiedSignatures } from '../../../src/signature/verified-signatures.ts';

export const NOW = Date.UTC(2026, 5, 17);
export const RESOLVER = 'https://resolver.example/dns-query';

export interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

type Reply = (url: URL, init: RequestInit) => Response | Promise<Response>;

/** A `fetch` that calls `reply`, and the list of what was sent. */
export function fakeFetch(reply: Reply): { fetch: typeof fetch; sent: Sent[] } {
  const sent: Sent[] = [];
  return {
    sent,
    fetch: async (input, init = {}) => {
      const url = input instanceof Request ? input.url : String(input);
      sent.push({ url, init });
      return reply(new URL(url), init);
    },
  };
}

/** A reply of a resolver with this message. */
export const dnsReply = (bytes: Uint8Array<ArrayBuffer>, type = 'application/dns-message', status = 200): Response =>
  new Response(bytes, { status, headers: { 'content-type': type } });

/** The question a request to the resolver carries. */
export const questionOf = (url: URL) =>
  decodeMessage(decodeBase64Url(url.searchParams.get('dns') ?? '') ?? new Uint8Array(0))?.questions[0];

/** A signal that never aborts: time stands still in tests. */
export const never = (): AbortSignal => new AbortController().signal;

export const options = (fetch: typeof globalThis.fetch, changes: Partial<NetworkOptions> = {}): NetworkOptions => ({
  resolver: dohResolver(RESOLVER),
  logLists: [],
  ihleTypes: [],
  fetch,
  now: () => NOW,
  permitted: async () => true,
  session: memoryCache(),
  local: memoryCache(),
  suffixes: { isPublicSuffix: () => false, registrableDomain: (name) => name },
  trustedKeys: [],
  verified: openVerifiedSignatures(),
  timeout: never,
  ...changes,
});
