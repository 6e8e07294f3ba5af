// Does a page that follows a tab hear of everything, whenever it happens?

import { expect, it, vi } from 'vitest';
import { record } from './fixtures.ts';

type Listener = (changes: Readonly<Record<string, { readonly newValue?: unknown }>>, area: string) => void;

/** Session storage that lets something happen while it is read. */
function storageWith(value: unknown, meanwhile: (change: Listener) => void) {
  const listeners = new Set<Listener>();
  const change: Listener = (changes, area) => listeners.forEach((listener) => listener(changes, area));
  const get = async (key: string): Promise<Record<string, unknown>> => {
    meanwhile(change);
    return { [key]: value };
  };
  const onChanged = { addListener: (listener: Listener) => listeners.add(listener) };
  return { browser: { storage: { session: { get }, onChanged } }, change };
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
