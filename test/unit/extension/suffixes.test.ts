// Does a name that the browser's list refuses cost anything but belief in it?

import { expect, test, vi } from 'vitest';

const refuse = (): never => {
  throw new TypeError('Invalid domain');
};
vi.stubGlobal('browser', { publicSuffix: { isKnownSuffix: refuse, getDomain: refuse } });
const { suffixes } = await import('../../../src/extension/public-suffixes.ts');

test.each(['*.hosting.example', 'a b.example', `${'a'.repeat(64)}.example`, '', 'xn--a.example'])('%j', (name) => {
  expect(suffixes.isPublicSuffix(name)).toBe(true);
  expect(suffixes.registrableDomain(name)).toBeNull();
});
