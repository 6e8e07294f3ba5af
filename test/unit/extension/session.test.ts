// What is kept for the session, what gives way where room is short, and what is remembered of a tab or a host?

import { describe, expect, it, vi } from 'vitest';
import { fakeSession, openTab } from './fake-session.ts';
import { NOW, record, report } from './fixtures.ts';

describe('where room is short', () => {
  const long = report({
    tokens: Array.from({ length: 40 }, (_, n) => ({
      record: n,
      kind: 'key' as const,
      kid: null,
      issuer: null,
      outcome: 'unrelated' as const,
    })),
  });

  it('answers kept for speed go first', async () => {
    const values = fakeSession(2000);
    const { writeRecord } = await import('../../../src/extension/background/tab-record.ts');
    values.set('kept:answers', 'x'.repeat(1500));
    values.set('tab:2', record());
    await writeRecord(await openTab(1), record());
    expect([...values]).toEqual([
      ['tab:2', record()],
      ['tab:1', record()],
    ]);
  });

  it('then the reports of other tabs in their turns, which are made anew', async () => {
    const values = fakeSession(JSON.stringify(long).length + 1500);
    const { writeRecord } = await import('../../../src/extension/background/tab-record.ts');
    const { OpenTab } = await import('../../../src/extension/background/open-tab.ts');
    const checking = record({ phase: 'checking', report: null });
    values.set('tab:2', record({ report: long })).set('tab:3', checking);
    let release = (): void => {};
    const busy = OpenTab.inTurn(
      2,
      () =>
        new Promise<void>((resolve) => {
          release = resolve;
        }),
    );
    await writeRecord(await openTab(1), record({ report: long }));
    expect(values.get('tab:2')).toEqual(record({ report: long }));
    release();
    await busy;
    await vi.waitFor(() => expect(values.has('tab:1')).toBe(true));
    expect(Object.fromEntries(values)).toEqual({
      'tab:1': record({ report: long }),
      'tab:2': record({ phase: 'idle', report: null }),
      'tab:3': checking,
    });
  });

  it('then what is not needed to tell the verdict; and it says so', async () => {
    const names = Array.from({ length: 500 }, (_, n) => `n${n}.example`);
    const [emblem] = [
      {
        generation: 'jws',
        set: null,
        status: 'marked',
        levels: [],
        issuer: null,
        issuerProven: false,
        strength: 'declared',
        because: null,
        endorsedBy: [],
        throughBelow: [],
        endorsementsUndetermined: [],
        purposes: [],
        assets: [],
        coveredBy: null,
        notBefore: null,
        notAfter: null,
        problems: [],
        chain: [
          {
            role: 'emblem',
            token: 0,
            issuer: null,
            subject: null,
            kid: null,
            endorses: null,
            mayEndorse: null,
            algorithm: null,
            notBefore: null,
            notAfter: null,
            trusted: false,
            commitment: {
              outcome: 'holds',
              logs: [
                {
                  id: null,
                  name: null,
                  kind: null,
                  state: null,
                  outcome: 'holds',
                  names,
                  treeSize: null,
                  treeHeadAt: null,
                  rootHash: null,
                  index: null,
                  loggedAt: null,
                  leafHash: null,
                  path: [],
                  notBefore: null,
                  notAfter: null,
                },
              ],
            },
          },
        ],
      },
    ] as const;
    const large = {
      ...report({ strength: 'declared', deciding: 1 }),
      emblems: [{ ...emblem, strength: null, status: 'invalid' }, emblem],
    };
    const values = fakeSession(3000);
    const { writeRecord, parseRecord } = await import('../../../src/extension/background/tab-record.ts');
    await writeRecord(await openTab(1), { ...record(), report: JSON.parse(JSON.stringify(large)) });
    const kept = parseRecord(values.get('tab:1'))?.report;
    expect(kept?.deciding).toBe(0);
    expect(kept?.emblems).toMatchObject([{ status: 'marked', chain: [{ commitment: { logs: [{ names: [] }] } }] }]);
    expect(kept?.problems).toEqual([{ code: 'report-shortened', severity: 'info', token: null, detail: '2' }]);
  });
});

describe('a host seen at a private address', () => {
  const open = async (more: object = { webRequest: {} }) => {
    const values = fakeSession(Infinity, more);
    return { values, ...(await import('../../../src/extension/background/private-hosts.ts')) };
  };

  it('is taken to be there where nothing tells, and no longer once it is seen elsewhere', async () => {
    const { addressOf } = await open();
    expect(await addressOf('nas.example', null, NOW)).toBeNull();
    expect(await addressOf('nas.example', '192.168.1.9', NOW)).toBe('192.168.1.9');
    expect(await addressOf('nas.example', null, NOW)).toBe('192.168.1.9');
    expect(await addressOf('other.example', null, NOW)).toBeNull();
    expect(await addressOf('nas.example', '192.0.2.1', NOW)).toBe('192.0.2.1');
    expect(await addressOf('nas.example', null, NOW)).toBeNull();
  });

  it('is forgotten on demand, and the oldest of very many', async () => {
    const { addressOf, forgetPrivateHosts, values } = await open();
    values.set('tab:1', record());
    for (let n = 0; n <= 200; n += 1) await addressOf(`h${n}.example`, '10.0.0.1', NOW + n);
    expect(await addressOf('h0.example', null, NOW)).toBeNull();
    expect(await addressOf('h1.example', null, NOW)).toBe('10.0.0.1');
    await forgetPrivateHosts();
    expect([...values.keys()]).toEqual(['tab:1']);
  });

  it('is no matter where addresses are not seen', async () => {
    const { addressOf } = await open({});
    expect(await addressOf('nas.example', '192.168.1.9', NOW)).toBeNull();
  });
});

describe('a page that could not be had', () => {
  const url = 'https://clinic.example/';
  const open = async () => {
    fakeSession();
    return { tab: await openTab(1), ...(await import('../../../src/extension/background/error-page.ts')) };
  };

  it('is known by its address until something is committed, whatever is begun and given up meanwhile', async () => {
    const { tab, hasFailed, noteBeginning, noteCommit, noteFailure } = await open();
    await noteBeginning(tab, url);
    await noteFailure(tab, url, 'Error code 2152398868');
    await noteCommit(tab, url); // the error page
    expect([
      await hasFailed(tab, url),
      await hasFailed(tab, `${url}a`),
      await hasFailed(await openTab(2), url),
    ]).toEqual([true, false, false]);
    await noteBeginning(tab, `${url}a`);
    await noteFailure(tab, `${url}a`, 'Error code 2152398850');
    expect(await hasFailed(tab, url)).toBe(true);
    await noteBeginning(tab, url);
    await noteCommit(tab, url);
    expect(await hasFailed(tab, url)).toBe(false);
  });

  it('is none where it was only given up, or where the rest of a page that isCurrent could not be had', async () => {
    const { tab, hasFailed, noteBeginning, noteCommit, noteFailure } = await open();
    for (const reason of ['net::ERR_ABORTED', 'Error code 2152398850']) {
      await noteBeginning(tab, url);
      await noteFailure(tab, url, reason);
      expect(await hasFailed(tab, url)).toBe(false);
    }
    await noteCommit(tab, url);
    await noteFailure(tab, url, 'net::ERR_CONTENT_LENGTH_MISMATCH');
    expect(await hasFailed(tab, url)).toBe(false);
  });

  it('is known where an earlier navigation was given up for it', async () => {
    const { tab, hasFailed, noteBeginning, noteFailure } = await open();
    await noteBeginning(tab, `${url}first`);
    await noteBeginning(tab, url);
    await noteFailure(tab, `${url}first`, 'net::ERR_ABORTED');
    await noteFailure(tab, url, 'net::ERR_NAME_NOT_RESOLVED');
    expect(await hasFailed(tab, url)).toBe(true);
  });
});
