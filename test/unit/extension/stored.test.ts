// Does what is read from storage become exactly what it should be, whatever lies there?

import { anything, assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueOf } from '../../../src/extension/background/alarms.ts';
import { originPattern } from '../../../src/extension/permissions.ts';
import { DEFAULTS, parseAddress, parseSettings } from '../../../src/extension/settings.ts';
import { OpenTab } from '../../../src/extension/background/open-tab.ts';
import { parseRecord } from '../../../src/extension/background/tab-record.ts';
import { isTabState, tabKey, tabOfKey } from '../../../src/extension/tab-store.ts';
import { visitedPage } from '../../../src/extension/background/arrival.ts';
import { record } from './fixtures.ts';

describe('settings', () => {
  it('fall back to the defaults, member by member', () => {
    expect(parseSettings(undefined)).toEqual(DEFAULTS);
    expect(parseSettings({ resolver: 7, automatic: 'yes', logLists: 'x', more: 1 })).toEqual(DEFAULTS);
    expect(parseSettings({ automatic: true, resolver: 'ftp://a.example/' })).toEqual({ ...DEFAULTS, automatic: true });
    expect(parseSettings({ logLists: ['https://lists.example/a.json', 'http://b.example/', null] }).logLists).toEqual([
      'https://lists.example/a.json',
    ]);
    expect(parseSettings({ logLists: [] }).logLists).toEqual(DEFAULTS.logLists);
    expect(DEFAULTS.ihleTypes).toEqual([65297]);
    expect(parseSettings({ ihleTypes: [65300, 65300, 0, 16, 70_000, 1.5, '65400'] }).ihleTypes).toEqual([65300]);
    expect(parseSettings({ ihleTypes: [] }).ihleTypes).toEqual([]);
    for (const damaged of [[0], ['65400'], '65400', 65400, null])
      expect(parseSettings({ ihleTypes: damaged }).ihleTypes).toEqual(DEFAULTS.ihleTypes);
  });

  it('are of the right shape whatever is stored, and stay as they are when read again', () => {
    assert(
      property(anything(), (stored) => {
        const settings = parseSettings(stored);
        expect(parseSettings(structuredClone(settings))).toEqual(settings);
      }),
    );
  });

  it.each(['http://a.example/', 'https://u:p@a.example/', 'https://a.example/#x', 'a.example', '', 7, null])(
    'refuse the address %j',
    (address) => {
      expect(parseAddress(address)).toBeNull();
    },
  );
});

describe('a tab’s record', () => {
  it('is read as it was written', () => {
    expect(parseRecord(structuredClone(record()))).toEqual(record());
  });

  it.each([
    ['stamp', undefined],
    ['host', 1],
    ['page', 'ftp'],
    ['phase', 'over'],
    ['report', 'x'],
    ['report', null],
  ])('is nothing where %s is %j', (name, value) => {
    expect(isTabState({ ...record(), [name]: value })).toBe(false);
  });

  it('loses what it cannot use', () => {
    expect(parseRecord({ ...record(), address: 7, document: 7, url: {}, committedAt: 'x' })).toEqual({
      ...record(),
      address: null,
      url: null,
      committedAt: 0,
    });
  });

  it('changes in the order of the events, whatever each takes', async () => {
    const order: string[] = [];
    const slow = OpenTab.inTurn(1, async () => {
      await Promise.resolve().then(() => order.push('slow'));
      throw new Error('and even if it fails');
    });
    const quick = OpenTab.inTurn(1, async () => order.push('quick'));
    await expect(slow).rejects.toThrow('fails');
    await quick;
    expect(order).toEqual(['slow', 'quick']);
  });
});

describe('names', () => {
  it('of keys lead back to the tab', () => {
    expect(tabOfKey(tabKey(12))).toBe(12);
    expect([tabOfKey('tab:x'), tabOfKey('kept:tab:1')]).toEqual([null, null]);
  });

  it('of alarms say what is due', () => {
    expect([dueOf('check:5'), dueOf('renew'), dueOf('log-lists'), dueOf('check:'), dueOf('other')]).toEqual([
      { kind: 'check', tabId: 5 },
      { kind: 'renew' },
      { kind: 'log-lists' },
      null,
      null,
    ]);
  });

  it('of pages are those of sites only', () => {
    expect(visitedPage('https://Clinic.example:8443/a?b')).toEqual({ host: 'clinic.example', page: 'https' });
    expect(visitedPage('http://bücher.example/')).toEqual({ host: 'xn--bcher-kva.example', page: 'http' });
    for (const url of [
      'about:blank',
      'chrome://newtab/',
      'chrome-extension://abc/popup.html',
      'moz-extension://abc/',
      'file:///a',
      'data:text/html,x',
      'view-source:https://a.example/',
      'blob:https://a.example/x',
      '',
    ])
      expect(visitedPage(url), url).toBeNull();
  });

  it('of origins bear no port and no path', () => {
    expect(originPattern('https://dns.example:8443/dns-query?x')).toBe('https://dns.example/*');
  });
});
