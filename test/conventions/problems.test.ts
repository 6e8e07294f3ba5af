// Does every problem code arise somewhere, in a test too, and has it a sentence in every language?

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PROBLEMS } from '../../src/problem.ts';
import { filesBelow, sources } from './source.ts';

const CODES = Object.keys(PROBLEMS);
const emitting = sources
  .filter(({ path }) => !path.startsWith('problem') && !path.startsWith('pages/'))
  .map(({ text }) => text)
  .join('\n');
const testing = filesBelow('test/unit', /\.test\.tsx?$/)
  .map(({ text }) => text)
  .join('\n');
const LOCALES = readdirSync('public/_locales');

const sentenceOf = (messages: unknown, code: string): unknown => {
  const entry: unknown = new Map(Object.entries(Object(messages))).get(`problem_${code.replaceAll('-', '_')}`);
  return new Map(Object.entries(Object(entry))).get('message');
};
const isSentence = (text: unknown): boolean => typeof text === 'string' && /\S/.test(text);
const messagesOf = (locale: string): unknown =>
  JSON.parse(readFileSync(`public/_locales/${locale}/messages.json`, 'utf8'));

test.each(CODES)('%s is told of by some rule', (code) => {
  expect(new RegExp(`['"]${code}['"]`).test(emitting)).toBe(true);
});

test.each(CODES)('%s occurs in a test', (code) => {
  expect(new RegExp(`(?<![\\w-])${code}(?![\\w-])`).test(testing)).toBe(true);
});

test('there is a language at least', () => {
  expect(LOCALES).toContain('en');
});

test.each(LOCALES)('the texts in %s have a sentence for every code, and none for codes that are no more', (locale) => {
  const messages = messagesOf(locale);
  expect(CODES.filter((code) => !isSentence(sentenceOf(messages, code)))).toEqual([]);
  const known = new Set(CODES.map((code) => `problem_${code.replaceAll('-', '_')}`));
  expect(Object.keys(Object(messages)).filter((name) => name.startsWith('problem_') && !known.has(name))).toEqual([]);
});

test.each(LOCALES)('the texts in %s are those of English, no more and no less', (locale) => {
  expect(Object.keys(Object(messagesOf(locale))).toSorted()).toEqual(Object.keys(Object(messagesOf('en'))).toSorted());
});

/** Advice to whoever visits, which no issuer can mend. */
const FOR_VISITORS = new Set(['clock-suspect']);

test.each(LOCALES)(
  'the texts in %s say of every advice how an issuer could mend it, and of nothing unknown',
  (locale) => {
    const texts = Object.keys(Object(messagesOf(locale)));
    const nameOf = (code: string): string => `mend_${code.replaceAll('-', '_')}`;
    const advice = Object.entries(PROBLEMS).filter(
      ([code, severity]) => severity === 'advice' && !FOR_VISITORS.has(code),
    );
    expect(advice.map(([code]) => nameOf(code)).filter((name) => !texts.includes(name))).toEqual([]);
    const known = new Set(CODES.map((code) => nameOf(code)));
    expect(texts.filter((name) => name.startsWith('mend_') && !known.has(name))).toEqual([]);
  },
);
