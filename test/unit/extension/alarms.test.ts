// Is each verdict looked at again when it ends, with one alarm for all tabs?

import { expect, it, vi } from 'vitest';

const kept = new Map<string, { readonly name: string; readonly scheduledTime: number }>();
const later = async (): Promise<void> => {
  for (let i = 0; i < 3; i += 1) await Promise.resolve();
};
vi.stubGlobal('browser', {
  alarms: {
    get: async (name: string) => {
      await later();
      return kept.get(name);
    },
    getAll: async () => [...kept.values()],
    create: async (name: string, { when }: { readonly when: number }) => {
      await later();
      kept.set(name, { name, scheduledTime: when });
    },
    clear: async (name: string) => kept.delete(name),
  },
});
const { expectCheck, expectNoCheck, expectRenewal, unfinished } =
  await import('../../../src/extension/background/alarms.ts');

const NOW = 1_000_000;

it('sets one alarm for all verdicts, at the end of the one that ends first, in whatever order they come', async () => {
  await Promise.all([
    expectRenewal(NOW + 600_000, NOW),
    expectRenewal(NOW + 300_000, NOW),
    expectRenewal(NOW + 900_000, NOW),
  ]);
  expect([...kept.values()]).toEqual([{ name: 'renew', scheduledTime: NOW + 300_000 }]);
});

it('never sets an alarm sooner than browsers keep to', async () => {
  kept.clear();
  await expectRenewal(NOW - 5, NOW);
  expect(kept.get('renew')?.scheduledTime).toBe(NOW + 30_000);
});

it('looks at an unfinished check again, until it has ended', async () => {
  kept.clear();
  await expectCheck(7, NOW);
  expect(kept.get('check:7')?.scheduledTime).toBe(NOW + 30_000);
  expect(await unfinished()).toEqual([7]);
  await expectNoCheck(7);
  expect(await unfinished()).toEqual([]);
});
