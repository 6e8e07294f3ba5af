// Lists of trusted keys as they are exported and imported: versioned JSON, read strictly.

import { isObject, type JsonObject, member, parseJson } from '../codec/json.ts';
import type { ProblemCode } from '../problem.ts';
import { CURVES } from './key-kinds.ts';
import { parseJwk, type PublicKey, sameKey, writeJwk } from './key.ts';
import { parseOrganisation } from './organisation.ts';

/** The member that bears the version of this shape, and the version. */
const VERSION_MEMBER = 'emblemLensTrustedKeys';
const VERSION = 1;
/** Bounds of a list. */
const MAX_KEYS = 1000;
const MAX_TEXT_CHARACTERS = 4 * 1024 * 1024;
export const MAX_NOTE_CHARACTERS = 500;

/** One key that a person trusts, and what they wrote beside it. */
export interface ListedKey {
  readonly key: PublicKey;
  /** The OI it is trusted for, or null where it is trusted for tokens that name none. */
  readonly organisation: string | null;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly note: string;
}

/** Why a list is refused. */
export type ListFault =
  | { readonly why: 'not-json' | 'not-a-list' | 'version' | 'too-large'; readonly place: null; readonly problem: null }
  | {
      readonly why: 'members' | 'organisation' | 'since' | 'note' | 'twice';
      /** Which key of the list, counted from 1. */
      readonly place: number;
      readonly problem: null;
    }
  | { readonly why: 'key'; readonly place: number; readonly problem: ProblemCode };

export type ReadList =
  { readonly ok: true; readonly keys: readonly ListedKey[] } | { readonly ok: false; readonly fault: ListFault };

/** Writes a list; `parseTrustedKeyList` reads the same keys from it. */
export const writeTrustedKeyList = (keys: readonly ListedKey[]): string =>
  `${JSON.stringify(
    {
      [VERSION_MEMBER]: VERSION,
      keys: keys.map(({ key, organisation, since, note }) => ({
        organisation,
        key: writeJwk(key),
        since: new Date(since).toISOString(),
        note,
      })),
    },
    null,
    2,
  )}\n`;

/** Reads a list whole: one key that is not as it must be refuses it, and so does a member that is not known. */
export function parseTrustedKeyList(text: string): ReadList {
  if (text.length > MAX_TEXT_CHARACTERS) return refuse('too-large');
  const parsed = parseJson(text);
  if (!parsed.ok) return refuse('not-json');
  const { value } = parsed;
  if (!isObject(value) || !Object.hasOwn(value, VERSION_MEMBER)) return refuse('not-a-list');
  if (member(value, VERSION_MEMBER) !== VERSION) return refuse('version');
  const listed = member(value, 'keys');
  if (!hasExactly(value, [VERSION_MEMBER, 'keys']) || !Array.isArray(listed)) return refuse('not-a-list');
  if (listed.length > MAX_KEYS) return refuse('too-large');
  const keys: ListedKey[] = [];
  for (const [at, entry] of listed.entries()) {
    const read = parseEntry(entry, at + 1);
    if (!read.ok) return read;
    const isTwice = keys.some(
      (other) => other.organisation === read.value.organisation && sameKey(other.key, read.value.key),
    );
    if (isTwice) return refuseKey('twice', at + 1);
    keys.push(read.value);
  }
  return { ok: true, keys };
}

type ReadEntry = { readonly ok: true; readonly value: ListedKey } | Extract<ReadList, { ok: false }>;

const refuse = (why: Extract<ListFault, { place: null }>['why']): Extract<ReadList, { ok: false }> => ({
  ok: false,
  fault: { why, place: null, problem: null },
});
const refuseKey = (
  why: Exclude<Extract<ListFault, { place: number }>['why'], 'key'>,
  place: number,
): Extract<ReadList, { ok: false }> => ({ ok: false, fault: { why, place, problem: null } });

const hasExactly = (object: JsonObject, names: readonly string[]): boolean =>
  Object.keys(object).length === names.length && names.every((name) => Object.hasOwn(object, name));

function parseEntry(entry: unknown, place: number): ReadEntry {
  if (!isObject(entry) || !hasExactly(entry, ['organisation', 'key', 'since', 'note']))
    return refuseKey('members', place);
  const [organisation, since, note] = [
    member(entry, 'organisation'),
    parseSince(member(entry, 'since')),
    member(entry, 'note'),
  ];
  const named = organisation === null ? null : parseOrganisation(organisation);
  if (named?.ok === false) return refuseKey('organisation', place);
  const key = parseKey(member(entry, 'key'));
  if (typeof key === 'string') return { ok: false, fault: { why: 'key', place, problem: key } };
  if (since === null) return refuseKey('since', place);
  if (typeof note !== 'string' || note.length > MAX_NOTE_CHARACTERS || /\p{Cc}/u.test(note))
    return refuseKey('note', place);
  return { ok: true, value: { key, organisation: named?.value ?? null, since, note } };
}

/** A public JWK with the members that make it and no other; or what is wrong with it. */
function parseKey(value: unknown): PublicKey | ProblemCode {
  const parsed = parseJwk(value);
  if (!parsed.ok) return parsed.problem.code;
  const { key } = parsed.value;
  if (!CURVES[key.curve].implemented) return 'algorithm-unsupported';
  return isObject(value) && hasExactly(value, Object.keys(writeJwk(key))) ? key : 'key-malformed';
}

/** Milliseconds since the epoch of an instant exactly as `toISOString` writes it; null for anything else. */
function parseSince(value: unknown): number | null {
  const since = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(since) || new Date(since).toISOString() !== value ? null : since;
}
