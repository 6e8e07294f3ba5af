// Does what a page asks reach the background whole, and the page hear what became of it?

import { anything, assert, property } from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { isCommandKey, parseCommand } from '../../../src/extension/commands.ts';

type Changes = Readonly<Record<string, { readonly newValue?: unknown }>>;
type Listener = (changes: Changes, area: string) => void;

/** Session storage that tells of its changes, over one local list file. */
function session(set: (change: (changes: Changes) => void) => void = () => {}, file?: unknown) {
  const listeners = new Set<Listener>();
  const values = new Map<string, unknown>();
  const change = (changes: Changes): void => [...listeners].forEach((listener) => listener(changes, 'session'));
  const write = async (items: Readonly<Record<string, unknown>>): Promise<void> => {
    for (const [key, newValue] of Object.entries(items)) {
      values.set(key, newValue);
      change({ [key]: { newValue } });
    }
    set(change);
  };
  const remove = async (key: string): Promise<void> => {
    values.delete(key);
    change({ [key]: {} });
  };
  vi.stubGlobal('browser', {
    storage: {
      session: { set: write, remove, getKeys: async () => [...values.keys()] },
      local: { get: async () => ({ 'log-list-file': file }) },
      onChanged: {
        addListener: (listener: Listener) => listeners.add(listener),
        removeListener: (listener: Listener) => listeners.delete(listener),
      },
    },
  });
  vi.resetModules();
  return { values, listeners, change };
}

const open = () => import('../../../src/extension/commands.ts');

/** The one command that waits, and its key. */
const waiting = (values: ReadonlyMap<string, unknown>): readonly [string, unknown] => [...values][0] ?? ['', null];

describe('a command', () => {
  const file = { name: 'list.json', text: '{}' };
  it.each([
    { kind: 'check', tabId: 7, at: 5 },
    { kind: 'resume', tabId: 7 },
    { kind: 'wipe' },
    { kind: 'use-list', file },
  ])('is read as it was given: $kind', (command) => {
    expect(parseCommand({ ...command, more: 1 })).toEqual(command);
  });

  it.each([
    { kind: 'check', tabId: 7 },
    { kind: 'check', tabId: '7', at: 5 },
    { kind: 'resume', tabId: 7.5 },
    { kind: 'use-list', file: { name: 'list.json' } },
    { kind: 'failed', reason: 'full' },
    {},
    null,
    'wipe',
  ])('is nothing else: %j', (value) => {
    expect(parseCommand(value)).toBeNull();
  });

  it('never comes of anything that happens to be stored', () => {
    assert(property(anything(), (value) => parseCommand(value) === null));
  });
});

describe('a page', () => {
  it('waits until its own command has been carried out, and for no other', async () => {
    const { values, listeners, change } = session();
    const { resumeCheck, settleCommand } = await open();
    let settled = false;
    const sent = resumeCheck(7).finally(() => {
      settled = true;
    });
    const [key, command] = waiting(values);
    expect([isCommandKey(key), command]).toEqual([true, { kind: 'resume', tabId: 7 }]);
    change({ 'command:another': {} });
    change({ [key]: { newValue: command } });
    await Promise.resolve();
    expect(settled).toBe(false);
    await settleCommand(key);
    await sent;
    expect(listeners.size).toBe(0);
  });

  it('hears why a command failed, which is then kept no longer', async () => {
    const { values, listeners } = session();
    const { requestWipe, settleCommand } = await open();
    const sent = requestWipe();
    const [key] = waiting(values);
    await settleCommand(key, new Error('no room'));
    await expect(sent).rejects.toThrow('no room');
    expect([values.size, listeners.size]).toEqual([0, 0]);
  });

  it('hears where its command cannot be kept', async () => {
    const { listeners } = session(() => {
      throw new Error('full');
    });
    const { requestCheck } = await open();
    await expect(requestCheck(7)).rejects.toThrow('full');
    expect(listeners.size).toBe(0);
  });

  it.each([
    [{ name: 'list.json', text: '{}' }, true],
    [undefined, false],
  ])('learns whether its list was taken: %j', async (kept, taken) => {
    const { values } = session(() => {}, kept);
    const { settleCommand, useListFile } = await open();
    const sent = useListFile({ name: 'list.json', text: '{}' });
    await settleCommand(waiting(values)[0]);
    expect(await sent).toBe(taken);
  });
});
