// Which real servers speak DNS over HTTPS, and how is each set up to serve or resolve the zone? All on loopback, none
// knowing of the network.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { answers } from './asking.ts';
import type { Ground } from './ground.ts';
import { freePort, run, type Running, start } from './process.ts';
import { BLOCKED } from './zone.ts';

/** A server that answers for the zone: at a port, for other servers, and over HTTPS. */
export interface Answering extends Running {
  readonly port: number;
  readonly resolver: string;
}

export interface Server {
  readonly name: string;
  /** Programs it is made of. */
  readonly programs: readonly string[];
  /** Whether it asks others, and validates (DNSSEC) what they say; else it serves the zone and knows nothing more. */
  readonly resolves: boolean;
  /** Whether it blocks a name, and says so. */
  readonly blocks: boolean;
  /** `upstream` serves the zone, `resolving` resolves it. */
  readonly open: (ground: Ground, upstream: number, resolving: number) => Promise<Answering>;
}

const ports = async (): Promise<{ port: number; doh: number; resolver: string }> => {
  const [port, doh] = [await freePort(), await freePort()];
  return { port, doh, resolver: `https://localhost:${doh}/dns-query` };
};

/** BIND with these options and zones. */
async function openBind(ground: Ground, name: string, settings: string, zone: string): Promise<Answering> {
  const { port, doh, resolver } = await ports();
  const configuration = await ground.write(
    `${name}.conf`,
    `
tls local { key-file "${ground.key}"; cert-file "${ground.certificate}"; };
http local { endpoints { "/dns-query"; }; };
options {
  directory "${ground.folder}"; pid-file none; session-keyfile none; notify no; listen-on-v6 { none; };
  listen-on port ${port} { 127.0.0.1; };
  listen-on port ${doh} tls local http local { 127.0.0.1; };
  ${settings}
};
controls {};
${zone}
`,
  );
  const running = await start('named', ['-g', '-n', '1', '-c', configuration], () => answers(resolver));
  return { ...running, port, resolver };
}

/** Serves the zone and resolves nothing. */
export const openBindAuthority = (ground: Ground): Promise<Answering> =>
  openBind(
    ground,
    'authority',
    'recursion no; dnssec-validation no;',
    `zone "example" { type primary; file "${ground.zoneFile}"; };`,
  );

/** Resolves by asking who serves the zone, and validates. */
export const openBindResolver = (ground: Ground, upstream: number): Promise<Answering> =>
  openBind(
    ground,
    'resolver',
    'recursion yes; dnssec-validation yes; empty-zones-enable no;',
    `
zone "." { type forward; forward only; forwarders { 127.0.0.1 port ${upstream}; }; };
trust-anchors { "example" static-key ${ground.zoneKey.numbers} "${ground.zoneKey.base64}"; };`,
  );

async function openUnbound(ground: Ground, upstream: number): Promise<Answering> {
  const { port, doh, resolver } = await ports();
  const anchor = await ground.write(
    'anchor.txt',
    `example. IN DNSKEY ${ground.zoneKey.numbers} ${ground.zoneKey.base64}\n`,
  );
  const configuration = await ground.write(
    'unbound.conf',
    `
server:
  directory: "${ground.folder}"
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  do-daemonize: no
  interface: 127.0.0.1@${port}
  interface: 127.0.0.1@${doh}
  https-port: ${doh}
  tls-service-key: "${ground.key}"
  tls-service-pem: "${ground.certificate}"
  do-not-query-localhost: no
  do-ip6: no
  local-zone: "." refuse
  local-zone: "example." transparent
  trust-anchor-file: "${anchor}"
remote-control:
  control-enable: no
stub-zone:
  name: "example"
  stub-addr: 127.0.0.1@${upstream}
`,
  );
  const running = await start('unbound', ['-d', '-c', configuration], () => answers(resolver));
  return { ...running, port, resolver };
}

async function openKnot(ground: Ground, _upstream: number, resolving: number): Promise<Answering> {
  const { port, doh, resolver } = await ports();
  const folder = join(ground.folder, 'knot');
  await mkdir(folder);
  const configuration = await ground.write(
    'knot.lua',
    `
net.listen('127.0.0.1', ${port}, { kind = 'dns' })
net.listen('127.0.0.1', ${doh}, { kind = 'doh2' })
net.tls('${ground.certificate}', '${ground.key}')
net.ipv6 = false
cache.size = 10 * MB
modules.unload('priming')
modules.unload('detect_time_skew')
trust_anchors.remove('.')
trust_anchors.add('example. IN DNSKEY ${ground.zoneKey.numbers} ${ground.zoneKey.base64}')
policy.add(policy.suffix(policy.DENY, { todname('${BLOCKED}') }))
policy.add(policy.all(policy.FORWARD('127.0.0.1@${resolving}')))
`,
  );
  const running = await start('kresd', ['-n', '-q', '-c', configuration, folder], () => answers(resolver));
  return { ...running, port, resolver };
}

/** Puts dnsdist before a server that knows no HTTPS. */
async function openDnsdist(ground: Ground, name: string, behind: number, backend: Running): Promise<Answering> {
  const { doh, resolver } = await ports();
  const configuration = await ground.write(
    `${name}.lua`,
    `
setSecurityPollSuffix('')
setLocal('127.0.0.1:${await freePort()}')
addDOHLocal('127.0.0.1:${doh}', '${ground.certificate}', '${ground.key}', '/dns-query')
newServer({ address = '127.0.0.1:${behind}', checkName = 'ready.example.', mustResolve = true })
`,
  );
  const front = await start('dnsdist', ['--supervised', '--disable-syslog', '-C', configuration], () =>
    answers(resolver),
  ).catch(async (error: unknown) => {
    await backend.stop();
    throw error;
  });
  return {
    port: behind,
    resolver,
    stop: async () => {
      await Promise.all([front.stop(), backend.stop()]);
    },
  };
}

/** A response policy zone that says of one name that it does not exist. */
const blocking = (ground: Ground): Promise<string> =>
  ground.write(
    'blocking.zone',
    `
$ORIGIN blocking.
@ 300 IN SOA ns.blocking. mail.blocking. 1 3600 900 604800 120
@ 300 IN NS ns.blocking.
${BLOCKED} 300 IN CNAME .
`,
  );

async function openRecursor(ground: Ground, upstream: number): Promise<Answering> {
  const port = await freePort();
  const folder = join(ground.folder, 'recursor');
  await mkdir(folder);
  const anchor = await ground.write(
    'recursor.lua',
    `
clearTA()
addTA('example', "${(await run('dnssec-dsfromkey', '-2', '-f', ground.zoneFile, 'example')).replace(/.* DS /, '').trim()}")
rpzFile('${await blocking(ground)}', { extendedErrorCode = 15 })
`,
  );
  await ground.write(
    'recursor/recursor.conf',
    `
local-address=127.0.0.1
local-port=${port}
socket-dir=${folder}
daemon=no
disable-syslog=yes
threads=1
dont-query=
hint-file=no
security-poll-suffix=
forward-zones=example=127.0.0.1:${upstream}
dnssec=validate
extended-resolution-errors=yes
lua-config-file=${anchor}
`,
  );
  const backend = await start('pdns_recursor', [`--config-dir=${folder}`], async () => true);
  return openDnsdist(ground, 'before-recursor', port, backend);
}

async function openPowerDns(ground: Ground): Promise<Answering> {
  const port = await freePort();
  const folder = join(ground.folder, 'powerdns');
  await mkdir(folder);
  const zones = await ground.write(
    'powerdns/zones.conf',
    `zone "example" { type master; file "${ground.plainZoneFile}"; };\n`,
  );
  await ground.write(
    'powerdns/pdns.conf',
    `
launch=bind
bind-config=${zones}
bind-dnssec-db=${join(folder, 'dnssec.db')}
local-address=127.0.0.1
local-port=${port}
socket-dir=${folder}
daemon=no
guardian=no
disable-syslog=yes
security-poll-suffix=
dname-processing=yes
`,
  );
  await run('pdnsutil', `--config-dir=${folder}`, 'create-bind-db', join(folder, 'dnssec.db'));
  await run('pdnsutil', `--config-dir=${folder}`, 'set-presigned', 'example');
  const backend = await start('pdns_server', [`--config-dir=${folder}`], async () => true);
  return openDnsdist(ground, 'before-powerdns', port, backend);
}

export const SERVERS: readonly Server[] = [
  { name: 'BIND, serving the zone', programs: ['named'], resolves: false, blocks: false, open: openBindAuthority },
  { name: 'BIND, resolving', programs: ['named'], resolves: true, blocks: false, open: openBindResolver },
  { name: 'Unbound', programs: ['unbound'], resolves: true, blocks: false, open: openUnbound },
  { name: 'Knot Resolver', programs: ['kresd'], resolves: true, blocks: true, open: openKnot },
  {
    name: 'PowerDNS Recursor behind dnsdist',
    programs: ['pdns_recursor', 'dnsdist'],
    resolves: true,
    blocks: true,
    open: openRecursor,
  },
  {
    name: 'PowerDNS behind dnsdist',
    programs: ['pdns_server', 'pdnsutil', 'dnsdist'],
    resolves: false,
    blocks: false,
    open: openPowerDns,
  },
];
