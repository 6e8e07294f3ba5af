// Can what the check was not allowed to ask be offered to the person?

import { expect, it } from 'vitest';
import { lackedOrigins } from '../../../src/pages/report/missing-permissions.ts';
import { emblem, problem, report } from '../../gallery/reports.ts';

it('is null where nothing was lacking', () => {
  expect(lackedOrigins(report([emblem({ problems: [problem('log-unreachable', 'A log: log.example')] })]))).toBeNull();
});

it('names each host once, without its port', () => {
  expect(
    lackedOrigins(
      report([emblem()], { blockedOrigins: ['https://dns.example', 'https://ct.example:8443', 'https://ct.example'] }),
    ),
  ).toEqual(['https://dns.example/*', 'https://ct.example/*']);
});
