// Values of the command line, a host or a time, each read whole or not at all.

import { isIP } from 'node:net';
import { toASCII } from 'tr46';

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
export function parseHost(word: string): string | null {
  const named = /^[ -~]*$/.test(word) ? word : toALabels(word);
  if (named === null) return null;
  const host = isIP(named) === 6 ? `[${named}]` : named;
  const isPlain = /^\[[^\s/\\?#@%[\]]+\]$/.test(host) || /^[^\s/\\?#@%:[\]]+$/.test(host);
  return isPlain && URL.canParse(`https://${host}/`) ? new URL(`https://${host}/`).hostname : null;
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
