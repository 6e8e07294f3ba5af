// Is the lab the same over sockets as in process?

import { request } from 'node:https';
import { afterAll, expect, test } from 'vitest';
import { checkSite } from '../../lab/check-site.ts';
import { createLab } from '../../lab/lab.ts';
import { dohResolver } from '../../../src/network/sources.ts';

const lab = await createLab();
const [names, loopback] = await Promise.all([lab.serve(), lab.serveLoopback()]);
afterAll(async () => {
  await Promise.all([names.close(), loopback.close()]);
});

const get = async (host: string): Promise<string> =>
  new Promise((resolve, reject) => {
    request(
      { host: '127.0.0.1', port: names.httpsPort, servername: host, headers: { host }, rejectUnauthorized: false },
      (response) => {
        const parts: string[] = [];
        response
          .setEncoding('utf8')
          .on('data', (part: string) => parts.push(part))
          .on('end', () => {
            resolve(parts.join(''));
          });
      },
    )
      .on('error', reject)
      .end();
  });

test('the index lists every site, and each site has its page', async () => {
  const index = await get('lab.example');
  for (const site of lab.sites) expect(index).toContain(`https://${site.host}/`);
  expect(await get('clinic.relief.example')).toContain('<h1>Relief clinic</h1>');
});

test('over plain loopback addresses the verdict is the same, with logs of both kinds', async () => {
  const more = { fetch, resolver: dohResolver(loopback.resolver), logLists: loopback.lists };
  expect(await checkSite(lab, 'coast.example', null, more)).toMatchObject({ status: 'marked', strength: 'endorsed' });
  expect(await checkSite(lab, 'port.example', null, more)).toMatchObject({ status: 'marked', strength: 'declared' });
  expect(await checkSite(lab, 'unreached.example', null, more)).toMatchObject({
    status: 'unconfirmed',
    because: 'log-unreachable',
  });
});
