// Host names for people: the Unicode form beside the `xn--` form, since either alone can deceive.

import { readUnicodeName } from '../emblem/idna.ts';
import { t } from './messages.ts';

/**
 * The Unicode form of a lower-case A-label name, or null where there is none, or where engines would not agree on it.
 */
export const unicodeForm = (host: string): string | null => (/(^|\.)xn--/.test(host) ? readUnicodeName(host) : null);

/** A host name for people: as it is, or in both forms. */
export function hostWords(host: string): string {
  const unicode = unicodeForm(host);
  return unicode === null ? host : t('both_forms', unicode, host);
}

/** An organisation identifier for people: its domain, without the scheme that all of them share. */
export const organisationWords = (identifier: string): string => hostWords(identifier.replace(/^https:\/\//, ''));
