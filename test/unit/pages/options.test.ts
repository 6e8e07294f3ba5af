// Do the options take what is sound, and say clearly what is not?

import '../../gallery/fake-browser.ts';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { DEFAULTS, MAX_TYPES, parseSettings, RESOLVERS } from '../../../src/extension/settings.ts';
import { MAX_LISTS, readChoices } from '../../../src/pages/options/choices.ts';
import { Options } from '../../../src/pages/options/options.tsx';
import { Welcome } from '../../../src/pages/welcome/welcome.tsx';

const typed = {
  automatic: true,
  resolver: DEFAULTS.resolver,
  lists: DEFAULTS.logLists.join('\n'),
  types: DEFAULTS.ihleTypes.join(' '),
};

describe('readChoices', () => {
  it('takes sound choices, forgiving blanks and empty lines', () => {
    expect(
      readChoices({ ...typed, resolver: ` ${DEFAULTS.resolver} `, lists: `\n ${DEFAULTS.logLists.join(' \n\n')}\n` }),
    ).toEqual({ ok: true, settings: { ...DEFAULTS, automatic: true } });
  });

  it.each([
    'http://dns.example/dns-query',
    'dns.example',
    'https://a:b@dns.example/',
    'https://dns.example/#x',
    '',
    'ftp://dns.example/',
  ])('refuses the resolver %j with a sentence', (resolver) => {
    expect(readChoices({ ...typed, resolver })).toMatchObject({
      ok: false,
      field: 'resolver',
      error: expect.stringContaining('must begin with https://'),
    });
  });

  it('refuses a wrong line, naming it', () => {
    expect(readChoices({ ...typed, lists: `${DEFAULTS.logLists[0]}\nhttp://lists.example/` })).toMatchObject({
      ok: false,
      field: 'lists',
      error: expect.stringContaining('http://lists.example/'),
    });
  });

  it('refuses no list at all, and more than are kept', () => {
    const many = Array.from({ length: MAX_LISTS + 1 }, (_, i) => `https://l${i}.example/`);
    expect(readChoices({ ...typed, lists: ' \n' })).toMatchObject({ ok: false, field: 'lists' });
    expect(readChoices({ ...typed, lists: many.join('\n') })).toMatchObject({ ok: false, field: 'lists' });
    expect(parseSettings({ ...DEFAULTS, logLists: many }).logLists).toHaveLength(MAX_LISTS);
  });
});

describe('record type numbers', () => {
  const typesOf = (types: string) => {
    const choices = readChoices({ ...typed, types });
    return choices.ok ? choices.settings.ihleTypes : choices;
  };

  it.each([
    ['65400 65297', [65400, 65297]],
    [' 65400,\t65400;1 ', [65400, 1]],
    ['', []],
    ['65535', [65535]],
  ])('%j is %j', (types, numbers) => {
    expect(typesOf(types)).toEqual(numbers);
  });

  it.each(['0', '65536', '-1', '1.5', '1e3', '0x10', '065400', 'TXT', '65400 x', '16', '5', '41', '６５４００'])(
    '%j is refused with a sentence that names it',
    (types) => {
      expect(typesOf(types)).toMatchObject({
        field: 'types',
        error: expect.stringContaining(types.split(' ').at(-1) ?? ''),
      });
    },
  );

  it('are refused where there are more than are kept', () => {
    const many = Array.from({ length: MAX_TYPES + 1 }, (_, i) => 65_300 + i);
    expect(typesOf(many.join(' '))).toMatchObject({
      field: 'types',
      error: expect.stringContaining(String(MAX_TYPES)),
    });
    expect(typesOf(many.slice(1).join(' '))).toEqual(many.slice(1));
    expect(parseSettings({ ...DEFAULTS, ihleTypes: many }).ihleTypes).toHaveLength(MAX_TYPES);
  });
});

const checked = (html: string): readonly string[] =>
  [...html.matchAll(/<input[^>]*>/g)]
    .map(([input]) => input)
    .filter((input) => / checked/.test(input))
    .map((input) => /value="([^"]*)"/.exec(input)?.[1] ?? '');

describe('pages', () => {
  it('show the numbers as they stand', () => {
    expect(options(DEFAULTS.resolver, true)).toMatch(/<input[^>]*name="types"[^>]*value="65297"/);
  });

  const options = (resolver: string, automatic: boolean | null) =>
    renderToString(
      h(Options, {
        settings: { ...DEFAULTS, resolver, automatic },
        resolvers: RESOLVERS,
        save: async () => null,
        addresses: { seen: false, see: async () => true },
        listFile: { file: null, offer: async () => true, drop: async () => undefined },
        wipe: async () => null,
      }),
    );

  it('show the options as they stand; no choice counts as on a click', () => {
    expect(checked(options(DEFAULTS.resolver, true))).toEqual(['automatic', DEFAULTS.resolver]);
    expect(checked(options('https://dns.example/', null))).toEqual(['click', 'custom']);
  });

  it('choose nothing for anybody on the first run, and say what holds until something is saved', () => {
    const first = renderToString(h(Welcome, { automatic: null, save: async () => undefined }));
    expect(checked(first)).toEqual([]);
    expect(first).toContain('Until you choose and save, it looks only on a click.');
    expect(checked(renderToString(h(Welcome, { automatic: false, save: async () => undefined })))).toEqual(['click']);
  });

  it('tell who learns what, and whose word this is not', () => {
    for (const html of [
      options(DEFAULTS.resolver, true),
      renderToString(h(Welcome, { automatic: null, save: async () => undefined })),
    ]) {
      for (const words of [
        'The resolver sees',
        'name servers of the site',
        'A public log sees',
        'hosts of the log lists',
        'independent',
        'never means that a site is unprotected',
      ])
        expect(html).toContain(words);
    }
  });
});
