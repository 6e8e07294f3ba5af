// Is an address tied to the very response, or not at all?

import { describe, expect, it } from 'vitest';
import { observe, type ResponseDetails, responseOf } from '../../../src/extension/background/connection.ts';
import { NOW } from './fixtures.ts';

const details: ResponseDetails = {
  tabId: 3,
  frameId: 0,
  url: 'https://clinic.example/a#top',
  timeStamp: NOW - 100,
  fromCache: false,
  ip: '192.0.2.7',
};
const seen = { url: 'https://clinic.example/a', address: '192.0.2.7', at: NOW - 100 };

describe('observing a response', () => {
  it('keeps the address of the page’s own response', () => {
    expect(observe(details)).toEqual(seen);
    expect(observe({ ...details, proxyInfo: { type: 'direct' }, documentLifecycle: 'active' })).toEqual(seen);
  });

  it.each([
    ['through a proxy', { proxyInfo: { type: 'socks' } }],
    ['from a cache', { fromCache: true }],
    ['without an address', { ip: null }],
    ['with an empty address', { ip: '' }],
  ])('proves nothing %s', (_, change) => {
    expect(observe({ ...details, ...change })).toEqual({ ...seen, address: null });
  });

  it.each([
    ['a prerendered page', { documentLifecycle: 'prerender' }],
    ['a frame', { frameId: 4 }],
    ['no tab', { tabId: -1 }],
  ])('passes over %s', (_, change) => {
    expect(observe({ ...details, ...change })).toBeNull();
  });
});

describe('the address of a page', () => {
  it('is that of the response it came from', () => {
    expect(responseOf('https://clinic.example/a#there', NOW, [seen])?.address).toBe('192.0.2.7');
  });

  it('is not another address’s', () => {
    expect(responseOf('https://clinic.example/b', NOW, [seen])).toBeNull();
  });

  it('is not that of a response that began after the commit', () => {
    expect(responseOf(seen.url, NOW - 101, [seen])).toBeNull();
  });

  it('is unknown when the latest response proves nothing', () => {
    expect(responseOf(seen.url, NOW, [seen, { ...seen, address: null, at: NOW - 50 }])?.address).toBeNull();
  });
});
