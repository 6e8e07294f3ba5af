// Do DNS servers that are not ours understand the command line, and it them? Each host's verdict from each, as meant.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Report } from '../../src/verdict/report.ts';
import { plain } from '../lab/lab-site.ts';
import { createLab } from '../lab/lab.ts';
import type { ServedLoopback } from '../lab/server.ts';
import { askCommand } from './command-line.ts';
import { whereInstalled } from './installed.ts';
import { type Network, openNetwork } from './network.ts';
import { SERVERS } from './servers.ts';
import { BLOCKED, BOGUS, makeZone } from './zone.ts';

const lab = await createLab();
const zone = await makeZone(lab);
/** Of no zone that anybody here serves: refused. */
const ELSEWHERE = { host: 'www.elsewhere.org', intended: plain('unknown') };
const hosts = [...zone.hosts, ELSEWHERE];

whereInstalled('servers of the zone', [], () => {
  let network: Network | null = null;
  let served: ServedLoopback | null = null;

  beforeAll(async () => {
    network = await openNetwork(zone);
    served = await lab.serveLoopback();
  });
  afterAll(async () => {
    await network?.close();
    await served?.close();
  });

  for (const server of SERVERS) {
    whereInstalled(server.name, server.programs, () => {
      let reports: ReadonlyMap<string, Report> = new Map();

      beforeAll(async () => {
        if (network === null || served === null) throw new Error('the servers are not open');
        const { resolver } = await network.open(server);
        reports = await askCommand({
          hosts: hosts.map(({ host }) => host),
          resolver,
          lists: served.lists,
          certificate: network.ground.certificate,
        });
      });

      test.each(hosts)('$host', ({ host, intended: { status, strength, because } }) => {
        const report = reports.get(host);
        const withheld = (server.resolves && host === BOGUS) || (server.blocks && host === BLOCKED);
        const meant = withheld ? { status: 'unknown', strength: null, because: null } : { status, strength, because };
        expect({ status: report?.status, strength: report?.strength, because: report?.because }).toEqual(meant);
        // Who validates says so of all there is to know, absences too.
        expect(report?.problems.some(({ code }) => code === 'dns-authenticated')).toBe(
          server.resolves && (meant.status !== 'unknown' || host === BOGUS),
        );
      });

      test('records and absences live as long as the zone says', () => {
        const life = (host: string): number => {
          const { checkedAt = '', validUntil } = reports.get(host) ?? {};
          return Math.round((Date.parse(validUntil ?? '') - Date.parse(checkedAt)) / 1000);
        };
        for (const [host, longest] of [
          ['clinic.relief.example', 300],
          ['ward.relief.example', 300],
          ['empty.example', 120],
          ['absent.example', 120],
        ] as const) {
          // A resolver counts down what is left.
          expect.soft(life(host), host).toBeGreaterThan(server.resolves ? 59 : longest - 1);
          expect.soft(life(host), host).toBeLessThan(longest + 2);
        }
      });
    });
  }
});
