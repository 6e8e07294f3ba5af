// Do DNS servers that are not ours understand real browsers with the extension in them, and they them?

import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEFAULTS } from '../../src/extension/settings.ts';
import { goTo, seenTabs, tabOf, until } from '../browser/tabs.ts';
import { inEachBrowser } from '../browser/world.ts';
import { writeSettings } from '../lab/extension-state.ts';
import { whereInstalled } from './installed.ts';
import { type Network, openNetwork } from './network.ts';
import { SERVERS } from './servers.ts';
import { makeZone } from './zone.ts';

/** A page that has loaded has a name: its absence from the DNS is none that can be believed. */
const VISITED = [
  ['clinic.relief.example', 'marked'],
  ['ward.relief.example', 'marked'],
  ['first.relief.example', 'marked'],
  ['large.relief.example', 'marked'],
  ['altered.relief.example', 'invalid'],
  ['empty.example', 'none'],
  ['absent.example', 'unknown'],
  ['dead.example', 'unknown'],
] as const;

whereInstalled('servers of the zone', [], () => {
  inEachBrowser(
    'servers',
    (world) => {
      let network: Network | null = null;
      beforeAll(async () => {
        network = await openNetwork(await makeZone(world().lab));
      });
      afterAll(async () => {
        await network?.close();
      });

      for (const server of SERVERS) {
        whereInstalled(server.name, server.programs, () => {
          it('gives the verdicts that are meant', async () => {
            const { launched, storage } = world();
            if (network === null) throw new Error('the servers are not open');
            const { resolver } = await network.open(server);
            await writeSettings(storage, { ...DEFAULTS, automatic: true, resolver });
            for (const [host, status] of VISITED) {
              const page = await launched.browser.newPage();
              await goTo(page, `https://${host}/`);
              const { state } = await tabOf(storage, host, 'done', 60_000);
              expect.soft([host, state.report?.status]).toEqual([host, status]);
              expect
                .soft(
                  state.report?.requests.filter(({ purpose }) => purpose === 'dns').map(({ to }) => to),
                  host,
                )
                .toContain(new URL(resolver).host);
              await page.close();
              await until(
                `nothing is kept of ${host}`,
                async () => (await seenTabs(storage)).every((seen) => seen.state.host !== host),
                60_000,
              );
            }
          });
        });
      }
    },
    { hostPermissions: ['https://localhost/*'] },
  );
});
