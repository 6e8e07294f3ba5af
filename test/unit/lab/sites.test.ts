// Is every site of the lab judged as it is meant to be?

import { describe, expect, test } from 'vitest';
import { checkSite } from '../../lab/check-site.ts';
import { createLab } from '../../lab/lab.ts';

const lab = await createLab({ now: Date.UTC(2026, 10, 1) });

describe('sites of the lab', () => {
  test.each(lab.sites.map((site) => [site.host, site] as const))('%s', async (host, { intended }) => {
    const { status, strength, because } = await checkSite(lab, host);
    expect({ status, strength, because, icon: intended.icon }).toEqual(intended);
  });

  test('two authorities vouch for the depot', async () => {
    const { emblems: [emblem] } = await checkSite(lab, 'depot.relief.example');
    expect(emblem?.endorsedBy.toSorted()).toEqual(['https://health.state.example', 'https://movement.example']);
    expect(emblem?.purposes).toEqual(['protective', 'indicative']);
  });

  test('the endorser whose log is down is named as undetermined', async () => {
    const { emblems: [emblem] } = await checkSite(lab, 'pending.relief.example');
    expect(emblem?.endorsementsUndetermined).toEqual(['https://ministry.example']);
  });

  test('an address asset marks the site whose connection shows that address', async () => {
    expect(await checkSite(lab, 'address.example', '203.0.113.7')).toMatchObject({ status: 'marked', strength: 'declared' });
    expect(await checkSite(lab, 'address.example', '203.0.113.8')).toMatchObject({ status: 'not-covered' });
  });

  test('everything asked went to the resolver, the lists and the logs, and bore no origin', () => {
    expect(lab.requests.length).toBeGreaterThan(0);
    expect(lab.requests.filter(({ server, headers }) => server === 'site' || 'origin' in headers || 'cookie' in headers || 'referer' in headers)).toEqual([]);
  });
});
