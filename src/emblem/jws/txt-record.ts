// TXT records of generation `jws`: which are ours, and what each carries.

import { parseKeyRecord } from '../key.ts';
import { parseJwsToken, readAnnouncedKind } from './jws-token.ts';
import { fail, ok, problem } from '../../problem.ts';
import type { RecordContent } from '../record.ts';
import type { TokenKind } from '../token.ts';

type Word = 'token' | 'key' | 'emb' | 'end';

/** `adem`, a word or none, an identifier or none (printable ASCII without `-` or `=`), the value. */
const OURS = /^adem(?:-(token|key|emb|end))?(?:-([\x20-\x2c.-<>-~]+))?=(.*)$/s;

/** What the token's `cty` must be under each word; `adem=` and `adem-token=` take either. */
const KIND_OF_WORD: Record<Exclude<Word, 'key'>, TokenKind | null> = { token: null, emb: 'emblem', end: 'endorsement' };

const isWord = (text: string | undefined): text is Word =>
  text === 'token' || text === 'key' || text === 'emb' || text === 'end';

const UTF8 = new TextDecoder();
const EQUALS = 0x3d;
const STARTS = ['adem=', 'adem-'].map((start) => new TextEncoder().encode(start));

/** Whether a TXT record means to be one of ours, sound or not. */
export function isEmblemTxt(data: Uint8Array): boolean {
  return STARTS.some((start) => start.every((byte, at) => data[at] === byte));
}

/** Reads one of our TXT records [D2]; `data` are its character strings, joined. */
export function readTxtRecord(data: Uint8Array): RecordContent {
  const text = UTF8.decode(data);
  const [matched, name, set = null, value = ''] = OURS.exec(text) ?? [];
  if (matched === undefined || isWord(set ?? undefined))
    return { kind: 'other', set: null, problem: { code: 'record-malformed', detail: text.slice(0, 40) } };
  const word = isWord(name) ? name : 'token';
  if (word === 'key') return { kind: 'key', set, key: parseKeyRecord(data.subarray(data.indexOf(EQUALS) + 1)) };
  const kind = readAnnouncedKind(value);
  if (kind === null) return { kind: 'other', set, problem: { code: 'record-not-token', detail: value.slice(0, 40) } };
  const expected = KIND_OF_WORD[word];
  const token =
    expected !== null && expected !== kind ? fail('record-type-mismatch', `adem-${word}`) : parseJwsToken(value, kind);
  if (!token.ok || name === 'token') return { kind: 'token', announced: kind, set, token };
  const notes = [problem('record-form-superseded', name === undefined ? 'adem' : `adem-${name}`), ...token.value.notes];
  return { kind: 'token', announced: kind, set, token: ok({ ...token.value, notes }) };
}
