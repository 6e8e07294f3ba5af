// Sentences made of texts of the inventory, with names set apart from the words around them.

import {
  byName,
  language,
  type MessageKey,
  numberWords,
  type PluralFamily,
  pluralForm,
} from '../../extension/messages.ts';

export { byName, counted, language, listWords, type MessageKey, numberWords, t } from '../../extension/messages.ts';

/** An organisation that is proven: what stands before its registrable part, and that part itself. */
export interface Proven {
  readonly under: string;
  readonly own: string;
}

/**
 * A piece of a sentence: plain words, words of ours that stand out, a name to be shown in full and plainly, one that
 * is only claimed or another form of a name, a key's identifier, or what a stranger wrote.
 */
export type Part =
  | string
  | Proven
  | { readonly strong: string }
  | { readonly name: string }
  | { readonly claimed: string }
  | { readonly key: string }
  | { readonly code: string };
export type Sentence = readonly Part[];

// Marks the places of arguments in a message while it is cut up; no message contains it.
const MARK = '\u0001';

function richByName(key: string, args: readonly Sentence[]): Sentence {
  const marked = byName(key, ...args.map((_, i) => `${MARK}${i}${MARK}`));
  return marked
    .split(MARK)
    .flatMap((piece, i) => (i % 2 === 0 ? [piece] : (args[Number(piece)] ?? [])))
    .filter((part) => part !== '');
}

/** A message whose arguments are sentences themselves, such as names shown in bold. */
export const rich = (key: MessageKey, ...args: readonly Sentence[]): Sentence => richByName(key, args);

/** As `rich`, for a number, which is the first argument of each form. */
export const richCounted = (family: PluralFamily, count: number, ...args: readonly Sentence[]): Sentence =>
  richByName(pluralForm(family, count), [[numberWords(count)], ...args]);

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

/** Several sentences as running text. */
export const running = (sentences: readonly Sentence[]): Sentence =>
  sentences.length === 0 ? [] : sentences.reduce((text, next) => rich('running_text', text, next));

/** A sentence without its marks: for titles, tests and screen readers. */
export const plain = (sentence: Sentence): string => sentence.map(partWords).join('');

function partWords(part: Part): string {
  if (typeof part === 'string') return part;
  if ('own' in part) return part.under + part.own;
  if ('strong' in part) return part.strong;
  if ('name' in part) return part.name;
  if ('claimed' in part) return part.claimed;
  return 'key' in part ? part.key : part.code;
}
