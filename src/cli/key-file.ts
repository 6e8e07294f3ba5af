// Key files: a JWK, a PEM public key or a hexadecimal COSE_Key.

import { decodeBase64, decodeHex } from '../codec/base64.ts';
import { decodeCbor } from '../codec/cbor.ts';
import { parseCoseKey } from '../emblem/cwt/cose-key.ts';
import { CURVES } from '../emblem/key-kinds.ts';
import { type ParsedKey, parseKeyRecord, parseSpki } from '../emblem/key.ts';
import { fail, ok, type Result } from '../problem.ts';
import { misuse, type Usable } from './arguments.ts';
import { readText } from './files.ts';

/** RFC 7468: text may stand around it. */
const PEM = /(?:^|\n)-----BEGIN PUBLIC KEY-----\s+([A-Za-z0-9+/=\s]+?)\s*-----END PUBLIC KEY-----/;

/** Reads the key of a file. */
export async function readKeyFile(file: string): Promise<Usable<ParsedKey>> {
  const text = await readText(file);
  if (text === null) return misuse(`The key "${file}" cannot be read.`);
  const key = parseKeyText(text.trim());
  return key.ok ? key : misuse(`"${file}" holds no public key that is read here (${key.problem.code}).`);
}

/**
 * The key of a file, by what its text looks like. Fails also with `algorithm-unsupported` where nothing could be
 * verified with it.
 */
export function parseKeyText(text: string): Result<ParsedKey> {
  const parsed = parseFormats(text);
  if (!parsed.ok) return parsed;
  const { curve } = parsed.value.key;
  return CURVES[curve].implemented ? parsed : fail('algorithm-unsupported', curve);
}

function parseFormats(text: string): Result<ParsedKey> {
  if (text.startsWith('{')) return parseKeyRecord(new TextEncoder().encode(text));
  const cose = decodeHex(text.replaceAll(/\s/g, '').toLowerCase());
  if (cose !== null && cose.length > 0) return parseCose(cose);
  const [, base64] = PEM.exec(text) ?? [];
  const der = base64 === undefined ? null : decodeBase64(base64.replaceAll(/\s/g, ''));
  const key = der === null ? fail('key-malformed') : parseSpki(der);
  return key.ok ? ok({ key: key.value, algorithm: null, notes: [] }) : key;
}

function parseCose(bytes: Uint8Array): Result<ParsedKey> {
  const decoded = decodeCbor(bytes);
  return decoded.ok ? parseCoseKey(decoded.value) : fail('key-malformed', decoded.problem);
}
