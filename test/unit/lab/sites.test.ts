// Is every site of the lab judged as it is meant to be?

import { describe, expect, test } from 'vitest';
import { presentReport } from '../../../src/cli/text-report.ts';
import { readIhleRecord } from '../../../src/emblem/cwt/ihle-record.ts';
import { checkSite } from '../../lab/check-site.ts';
import { createLab } from '../../lab/lab.ts';

const lab = await createLab({ now: Date.UTC(2026, 10, 1) });

describe('sites of the lab', () => {
  test.each(lab.sites.map((site) => [site.host, site] as const))('%s', async (host, { intended }) => {
    const { status, strength, because } = await checkSite(lab, host);
    expect({ status, strength, because, icon: intended.icon }).toEqual(intended);
  });

  test('two authorities vouch for the depot', async () => {
    const {
      emblems: [emblem],
    } = await checkSite(lab, 'depot.relief.example');
    expect(emblem?.endorsedBy.toSorted()).toEqual(['https://health.state.example', 'https://movement.example']);
    expect(emblem?.purposes).toEqual(['protective', 'indicative']);
  });

  test('the endorser whose log is down is named as undetermined', async () => {
    const {
      emblems: [emblem],
    } = await checkSite(lab, 'pending.relief.example');
    expect(emblem?.endorsementsUndetermined).toEqual(['https://ministry.example']);
  });

  test('who is alleged to endorse is a claim where the log is down, and else is not named', async () => {
    const claimed = async (host: string) => {
      const report = await checkSite(lab, host);
      const [emblem] = report.emblems;
      expect(emblem).toMatchObject({ endorsedBy: [], chain: [{ role: 'internal' }, { role: 'emblem' }] });
      const { endorsementsUndetermined: names = [], ...more } = emblem ?? {};
      expect(JSON.stringify(more)).not.toContain('famous');
      return { names, text: presentReport(report) };
    };
    const alleged = await claimed('alleged.shelter.example');
    expect(alleged.names).toEqual(['https://famous.example']);
    expect(alleged.text).toContain('It claims that https://famous.example vouches for it; that is not shown.');
    const crowd = await claimed('crowd.shelter.example');
    expect(crowd.names).toHaveLength(9);
    expect(crowd.text.match(/famous/g)).toHaveLength(3);
    for (const host of ['unlisted.shelter.example', 'unread.shelter.example']) {
      const { names, text } = await claimed(host);
      expect(names).toEqual([]);
      expect(text).not.toContain('famous');
    }
  });

  test('an address asset marks the site whose connection shows that address', async () => {
    expect(await checkSite(lab, 'address.example', '203.0.113.7')).toMatchObject({
      status: 'marked',
      strength: 'declared',
    });
    expect(await checkSite(lab, 'address.example', '203.0.113.8')).toMatchObject({ status: 'not-covered' });
  });

  test('both formats at one name: both are listed, the stronger decides; each is named', async () => {
    const both = await checkSite(lab, 'both.relief.example');
    expect(both.emblems.map(({ generation, strength }) => [generation, strength])).toEqual([
      ['jws', 'endorsed'],
      ['cwt', 'declared'],
    ]);
    const moved = await checkSite(lab, 'moved.relief.example');
    expect(moved.emblems.map(({ generation, status, because }) => [generation, status, because])).toEqual([
      ['jws', 'invalid', 'expired'],
      ['cwt', 'marked', null],
    ]);
  });

  test.each([
    ['ward.relief.example', ['protective']],
    ['office.relief.example', ['indicative']],
    ['dam.waterworks.example', ['dangerous-forces']],
    ['siren.rescue.example', ['civil-defence']],
    ['hall.museum.example', ['cultural-property']],
    ['depot.museum.example', ['civil-defence', 'cultural-property']],
  ])('%s is marked as %j', async (host, purposes) => {
    const { emblems } = await checkSite(lab, host);
    expect(emblems).toMatchObject([{ generation: 'cwt', purposes }]);
  });

  test('every algorithm of the 2026 draft is used at a marked site, under its older and its fully specified number', () => {
    const standing = lab.sites
      .filter(({ intended }) => intended.status === 'marked')
      .flatMap(({ zones }) => Object.values(zones));
    const contents = standing
      .flatMap(({ ihle = {}, additional = {} }) => [...Object.values(ihle), ...Object.values(additional)].flat())
      .map((data) => readIhleRecord(data));
    const used = contents.flatMap((content) =>
      content.kind === 'token' && content.token.ok ? [content.token.value.algorithm] : [],
    );
    expect(new Set(used)).toEqual(new Set(['-7', '-9', '-35', '-51', '-36', '-52', '-8', '-19']));
  });

  test('the number of the record type is needed for what stands under it', async () => {
    for (const [host, number, other] of [
      ['ward.relief.example', 65297, 65400],
      ['tent.shelter.example', 65297, 65400],
    ] as const) {
      expect(await checkSite(lab, host, null, { ihleTypes: [number] })).toMatchObject({ status: 'marked' });
      expect(await checkSite(lab, host, null, { ihleTypes: [other] })).toMatchObject({ status: 'none' });
    }
  });

  test('everything asked went to the resolver, the lists and the logs, and bore no origin', () => {
    expect(lab.requests.length).toBeGreaterThan(0);
    expect(
      lab.requests.filter(
        ({ server, headers }) =>
          server === 'site' || 'origin' in headers || 'cookie' in headers || 'referer' in headers,
      ),
    ).toEqual([]);
  });
});
