// What does a server of the lab answer? One shape for the in-process fetch and the sockets.

import { type Bytes, text } from './wire.ts';

/** What a server of the lab was asked. `url` bears the real name, whatever socket it came in by. */
export interface LabQuestion {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>; // names in lower case
  readonly body: Uint8Array;
}

/**
 * `hangs`: nothing comes until the asker gives up. `drops`: the connection is closed without an answer. `breaks`: it is
 * closed in the middle of a page.
 */
export type LabReply =
  | {
      readonly reply: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Bytes;
    }
  | { readonly reply: 'hangs' }
  | { readonly reply: 'drops' }
  | { readonly reply: 'breaks'; readonly body: Bytes };

export const HANGS: LabReply = { reply: 'hangs' };
export const DROPS: LabReply = { reply: 'drops' };
/** Enough of a page that browsers show it, and then nothing. */
export const BREAKS: LabReply = {
  reply: 'breaks',
  body: text(`<!doctype html><title>A part</title>${'<p>More.'.repeat(1000)}`),
};

export const answer = (
  type: string,
  body: Uint8Array | string,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): LabReply => ({
  reply: 'answer',
  status,
  headers: { 'content-type': type, ...headers },
  body: typeof body === 'string' ? text(body) : new Uint8Array(body),
});
export const json = (value: unknown, status = 200): LabReply =>
  answer('application/json', JSON.stringify(value), status);
export const notFound = (): LabReply => answer('text/plain', 'not found', 404);
export const htmlPage = (status = 200): LabReply =>
  answer('text/html', '<!doctype html><title>Sign in</title><p>Please sign in to this network.</p>', status);
