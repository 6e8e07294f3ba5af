// Can an issuer check before publishing, with nothing leaving the machine?

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeZone } from '../../interop/zone.ts';
import { createLab, type Lab } from '../../lab/lab.ts';
import type { ServedLoopback } from '../../lab/server.ts';

/** Ends the process with this status at the first connection, whoever opens it. */
const CONNECTED = 99;
const NO_SOCKETS = `data:text/javascript,import net from 'node:net'; net.Socket.prototype.connect = () => process.exit(${CONNECTED});`;

const run = (...words: readonly string[]): Promise<{ status: number | null; out: string; err: string }> =>
  new Promise((resolve) => {
    const child = execFile(
      'node',
      ['--import', 'tsx', ...words],
      { timeout: 30_000, maxBuffer: 1e8 },
      (_error, out, err) => resolve({ status: child.exitCode, out, err }),
    );
  });
const check = (...words: readonly string[]) => run('src/cli/main.ts', ...words);
const checkWithoutSockets = (...words: readonly string[]) => run('--import', NO_SOCKETS, 'src/cli/main.ts', ...words);

const folder = mkdtempSync(join(tmpdir(), 'records-'));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
let lab: Lab;
let served: ServedLoopback;
let zone: string;
let list: string;

beforeAll(async () => {
  lab = await createLab();
  served = await lab.serveLoopback();
  zone = file('zone', (await makeZone(lab)).text);
  const answer = await fetch(served.lists[0] ?? '');
  list = file('list.json', await answer.text());
});

afterAll(async () => {
  await served.close();
  rmSync(folder, { recursive: true, force: true });
});

const HOST = 'clinic.relief.example';

describe('nothing leaves the machine', () => {
  test.each([
    ['without any log', () => 'none', 'log-not-known'],
    ['with a list of logs', () => list, 'log-unreachable'],
  ])(
    '%s',
    async (_, logs, because) => {
      const { status, out, err } = await checkWithoutSockets(HOST, '--json', '--records', zone, '--log-list', logs());
      expect({ status, err }).toEqual({ status: 0, err: '' });
      const reports: unknown = JSON.parse(out);
      expect(reports).toMatchObject([{ host: HOST, status: 'unconfirmed', because, blockedOrigins: [], requests: [] }]);
    },
    30_000,
  );

  test('and a connection would have been noticed', async () => {
    expect(await checkWithoutSockets(HOST, '--resolver', served.resolver, '--log-list', 'none')).toMatchObject({
      status: CONNECTED,
    });
  }, 30_000);
});

describe('the examples of the README', () => {
  const commands = [
    ...readFileSync('README.md', 'utf8').matchAll(/^ +npm run --silent check -- (.*docs\/example\.zone.*)$/gm),
  ];

  test.each(commands.map(([, words = '']) => [words]))(
    '%s',
    async (words) => {
      const { status, out, err } = await checkWithoutSockets(
        ...words.split(' '),
        '--advice',
        ...(words.includes('--log-list') ? [] : ['--log-list', 'none']),
      );
      expect({ status, err }).toEqual({ status: 0, err: '' });
      expect(out).toMatch(/^clinic\.relief\.example bears an emblem that could not be confirmed \(log-not-known\)\.\n/);
      expect(out).toMatch(/\n {2}No advice\.\n$/);
    },
    30_000,
  );

  test('there are two', () => {
    expect(commands).toHaveLength(2);
  });
});

test('records from a file, logs from the network: the whole verdict', async () => {
  const { status, out } = await check(
    HOST,
    'none.example',
    '--json',
    '--records',
    zone,
    ...served.lists.flatMap((address) => ['--log-list', address]),
  );
  expect(status).toBe(0);
  const reports: { requests: { purpose: string }[] }[] = JSON.parse(out);
  expect(reports).toMatchObject([
    { status: 'marked', strength: 'endorsed' },
    { status: 'none', problems: [] },
  ]);
  const purposes = reports.flatMap(({ requests }) => requests.map(({ purpose }) => purpose));
  expect(new Set(purposes)).toEqual(new Set(['log', 'log-list']));
}, 30_000);

describe('what cannot be used is refused with its line', () => {
  test.each([
    ['a file that is not there', () => ['--records', join(folder, 'absent')], /absent" cannot be read\.$/],
    ['a folder', () => ['--records', folder], /cannot be read\.$/],
    [
      'a line that is no record',
      () => ['--records', file('bad', 'a.example. TXT x\nb.example. TXTT x\n')],
      /bad" cannot be used: line 2: "TXTT" is no record type\.$/,
    ],
    ['a resolver beside it', () => ['--records', zone, '--resolver', 'https://dns.example/'], /exclude each other\.$/],
    ['no list and a list', () => ['--log-list', 'none', '--log-list', list], /exclude each other\.$/],
  ])(
    '%s',
    async (_, words, sentence) => {
      const { status, out, err } = await check(HOST, ...words());
      expect({ status, out }).toEqual({ status: 2, out: '' });
      expect(err.trimEnd()).toMatch(sentence);
    },
    30_000,
  );
});
