// Is what the check was not allowed to ask found wherever a report tells of it?

import { describe, expect, it } from 'vitest';
import { lackedOrigins } from '../../../src/pages/popup/lacking.ts';
import { emblem, problem, report } from '../../gallery/reports.ts';

const ofEmblem = (...details: readonly (string | null)[]) => lackedOrigins(report([emblem(), emblem({ problems: details.map((detail) => problem('permission-missing', detail, 1)) })]));

describe('lackedOrigins', () => {
  it('is null where nothing was lacking', () => {
    expect(lackedOrigins(report([emblem({ problems: [problem('log-unreachable', 'A log: log.example')] })]))).toBeNull();
  });

  it('names hosts of the look-up, and the hosts of logs behind their names', () => {
    const lacked = emblem({ problems: [problem('permission-missing', 'Lab \'Main2026\' log: ct.example', 1)] });
    expect(lackedOrigins(report([lacked], { problems: [problem('permission-missing', 'dns.example')] }))).toEqual(['https://dns.example/*', 'https://ct.example/*']);
  });

  it('names each host once, without its port', () => {
    expect(ofEmblem('A log: ct.example:8443', 'Another log: ct.example', 'ct.example')).toEqual(['https://ct.example/*']);
  });

  it.each([null, '', 'A log: timeout', 'A log:ct.example', 'A log: *.example', 'A log: ct.example/x', 'A log: https://ct.example', 'A log: ct..example', 'ct.example 404'])('names none where the last word is no host: %j', (detail) => {
    expect(ofEmblem(detail)).toEqual([]);
  });
});
