// Arguments of the command line, every one checked before anything is done (docs/REPORT.md, Command line).

import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import { toASCII } from 'tr46';
import { IHLE_TYPES, LOG_LISTS, parseIhleType, RESOLVER } from '../network/defaults.ts';
import { allowedAddress } from '../network/transport.ts';

const USAGE =
  'usage: check HOST... [--json] [--resolver URL] [--log-list URL|FILE]... [--address IP] [--now TIME] [--trusted-key FILE[=OI]]... [--ihle-type N]...';

export interface Arguments {
  /** Lower-case A-labels, or address literals as in a URL. */
  readonly hosts: readonly string[];
  readonly json: boolean;
  readonly resolver: string;
  /** Addresses of log lists. */
  readonly logLists: readonly string[];
  /** Files of log lists. */
  readonly logListFiles: readonly string[];
  readonly address: string | null;
  /** Milliseconds since the epoch, or null for the present. */
  readonly now: number | null;
  readonly trustedKeys: readonly { readonly file: string; readonly organisation: string | null }[];
  /** Numbers of the record type of the October drafts; those named replace the defaults. */
  readonly ihleTypes: readonly number[];
}

/** A value, or the one sentence that says what is wrong with the command line. */
export type Usable<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly sentence: string };

export const misuse = (sentence: string): Usable<never> => ({ ok: false, sentence });

/** Reads the arguments after the program's name. */
export function parseArguments(words: readonly string[]): Usable<Arguments> {
  const parsed = parseWords(words);
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
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
  const listed = values['log-list'] ?? LOG_LISTS;
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
      json: values.json === true,
      logListFiles: listed.filter((list) => !isAddress(list)),
      trustedKeys: (values['trusted-key'] ?? []).map((word) => splitTrustedKey(word)),
      ihleTypes: types.map(Number),
    },
  };
}

function parseWords(words: readonly string[]) {
  try {
    const value = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        resolver: { type: 'string' },
        'log-list': { type: 'string', multiple: true },
        address: { type: 'string' },
        now: { type: 'string' },
        'trusted-key': { type: 'string', multiple: true },
        'ihle-type': { type: 'string', multiple: true },
      },
    });
    return { ok: true, value } as const;
  } catch (error) {
    // `parseArgs` tells misuse by throwing; the first sentence of its message is what matters.
    const reason = error instanceof Error ? (error.message.split(/\. |\n/, 1)[0] ?? '') : '';
    return { ok: false, sentence: `${reason.replace(/\.$/, '')}; ${USAGE}.` } as const;
  }
}

/**
 * A name beyond ASCII as the newest browsers write it, in A-labels: by tables of our own (UTS #46, non-transitional),
 * which Node's may lag behind.
 */
const toALabels = (name: string): string | null =>
  toASCII(name, {
    checkBidi: true,
    checkHyphens: false,
    checkJoiners: true,
    transitionalProcessing: false,
    useSTD3ASCIIRules: false,
    verifyDNSLength: false,
  });

/**
 * A host as browsers read one: names to lower-case A-labels, IPv6 with or without brackets; null for anything that is
 * more or less than a host.
 */
function parseHost(word: string): string | null {
  const named = /^[ -~]*$/.test(word) ? word : toALabels(word);
  if (named === null) return null;
  const host = isIP(named) === 6 ? `[${named}]` : named;
  const isPlain = /^\[[^\s/\\?#@%[\]]+\]$/.test(host) || /^[^\s/\\?#@%:[\]]+$/.test(host);
  return isPlain && URL.canParse(`https://${host}/`) ? new URL(`https://${host}/`).hostname : null;
}

const isAddress = (list: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(list);

/** `FILE` or `FILE=https://organisation`; a file's name may contain `=` too. */
function splitTrustedKey(word: string): Arguments['trustedKeys'][number] {
  const cut = word.lastIndexOf('=https://');
  return cut === -1
    ? { file: word, organisation: null }
    : { file: word.slice(0, cut), organisation: word.slice(cut + 1) };
}

const FORM = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:Z|([+-])(\d{2}):?(\d{2})?)$/i;

/** Milliseconds since the epoch of a date and time with zone; null for anything else, days no month has included. */
export function parseTime(text: string): number | null {
  const parts = FORM.exec(text);
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map((part: string | undefined) => Number(part ?? 0));
  const [, , , , , , , fraction = '0', sign = '+', zoneHours = '0', zoneMinutes = '0'] = parts;
  if (hour > 23 || minute > 59 || second > 59 || Number(zoneHours) > 23 || Number(zoneMinutes) > 59) return null;
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  if (local.getUTCMonth() !== month - 1) return null; // a day or month that is not there runs over into another month
  const zone = (sign === '-' ? -1 : 1) * (Number(zoneHours) * 60 + Number(zoneMinutes));
  return (
    local.getTime() + ((hour * 60 + minute - zone) * 60 + second) * 1000 + Math.floor(Number(`0.${fraction}`) * 1000)
  );
}
