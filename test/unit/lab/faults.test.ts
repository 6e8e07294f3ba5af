// Does each fault of the lab cost what it should, and nothing else?

import { describe, expect, test } from 'vitest';
import type { Report } from '../../../src/verdict/report.ts';
import { checkSite } from '../../lab/check-site.ts';
import { createLab } from '../../lab/lab.ts';
import { labFetch } from '../../lab/lab-fetch.ts';
import type { LogFault } from '../../lab/logs.ts';
import { answer, DROPS, HANGS } from '../../lab/reply.ts';
import type { DnsFault } from '../../lab/resolver.ts';

const lab = await createLab({ now: Date.UTC(2026, 10, 1) });
const verdict = ({ status, strength, because }: Report): string =>
  [status, strength, because].filter((word) => word !== null).join(' ');
const PROVED = 'marked declared';

describe('faults of an RFC 6962 log', () => {
  test.each<[LogFault, string]>([
    ['down', 'unconfirmed log-unreachable'],
    ['http-error', 'unconfirmed log-unreachable'],
    ['html-page', 'unconfirmed log-unreachable'],
    ['truncated', 'unconfirmed log-unreachable'],
    ['wrong-signature', 'unconfirmed log-not-proven'],
    ['wrong-root', 'unconfirmed log-not-proven'],
    ['wrong-proof', 'unconfirmed log-not-proven'],
    ['other-entry', 'unconfirmed log-not-proven'],
  ])('%s: %s', async (fault, expected) => {
    expect(verdict(await checkSite(lab, 'shelter.example'))).toBe(PROVED);
    lab.logs.main.faults.add(fault);
    const report = await checkSite(lab, 'shelter.example');
    lab.logs.main.faults.delete(fault);
    expect(verdict(report)).toBe(expected);
  });
});

describe('faults of a static log', () => {
  test.each<[LogFault, string]>([
    ['down', 'unconfirmed log-unreachable'],
    ['http-error', 'unconfirmed log-unreachable'],
    ['wrong-signature', 'unconfirmed log-not-proven'],
    ['wrong-root', 'unconfirmed log-not-proven'],
    ['wrong-proof', 'unconfirmed log-not-proven'],
    ['other-entry', 'unconfirmed log-not-proven'],
    ['missing-tile', 'unconfirmed log-unreachable'],
    ['partial-tiles-vanished', 'marked endorsed'],
  ])('%s: %s', async (fault, expected) => {
    lab.logs.tiled.faults.add(fault);
    const report = await checkSite(lab, 'coast.example');
    lab.logs.tiled.faults.delete(fault);
    expect(verdict(report)).toBe(expected);
  });
});

describe('faults of the resolver', () => {
  test.each<DnsFault>([
    'down',
    'http-500',
    'servfail',
    'refused',
    'formerr',
    'nxdomain',
    'filtered',
    'truncated',
    'wrong-question',
    'wrong-media-type',
    'garbage',
    'oversized',
  ])('%s: unknown', async (fault) => {
    lab.resolver.faults.set('shelter.example', fault);
    const report = await checkSite(lab, 'shelter.example');
    lab.resolver.faults.delete('shelter.example');
    expect(verdict(report)).toBe('unknown');
  });
});

describe('faults of the lists', () => {
  test('one list is enough for a log that both name', async () => {
    lab.listFaults.set('apple', 'down');
    const report = await checkSite(lab, 'shelter.example');
    lab.listFaults.clear();
    expect(verdict(report)).toBe(PROVED);
  });
  test('without any list no log can be asked', async () => {
    lab.listFaults.set('apple', 'down').set('google', 'http-error');
    const report = await checkSite(lab, 'shelter.example');
    lab.listFaults.clear();
    expect(verdict(report)).toBe('unconfirmed log-unreachable');
  });
});

describe('the fetch of the lab', () => {
  test('what hangs ends with the signal', async () => {
    const controller = new AbortController();
    const asked = labFetch(async () => {
      setImmediate(() => {
        controller.abort();
      });
      return HANGS;
    })('https://a.example/', { signal: controller.signal });
    await expect(asked).rejects.toThrow('aborted');
  });
  test('what drops is a network error', async () => {
    await expect(labFetch(async () => DROPS)('https://a.example/')).rejects.toThrow(TypeError);
  });
  test('an answer keeps status, type and body', async () => {
    const response = await labFetch(async () => answer('text/plain', 'there', 404))('https://a.example/');
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      404,
      'text/plain',
      'there',
    ]);
  });
});
