// Does a verdict count though it could not be written?

import { expect, it, vi } from 'vitest';
import { fakeSession, openTab } from './fake-session.ts';
import { record } from './fixtures.ts';

it('counts in this life of the background, and no longer than its page', async () => {
  const values = fakeSession(10);
  const { forgetRecord, readRecord, writeRecord } = await import('../../../src/extension/background/tab-record.ts');
  const tab = await openTab(1);
  await writeRecord(tab, record());
  expect([...values.keys()]).toEqual([]);
  expect(await readRecord(1)).toEqual(record());
  await forgetRecord(tab);
  expect(await readRecord(1)).toBeNull();
});

it('is not lost with bookkeeping that could not be written', async () => {
  fakeSession(10, { webRequest: {} });
  const { addressOf } = await import('../../../src/extension/background/private-hosts.ts');
  const { hasFailed, noteBeginning, noteFailure } = await import('../../../src/extension/background/error-page.ts');
  const { takeResponse } = await import('../../../src/extension/background/connection.ts');
  expect(await addressOf('nas.example', '192.168.1.9', 0)).toBe('192.168.1.9');
  // It counts although it could not be written.
  expect(await addressOf('nas.example', null, 0)).toBe('192.168.1.9');
  const tab = await openTab(1);
  await noteBeginning(tab, 'https://clinic.example/');
  await noteFailure(tab, 'https://clinic.example/', 'net::ERR_FAILED');
  expect(await hasFailed(tab, 'https://clinic.example/')).toBe(true);
  expect(await takeResponse(tab, 'https://clinic.example/', 0)).toBeNull();
});

it('is not lost with an alarm that was refused', async () => {
  const refuse = async (): Promise<never> => {
    throw new Error('refused');
  };
  vi.stubGlobal('browser', { alarms: { get: refuse, create: refuse, clear: refuse } });
  vi.resetModules();
  const { expectCheck, expectLogLists, expectNoCheck, expectRenewal } =
    await import('../../../src/extension/background/alarms.ts');
  await expectCheck(7, 0);
  await expectRenewal(60_000, 0);
  await expectNoCheck(7);
  await expectLogLists();
});
