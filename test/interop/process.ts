// How is a server that is not ours run? Found where systems keep them, waited for by asking it, and stopped in any
// case.

import { execFile, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

export interface Running {
  readonly stop: () => Promise<void>;
}

const FOLDERS = [
  ...(process.env['PATH'] ?? '').split(delimiter),
  '/usr/sbin',
  '/usr/local/sbin',
  '/usr/bin',
  '/usr/local/bin',
];
/** Milliseconds a server may take to answer, on a machine that is busy with other things; and to end when told to. */
const PATIENCE_TO_START = 60_000;
const PATIENCE_TO_END = 10_000;
/** So much of what a server last said is told where it does not start. */
const LAST_WORDS = 2000;

/** The path of a program, or null where it is not installed. */
export const find = (program: string): string | null =>
  FOLDERS.map((folder) => join(folder, program)).find((path) => existsSync(path)) ?? null;

function pathOf(program: string): string {
  const path = find(program);
  if (path === null) throw new Error(`${program} is not installed`);
  return path;
}

/** Runs a program to its end and gives what it wrote. Rejects where it fails. */
export async function run(program: string, ...words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(pathOf(program), words);
  return stdout;
}

/** Starts a server and waits until it is ready. Rejects, with its last words, where it ends before or never is. */
export async function start(
  program: string,
  words: readonly string[],
  ready: () => Promise<boolean>,
): Promise<Running> {
  const child = spawn(pathOf(program), words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const hear = (part: unknown): void => {
    said = (said + String(part)).slice(-LAST_WORDS);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  child.once('error', hear);
  const end = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const runs = (): boolean => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  const stop = async (): Promise<void> => {
    if (!runs()) return;
    child.kill();
    const kill = setTimeout(() => child.kill('SIGKILL'), PATIENCE_TO_END);
    await end;
    clearTimeout(kill);
  };
  const until = performance.now() + PATIENCE_TO_START;
  while (runs() && performance.now() < until) {
    if (await ready()) return { stop };
    await pause(100);
  }
  await stop();
  throw new Error(`${program} does not answer: ${said}`);
}

/** Ports that were found free already, and may be in use soon. */
const promised = new Set<number>();

/** A port of loopback that is free for both UDP and TCP, another one each time. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const socket = createSocket('udp4');
  const free = await new Promise<boolean>((resolve) => {
    socket.once('error', () => resolve(false));
    socket.bind(port, '127.0.0.1', () => resolve(true));
  });
  await Promise.all([
    new Promise<void>((resolve) => {
      socket.close(resolve);
    }),
    new Promise<void>((resolve) => {
      server.close(() => resolve());
    }),
  ]);
  if (!free || promised.has(port)) return freePort();
  promised.add(port);
  return port;
}
