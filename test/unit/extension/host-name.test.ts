// Are names shown as they are, and in both forms where either could deceive?

import { domainToASCII } from 'node:url';
import { assert, pre, property, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostWords, organisationWords, unicodeForm } from '../../../src/extension/host-name.ts';
import '../../gallery/fake-browser.ts';

describe('unicodeForm', () => {
  it.each([
    ['xn--bcher-kva.example', 'bücher.example'],
    ['xn--n3h.example', '☃.example'],
    ['a.xn--e1afmkfd.xn--p1ai', 'a.пример.рф'],
  ])('%s is %s', (ascii, unicode) => {
    expect(unicodeForm(ascii)).toBe(unicode);
  });

  it('is null for names without any, and for labels that are no Punycode', () => {
    for (const name of [
      'relief.example',
      'xn--.example',
      'xn--a!.example',
      'xn--zzzzzzzz99999.example',
      'notxn--a.example',
    ])
      expect(unicodeForm(name)).toBeNull();
  });

  it('undoes what the URL parser does', () => {
    assert(
      property(stringMatching(/^[a-zà-öø-ÿα-ωа-я一-龠]{1,20}$/u), (label) => {
        const ascii = domainToASCII(`${label}.example`);
        pre(ascii.startsWith('xn--'));
        const unicode = unicodeForm(ascii);
        expect(unicode === null ? null : domainToASCII(unicode)).toBe(ascii);
      }),
    );
  });

  it('never throws', () => {
    assert(
      property(stringMatching(/^[a-z0-9-]{0,59}$/), (rest) => {
        unicodeForm(`xn--${rest}.example`);
      }),
    );
  });
});

describe('hostWords', () => {
  it('shows both forms of a name that is not ASCII', () => {
    expect(hostWords('xn--bcher-kva.example')).toBe('bücher.example (xn--bcher-kva.example)');
    expect(hostWords('relief.example')).toBe('relief.example');
    expect(organisationWords('https://relief.example')).toBe('relief.example');
  });
});
