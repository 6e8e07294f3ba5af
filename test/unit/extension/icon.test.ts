// Does each state have its one picture, and does none promise more than is proven?

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { iconState, type IconState } from '../../../src/extension/icon.ts';
import type { Report } from '../../../src/verdict/report.ts';
import { record, report } from './fixtures.ts';

const cases: readonly (readonly [Partial<Report>, IconState])[] = [
  [{ status: 'marked', strength: 'trusted' }, 'trusted'],
  [{ status: 'marked', strength: 'endorsed' }, 'endorsed'],
  [{ status: 'marked', strength: 'declared' }, 'declared'],
  [{ status: 'marked', strength: null }, 'unconfirmed'],
  [{ status: 'unconfirmed', strength: null, because: 'log-unreachable' }, 'unconfirmed'],
  [{ status: 'not-covered', strength: null }, 'not-covered'],
  [{ status: 'invalid', strength: null, because: 'expired' }, 'expired'],
  [{ status: 'invalid', strength: null, because: 'not-yet-valid' }, 'expired'],
  [{ status: 'invalid', strength: null, because: 'unsigned' }, 'invalid'],
  [{ status: 'invalid', strength: null, because: 'other' }, 'invalid'],
  [{ status: 'none', strength: null }, 'none'],
  [{ status: 'unknown', strength: null }, 'unknown'],
];

describe('icon', () => {
  it.each(cases)('%j', (change, picture) => {
    expect(iconState(record({ report: report(change) }))).toBe(picture);
  });

  it.each(['trusted', 'endorsed', 'declared'] as const)(
    'shows no strength %s on a page that is not on HTTPS',
    (strength) => {
      expect(iconState(record({ page: 'http', report: report({ strength }) }))).toBe('unconfirmed');
    },
  );

  it('is the extension’s own where nobody asked and on browser pages', () => {
    expect(iconState(null)).toBeNull();
    expect(iconState(record({ phase: 'idle', report: null }))).toBeNull();
  });

  it('says that a check is under way only while no answer stands', () => {
    expect(iconState(record({ phase: 'checking', report: null }))).toBe('checking');
    expect(iconState(record({ phase: 'checking' }))).toBe('endorsed');
  });

  it('differs from every other in shape, not in colour alone, the extension’s own included', () => {
    const shapes = readdirSync('icons')
      .filter((name) => name.endsWith('.svg'))
      .map((name) =>
        readFileSync(`icons/${name}`, 'utf8')
          .replaceAll(/#[0-9a-f]{3,8}|currentColor/gi, '')
          .trim(),
      );
    expect(shapes).toHaveLength(11);
    expect(new Set(shapes).size).toBe(shapes.length);
    // What draws the shape counts, whatever stands around it.
    const drawn = shapes.map((shape) =>
      [...shape.matchAll(/ (d|c[xy]|r|stroke-dasharray)="([^"]*)"/g)].map(([attribute]) => attribute).join(''),
    );
    expect(new Set(drawn).size).toBe(drawn.length);
  });

  it('has a picture and a title for each state', () => {
    const messages: unknown = JSON.parse(readFileSync('public/_locales/en/messages.json', 'utf8'));
    const states: readonly IconState[] = [
      'trusted',
      'endorsed',
      'declared',
      'unconfirmed',
      'invalid',
      'expired',
      'not-covered',
      'none',
      'unknown',
      'checking',
    ];
    for (const state of states) {
      expect(existsSync(`icons/${state}.svg`), state).toBe(true);
      expect(messages).toHaveProperty(`title_${state.replaceAll('-', '_')}.message`);
    }
    expect(existsSync('icons/lens.svg')).toBe(true);
  });
});
