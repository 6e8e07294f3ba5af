// Trusted key files: a JWK, a PEM public key or a hexadecimal COSE_Key, and for whom it is trusted.

import { decodeBase64, decodeHex } from '../codec/base64.ts';
import { decodeCbor } from '../codec/cbor.ts';
import { parseCoseKey } from '../emblem/cwt/cose-key.ts';
import { CURVES } from '../emblem/key-kinds.ts';
import { type ParsedKey, parseKeyRecord, parseSpki } from '../emblem/key.ts';
import { parseOrganisation } from '../emblem/organisation.ts';
import { fail, ok, type Result } from '../problem.ts';
import type { Sources } from '../check.ts';
import { type Arguments, misuse, type Usable } from './arguments.ts';
import { readText } from './files.ts';

type TrustedKey = Sources['trustedKeys'][number];

/** RFC 7468: text may stand around it. */
const PEM = /(?:^|\n)-----BEGIN PUBLIC KEY-----\s+([A-Za-z0-9+/=\s]+?)\s*-----END PUBLIC KEY-----/;

/** Reads one trusted key and checks the organisation it is for. */
export async function readTrustedKey(argument: Arguments['trustedKeys'][number]): Promise<Usable<TrustedKey>> {
  const { file, organisation } = argument;
  if (organisation !== null && !parseOrganisation(organisation).ok)
    return misuse(`"${organisation}" does not identify an organisation.`);
  const text = await readText(file);
  if (text === null) return misuse(`The trusted key "${file}" cannot be read.`);
  const key = parseKeyText(text.trim());
  return key.ok
    ? { ok: true, value: { ...key.value, organisation } }
    : misuse(`"${file}" holds no public key that could be trusted (${key.problem.code}).`);
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
