// Does a check give its answer where nothing can be kept, and keep what it then can?

import { expect, it, vi } from 'vitest';
import { publicSuffixes } from '../../../src/cli/public-suffixes.ts';
import { createLab } from '../../lab/lab.ts';

const HOST = 'clinic.relief.example';

/** An area of storage that takes values while `takes` says so. */
function area(values: Map<string, unknown>, takes: () => boolean) {
  return {
    get: async (key: string) => (values.has(key) ? { [key]: values.get(key) } : {}),
    set: async (items: Readonly<Record<string, unknown>>) => {
      if (!takes()) throw new Error('no room');
      for (const [key, value] of Object.entries(items)) values.set(key, value);
    },
    getKeys: async () => [...values.keys()],
    remove: async (keys: readonly string[]) => keys.forEach((key) => values.delete(key)),
  };
}

it('the verdict is the same, the second check is made from what is held, and it is written once there is room', async () => {
  const lab = await createLab();
  const kept = new Map<string, unknown>();
  let hasRoom = false;
  vi.stubGlobal('browser', {
    storage: { session: area(kept, () => hasRoom), local: area(kept, () => hasRoom) },
    permissions: { contains: async () => true, getAll: async () => ({ permissions: [], origins: [] }) },
    publicSuffix: {
      isKnownSuffix: (name: string) => publicSuffixes.isPublicSuffix(name),
      getDomain: (name: string) => publicSuffixes.registrableDomain(name),
    },
  });
  vi.stubGlobal('fetch', lab.fetch);
  vi.resetModules();
  const { runCheck } = await import('../../../src/extension/background/run-check.ts');
  const checked = () =>
    runCheck(
      { host: HOST, address: null, page: 'https' },
      { fresh: false, keptOnly: false },
      new AbortController().signal,
      () => {},
    );
  expect(await checked()).toMatchObject({ status: 'marked', strength: 'endorsed' });
  expect([...kept]).toEqual([]);
  const asked = lab.requests.length;
  expect(asked).toBeGreaterThan(0);
  expect(await checked()).toMatchObject({ status: 'marked', strength: 'endorsed', requests: [] });
  expect(lab.requests).toHaveLength(asked);
  hasRoom = true;
  expect(
    await runCheck(
      { host: 'shelter.example', address: null, page: 'https' },
      { fresh: false, keptOnly: false },
      new AbortController().signal,
      () => {},
    ),
  ).toMatchObject({ status: 'marked' });
  expect(JSON.stringify([...kept])).toContain(HOST);
});
