// Claims of generation `jws`: each claim's rule, from unknown JSON to an exact value.

import { decodeBase32, decodeBase64 } from '../../codec/base64.ts';
import { isObject, type JsonObject, member } from '../../codec/json.ts';
import { type Asset, parseAsset } from '../asset.ts';
import { parseJwk } from '../key.ts';
import { describeValue, fail, ok, type ProblemCode, type Result } from '../../problem.ts';
import {
  type Channel,
  CHANNELS,
  type KeyReference,
  type LogClaim,
  type LogEntry,
  type Purpose,
  PURPOSES,
} from '../token.ts';

/** The first two purposes: all that this generation knows. */
const JWS_PURPOSES = PURPOSES.slice(0, 2);

/** A NumericDate (RFC 7519 section 2): finite seconds, fractions allowed. Fails with `time-malformed`. */
export function parseTime(value: unknown, name: string): Result<number> {
  return typeof value === 'number' && Number.isFinite(value) ? ok(value) : fail('time-malformed', name);
}

/** Parses every item of a list, or fails with the first failure; not a list: `otherwise`. */
function parseEach<T>(
  value: unknown,
  parse: (item: unknown) => Result<T>,
  otherwise: ProblemCode,
): Result<readonly T[]> {
  if (!Array.isArray(value)) return fail(otherwise);
  const parsed: T[] = [];
  for (const item of value) {
    const result = parse(item);
    if (!result.ok) return result;
    parsed.push(result.value);
  }
  return ok(parsed);
}

/**
 * Asset identifiers as an emblem lists them: at least one. Fails with `assets-malformed` or what is wrong with an item.
 */
export function parseAssets(value: unknown): Result<readonly Asset[]> {
  const assets = parseEach(value, parseAsset, 'assets-malformed');
  return assets.ok && assets.value.length === 0 ? fail('assets-malformed', 'empty') : assets;
}

/** A set of words: said twice is said once. */
function parseWords<T extends string>(
  value: unknown,
  known: readonly T[],
  unknownWord: ProblemCode,
): Result<readonly T[]> {
  const parseWord = (item: unknown): Result<T> => {
    const word = known.find((candidate) => candidate === item);
    return word === undefined ? fail(unknownWord, describeValue(item)) : ok(word);
  };
  const words = parseEach(value, parseWord, 'constraints-malformed');
  return words.ok ? ok([...new Set(words.value)]) : words;
}

/** What the `emb` claim of either kind of token may hold; absent members are null. */
export interface EmbClaim {
  readonly purposes: readonly Purpose[] | null;
  readonly channels: readonly Channel[] | null;
}

/** What an endorsement's `emb` may hold besides. */
export interface ConstraintsClaim extends EmbClaim {
  readonly assets: readonly Asset[] | null;
  readonly window: number | null;
}

/** Applies `parse` to a present value; an absent one is null. */
const optional = <T>(value: unknown, parse: (value: unknown) => Result<T>): Result<T | null> =>
  value === undefined ? ok(null) : parse(value);

const parseWindow = (value: unknown): Result<number> =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0
    ? ok(value)
    : fail('window-malformed', describeValue(value));

const objectOf = (value: unknown): Result<JsonObject> =>
  value === undefined ? ok({}) : isObject(value) ? ok(value) : fail('constraints-malformed', 'emb');

/** Parses the `emb` object as either kind of token has it: `prp` and `dst`. */
export function parseEmb(value: unknown): Result<EmbClaim> {
  const emb = objectOf(value);
  if (!emb.ok) return emb;
  const purposes = optional(member(emb.value, 'prp'), (item) => parseWords(item, JWS_PURPOSES, 'purpose-unknown'));
  if (!purposes.ok) return purposes;
  const channels = optional(member(emb.value, 'dst'), (item) => parseWords(item, CHANNELS, 'channel-unknown'));
  return channels.ok ? ok({ purposes: purposes.value, channels: channels.value }) : channels;
}

/** Parses an endorsement's `emb` object: `prp`, `dst`, `assets` (alias `bearers`) and `wnd`. */
export function parseConstraints(value: unknown): Result<ConstraintsClaim> {
  const emb = objectOf(value);
  if (!emb.ok) return emb;
  const shared = parseEmb(value);
  if (!shared.ok) return shared;
  const assets = optional(firstPresent(emb.value, ['assets', 'bearers']), (item) =>
    parseEach(item, parseAsset, 'constraints-malformed'),
  );
  if (!assets.ok) return assets;
  const window = optional(member(emb.value, 'wnd'), parseWindow);
  return window.ok ? ok({ ...shared.value, assets: assets.value, window: window.value }) : window;
}

/** The first of several names under which a claim may stand, or undefined. */
export const firstPresent = (object: JsonObject, names: readonly string[]): unknown =>
  names.map((name) => member(object, name)).find((value) => value !== undefined);

/** Whether a text is a key identifier: 32 bytes in lower-case base32. */
const isKid = (value: unknown): value is string => typeof value === 'string' && decodeBase32(value)?.length === 32;

/** An endorsement's `key`: a key identifier, or a whole JWK. */
export function parseEndorsedKey(value: unknown): Result<KeyReference> {
  if (isKid(value)) return ok({ kind: 'kid', kid: value });
  if (!isObject(value)) return fail('endorsed-key-malformed', describeValue(value));
  const key = parseJwk(value);
  return key.ok ? ok({ kind: 'key', key: key.value }) : key;
}

function parseLogEntry(value: unknown): LogEntry | null {
  if (!isObject(value)) return null;
  const [version, id, hash, index] = ['ver', 'id', 'hash', 'index'].map((name) => member(value, name));
  if (typeof id !== 'string' || decodeBase64(id)?.length !== 32) return null;
  if (version === 'static') {
    const sound = typeof index === 'number' && Number.isInteger(index) && index >= 0;
    return sound ? { kind: 'static', id, index } : null;
  }
  const bytes = version === 'v1' && typeof hash === 'string' ? decodeBase64(hash) : null;
  return bytes?.length === 32 ? { kind: 'rfc6962', id, hash: bytes } : null;
}

/** A `log` claim [J16]. Never fails: what is malformed decides the commitment, not the token. */
export function parseLogClaim(value: unknown): LogClaim | null {
  if (value === undefined) return null;
  return Array.isArray(value) && value.length > 0
    ? { readable: true, entries: value.map(parseLogEntry) }
    : { readable: false };
}
