// Key identifiers of a file's key, in every form in which tokens, certificates and tools may name it.

import { createPublicKey } from 'node:crypto';
import { parseArgs } from 'node:util';
import { decodeBase32, encodeBase32, encodeHex } from '../codec/base64.ts';
import { type PublicKey, writeJwk } from '../emblem/key.ts';
import { keyIdentifier, shortIdentifier } from '../signature/keys.ts';
import { misuse, type Usable } from './arguments.ts';
import { readKeyFile } from './key-file.ts';
import { printableText } from './printable.ts';

const USAGE = 'usage: kid FILE [--json]';
const HELP = `${USAGE}

Prints the identifiers of the key in a file (JWK, PEM, hexadecimal COSE_Key).

  --json  print { jws, cwt, cwtShort, spkiSha256 }: base32 as in tokens, the last in hexadecimal; null where there is none
  --help  print this help

Exit status: 0 done, 2 wrong usage.`;

/** Bytes of each form of a key's identifier; null where a form does not exist for the key. */
interface Identifiers {
  /** RFC 7638. */
  readonly jws: Uint8Array | null;
  /** RFC 9679. */
  readonly cwt: Uint8Array | null;
  /** RFC 9679, over coordinates without their leading zeros, where that differs [K8]. */
  readonly cwtShort: Uint8Array | null;
  /** SHA-256 of the SubjectPublicKeyInfo. */
  readonly spkiSha256: Uint8Array | null;
}

async function identifiersOf(key: PublicKey): Promise<Identifiers> {
  const spki = createPublicKey({ format: 'jwk', key: { ...writeJwk(key) } }).export({ format: 'der', type: 'spki' });
  const short = await shortIdentifier('cwt', key);
  return {
    jws: decodeBase32(await keyIdentifier('jws', key)),
    cwt: decodeBase32(await keyIdentifier('cwt', key)),
    cwtShort: short === null ? null : decodeBase32(short),
    spkiSha256: new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(spki))),
  };
}

const written = (bytes: Uint8Array | null, write: (bytes: Uint8Array) => string): string | null =>
  bytes === null ? null : write(bytes);

const asJson = ({ jws, cwt, cwtShort, spkiSha256 }: Identifiers): string =>
  JSON.stringify(
    {
      jws: written(jws, encodeBase32),
      cwt: written(cwt, encodeBase32),
      cwtShort: written(cwtShort, encodeBase32),
      spkiSha256: written(spkiSha256, encodeHex),
    },
    null,
    2,
  );

function asText({ jws, cwt, cwtShort, spkiSha256 }: Identifiers): string {
  const rows: readonly (readonly [string, Uint8Array | null])[] = [
    ['JSON format (RFC 7638)', jws],
    ['CBOR format (RFC 9679)', cwt],
    ['CBOR format, without leading zeros', cwtShort],
    ['SHA-256 of the SubjectPublicKeyInfo', spkiSha256],
  ];
  return rows
    .map(
      ([form, bytes]) =>
        `${form}\n  ${written(bytes, encodeBase32) ?? 'none'}${bytes === null ? '' : `\n  ${encodeHex(bytes)}`}`,
    )
    .join('\n');
}

function parseWords(words: readonly string[]): Usable<{ readonly file: string | null; readonly json: boolean }> {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { json: { type: 'boolean' }, help: { type: 'boolean' } },
    });
    if (values.help === true) return { ok: true, value: { file: null, json: false } };
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) return misuse(`One file must be named; ${USAGE}.`);
    return { ok: true, value: { file, json: values.json === true } };
  } catch {
    return misuse(`An option is not known; ${USAGE}.`); // `parseArgs` tells misuse by throwing
  }
}

async function run(words: readonly string[]): Promise<Usable<string>> {
  const parsed = parseWords(words);
  if (!parsed.ok) return parsed;
  const { file, json } = parsed.value;
  if (file === null) return { ok: true, value: HELP };
  const key = await readKeyFile(file);
  if (!key.ok) return key;
  const identifiers = await identifiersOf(key.value.key);
  return { ok: true, value: json ? asJson(identifiers) : asText(identifiers) };
}

const ended = await run(process.argv.slice(2));
if (ended.ok) console.log(ended.value);
else console.error(printableText(ended.sentence).replaceAll('\n', '\uFFFD'));
process.exitCode = ended.ok ? 0 : 2;
