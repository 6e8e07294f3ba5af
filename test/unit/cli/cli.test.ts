// Does the command end as promised: what on which stream, with which status?

import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { questionOf } from '../network/fake-network.ts';
import { message, RESPONSE, soa, txt } from '../codec/dns-message.ts';

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

const run = (...words: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const child = execFile(
      'node',
      ['--import', 'tsx', 'src/cli/main.ts', ...words],
      { timeout: 30_000 },
      (_error, out, err) => resolve({ status: child.exitCode, out, err }),
    );
  });

const folder = mkdtempSync(join(tmpdir(), 'cli-'));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
let server: Server;
let origin = '';
let questions: string[] = [];
let types: number[] = [];
let listsAsked = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    const question = questionOf(url) ?? { name: '', type: 0 };
    if (url.pathname === '/list.json') {
      listsAsked += 1;
      setTimeout(() => response.end('{"operators": []}'), 100);
      return;
    }
    questions.push(question.name);
    types.push(question.type);
    const authorities = [{ owner: 'example', type: 6, data: soa(120) }];
    const broken = question.name.startsWith('broken.');
    const answers = question.name.startsWith('other.')
      ? [{ owner: question.name, type: 16, data: txt('v=spf1 -all') }]
      : [];
    response.writeHead(200, { 'content-type': 'application/dns-message' });
    response.end(message({ question, flags: broken ? RESPONSE | 2 : RESPONSE, answers, authorities }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const lists = (): string[] => [
  '--resolver',
  `${origin}/dns-query`,
  '--log-list',
  file('list.json', '{"operators": []}'),
  '--now',
  '2026-06-17T00:10:00Z',
];

describe('misuse', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
    .publicKey.export({ type: 'spki', format: 'pem' })
    .toString();
  const goodKey = JSON.stringify(generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }));
  const privateKey = JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: 'AA', d: 'AA' });
  const cases: Record<string, () => string[]> = {
    'no host': () => [],
    'a host that is none': () => ['https://clinic.example/'],
    'an unknown option': () => ['a.example', '--xml'],
    'a resolver without encryption': () => ['a.example', '--resolver', 'http://resolver.example/dns-query'],
    'a log list that is not there': () => ['a.example', '--log-list', join(folder, 'absent.json')],
    'a log list that is no JSON': () => ['a.example', '--log-list', file('bad.json', '<html>')],
    'a trusted key that is not there': () => ['a.example', '--trusted-key', join(folder, 'absent.jwk')],
    'a trusted key that is private': () => ['a.example', '--trusted-key', file('private.jwk', privateKey)],
    'a trusted key that is nothing': () => ['a.example', '--trusted-key', file('nothing', 'nothing')],
    'a trusted key of another kind': () => ['a.example', '--trusted-key', file('rsa.pem', rsa)],
    'a key trusted for no organisation': () => [
      'a.example',
      '--trusted-key',
      `${file('k.jwk', goodKey)}=https://relief.example/`,
    ],
    'a list of trusted keys that is not there': () => ['a.example', '--trusted-keys', join(folder, 'absent.json')],
    'a list of trusted keys that is something else': () => ['a.example', '--trusted-keys', file('report.json', '[]')],
    'a time that never was': () => ['a.example', '--now', '2026-02-30T00:00:00Z'],
  };
  test.each(Object.entries(cases))(
    '%s',
    async (_what, words) => {
      const { status, out, err } = await run(...words(), '--json');
      expect({ status, out }).toEqual({ status: 2, out: '' });
      expect(err).toMatch(/^[^\n]+\.\n$/);
    },
    30_000,
  );
});

/** The public key of RFC 8032 section 7.1, test 1, as a COSE_Key: {1: 1, 3: -8, -1: 6, -2: …}. */
const edwardsHex = 'a4010103272006215820d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';

describe('use', () => {
  test('help and version are answers', async () => {
    const help = await run('--help');
    expect({ ...help, out: '' }).toEqual({ status: 0, out: '', err: '' });
    expect(help.out).toMatch(/^usage: check HOST/);
    expect(await run('--version')).toEqual({ status: 0, out: 'Emblem Lens 0.1.0\n', err: '' });
  }, 30_000);

  test('prints reports and nothing else, and asks once for what it asked before', async () => {
    [questions, types] = [[], []];
    const { status, out, err } = await run('none.example', 'other.example', 'NONE.example', ...lists(), '--json');
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const reports: unknown = JSON.parse(out);
    expect(reports).toMatchObject([
      { host: 'none.example', status: 'none', checkedAt: expect.stringMatching(/^2026-06-17T00:10:00/) },
      { status: 'none' },
      { host: 'none.example', requests: [] },
    ]);
    expect(questions).toEqual(['none.example', 'none.example', 'other.example', 'other.example']);
    expect(types.slice(0, 2).toSorted((a, b) => a - b)).toEqual([16, 65297]);
  }, 30_000);

  test('tells of a log list that nobody needed as it was answered, and asks for it once', async () => {
    const { out } = await run(
      'none.example',
      'other.example',
      '--resolver',
      `${origin}/dns-query`,
      '--log-list',
      `${origin}/list.json`,
      '--json',
    );
    const reports: unknown = JSON.parse(out);
    expect(reports).toMatchObject([
      { requests: expect.arrayContaining([expect.objectContaining({ purpose: 'log-list', ok: true })]) },
      { requests: [{ purpose: 'dns' }, { purpose: 'dns' }] },
    ]);
    expect(listsAsked).toBe(1);
  }, 30_000);

  test('asks for the record type that is named instead of the usual ones', async () => {
    [questions, types] = [[], []];
    expect(await run('named.example', ...lists(), '--ihle-type', '65300')).toMatchObject({ status: 0 });
    expect(types.toSorted((a, b) => a - b)).toEqual([16, 65300]);
  }, 30_000);

  test('ends with 3 where a host could not be checked', async () => {
    const { status, out } = await run('none.example', 'broken.example', '192.0.2.1', 'localhost', ...lists(), '--json');
    expect(status).toBe(3);
    expect(JSON.parse(out)).toMatchObject([
      { status: 'none' },
      { status: 'unknown', problems: [{ code: 'dns-rcode' }, { code: 'dns-rcode' }] },
      { status: 'unknown' },
      { status: 'unknown' },
    ]);
  }, 30_000);

  test('reads well without --json, and ends at once', async () => {
    const began = performance.now();
    const { status, out } = await run('none.example', ...lists());
    expect(status).toBe(0);
    expect(out).toMatch(/^none\.example bears no emblem\.\n/);
    expect(out).toContain('This says nothing about whether the site is protected.');
    expect(performance.now() - began).toBeLessThan(5000);
  }, 30_000);

  test('takes trusted keys as JWK, as PEM and as hexadecimal COSE_Key', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = file('good.jwk', JSON.stringify(publicKey.export({ format: 'jwk' })));
    const pem = file('good.pem', publicKey.export({ type: 'spki', format: 'pem' }).toString());
    const cose = file('good.hex', `${edwardsHex}\n`);
    const { status } = await run(
      'none.example',
      ...lists(),
      '--trusted-key',
      `${jwk}=https://relief.example`,
      '--trusted-key',
      pem,
      '--trusted-key',
      `${cose}=https://health.state.example`,
    );
    expect(status).toBe(0);
  }, 30_000);
});
