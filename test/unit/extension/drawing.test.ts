// Does the toolbar bear no error for a tab that has gone, and does one of ours cost nothing?

import { afterEach, expect, it, vi } from 'vitest';
import { MESSAGES } from '../../gallery/fake-browser.ts';
import { record } from './fixtures.ts';

/** A browser whose toolbar takes nothing; whether the tab is there, and what its errors were looked at by. */
async function drawIn(tab: 'there' | 'gone') {
  const looked = vi.fn(() => ({ message: 'No tab with id: 7.' }));
  const refuse = async (): Promise<never> => {
    throw new Error('No tab with id: 7.');
  };
  const fake = {
    i18n: { getMessage: (key: string) => MESSAGES.get(key) ?? '' },
    tabs: { get: async () => (tab === 'there' ? {} : refuse()) },
    action: {
      setBadgeText: refuse,
      setBadgeBackgroundColor: refuse,
      setTitle: refuse,
      setIcon: (_details: unknown, done: () => void) => {
        queueMicrotask(done);
      },
    },
    runtime: {
      get lastError() {
        return looked();
      },
    },
  };
  vi.stubGlobal('browser', fake);
  vi.stubGlobal('chrome', fake);
  vi.resetModules();
  const told = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { draw } = await import('../../../src/extension/background/toolbar.ts');
  await draw(7, record());
  return { looked, told };
}

afterEach(() => {
  vi.restoreAllMocks();
});

it('looks at the error that Chrome would log for a tab that has gone, and says nothing', async () => {
  const { looked, told } = await drawIn('gone');
  expect(looked).toHaveBeenCalled();
  expect(told).not.toHaveBeenCalled();
});

it('tells of an error for a tab that is there, and loses no verdict by it', async () => {
  const { told } = await drawIn('there');
  expect(told).toHaveBeenCalledOnce();
});
