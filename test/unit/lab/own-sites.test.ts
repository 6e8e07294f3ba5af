// Does the lab serve somebody's own records, and does each switch do what it says, to those on this machine alone?

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkSite } from '../../lab/check-site.ts';
import { createLab, LISTS, RESOLVER } from '../../lab/lab.ts';
import { describeRecord, type OwnSite, readOwnSite, serveOwnSite, visibleRecords } from '../../lab/own-sites.ts';
import { publish } from '../../lab/organisation.ts';
import type { LabQuestion } from '../../lab/reply.ts';
import { answerSwitchPage } from '../../lab/switch-page.ts';
import { makeSwitches } from '../../lab/switches.ts';

const folder = mkdtempSync(join(tmpdir(), 'own-'));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const HOST = 'mine.relief.example';
const lab = await createLab({ now: Date.parse('2026-06-17T12:00:00Z') });
const { relief, state } = lab.organisations;
const values = await publish({ by: relief, assets: [HOST], endorsedBy: [state] }, lab.now);

async function read(argument: string): Promise<OwnSite> {
  const found = await readOwnSite(argument);
  if (!found.ok) throw new TypeError(found.sentence);
  return found.site;
}

const site = await read(`${HOST}=${file('values', values.join('\n'))}`);
serveOwnSite(lab.resolver, site);
const switches = makeSwitches(lab, [site]);

async function verdict(): Promise<string> {
  const { status, strength, because } = await checkSite(lab, HOST);
  return [status, strength, because].filter((word) => word !== null).join(', ');
}

function turn(id: string, on: boolean): void {
  const found = switches.find((each) => each.id === id);
  if (found === undefined) throw new TypeError(id);
  found.set(on);
}

test('own records are judged as if they were published', async () => {
  expect(await verdict()).toBe('marked, endorsed');
});

test.each([
  ['resolver-down', 'unknown'],
  ['resolver-servfail', 'unknown'],
  ['resolver-nxdomain', 'unknown'],
  ['resolver-filtered', 'unknown'],
  ['list-down', 'unconfirmed, log-unreachable'],
  ['log-down', 'unconfirmed, log-unreachable'],
  ['log-wrong-signature', 'unconfirmed, log-not-proven'],
  ['log-wrong-root', 'unconfirmed, log-not-proven'],
  ['log-wrong-proof', 'unconfirmed, log-not-proven'],
  ['log-other-entry', 'unconfirmed, log-not-proven'],
  ['log-wrong-clock', 'marked, endorsed'],
  ['record-mine.relief.example-0', 'invalid, other'],
])('%s: %s', async (id, expected) => {
  turn(id, true);
  expect(switches.filter(({ isOn }) => isOn()).map((each) => each.id)).toEqual([id]);
  expect(await verdict()).toBe(expected);
  turn(id, false);
  expect(switches.filter(({ isOn }) => isOn())).toEqual([]);
  expect(await verdict()).toBe('marked, endorsed');
});

test('what is slow does not answer', async () => {
  const fate = async (url: string): Promise<string> =>
    (await lab.answer({ method: 'GET', url: new URL(url), headers: {}, body: new Uint8Array() })).reply;
  const { dns, list, log } = {
    dns: `${RESOLVER}?dns=${Buffer.from('000001000001000000000000046d696e650672656c696566076578616d706c650000100001', 'hex').toString('base64url')}`,
    list: LISTS.google,
    log: `${Object.values(lab.logs)[0]?.options.url}ct/v1/get-sth`,
  };
  for (const [id, url] of [
    ['resolver-slow', dns],
    ['list-slow', list],
    ['log-slow', log],
  ] as const) {
    expect(await fate(url)).toBe('answer');
    turn(id, true);
    expect(await fate(url)).toBe('hangs');
    turn(id, false);
  }
});

test('every switch is tried above, but those of the other records', () => {
  expect(switches).toHaveLength(14 + values.length);
});

test('of two faults of the resolver the later one is on', () => {
  turn('resolver-slow', true);
  turn('resolver-down', true);
  expect(switches.filter(({ isOn }) => isOn()).map(({ id }) => id)).toEqual(['resolver-down']);
  turn('resolver-slow', false);
  turn('resolver-down', false);
  expect(switches.filter(({ isOn }) => isOn())).toEqual([]);
});

test('a zone file brings its other names, aliases and unknown types', async () => {
  const zone = [
    '$ORIGIN own.example.',
    'www CNAME clinic',
    'clinic TXT "a" "b"',
    'clinic TYPE65297 \\# 1 a0',
    'clinic A 192.0.2.1',
    'other TXT c',
  ].join('\n');
  const own = await read(`www.own.example=${file('zone', zone)}`);
  serveOwnSite(lab.resolver, own);
  expect(visibleRecords(own).map((record) => describeRecord(record))).toEqual([
    'www.own.example TYPE5',
    'clinic.own.example TXT ab',
    'clinic.own.example TYPE65297, 1 bytes',
  ]);
  expect(makeSwitches(lab, [own])).toHaveLength(14 + 3);
  expect(lab.resolver.zones.get('www.own.example')).toEqual({ ttl: 3600, cname: 'clinic.own.example' });
  expect(lab.resolver.zones.get('clinic.own.example')).toEqual({
    ttl: 3600,
    txt: [[Buffer.from('a'), Buffer.from('b')].map((part) => new Uint8Array(part))],
    ihle: { 65297: [new Uint8Array([0xa0])] },
  });
});

test.each([
  ['mine.example', '"mine.example" is not NAME=FILE.'],
  ['=values', '"=values" is not NAME=FILE.'],
  ['https://mine.example=values', '"https://mine.example=values" is not NAME=FILE.'],
  [`mine.example=${join(folder, 'absent')}`, `The records "${join(folder, 'absent')}" cannot be read.`],
  [
    `mine.example=${file('bad', 'a.example. TXTT x')}`,
    `The records "${join(folder, 'bad')}" cannot be used: line 1: "TXTT" is no record type.`,
  ],
  [
    `mine.example=${file('other', 'a.example. TXT x')}`,
    `The records "${join(folder, 'other')}" hold nothing at mine.example.`,
  ],
])('%s is refused', async (argument, sentence) => {
  expect(await readOwnSite(argument)).toEqual({ ok: false, sentence });
});

describe('the page of switches', () => {
  const ask = (more: Partial<LabQuestion>) =>
    answerSwitchPage(
      {
        method: 'GET',
        url: new URL('https://lab.example/'),
        headers: { host: '127.0.0.1:5380' },
        body: new Uint8Array(),
        ...more,
      },
      switches,
      ['check <this>'],
    );
  const post = (form: string, headers: Record<string, string> = {}) =>
    ask({
      method: 'POST',
      headers: { host: '127.0.0.1:5380', origin: 'http://127.0.0.1:5380', ...headers },
      body: new TextEncoder().encode(form),
    });

  test('shows each, with what to run', () => {
    const reply = ask({});
    const text = reply.reply === 'answer' ? new TextDecoder().decode(reply.body) : '';
    for (const { id } of switches) expect(text).toContain(`value="${id}"`);
    expect(text).toContain('check &lt;this>');
    expect(text).toContain(`${HOST} TXT adem-token, adem-emb`);
    expect(text).toContain('adem-key={&quot;kty&quot;');
    expect(text.match(/aria-pressed="true"/g)).toBeNull();
  });

  test('switches one thing on and off', () => {
    expect(post('switch=log-down&on=yes')).toMatchObject({ status: 303, headers: { location: '/' } });
    const reply = ask({});
    expect(reply.reply === 'answer' ? new TextDecoder().decode(reply.body) : '').toContain('aria-pressed="true"');
    expect(Object.values(lab.logs).every(({ faults }) => faults.has('down'))).toBe(true);
    post('switch=log-down&on=no');
    expect(Object.values(lab.logs).some(({ faults }) => faults.has('down'))).toBe(false);
  });

  test('is for nobody else', () => {
    expect(post('switch=log-down&on=yes', { origin: 'https://evil.example' })).toMatchObject({ status: 403 });
    expect(post('switch=log-down&on=yes', { origin: 'null' })).toMatchObject({ status: 403 });
    expect(post('switch=log-down&on=yes', { host: 'evil.example' })).toMatchObject({ status: 403 });
    expect(ask({ headers: { host: 'evil.example:5380' } })).toMatchObject({ status: 403 });
    expect(ask({ headers: {} })).toMatchObject({ status: 403 });
    expect(post('switch=nothing&on=yes')).toMatchObject({ status: 404 });
    expect(switches.filter(({ isOn }) => isOn())).toEqual([]);
  });
});
