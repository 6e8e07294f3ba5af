// Are logs known only as the lists have them, and counted only as the rule says?

import { describe, expect, it } from 'vitest';
import { mergeLogLists, parseLogList } from '../../../src/transparency/log-list.ts';
import type { KnownLog } from '../../../src/transparency/log.ts';
import { vector } from '../../vectors.ts';
import { makeSigner, signer } from './mini-log.ts';

const other = await makeSigner();
const key = Buffer.from(signer.spki).toString('base64');
const END = '2026-07-01T00:00:00Z';
const LOG = {
  description: 'Log',
  log_id: signer.id,
  key,
  url: 'https://log.example/2026/',
  state: { usable: { timestamp: '2025-01-01T00:00:00Z' } },
};
const TILED = {
  description: 'Tiles',
  log_id: signer.id,
  key,
  monitoring_url: 'https://mon.example/2026/',
  submission_url: 'https://log.example/2026/',
  state: LOG.state,
};
const listOf = (logs: readonly unknown[], tiled: readonly unknown[] = []): unknown => ({
  version: '3',
  operators: [{ name: 'Somebody', logs, tiled_logs: tiled }],
});

async function known(...lists: readonly unknown[]): Promise<readonly KnownLog[]> {
  const parsed = await Promise.all(lists.map((list) => parseLogList(list)));
  return mergeLogLists(parsed.map((list) => (list.ok ? list.value : expect.fail('a list'))));
}

describe('reading', () => {
  it('both kinds', async () => {
    expect(await known(listOf([LOG], [TILED]))).toEqual([
      {
        kind: 'rfc6962',
        id: signer.id,
        name: 'Log',
        key: signer.spki,
        url: 'https://log.example/2026/',
        origin: null,
        state: 'usable',
        counts: true,
        mergeDelay: 86_400_000,
        end: null,
      },
      {
        kind: 'static',
        id: signer.id,
        name: 'Tiles',
        key: signer.spki,
        url: 'https://mon.example/2026/',
        origin: 'log.example/2026',
        state: 'usable',
        counts: true,
        mergeDelay: 86_400_000,
        end: null,
      },
    ]);
  });
  it.each([null, [], 'list', {}, { operators: {} }])('%j is no list', async (value) => {
    expect(await parseLogList(value)).toMatchObject({ ok: false, problem: { code: 'log-list-malformed' } });
  });
  it.each([
    ['null', null],
    ['no id', { ...LOG, log_id: undefined }],
    ["another key's id", { ...LOG, log_id: other.id }],
    ['another key', { ...LOG, key: Buffer.from(other.spki).toString('base64') }],
    ['a key not in base64', { ...LOG, key: '?' }],
    ['no address', { ...LOG, url: undefined }],
    ['no https', { ...LOG, url: 'http://log.example/' }],
    ['a name like loopback', { ...LOG, url: 'http://127.0.0.1.example/' }],
    ['a name that ends like loopback', { ...LOG, url: 'http://notlocalhost/' }],
    ['another scheme', { ...LOG, url: 'ftp://log.example/' }],
    ['a user', { ...LOG, url: 'https://a@log.example/' }],
    ['a password', { ...LOG, url: 'https://:b@log.example/' }],
    ['another scheme on loopback', { ...LOG, url: 'ftp://127.0.0.1/' }],
    ['no scheme', { ...LOG, url: 'log.example' }],
    ['a list of addresses', { ...LOG, url: ['https://log.example/'] }],
    ['a query', { ...LOG, url: 'https://log.example/?a' }],
    ['a fragment', { ...LOG, url: 'https://log.example/#a' }],
  ])('%s: that log is left out, the others are not', async (_name, log) => {
    expect((await known(listOf([log], [TILED]))).map(({ name }) => name)).toEqual(['Tiles']);
  });
  it.each([['monitoring_url'], ['submission_url']])('a tiled log without %s is left out', async (field) => {
    expect(await known(listOf([], [{ ...TILED, [field]: undefined }]))).toEqual([]);
  });
  it.each([
    ['https://log.example/2026', 'https://log.example/2026/'],
    ['http://127.1.2.3:80/a', 'http://127.1.2.3/a/'],
    ['http://[::1]:8080', 'http://[::1]:8080/'],
    ['http://127.10.20.30/', 'http://127.10.20.30/'],
    ['http://localhost:8080/', 'http://localhost:8080/'],
  ])('%s becomes %s', async (url, normal) => {
    expect(await known(listOf([{ ...LOG, url }]))).toMatchObject([{ url: normal }]);
  });
  it('a log without description is called by its address', async () => {
    expect(await known(listOf([{ ...LOG, description: undefined }]))).toMatchObject([{ name: LOG.url }]);
  });
  it('operators without logs, or malformed, take nothing from the others', async () => {
    expect(await known({ operators: [null, 5, {}, { logs: 'x' }, { logs: [LOG] }] })).toHaveLength(1);
  });
});

describe('the merge delay', () => {
  it.each([
    [60, 60_000],
    [0, 0],
    [undefined, 86_400_000],
    ['60', 86_400_000],
    [-1, 86_400_000],
  ])('%j is %i ms', async (mmd, mergeDelay) => {
    expect(await known(listOf([{ ...LOG, mmd }]))).toMatchObject([{ mergeDelay }]);
  });
});

describe('the end of a log', () => {
  const interval = { temporal_interval: { end_exclusive: '2026-01-01T00:00:00Z' } };
  it.each<[object, unknown]>([
    [{ state: { usable: { timestamp: END } } }, null],
    [{ state: { readonly: { timestamp: END } } }, null],
    [{ state: { readonly: { timestamp: END, final_tree_head: { tree_size: 7 } } } }, { kind: 'size', below: 7 }],
    [{ state: { readonly: { timestamp: END, final_tree_head: { tree_size: '7' } } } }, { kind: 'size', below: 0 }],
    [{ state: { readonly: { timestamp: END, final_tree_head: null } } }, { kind: 'size', below: 0 }],
    [{ state: { usable: { timestamp: END, final_tree_head: { tree_size: 7 } } } }, null],
    [{ state: { retired: { timestamp: END } } }, { kind: 'time', before: Date.parse(END) }],
    [{ state: { retired: {} } }, { kind: 'time', before: 0 }],
    [{ state: { retired: null } }, { kind: 'time', before: 0 }],
    [
      { state: { rejected: { timestamp: END } }, ...interval },
      { kind: 'time', before: Date.parse(END) },
    ],
  ])('%j', async (log, end) => {
    expect(await known(listOf([{ ...LOG, ...log }]))).toMatchObject([{ end }]);
  });
});

describe('counting', () => {
  const counts = async (...logs: readonly object[]): Promise<boolean | undefined> =>
    (await known(...logs.map((log) => listOf([{ ...LOG, ...log }]))))[0]?.counts;
  const rejected = (timestamp: unknown): object => ({ rejected: { timestamp } });
  const temporal_interval = { start_inclusive: '2026-01-01T00:00:00Z', end_exclusive: END };
  it.each(['usable', 'qualified', 'readonly', 'retired'])('%s counts', async (state) => {
    expect(await counts({ state: { [state]: { timestamp: END } } })).toBe(true);
  });
  it.each<[string, object, boolean]>([
    ['pending', { state: { pending: { timestamp: END } } }, false],
    ['pending at the end of the interval', { state: { pending: { timestamp: END } }, temporal_interval }, false],
    ['rejected at a list of times', { state: rejected([END]), temporal_interval }, false],
    ['rejected at a time in other words', { state: rejected('1 Aug 2026 00:00 GMT'), temporal_interval }, false],
    ['rejected without details', { state: { rejected: null }, temporal_interval }, false],
    ['an unknown state', { state: { splendid: { timestamp: END } } }, false],
    ['no state', { state: undefined }, false],
    ['two states', { state: { usable: {}, pending: {} } }, false],
    ['rejected at the end', { state: rejected(END), temporal_interval }, true],
    ['rejected after the end', { state: rejected('2026-07-02T00:00:00Z'), temporal_interval }, true],
    ['rejected at the end, in another zone', { state: rejected('2026-07-01T02:00:00+02:00'), temporal_interval }, true],
    ['rejected after the end, by a fraction', { state: rejected('2026-07-01T00:00:00.123Z'), temporal_interval }, true],
    ['rejected before the end', { state: rejected('2026-06-30T23:59:59Z'), temporal_interval }, false],
    ['rejected without interval', { state: rejected(END) }, false],
    ['rejected at no time', { state: rejected('then'), temporal_interval }, false],
    ['rejected, no end', { state: rejected(END), temporal_interval: { end_exclusive: 5 } }, false],
    ['for production', { log_type: 'prod' }, true],
    ['for tests', { log_type: 'test' }, false],
    ['for monitoring', { log_type: 'monitoring_only' }, false],
    ['of an unknown type', { log_type: 'toy' }, false],
  ])('%s: %s', async (_name, log, expected) => {
    expect(await counts(log)).toBe(expected);
  });
  it('one list is enough', async () => {
    expect(await counts({ state: rejected(END) }, {})).toBe(true);
    expect(await counts({}, { state: rejected(END) })).toBe(true);
  });
  it('no list outvotes one that says test', async () => {
    expect(await counts({ log_type: 'test' }, {})).toBe(false);
    expect(await counts({}, { log_type: 'monitoring_only' })).toBe(false);
    const tested = await known(listOf([{ ...LOG, log_type: 'test' }], [TILED]));
    expect(tested.map((log) => log.counts)).toEqual([false, false]);
  });
  it('the state shown is of the first where both count', async () => {
    const merged = await known(listOf([{ ...LOG, state: { readonly: {} } }]), listOf([LOG]));
    expect(merged).toMatchObject([{ state: 'readonly', counts: true }]);
  });
  it('the state shown is of the first where none counts', async () => {
    const merged = await known(
      listOf([{ ...LOG, state: rejected(END) }]),
      listOf([{ ...LOG, state: { pending: {} } }]),
    );
    expect(merged).toMatchObject([{ state: 'rejected', counts: false }]);
  });
  it('the state and address shown are of the listing that counts', async () => {
    const merged = await known(listOf([{ ...LOG, state: rejected(END), url: 'https://old.example/' }]), listOf([LOG]));
    expect(merged).toMatchObject([{ state: 'usable', url: LOG.url }]);
  });
});

interface VectorLog {
  readonly key: string;
  readonly description: string;
  readonly kind: string;
  readonly url: string;
  readonly monitoring_url?: string;
  readonly state_2026_08: Readonly<Record<string, string>>;
}
const real = vector<Readonly<Record<string, VectorLog>>>('ct-logs.json');
it.skipIf(real === null)('real logs: every id is the hash of its key, and what a browser uses counts', async () => {
  const logs = Object.entries(real ?? {});
  const listing = (list: string): unknown => {
    const entries = logs
      .filter(([, log]) => log.state_2026_08[list] !== 'absent')
      .map(([log_id, { key: text, description, url, monitoring_url, state_2026_08, kind }]) => ({
        kind,
        log_id,
        key: text,
        description,
        url,
        monitoring_url,
        submission_url: url,
        state: { [state_2026_08[list] ?? '']: {} },
      }));
    return listOf(
      entries.filter(({ kind }) => kind !== 'static'),
      entries.filter(({ kind }) => kind === 'static'),
    );
  };
  const all = await known(listing('gstatic_v3_all_logs_list'), listing('apple_current_log_list'));
  expect(all.map(({ id }) => id).toSorted()).toEqual(logs.map(([id]) => id).toSorted());
  for (const log of all) {
    const states = Object.values(real?.[log.id]?.state_2026_08 ?? {});
    expect(log.counts, log.name).toBe(
      states.some((state) => ['usable', 'readonly', 'retired', 'qualified'].includes(state)),
    );
  }
});
