// Does a DNS server that is not ours understand us, and we it? BIND on loopback, DNS over HTTPS by HTTP/2, asked as the command line asks.

import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { check } from '../../../src/check.ts';
import { negotiateHttp2 } from '../../../src/cli/http.ts';
import { lookUp } from '../../../src/network/look-up.ts';
import { openSources } from '../../../src/network/sources.ts';
import { openTransport } from '../../../src/network/transport.ts';
import { labNetwork } from '../../lab/check-site.ts';
import { createLab } from '../../lab/lab.ts';
import { characterStrings, type LabName } from '../../lab/resolver.ts';
import { NOW, options } from './fake-network.ts';

const NAMED = '/usr/sbin/named';
const installed = existsSync(NAMED) && spawnSync(NAMED, ['-V']).status === 0;
if (!installed) console.warn('BIND is not installed: the test that speaks to it is skipped.');

const lab = await createLab({ now: NOW });
/** Sites of the lab that BIND serves from a zone file, their records as RFC 3597 writes those of unknown types. */
const SERVED = ['ward.relief.example', 'pump.aid.example', 'both.relief.example', 'siren.rescue.example', 'hall.museum.example', 'twice.relief.example', 'altered.relief.example', 'lapsed.relief.example'];

const spaced = (digits: string): string => digits.replaceAll(/.{64}/g, '$& ');
const quoted = (string: Uint8Array): string => `"${Buffer.from(string).toString('latin1').replaceAll(/["\\]/g, String.raw`\$&`)}"`;

function linesOf([name, { txt = [], ihle = {} }]: readonly [string, LabName]): readonly string[] {
  const unknown = Object.entries(ihle).flatMap(([type, records]) => records.map((data) => `${name}. IN TYPE${type} \\# ${data.length} ( ${spaced(Buffer.from(data).toString('hex'))} )`));
  return [...unknown, ...txt.map((value) => `${name}. IN TXT ${characterStrings(value).map((string) => quoted(string)).join(' ')}`)];
}

const sitesOfLab = lab.sites.filter(({ host }) => SERVED.includes(host));
const LONG = 'x'.repeat(200);
const ZONE = `
$TTL 300
@       IN SOA ns.example. mail.example. 1 3600 900 604800 120
@       IN NS  ns.example.
ns      IN A   192.0.2.1
clinic  IN TXT "adem-token=" "${LONG}" "${LONG}" ""
clinic  IN TXT "v=spf1 -all"
clinic  IN TYPE65400 \\# 4 D2840102
alias   IN CNAME clinic
empty   IN A   192.0.2.2
many    IN TXT ${Array.from({ length: 40 }, (_, n) => `"${'y'.repeat(250)}${String(n).padStart(5, '0')}"`).join(' ')}
${sitesOfLab.flatMap(({ zones }) => Object.entries(zones)).flatMap((entry) => linesOf(entry)).join('\n')}
`;

const freePort = (): Promise<number> => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const address = server.address();
    server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
  });
});

describe.skipIf(!installed)('BIND', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bind-'));
  let named: ChildProcess | null = null;
  let resolver = '';

  const ask = async (host: string, ihleTypes: readonly number[] = []) => {
    const all = options(fetch, { resolver, ihleTypes, timeout: (ms) => AbortSignal.timeout(ms) });
    return lookUp(host, openTransport(all), all);
  };

  beforeAll(async () => {
    const [dns, doh] = [await freePort(), await freePort()];
    resolver = `https://localhost:${doh}/dns-query`;
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', certificate]);
    negotiateHttp2(readFileSync(certificate, 'utf8'));
    writeFileSync(join(folder, 'example.zone'), ZONE);
    writeFileSync(join(folder, 'named.conf'), `
tls local { key-file "${key}"; cert-file "${certificate}"; };
http local { endpoints { "/dns-query"; }; };
options {
  directory "${folder}"; pid-file none; session-keyfile none; recursion no; notify no; listen-on-v6 { none; };
  listen-on port ${dns} { 127.0.0.1; };
  listen-on port ${doh} tls local http local { 127.0.0.1; };
};
controls {};
zone "example" { type primary; file "example.zone"; };
`);
    named = spawn(NAMED, ['-g', '-n', '1', '-c', join(folder, 'named.conf')], { stdio: 'ignore' });
    for (let turn = 0; turn < 100; turn += 1) {
      if ((await ask('clinic.example')).failures.length === 0) return;
      await pause(100);
    }
    throw new Error('BIND does not answer');
  }, 30_000);

  afterAll(async () => {
    const running = named;
    if (running !== null && running.exitCode === null) {
      const ended = new Promise((resolve) => { running.once('exit', resolve); });
      running.kill();
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  const texts = async (host: string) => (await ask(host)).records.map(({ data }) => new TextDecoder().decode(data)).toSorted();

  test('character strings are joined', async () => {
    expect(await texts('clinic.example')).toEqual([`adem-token=${LONG}${LONG}`, 'v=spf1 -all']);
    expect((await ask('clinic.example')).expiresAt).toBe(NOW + 300_000);
  });

  test('records of ten kilobytes and more arrive whole', async () => {
    expect((await texts('many.example'))[0]?.length).toBe(40 * 255);
  });

  test('aliases are followed, with the owner told', async () => {
    expect((await ask('alias.example')).records.map(({ owner }) => owner)).toEqual(['clinic.example', 'clinic.example']);
  });

  test('unknown types arrive as bytes', async () => {
    const { records, failures } = await ask('clinic.example', [65400, 65297]);
    expect(failures).toEqual([]);
    expect(records.filter(({ generation }) => generation === 'cwt')).toEqual([{ generation: 'cwt', owner: 'clinic.example', data: Uint8Array.from([0xd2, 0x84, 1, 2]) }]);
  });

  test.each(SERVED)('%s, its whole record set from the zone file, is judged as it is meant to be', async (host) => {
    const ours: typeof fetch = (input, init) => ((input instanceof Request ? input.url : input.toString()).startsWith(resolver) ? fetch(input, init) : lab.fetch(input, init));
    const sources = openSources(labNetwork(lab, { resolver, fetch: ours, timeout: (ms) => AbortSignal.timeout(ms) }));
    const report = await check({ host, address: null, page: 'https' }, NOW, sources);
    await sources.close();
    const site = lab.sites.find((each) => each.host === host);
    const { status, strength, because } = report;
    expect({ status, strength, because, icon: site?.intended.icon }).toEqual(site?.intended);
    expect(report.emblems.some(({ generation }) => generation === 'cwt')).toBe(true);
  });

  test('absence is told from absence of the name', async () => {
    expect(await ask('empty.example')).toMatchObject({ records: [], exists: true, failures: [], expiresAt: NOW + 120_000 });
    expect(await ask('absent.example')).toMatchObject({ records: [], exists: false, failures: [], expiresAt: NOW + 120_000 });
  });

  test('a refusal is a failure', async () => {
    expect(await ask('elsewhere.invalid-zone.org')).toMatchObject({ records: [], failures: [{ code: 'dns-rcode', detail: '5' }] });
  });
});
