// Messages of the inventory in `_locales`: texts, plural forms and lists, in the language of the texts.

import { browser } from './webext.ts';
import type messages from '../../public/_locales/en/messages.json';

/** The names of the messages, as English has them; a test holds other languages to it. */
export type MessageKey = keyof typeof messages;

/** Families of messages that differ by a number: `remarks_one`, `remarks_other`. A test holds each to have `_other`. */
export type PluralFamily = MessageKey extends infer Key
  ? Key extends `${infer Family}_other`
    ? Family
    : never
  : never;

/** The message in the browser's language; empty where a language lacks it, which a test rules out. */
export const t = (key: MessageKey, ...args: readonly string[]): string => byName(key, ...args);

/** As `t`, for families of messages whose names are made from codes; a test holds each family complete. */
export const byName = (key: string, ...args: readonly string[]): string =>
  browser.i18n.getMessage(key.replaceAll('-', '_'), [...args]);

/**
 * The language of the texts themselves: browsers speak more languages than there are texts, and dates and plurals must
 * fit the words around them.
 */
export const language = (): string => t('language');

export const numberWords = (count: number): string => new Intl.NumberFormat(language()).format(count);

/** The name of the message for a number: by the plural categories of the language (CLDR), where it has that form. */
export function pluralForm(family: PluralFamily, count: number): string {
  const form = `${family}_${new Intl.PluralRules(language()).select(count)}`;
  return byName(form) === '' ? `${family}_other` : form;
}

/** The message for a number. The number is the first argument of each form, used or not. */
export const counted = (family: PluralFamily, count: number, ...args: readonly string[]): string =>
  byName(pluralForm(family, count), numberWords(count), ...args);

/** "a, b and c"; as a `unit` "a, b, c", for facts that stand beside each other. */
export const listWords = (words: readonly string[], type: 'conjunction' | 'unit' = 'conjunction'): string =>
  new Intl.ListFormat(language(), { type }).format(words);
