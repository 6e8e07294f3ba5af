// How do words reach the page? Every text through `_locales`, with names set apart from the sentence around them.

import { browser } from '../../extension/webext.ts';
import type messages from '../../../public/_locales/en/messages.json';

/** The names of the messages, as English has them; a test holds other languages to it. */
export type MessageKey = keyof typeof messages;

/**
 * An organisation that is proven: what stands before its registrable part, that part itself, and the `xn--` form where
 * there is one.
 */
export interface Proven {
  readonly under: string;
  readonly own: string;
  readonly also: string;
}

/**
 * A piece of a sentence: plain words, a name to be shown in full and plainly, one that is only claimed, or words for
 * the machine (key identifiers, particulars of problems).
 */
export type Part =
  string | Proven | { readonly name: string } | { readonly claimed: string } | { readonly code: string };
export type Sentence = readonly Part[];

/** The message in the browser's language; empty where a language lacks it, which a test rules out. */
export const t = (key: MessageKey, ...args: readonly string[]): string => byName(key, ...args);

/** As `t`, for families of messages whose names are made from codes; a test holds each family complete. */
export const byName = (key: string, ...args: readonly string[]): string =>
  browser.i18n.getMessage(key.replaceAll('-', '_'), [...args]);

/**
 * The message for a number, in the language's own plural forms as far as messages exist: `_one` or `_many`. The number
 * is `$1`.
 */
export const counted = (family: 'remarks' | 'committed' | 'proven_log', count: number): string =>
  t(
    new Intl.PluralRules(language()).select(count) === 'one' ? `${family}_one` : `${family}_many`,
    new Intl.NumberFormat(language()).format(count),
  );

// Marks the places of arguments in a message while it is cut up; no message contains it.
const MARK = '\u0001';

/** A message whose arguments are sentences themselves, such as names shown in bold. */
export function rich(key: MessageKey, ...args: readonly Sentence[]): Sentence {
  const marked = t(key, ...args.map((_, i) => `${MARK}${i}${MARK}`));
  return marked
    .split(MARK)
    .flatMap((piece, i) => (i % 2 === 0 ? [piece] : (args[Number(piece)] ?? [])))
    .filter((part) => part !== '');
}

/**
 * What a stranger may have written, in quotation marks and cut to 60 characters: enough for a name or a number, too
 * little for a speech.
 */
export const quoted = (words: string): Sentence => rich('quoted', [{ code: words.replace(/^(.{60}).+/su, '$1…') }]);

/** Names as a list in the language of the texts: "a, b and c". */
export const listed = (names: readonly Sentence[]): Sentence =>
  new Intl.ListFormat(language(), { type: 'conjunction' })
    .formatToParts(names.map((_, i) => String(i)))
    .flatMap(({ type, value }) => (type === 'element' ? (names[Number(value)] ?? []) : [value]));

/** A sentence without its marks: for titles, tests and screen readers. */
export const plain = (sentence: Sentence): string => sentence.map(partWords).join('');

function partWords(part: Part): string {
  if (typeof part === 'string') return part;
  if ('own' in part) return part.under + part.own + part.also;
  if ('name' in part) return part.name;
  return 'claimed' in part ? part.claimed : part.code;
}

/**
 * The language of the texts themselves: browsers speak more languages than there are texts, and dates and plurals must
 * fit the words around them.
 */
export const language = (): string => t('language');
