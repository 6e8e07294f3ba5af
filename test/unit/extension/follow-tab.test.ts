// Does a page that follows a tab hear of everything, whenever it happens?

import { expect, it, vi } from 'vitest';
import { record } from './fixtures.ts';

type Listener = (changes: Readonly<Record<string, { readonly newValue?: unknown }>>, area: string) => void;

/** Session storage that lets something happen while it is read, and when it is written. */
function storageWith(
  value: unknown,
  meanwhile: (change: Listener) => void,
  written: (change: Listener) => void = () => {},
) {
  const listeners = new Set<Listener>();
  const change: Listener = (changes, area) => listeners.forEach((listener) => listener(changes, area));
  const get = async (key: string): Promise<Record<string, unknown>> => {
    meanwhile(change);
    return { [key]: value };
  };
  const onChanged = {
    addListener: (listener: Listener) => listeners.add(listener),
    removeListener: (listener: Listener) => listeners.delete(listener),
  };
  return { browser: { storage: { session: { get, set: async () => written(change) }, onChanged } }, change };
}

async function followed(value: unknown, meanwhile: (change: Listener) => void) {
  const { browser, change } = storageWith(value, meanwhile);
  vi.stubGlobal('browser', browser);
  vi.resetModules();
  const { followTab } = await import('../../../src/extension/tab-store.ts');
  const told: unknown[] = [];
  await followTab(7, (state) => {
    told.push(state);
  });
  return { told, change };
}

const done = record();
const checking = record({ phase: 'checking', report: null });

it('tells what is known, then each change of this tab', async () => {
  const { told, change } = await followed(checking, () => {});
  change({ 'tab:7': { newValue: done } }, 'session');
  change({ 'tab:8': { newValue: checking } }, 'session');
  change({ 'tab:7': { newValue: checking } }, 'local');
  change({ 'tab:7': {} }, 'session');
  expect(told).toEqual([checking, done, null]);
});

it('tells that nothing is known, and of nothing that is no state', async () => {
  const { told, change } = await followed(undefined, () => {});
  change({ 'tab:7': { newValue: { phase: 'done' } } }, 'session');
  expect(told).toEqual([null, null]);
});

it('loses no change that comes while it reads, nor goes back behind it', async () => {
  const { told } = await followed(checking, (change) => {
    change({ 'tab:7': { newValue: done } }, 'session');
  });
  expect(told).toEqual([done]);
});

/** What is told to a popup over a tab nobody has looked at yet, up to the moment it knows that the background has. */
async function resumed(background: (change: Listener) => void): Promise<readonly unknown[]> {
  vi.stubGlobal('browser', storageWith(undefined, () => {}, background).browser);
  vi.resetModules();
  const { followTab, resumeCheck } = await import('../../../src/extension/tab-store.ts');
  const told: unknown[] = [];
  await followTab(7, (state) => {
    told.push(state);
  });
  await resumeCheck(7);
  return told;
}

it('is answered at once that there is nothing', async () => {
  expect(await resumed((change) => change({ 'ask:7': {} }, 'session'))).toEqual([null]);
});

it('hears of what the background finds before it is answered, and not by the answer to another', async () => {
  expect(
    await resumed((change) => {
      change({ 'ask:8': {} }, 'session');
      change({ 'ask:7': { newValue: {} } }, 'session');
      change({ 'tab:7': { newValue: checking } }, 'session');
      change({ 'ask:7': {} }, 'session');
    }),
  ).toEqual([null, checking]);
});
