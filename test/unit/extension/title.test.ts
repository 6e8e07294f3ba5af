// Does the icon's title name who stands behind a marked site, and nobody else?

import '../../gallery/fake-browser.ts';
import { expect, it } from 'vitest';
import { titleOf } from '../../../src/extension/background/toolbar.ts';
import type { Report, ReportedEmblem } from '../../../src/verdict/report.ts';
import { emblem, report } from '../../gallery/reports.ts';
import { record } from './fixtures.ts';

const title = (change: Partial<ReportedEmblem>, of: Partial<Report> = {}, page: 'https' | 'http' = 'https'): string =>
  titleOf(record({ page, report: report([emblem(change)], of) }));
const STATE = 'https://health.state.example';

it('names the issuer, and then who vouches', () => {
  expect(title({})).toBe('clinic.example: Carries an emblem, declared by its issuer. relief.example says so');
  expect(title({ strength: 'endorsed', endorsedBy: [STATE] })).toBe(
    'clinic.example: Carries an emblem, endorsed by others. relief.example says so; health.state.example vouches for it',
  );
  expect(title({ strength: 'endorsed', endorsedBy: [STATE, 'https://b.example'] })).toMatch(
    /; health\.state\.example and b\.example vouch for it$/,
  );
});

it('says of the same hand that it is', () => {
  expect(title({ endorsedBy: ['https://board.relief.example'] })).toMatch(
    /; board\.relief\.example vouches for it, but that is the same hand$/,
  );
});

it('names three who vouch, and counts the others', () => {
  expect(
    title({ strength: 'endorsed', endorsedBy: ['a', 'b', 'c', 'd', 'e'].map((name) => `https://${name}.example`) }),
  ).toMatch(/; a\.example, b\.example, c\.example and 2 more vouch for it$/);
});

it('says where only a name below the domain spoke', () => {
  expect(title({ throughBelow: ['https://relief.example'] })).toContain(
    '. relief.example (through a name below it) says so',
  );
});

it('names nobody who is only claimed', () => {
  expect(title({ endorsementsUndetermined: [STATE] })).not.toContain('state');
  expect(title({ issuerProven: false, strength: 'trusted', issuer: null })).toBe(
    'clinic.example: Carries an emblem, vouched for by a key you trust',
  );
  for (const status of ['unconfirmed', 'not-covered', 'invalid', 'unknown'] as const)
    expect(title({ status, strength: null, issuerProven: false, endorsementsUndetermined: [STATE] })).not.toMatch(
      /relief|state/,
    );
});

it('says of a page that may be anybody’s that the name carries the emblem, not that the emblem could not be confirmed', () => {
  expect(title({}, {}, 'http')).toBe('clinic.example: This name carries an emblem. relief.example says so');
});

it('is the extension’s name where nothing was asked', () => {
  expect(titleOf(null)).toBe('Emblem Lens');
  expect(titleOf(record({ phase: 'idle', report: null }))).toBe('Emblem Lens');
});
