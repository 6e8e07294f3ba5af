// Which logs and organisations are there in the lab? Logs under the names the extension may ask, organisations under
// `.example`.

import { ecdsaSigner, rsaSigner } from './log-answers.ts';
import { type LabLog, openLog } from './logs.ts';
import { makeOrganisation, type Organisation } from './organisation.ts';

export type LabLogs = Readonly<
  Record<'main' | 'second' | 'retired' | 'tiled' | 'gzipped' | 'down' | 'lying' | 'test', LabLog>
>;

const DAY = 86_400_000;

/** Opens the lab's logs. `now` in milliseconds. */
export async function openLogs(now: number): Promise<LabLogs> {
  const common = { signer: ecdsaSigner(), now, filler: 37 };
  const fresh = (): typeof common => ({ ...common, signer: ecdsaSigner() });
  const logs: LabLogs = {
    main: openLog({
      ...fresh(),
      kind: 'rfc6962',
      description: "Lab 'Main2026' log",
      operator: 'Google',
      url: 'https://ct.googleapis.com/logs/lab2026/',
    }),
    // No log is asked more than thirty times a minute: the organisations are spread over two.
    second: openLog({
      ...fresh(),
      kind: 'rfc6962',
      description: "Lab 'Second2026' log",
      operator: 'Google',
      url: 'https://ct.googleapis.com/logs/lab2026second/',
    }),
    // Its entries are older than its end.
    retired: openLog({
      ...common,
      now: now - 30 * DAY,
      stateSince: Math.floor((now - 10 * DAY) / 1000),
      signer: await rsaSigner(),
      kind: 'rfc6962',
      state: 'retired',
      description: "Lab 'Retired2026' log",
      operator: "Let's Encrypt",
      url: 'https://lab2026.ct.letsencrypt.org/',
      listedBy: ['apple'],
    }),
    tiled: openLog({
      ...fresh(),
      kind: 'static',
      description: "Lab 'Tiled2026'",
      operator: 'Geomys',
      filler: 600,
      url: 'https://lab2026.skylight.geomys.org/',
      submissionUrl: 'https://lab2026.sunlight.geomys.org/',
    }),
    gzipped: openLog({
      ...fresh(),
      kind: 'static',
      description: "Lab 'Gzipped2026'",
      operator: 'IPng Networks',
      filler: 255,
      gzip: true,
      url: 'https://lab2026.mon.ct.ipng.ch/',
      submissionUrl: 'https://lab2026.log.ct.ipng.ch/',
      state: 'qualified',
    }),
    down: openLog({
      ...fresh(),
      kind: 'rfc6962',
      description: "Lab 'Down2026' log",
      operator: 'DigiCert',
      url: 'https://lab2026.ct.digicert.com/log/',
    }),
    lying: openLog({
      ...fresh(),
      kind: 'rfc6962',
      description: "Lab 'Lying2026' log",
      operator: 'Cloudflare',
      url: 'https://ct.cloudflare.com/logs/lab2026/',
    }),
    test: openLog({
      ...fresh(),
      kind: 'rfc6962',
      description: "Lab 'Test2026' log",
      operator: 'Google',
      type: 'test',
      url: 'https://ct.googleapis.com/logs/labtest/',
      listedBy: ['google'],
    }),
  };
  logs.down.faults.add('down');
  logs.lying.faults.add('wrong-proof');
  return logs;
}

export type LabOrganisations = Readonly<
  Record<
    | 'state'
    | 'movement'
    | 'unproven'
    | 'relief'
    | 'aid'
    | 'aidBoard'
    | 'shelter'
    | 'forged'
    | 'address'
    | 'unreached'
    | 'tested'
    | 'lied'
    | 'coast'
    | 'port'
    | 'camp'
    | 'partner'
    | 'hosting'
    | 'waterworks'
    | 'museum'
    | 'rescue',
    Organisation
  >
>;

/** Sets up the lab's organisations; their certificates go into the logs. `now` in milliseconds. */
export async function setUpOrganisations(logs: LabLogs, now: number): Promise<LabOrganisations> {
  const make = async (domain: string, log: LabLog, more: object = {}): Promise<Organisation> =>
    makeOrganisation({ domain, log, ...more }, now);
  // One after the other where they share a log: the order of entries is then always the same.
  return {
    state: await make('health.state.example', logs.main, { algorithm: 'ES384' }),
    movement: await make('movement.example', logs.retired),
    unproven: await make('ministry.example', logs.down, { algorithm: 'ES256' }),
    relief: await make('relief.example', logs.main, { precertificate: true }),
    aid: await make('aid.example', logs.second, { algorithm: 'ES256' }),
    aidBoard: await make('board.aid.example', logs.second, { algorithm: 'ES256' }),
    shelter: await make('shelter.example', logs.main, { algorithm: 'EdDSA' }),
    forged: await make('forged.example', logs.main, { committedDomain: 'forger.example' }),
    address: await make('address.example', logs.second, { algorithm: 'ES256' }),
    unreached: await make('unreached.example', logs.down, { algorithm: 'ES256' }),
    tested: await make('tested.example', logs.test, { algorithm: 'ES256' }),
    lied: await make('lied.example', logs.lying, { algorithm: 'ES256' }),
    coast: await make('coast.example', logs.tiled, { precertificate: true }),
    port: await make('port.example', logs.gzipped, { algorithm: 'Ed25519' }),
    camp: await make('camp.example', logs.second, { algorithm: 'ES256', withoutDomain: true }),
    partner: await make('partner.example', logs.second, { algorithm: 'ES256' }),
    hosting: await make('hosting.example', logs.second, { algorithm: 'ES256' }),
    waterworks: await make('waterworks.example', logs.second, { algorithm: 'ES256' }),
    museum: await make('museum.example', logs.tiled, { algorithm: 'ES384' }),
    rescue: await make('rescue.example', logs.second, { algorithm: 'Ed25519' }),
  };
}
