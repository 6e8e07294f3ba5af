// Do records that are much to read leave others their turn?

import { expect, test } from 'vitest';
import { readRecords } from '../../../src/emblem/read-records.ts';

const records = (count: number, size: number) =>
  Array.from(
    { length: count },
    (_, at) => ({ generation: 'cwt', owner: 'clinic.example', data: new Uint8Array(size).fill(at) }) as const,
  );

async function pausesFor(count: number, size: number): Promise<number> {
  let pauses = 0;
  const { read } = await readRecords(records(count, size), 'clinic.example', async () => {
    pauses += 1;
  });
  expect(read).toHaveLength(count);
  return pauses;
}

test('there is a pause before each record that would make a piece too long', async () => {
  expect(await pausesFor(5, 65_000)).toBe(4);
  expect(await pausesFor(100, 1024)).toBe(6);
  expect(await pausesFor(200, 80)).toBe(12);
});

test('there is none for what sites usually have', async () => {
  expect(await pausesFor(8, 600)).toBe(0);
});
