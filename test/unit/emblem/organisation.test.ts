// Is an organisation identifier exactly what the draft says, and nothing that a URL would forgive?

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { domainOf, parseOrganisation } from '../../../src/emblem/organisation.ts';

const parse = (value: unknown) => parseOrganisation(value);
const codeOf = (value: unknown): string | null => {
  const parsed = parse(value);
  return parsed.ok ? null : parsed.problem.code;
};
const label = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,10}[a-z0-9])?$/).filter((text) => !/^..--/.test(text));
const domain = fc
  .array(label, { minLength: 1, maxLength: 3 })
  .map((labels) => [...labels, 'relief', 'example'].join('.'));

test('https:// and a domain name is one, given back as it is', () => {
  fc.assert(
    fc.property(domain, (name) => {
      expect(parse(`https://${name}`)).toEqual({ ok: true, value: `https://${name}` });
      expect(domainOf(`https://${name}`)).toBe(name);
    }),
    { numRuns: 500 },
  );
});

test('one character more or other is none, unless it makes another such name', () => {
  const isOne = (text: string): boolean =>
    /^https:\/\/(?=.{1,253}$)(?:(?!-)[a-z0-9-]{1,63}(?<!-)\.)+(?!\d+$)(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(text) &&
    !text.includes('/-');
  fc.assert(
    fc.property(
      domain,
      fc.nat(),
      fc.oneof(
        fc.string({ minLength: 1, maxLength: 1 }),
        fc.constantFrom(
          '/',
          '.',
          ':',
          '@',
          '?',
          '#',
          '%',
          ' ',
          '\t',
          '\n',
          '\\',
          'A',
          'ä',
          '。',
          '％',
          '\u00ad',
          '\u200b',
          '-',
          '_',
        ),
      ),
      fc.boolean(),
      (name, place, character, replace) => {
        const sound = `https://${name}`;
        const at = place % (sound.length + 1);
        const text = sound.slice(0, at) + character + sound.slice(at + (replace ? 1 : 0));
        const parsed = parse(text);
        if (parsed.ok) expect([text, isOne(text), parsed.value]).toEqual([text, true, text]);
        else expect(parsed.problem.code).toBe('organisation-malformed');
      },
    ),
    { numRuns: 3000 },
  );
});

test('whatever is accepted is its own origin', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl(),
        fc.webUrl({ validSchemes: ['https'] }),
        fc.domain().map((name) => `https://${name}`),
        fc.string(),
        fc.anything(),
      ),
      (value) => {
        const parsed = parse(value);
        if (parsed.ok) expect([value, parsed.value]).toEqual([new URL(parsed.value).origin, value]);
      },
    ),
    { numRuns: 2000 },
  );
});

test.each([
  '',
  'https://',
  'relief.example',
  'http://relief.example',
  'HTTPS://relief.example',
  'https:relief.example',
  'https:///relief.example',
  'https://relief.example/',
  'https://relief.example.',
  'https://Relief.example',
  'https://relief.example:443',
  'https://relief.example:8443',
  'https://a@relief.example',
  'https://a:b@relief.example',
  'https://relief.example?',
  'https://relief.example#',
  'https://relief.example/a',
  ' https://relief.example',
  'https://relief.example ',
  'https://relief.example\n',
  'https://re\tlief.example',
  'https://example',
  'https://localhost',
  'https://192.0.2.1',
  'https://[2001:db8::1]',
  'https://0x7f.1',
  'https://relief.123',
  'https://zürich.example',
  'https://z%C3%BCrich.example',
  'https://*.relief.example',
  'https://a_b.relief.example',
  'https://-a.relief.example',
  'https://a-.relief.example',
  'https://a..example',
  'https://.relief.example',
  `https://${'a'.repeat(64)}.example`,
  `https://${'a.'.repeat(125)}example`,
  'https://xn--zzzzzzzzzz99999.example',
  'https://xn--a.example',
  'https://relief。example',
  'https://relief.example\\',
  'blob:https://relief.example',
  7,
  null,
  ['https://relief.example'],
  { href: 'https://relief.example' },
])('%j is malformed', (value) => {
  expect(codeOf(value)).toBe('organisation-malformed');
});

test.each([
  'https://xn--zrich-kva.example',
  'https://gov.uk',
  'https://github.io',
  'https://a.co.uk',
  'https://a-b.1a.example',
  `https://${'a'.repeat(63)}.example`,
])('%s is one', (value) => {
  expect(codeOf(value)).toBeNull();
});
