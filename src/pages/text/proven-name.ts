// Proven names with their registrable part set off: relief.example.evil.example is evil.example's.

import { suffixes } from '../../extension/public-suffixes.ts';
import type { ReportedEmblem } from '../../verdict/report.ts';
import { unicodeForm } from '../../extension/host-name.ts';
import { counted, listed, rich, type Sentence } from './messages.ts';

/** So many names are told in one sentence, the others are counted. */
const MOST_NAMES = 4;

/**
 * A proven organisation: its domain in full with the registrable part set off, in both forms where it is not ASCII; and
 * that a name below it spoke, where one did.
 */
export function provenName(organisation: string, { throughBelow }: ReportedEmblem): Sentence {
  const host = organisation.replace(/^https:\/\//, '');
  const unicode = unicodeForm(host);
  const labels = (unicode ?? host).split('.');
  // A name without registrable domain is a suffix itself, and its own.
  const own = (suffixes.registrableDomain(host) ?? host).split('.').length;
  const under = labels
    .slice(0, -own)
    .map((label) => `${label}.`)
    .join('');
  const proven: Sentence = [{ under, own: labels.slice(-own).join('.') }];
  const name = unicode === null ? proven : rich('both_forms', proven, [{ claimed: host }]);
  return throughBelow.includes(organisation) ? rich('through_below', name) : name;
}

/** Some names as a list; the rest is counted. */
export const some = (
  organisations: readonly string[],
  most: number,
  words: (organisation: string) => Sentence,
): Sentence => {
  const more = organisations.length - most;
  return listed([...organisations.slice(0, most).map(words), ...(more > 0 ? [[counted('more_names', more)]] : [])]);
};

/** Proven organisations as a list. */
export const provenNames = (organisations: readonly string[], emblem: ReportedEmblem): Sentence =>
  some(organisations, MOST_NAMES, (organisation) => provenName(organisation, emblem));
