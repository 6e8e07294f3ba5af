// Are the servers installed that a test speaks to? Where they are not it is skipped with a word, except in CI, where
// that is a failure.

import { describe, test } from 'vitest';
import { find } from './process.ts';

/** What every one of them stands on: the server of the zone and its tools, and certificates. */
const BASE = ['named', 'dnssec-keygen', 'dnssec-signzone', 'dnssec-dsfromkey', 'openssl'];

/** Describes tests that need these programs. */
export function whereInstalled(name: string, programs: readonly string[], tests: () => void): void {
  const missing = [...new Set([...BASE, ...programs])].filter((program) => find(program) === null);
  describe(name, () => {
    if (missing.length === 0) {
      tests();
      return;
    }
    console.warn(`${missing.join(' and ')} not found: the tests that speak to ${name} are skipped.`);
    test.skipIf(process.env['CI'] !== 'true')('is installed', () => {
      throw new Error(`not found: ${missing.join(', ')}`);
    });
  });
}
