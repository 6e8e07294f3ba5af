// How is the lab reached over sockets? All names over HTTPS and HTTP, or one plain address, always on loopback.

import { createServer as createHttp, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { Server } from 'node:net';
import { INDEX_HOST, LISTS, RESOLVER } from './addresses.ts';
import { makeCertificate } from './certificates.ts';
import type { LabQuestion, LabReply } from './reply.ts';

/** What answers under the real names; `rewrite` maps the addresses in lists. */
export type AnswerNames = (question: LabQuestion, rewrite?: (url: string) => string) => Promise<LabReply>;

export interface Served {
  readonly httpsPort: number;
  readonly httpPort: number;
  close(): Promise<void>;
}

export interface ServedLoopback {
  readonly port: number;
  readonly resolver: string;
  /** Addresses of the two lists. */
  readonly lists: readonly string[];
  close(): Promise<void>;
}

async function readQuestion(request: IncomingMessage, url: URL): Promise<LabQuestion> {
  const parts: Uint8Array[] = [];
  for await (const part of request) if (part instanceof Uint8Array) parts.push(part);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value ?? '')]),
  );
  return { method: request.method ?? 'GET', url, headers, body: Buffer.concat(parts) };
}

function send(reply: LabReply, response: ServerResponse): void {
  switch (reply.reply) {
    case 'hangs':
      return;
    case 'drops':
      response.destroy();
      return;
    case 'breaks':
      response
        .writeHead(200, { 'content-type': 'text/html', 'content-length': 2 * reply.body.length })
        .write(reply.body);
      setTimeout(() => response.destroy(), 500);
      return;
    case 'answer':
      response.writeHead(reply.status, { ...reply.headers, 'content-length': reply.body.length }).end(reply.body);
  }
}

const listen = async (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });

const stop = async (server: ReturnType<typeof createHttp> | ReturnType<typeof createHttps>): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });

/** Answers by the URL that `real` makes of a request, and tells where whoever asked did not wait for the answer. */
function listener(
  real: (request: IncomingMessage) => URL,
  answer: (question: LabQuestion) => Promise<LabReply>,
  givenUp: (url: URL) => void = () => {},
): RequestListener {
  return (request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) givenUp(real(request));
    });
    const work = async (): Promise<void> => {
      send(await answer(await readQuestion(request, real(request))), response);
    };
    work().catch((error: unknown) => {
      console.error('lab:', error);
      response.destroy();
    });
  };
}

export interface NamesOptions {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Hosts of logs and sites. */
  readonly hosts: readonly string[];
  readonly answer: AnswerNames;
  readonly givenUp?: (url: URL) => void;
}

/** Serves every name of the lab; the browser must map names to these ports. */
export async function serveNames({ now, hosts, answer, givenUp }: NamesOptions): Promise<Served> {
  const names = new Set([
    INDEX_HOST,
    ...[RESOLVER, ...Object.values(LISTS)].map((url) => new URL(url).hostname),
    ...hosts,
  ]);
  const certificate = await makeCertificate({
    names: [...names],
    from: now - 86_400_000,
    until: now + 30 * 86_400_000,
  });
  const key = Buffer.from(await crypto.subtle.exportKey('pkcs8', certificate.keys.privateKey)).toString('base64');
  const pem = `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`;
  const byHost = (scheme: string): RequestListener =>
    listener(
      (request) =>
        new URL(`${scheme}://${(request.headers.host ?? INDEX_HOST).replace(/:\d+$/, '')}${request.url ?? '/'}`),
      async (question) => answer(question),
      givenUp,
    );
  const https = createHttps({ key: pem, cert: certificate.pem }, byHost('https'));
  const http = createHttp(byHost('http'));
  const [httpsPort, httpPort] = await Promise.all([listen(https), listen(http)]);
  return {
    httpsPort,
    httpPort,
    close: async () => {
      await Promise.all([stop(https), stop(http)]);
    },
  };
}

const PLAIN: Readonly<Record<string, string>> = {
  '/dns-query': RESOLVER,
  '/google.json': LISTS.google,
  '/log_list.json': LISTS.google,
  '/apple.json': LISTS.apple,
};

/** The real name behind a path of the loopback address. */
function realName(request: IncomingMessage): URL {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  return new URL(
    (PLAIN[url.pathname] ?? url.pathname.replace(/^\/at\//, 'https://')) + url.search,
    `https://${INDEX_HOST}`,
  );
}

/**
 * Serves resolver (`/dns-query`), lists (`/google.json`, `/apple.json`; `/log_list.json` is the first) and logs
 * (`/at/HOST/…`) over plain HTTP.
 */
export async function serveLoopback(answer: AnswerNames): Promise<ServedLoopback> {
  let base = '';
  const rewrite = (url: string): string => url.replace('https://', `${base}/at/`);
  const http = createHttp(listener(realName, async (question) => answer(question, rewrite)));
  const port = await listen(http);
  base = `http://127.0.0.1:${port}`;
  return {
    port,
    resolver: `${base}/dns-query`,
    lists: [`${base}/google.json`, `${base}/apple.json`],
    close: async () => stop(http),
  };
}
