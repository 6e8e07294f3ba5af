// Is what the browser refuses to keep held, offered again, and bounded?

import { expect, it } from 'vitest';
import { openKeeper } from '../../../src/extension/keeper.ts';

/** An area that refuses what `refuses` says, and tells what it was given. */
function area(refuses: (items: Readonly<Record<string, unknown>>) => boolean) {
  const values = new Map<string, unknown>();
  return {
    values,
    get: async (key: string): Promise<Record<string, unknown>> => (values.has(key) ? { [key]: values.get(key) } : {}),
    set: async (items: Record<string, unknown>): Promise<void> => {
      if (refuses(items)) throw new Error('no room');
      for (const [key, value] of Object.entries(items)) values.set(key, value);
    },
    remove: async (keys: string[]): Promise<void> => keys.forEach((key) => values.delete(key)),
    getKeys: async (): Promise<string[]> => [...values.keys()],
  };
}

it('counts, and is written with whatever is kept next', async () => {
  let full = true;
  const { values, ...store } = area(() => full);
  const keeper = openKeeper(store);
  await keeper.keep({ a: 1 });
  await keeper.keep({ a: 2 });
  expect([await keeper.get('a'), await keeper.names(), [...values]]).toEqual([2, ['a'], []]);
  full = false;
  await keeper.keep({ b: 3 });
  expect([await keeper.get('a'), await keeper.names(), Object.fromEntries(values)]).toEqual([
    2,
    ['a', 'b'],
    { a: 2, b: 3 },
  ]);
});

it('keeps nothing else out', async () => {
  const { values, ...store } = area((items) => 'large' in items);
  const keeper = openKeeper(store);
  await keeper.keep({ large: 'x' });
  await keeper.keep({ small: 1 });
  expect([await keeper.get('large'), await keeper.names(), [...values]]).toEqual([
    'x',
    ['small', 'large'],
    [['small', 1]],
  ]);
});

it('is forgotten when it is to be, and the oldest where it would be too much', async () => {
  const { values: _values, ...store } = area(() => true);
  const keeper = openKeeper(store, 2);
  for (const key of ['a', 'b', 'c']) await keeper.keep({ [key]: key });
  expect(await keeper.names()).toEqual(['b', 'c']);
  await keeper.forget(['b']);
  expect([await keeper.get('b'), await keeper.names()]).toEqual([undefined, ['c']]);
});

it('is nothing where it cannot be read', async () => {
  const { values: _values, ...store } = area(() => false);
  expect(
    await openKeeper({
      ...store,
      get: async () => {
        throw new Error('broken');
      },
    }).get('a'),
  ).toBeUndefined();
});
