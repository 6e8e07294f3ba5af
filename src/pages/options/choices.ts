// Choices as typed into the options, parsed into settings or told as wrong, and where.

import { MAX_TYPES, parseAddress, parseIhleType, type Settings } from '../../extension/settings.ts';
import { counted, t } from '../text/messages.ts';

/** As many as `parseSettings` keeps. */
export const MAX_LISTS = 8;

/** The form as typed. */
export interface Typed {
  readonly automatic: boolean;
  readonly resolver: string;
  /** One address a line. */
  readonly lists: string;
  /** Numbers, apart by blanks or commas; may be empty. */
  readonly types: string;
}

export type Choices =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly field: 'resolver' | 'lists' | 'types'; readonly error: string };

export function readChoices(typed: Typed): Choices {
  const resolver = parseAddress(typed.resolver.trim());
  if (resolver === null) return { ok: false, field: 'resolver', error: t('error_not_https', typed.resolver.trim()) };
  const lines = typed.lists
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const wrong = lines.find((line) => parseAddress(line) === null);
  if (wrong !== undefined) return { ok: false, field: 'lists', error: t('error_not_https', wrong) };
  const logLists = [...new Set(lines.map(parseAddress).filter((line) => line !== null))];
  if (logLists.length === 0) return { ok: false, field: 'lists', error: t('error_lists_empty') };
  if (logLists.length > MAX_LISTS) return { ok: false, field: 'lists', error: counted('error_lists_many', MAX_LISTS) };
  const words = typed.types.split(/[\s,;]+/).filter((word) => word !== '');
  const wrongType = words.find((word) => parseIhleType(word) === null);
  if (wrongType !== undefined) return { ok: false, field: 'types', error: t('error_type', wrongType) };
  const ihleTypes = [...new Set(words.map(parseIhleType).filter((type) => type !== null))];
  if (ihleTypes.length > MAX_TYPES) return { ok: false, field: 'types', error: counted('error_types_many', MAX_TYPES) };
  return { ok: true, settings: { automatic: typed.automatic, resolver, logLists, ihleTypes } };
}
