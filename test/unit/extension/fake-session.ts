// What do modules of the browser's side need to keep something for the session? A store with an end to its room.

import { vi } from 'vitest';
import { OpenTab } from '../../../src/extension/background/open-tab.ts';

type Values = Map<string, unknown>;

/** Session storage as the browsers offer it; `room` in characters of JSON. */
function sessionOver(values: Values, room: number) {
  const set = async (items: Readonly<Record<string, unknown>>): Promise<void> => {
    const after = new Map([...values, ...Object.entries(items)]);
    if (JSON.stringify([...after]).length > room) throw new Error('Session storage quota bytes exceeded');
    for (const [key, value] of Object.entries(items)) values.set(key, structuredClone(value));
  };
  const get = async (key: string | null): Promise<Record<string, unknown>> =>
    structuredClone(key === null ? Object.fromEntries(values) : values.has(key) ? { [key]: values.get(key) } : {});
  const remove = async (keys: string | readonly string[]): Promise<void> =>
    [keys].flat().forEach((key) => values.delete(key));
  const getKeys = async (): Promise<string[]> => [...values.keys()];
  return { get, getKeys, set, remove };
}

/** Puts such a browser in place, for modules imported after it. Returns what is kept. */
export function fakeSession(room = Infinity, more: object = {}, areas: object = {}): Values {
  const values: Values = new Map();
  vi.stubGlobal('browser', { storage: { session: sessionOver(values, room), ...areas }, ...more });
  vi.resetModules();
  return values;
}

/** A tab in its turn, for calls of which the order is the test's own. */
export const openTab = (tabId: number): Promise<OpenTab> => OpenTab.inTurn(tabId, async (tab) => tab);
