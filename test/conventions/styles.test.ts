// Do pages read as well from right to left? Styles name no side of the page, only start and end.

import { expect, test } from 'vitest';
import { filesBelow } from './source.ts';

const SIDES = /(?:^|[\s;{-])(?:left|right)\b(?!-to-)/;
/** Shorthands that go round the box, and what differs between their sides. */
const ROUND = /\b(?:padding|margin|border-width|border-radius|inset): ([^;]+);/g;

const isSided = (value: string): boolean => {
  const [, right, , left] = value.trim().split(/\s+/);
  return left !== undefined && right !== left;
};

const sidedIn = (text: string): readonly string[] => [
  ...text.split('\n').filter((line) => SIDES.test(line.replace(/\/\*.*?\*\//g, ''))),
  ...[...text.matchAll(ROUND)].flatMap(([whole, value = '']) => (isSided(value) ? [whole] : [])),
];

test.each(filesBelow('src/pages', /\.css$/).map(({ path, text }) => [path, text] as const))(
  '%s names no side',
  (_path, text) => {
    expect(sidedIn(text)).toEqual([]);
  },
);

test('a side is found however it is written', () => {
  const sided = ['left: 0;', 'margin-right: 2px;', 'text-align: right;', 'padding: 0 1px 2px 3px;'];
  expect(sided.filter((line) => sidedIn(line).length === 0)).toEqual([]);
  expect(sidedIn('padding: 0 1px 2px;\npadding-inline: 3px 1px;\nmargin: 1px 2px 3px 2px;')).toEqual([]);
});
