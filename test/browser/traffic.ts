// What reached the lab? Read from its record of requests.

import { IHLE_TYPES } from '../../src/network/defaults.ts';
import type { Lab, LabRequest } from '../lab/lab.ts';

/** The host a DNS-over-HTTPS request asks about; null for any other request. */
export function hostAsked(url: string): string | null {
  const question = new URL(url).searchParams.get('dns');
  if (question === null) return null;
  const bytes = Buffer.from(question, 'base64url');
  const labels: string[] = [];
  for (let at = 12; (bytes[at] ?? 0) > 0; at += (bytes[at] ?? 0) + 1)
    labels.push(bytes.toString('latin1', at + 1, at + 1 + (bytes[at] ?? 0)));
  return labels.join('.').toLowerCase();
}

/** Every host the resolver was asked about, in order. */
export const hostsAsked = (lab: Lab): readonly string[] =>
  lab.requests.map(({ url }) => hostAsked(url)).filter((host) => host !== null);

/** Requests of the extension itself: to resolver, lists and logs. */
export const ours = (lab: Lab): readonly LabRequest[] => lab.requests.filter(({ server }) => server !== 'site');

/** Questions of one look-up: TXT, and each number of the IHLE record. */
export const LOOK_UP = 1 + IHLE_TYPES.length;
