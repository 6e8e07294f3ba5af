// Arguments of the command line, every one checked before anything is done (docs/REPORT.md, Command line).

import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import { IHLE_TYPES, LOG_LISTS, parseIhleType, RESOLVER } from '../network/defaults.ts';
import { allowedAddress } from '../network/transport.ts';
import { OPTIONS, USAGE } from './options.ts';
import { parseHost, parseTime } from './values.ts';

export interface Arguments {
  /** Lower-case A-labels, or address literals as in a URL. */
  readonly hosts: readonly string[];
  readonly json: boolean;
  readonly advice: boolean;
  /** The file that is asked for records in the resolver's place, or null. */
  readonly records: string | null;
  readonly resolver: string;
  /** Addresses of log lists. */
  readonly logLists: readonly string[];
  /** Files of log lists. */
  readonly logListFiles: readonly string[];
  /** Nothing may leave the machine: records and lists come from files. */
  readonly offline: boolean;
  readonly address: string | null;
  /** Milliseconds since the epoch, or null for the present. */
  readonly now: number | null;
  readonly trustedKeys: readonly { readonly file: string; readonly organisation: string | null }[];
  /** Files of trusted keys as the extension exports them. */
  readonly trustedKeyFiles: readonly string[];
  /** Numbers of the record type of the October drafts; those named replace the defaults. */
  readonly ihleTypes: readonly number[];
}

/** A value, or the one sentence that says what is wrong with the command line. */
export type Usable<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly sentence: string };

export const misuse = (sentence: string): Usable<never> => ({ ok: false, sentence });

/** What the command is to do. */
export type Command =
  | { readonly command: 'help' }
  | { readonly command: 'version' }
  | { readonly command: 'check'; readonly arguments: Arguments };

/** Reads the words after the program's name. Help wins over everything else that is asked for. */
export function parseCommand(words: readonly string[]): Usable<Command> {
  const parsed = parseWords(words);
  if (!parsed.ok) return parsed;
  if (parsed.value.values.help === true) return { ok: true, value: { command: 'help' } };
  if (parsed.value.values.version === true) return { ok: true, value: { command: 'version' } };
  const read = readArguments(parsed.value);
  return read.ok ? { ok: true, value: { command: 'check', arguments: read.value } } : read;
}

type Words = Extract<ReturnType<typeof parseWords>, { ok: true }>['value'];

function readArguments({ values, positionals }: Words): Usable<Arguments> {
  if (positionals.length === 0) return misuse(`No host was named; ${USAGE}.`);
  const hosts: string[] = [];
  for (const word of positionals) {
    const host = parseHost(word);
    if (host === null) return misuse(`"${word}" is not a host name.`);
    hosts.push(host);
  }
  const resolver = values.resolver ?? RESOLVER;
  if (allowedAddress(resolver) === null)
    return misuse(`The resolver must be an https: address, or http: on loopback, not "${resolver}".`);
  const records = values.records ?? null;
  if (records !== null && values.resolver !== undefined)
    return misuse('Records come from a file or from a resolver: --records and --resolver exclude each other.');
  const named = values['log-list'] ?? LOG_LISTS;
  if (named.includes('none') && named.length > 1)
    return misuse('"--log-list none" and another log list exclude each other.');
  const listed = named.filter((list) => list !== 'none');
  const logLists = listed.filter((list) => isAddress(list));
  const badList = logLists.find((list) => allowedAddress(list) === null);
  if (badList !== undefined)
    return misuse(`A log list must be an https: address, http: on loopback, or a file, not "${badList}".`);
  const address = values.address ?? null;
  if (address !== null && (isIP(address) === 0 || address.includes('%')))
    return misuse(`"${address}" is not an IP address.`);
  const now = values.now === undefined ? null : parseTime(values.now);
  if (values.now !== undefined && now === null)
    return misuse(`"${values.now}" is not a time in ISO 8601 with zone, such as 2026-06-17T00:10:00Z.`);
  const types = values['ihle-type'] ?? IHLE_TYPES.map(String);
  const badType = types.find((type) => parseIhleType(type) === null);
  if (badType !== undefined) return misuse(`"${badType}" is not the number of a record type that could hold emblems.`);
  return {
    ok: true,
    value: {
      hosts,
      resolver,
      logLists,
      address,
      now,
      records,
      json: values.json === true,
      advice: values.advice === true,
      offline: records !== null && logLists.length === 0,
      logListFiles: listed.filter((list) => !isAddress(list)),
      trustedKeys: (values['trusted-key'] ?? []).map((word) => splitTrustedKey(word)),
      trustedKeyFiles: values['trusted-keys'] ?? [],
      ihleTypes: types.map(Number),
    },
  };
}

function parseWords(words: readonly string[]) {
  try {
    const value = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: OPTIONS,
    });
    return { ok: true, value } as const;
  } catch (error) {
    // `parseArgs` tells misuse by throwing; the first sentence of its message is what matters.
    const reason = error instanceof Error ? (error.message.split(/\. |\n/, 1)[0] ?? '') : '';
    return { ok: false, sentence: `${reason.replace(/\.$/, '')}; ${USAGE}.` } as const;
  }
}

const isAddress = (list: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(list);

/** `FILE` or `FILE=https://organisation`; a file's name may contain `=` too. */
function splitTrustedKey(word: string): Arguments['trustedKeys'][number] {
  const cut = word.lastIndexOf('=https://');
  return cut === -1
    ? { file: word, organisation: null }
    : { file: word.slice(0, cut), organisation: word.slice(cut + 1) };
}
