// What do all real servers stand on? A folder with a signed zone, its key as trust anchor, and a certificate for
// localhost.

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './process.ts';
import { BOGUS, type Zone } from './zone.ts';

export interface Ground {
  readonly folder: string;
  /** The zone file, signed for DNSSEC. */
  readonly zoneFile: string;
  /** The same with records of unknown types in one piece, for servers that know no other form. */
  readonly plainZoneFile: string;
  /** The key that signs the zone, as the three numbers and the base64 of a DNSKEY record. */
  readonly zoneKey: { readonly numbers: string; readonly base64: string };
  /** Files of the certificate and its private key. */
  readonly certificate: string;
  readonly key: string;
  /** Writes a file into the folder and gives its path. */
  readonly write: (name: string, text: string) => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** Turns over one letter in the signature of a name's TXT records. */
const spoil = (signed: string, name: string): string =>
  signed.replace(
    new RegExp(String.raw`^(${name}\.\s.*RRSIG\s+TXT .* )(\S)(\S*)$`, 'm'),
    (_line, before: string, letter: string, rest: string) => `${before}${letter === 'A' ? 'B' : 'A'}${rest}`,
  );

const inOnePiece = (zone: string): string =>
  zone.replaceAll(
    /^(.*\sTYPE\d+\s+\\# \d+ )([\dA-F ]+)$/gm,
    (_line, before: string, digits: string) => before + digits.replaceAll(' ', ''),
  );

/** Signs a zone and makes a certificate, in a new folder. Needs the tools of BIND, and OpenSSL. */
export async function layGround({ text }: Zone): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'interop-'));
  const write: Ground['write'] = async (name, content) => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  const unsigned = await write('example.zone', text);
  const [zoneFile, certificate, key] = [
    join(folder, 'signed.zone'),
    join(folder, 'certificate.pem'),
    join(folder, 'key.pem'),
  ];
  await run('dnssec-keygen', '-q', '-K', folder, '-a', 'ECDSAP256SHA256', '-f', 'KSK', 'example');
  await run(
    'dnssec-signzone',
    '-q',
    '-S',
    '-z',
    '-K',
    folder,
    '-d',
    folder,
    '-o',
    'example',
    '-O',
    'full',
    '-f',
    zoneFile,
    unsigned,
  );
  const signed = await readFile(zoneFile, 'utf8');
  const spoilt = spoil(signed, BOGUS);
  if (spoilt === signed) throw new Error(`${BOGUS} has no signature to spoil`);
  await writeFile(zoneFile, spoilt);
  const plainZoneFile = await write('plain.zone', inOnePiece(spoilt));
  const keyFile = (await readdir(folder)).find((name) => /^Kexample.*\.key$/.test(name)) ?? '';
  const [, numbers = '', base64 = ''] =
    /DNSKEY (\d+ \d+ \d+) (.+)/.exec(await readFile(join(folder, keyFile), 'utf8')) ?? [];
  await run(
    'openssl',
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost',
    '-keyout',
    key,
    '-out',
    certificate,
  );
  return {
    folder,
    zoneFile,
    plainZoneFile,
    zoneKey: { numbers, base64: base64.replaceAll(' ', '') },
    certificate,
    key,
    write,
    remove: async () => {
      await rm(folder, { recursive: true, force: true });
    },
  };
}
