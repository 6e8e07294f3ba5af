// Can the texts be translated? Each message is described, its places have names, plurals have forms, and the code glues
// nothing together.

import { readdirSync, readFileSync } from 'node:fs';
import { parseSync } from 'vite';
import { expect, test } from 'vitest';
import type { Message } from '../gallery/fake-browser.ts';
import { type SourceFile, sources } from './source.ts';

const PLURAL = /_(zero|one|two|few|many|other)$/;
const LOCALES = readdirSync('public/_locales');
const inventory = (locale: string): readonly (readonly [string, Message])[] => {
  const messages: Readonly<Record<string, Message>> = JSON.parse(
    readFileSync(`public/_locales/${locale}/messages.json`, 'utf8'),
  );
  return Object.entries(messages);
};
const english = inventory('en');
const named = ({ message }: Message): readonly string[] =>
  [...message.matchAll(/\$(\w+)\$/g)].map(([, name = '']) => name);

test('every message is described for those who translate it', () => {
  expect(english.filter(([, { description }]) => !/^\p{L}.{9,}\.$/su.test(description ?? ''))).toEqual([]);
});

test.each(LOCALES)('every place of an argument in %s has a name, and every name is used', (locale) => {
  for (const [key, message] of inventory(locale)) {
    expect(message.message, key).not.toMatch(/\$\d/);
    const places = Object.keys(message.placeholders ?? {});
    expect([...new Set(named(message))].toSorted(), key).toEqual(places.map((name) => name.toUpperCase()).toSorted());
  }
});

test('every place has an example, and two never the same argument', () => {
  for (const [key, { placeholders = {} }] of english) {
    const contents = Object.values(placeholders).map(({ content }) => content);
    expect(
      contents.filter((content) => !/^\$[1-9]$/.test(content)),
      key,
    ).toEqual([]);
    expect(new Set(contents).size, key).toBe(contents.length);
    expect(
      Object.values(placeholders).filter(({ example }) => !/\S/.test(example ?? '')),
      key,
    ).toEqual([]);
  }
});

test('places of one name have the same example everywhere', () => {
  const examples = new Map<string, Set<string>>();
  for (const [, { placeholders = {} }] of english)
    for (const [name, { example = '' }] of Object.entries(placeholders))
      examples.set(name, (examples.get(name) ?? new Set()).add(example));
  expect([...examples].filter(([, all]) => all.size > 1)).toEqual([]);
});

test.each(LOCALES)('every family of plural forms in %s has the one for all other numbers', (locale) => {
  const keys = new Set(inventory(locale).map(([key]) => key));
  const counted = [...keys].filter((key) => keys.has(`${key.replace(PLURAL, '')}_other`));
  expect(counted.length).toBeGreaterThan(0);
  const stray = [...keys].filter((key) => /_(zero|two|few|many)$/.test(key) && !counted.includes(key));
  expect(stray).toEqual([]);
});

test.each(LOCALES)('the plural forms in %s are those that its language has', (locale) => {
  const messages = new Map(inventory(locale));
  const categories: readonly string[] = new Intl.PluralRules(messages.get('language')?.message).resolvedOptions()
    .pluralCategories;
  const families = [...messages.keys()].filter((key) => key.endsWith('_other')).map((key) => key.replace(PLURAL, ''));
  const missing = families.flatMap((family) =>
    categories.map((category) => `${family}_${category}`).filter((key) => !messages.has(key)),
  );
  expect(missing).toEqual([]);
});

/** Functions that give words of the inventory. */
const WORDS = /^(t|byName|counted|rich|richCounted|quoted|listed|listWords|running|plain|say|\w+Words)$/;
/** What only stands between words; ends of lines, and the dots of host names, do not. */
const GLUE = /^[\s,;:·()]+$|^\.$/;

/** Where a file glues words together, as pieces of its code. */
function gluedIn({ path, text }: SourceFile): readonly string[] {
  const found: string[] = [];
  const member = (node: unknown, name: string): unknown =>
    typeof node === 'object' && node !== null ? new Map<string, unknown>(Object.entries(node)).get(name) : undefined;
  const typeOf = (node: unknown): unknown => member(node, 'type');
  const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  const gives = (node: unknown): boolean =>
    (typeOf(node) === 'CallExpression' && WORDS.test(String(member(member(node, 'callee'), 'name')))) ||
    (typeOf(node) === 'SpreadElement' && gives(member(node, 'argument'))) ||
    (typeOf(node) === 'ConditionalExpression' &&
      (gives(member(node, 'consequent')) || gives(member(node, 'alternate'))));
  const isGlue = (node: unknown): boolean =>
    typeOf(node) === 'Literal' && typeof member(node, 'value') === 'string' && GLUE.test(String(member(node, 'value')));
  const isGlued = (node: unknown): boolean => {
    switch (typeOf(node)) {
      case 'TemplateLiteral':
        return list(member(node, 'expressions')).some(gives);
      case 'BinaryExpression':
        return member(node, 'operator') === '+' && (gives(member(node, 'left')) || gives(member(node, 'right')));
      case 'ArrayExpression':
        return list(member(node, 'elements')).some(isGlue);
      case 'CallExpression':
        return (
          member(member(member(node, 'callee'), 'property'), 'name') === 'join' &&
          list(member(node, 'arguments')).some(
            (joint) => isGlue(joint) && !/^[\n.]$/.test(String(member(joint, 'value'))),
          )
        );
      case 'JSXText':
        // What JSX leaves of it: text, or blanks on one line.
        return !/^\s*\n\s*$/.test(String(member(node, 'value')));
      case 'JSXExpressionContainer':
        return isGlue(member(node, 'expression'));
      default:
        return false;
    }
  };
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if (isGlued(node)) found.push(text.slice(Number(member(node, 'start')), Number(member(node, 'end'))));
    for (const value of Object.values(node)) visit(value);
  };
  visit(parseSync(path, text).program);
  return found;
}

const worded = sources.filter(({ path }) => /^(pages|extension)\//.test(path));

/** The numbers of record types, in a field for them. */
const NO_WORDS = new Set(["settings.ihleTypes.join(' ')"]);

test.each(worded.map((file) => [file.path, file] as const))('%s glues no words together', (_path, file) => {
  expect(gluedIn(file).filter((code) => !NO_WORDS.has(code))).toEqual([]);
});

test.each([
  "`${t('a')}: ${name}`",
  "t('a') + '.'",
  "[...rich('a'), ', ', name]",
  "[name, ' ', t('a')]",
  "words.join(' · ')",
  "words.join('; ')",
  "<p>{t('a')}: {name}</p>",
  "<p>{t('a')} {name}</p>",
  "<p>{t('a')}{' '}{name}</p>",
  "`${ok ? t('a') : t('b')}.`",
])('%s is seen as glued', (code) => {
  expect(gluedIn({ path: 'a.tsx', text: `export const x = ${code};` })).not.toEqual([]);
});

test.each(["labels.join('.')", '`${t}-${id}`', "rich('a', [name])", "<p>\n  {t('a')}\n</p>"])('%s is not', (code) => {
  expect(gluedIn({ path: 'a.tsx', text: `export const x = ${code};` })).toEqual([]);
});
