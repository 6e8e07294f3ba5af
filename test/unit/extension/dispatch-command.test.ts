// Is a command carried out once, and its page told of what fails?

import { createHash } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { fakeSession } from './fake-session.ts';

// An id is all that is checked of a key.
const KEY = Uint8Array.of(1, 2, 3);
const LIST = JSON.stringify({
  operators: [
    {
      logs: [
        {
          log_id: createHash('sha256').update(KEY).digest('base64'),
          key: Buffer.from(KEY).toString('base64'),
          url: 'https://log.example/',
        },
      ],
    },
  ],
});

/** A background whose `storage.local` answers a write like this. */
async function background(set: () => Promise<void>) {
  const local = { set: vi.fn<() => Promise<void>>(set) };
  const values = fakeSession(Infinity, {}, { local });
  const { dispatchCommand } = await import('../../../src/extension/background/dispatch-command.ts');
  return { values, local, dispatchCommand };
}

const command = (text: string) => ({ kind: 'use-list', file: { name: 'list.json', text } });

it('is carried out once, however often it is told of meanwhile', async () => {
  const { local, values, dispatchCommand } = await background(async () => {});
  values.set('command:1', command(LIST));
  await Promise.all([dispatchCommand('command:1', command(LIST)), dispatchCommand('command:1', command(LIST))]);
  expect([local.set.mock.calls.length, [...values]]).toEqual([1, []]);
});

it('changes nothing where it is none, and goes', async () => {
  const { local, values, dispatchCommand } = await background(async () => {});
  values.set('command:1', command('no list')).set('command:2', { kind: 'other' }).set('tab:1', command(LIST));
  for (const [key, value] of values) await dispatchCommand(key, value);
  expect([local.set.mock.calls.length, [...values.keys()]]).toEqual([0, ['tab:1']]);
});

it('tells the page that waits what failed', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const { values, dispatchCommand } = await background(async () => {
    throw new Error('disk full');
  });
  await dispatchCommand('command:1', command(LIST));
  expect(values.get('command:1')).toEqual({ kind: 'failed', reason: 'disk full' });
});
