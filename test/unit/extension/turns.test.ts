// Do no more tasks run at once than may, nor more often, and does each have its turn?

import { expect, test } from 'vitest';
import { openPace, openTurns } from '../../../src/extension/background/turns.ts';

test('four at once, the others in the order in which they came, also past one that fails', async () => {
  const take = openTurns(4);
  const started: number[] = [];
  const ends = new Map<number, (fails: boolean) => void>();
  const waits: number[] = [];
  const tasks = Array.from({ length: 7 }, (_, at) =>
    take(
      async () => {
        started.push(at);
        await new Promise<void>((resolve, reject) => {
          ends.set(at, (fails) => (fails ? reject(new Error('failed')) : resolve()));
        });
        return at;
      },
      () => waits.push(at),
    ).catch(() => -1),
  );
  const settle = async (at: number, fails: boolean): Promise<void> => {
    ends.get(at)?.(fails);
    await tasks[at];
    await Promise.resolve();
  };
  await Promise.resolve();
  expect(started).toEqual([0, 1, 2, 3]);
  expect(waits).toEqual([4, 5, 6]);
  await settle(2, true);
  expect(started).toEqual([0, 1, 2, 3, 4]);
  await settle(0, false);
  await settle(4, false);
  expect(started).toEqual([0, 1, 2, 3, 4, 5, 6]);
  for (const at of [1, 3, 5, 6]) await settle(at, false);
  expect(await Promise.all(tasks)).toEqual([0, 1, -1, 3, 4, 5, 6]);
  expect(await take(async () => 'again')).toBe('again');
});

test('so many of one number in a while, and more when the first is past it', () => {
  const ask = openPace(3, 1000);
  expect([0, 10, 20, 30].map((now) => ask(7, now))).toEqual([null, null, null, 1000]);
  expect(ask(8, 30)).toBe(null);
  expect([999, 1000, 1001].map((now) => ask(7, now))).toEqual([1000, null, 1010]);
});

test('a clock set back refuses nobody', () => {
  const ask = openPace(1, 1000);
  expect([5000, 5001, 10].map((now) => ask(7, now))).toEqual([null, 6000, null]);
});
