// Do asset identifiers order as the draft says? An independent model of names and ranges beside ours.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { publicSuffixes } from '../../../src/cli/public-suffixes.ts';
import { type Asset, coveringAll, coversAsset, isTooBroad, parseAsset } from '../../../src/emblem/asset.ts';

const asset = (text: string): Asset => {
  const parsed = parseAsset(text);
  if (!parsed.ok) throw new TypeError(`${text}: ${parsed.problem.code}`);
  return parsed.value;
};
const covers = (outer: string, inner: string): boolean => coversAsset(asset(outer), asset(inner));

// Few labels, so that many names lie within each other, or nearly.
const label = fc.constantFrom('a', 'b', 'ab', 'a-b', 'example');
const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
const names = fc.oneof(
  name,
  name.map((each) => `*.${each}`),
  fc.constant('*'),
);

/** IPv4 in 203.0.113.0/24 and IPv6 in 2001:db8::/32, as numbers with the length of the prefix. */
const range4 = fc
  .tuple(fc.nat({ max: 255 }), fc.integer({ min: 24, max: 32 }))
  .map(([last, prefix]) => ({ bits: 32, value: 0xcb007100n + BigInt(last), prefix }));
const range6 = fc
  .tuple(fc.bigInt({ min: 0n, max: 0xffffn }), fc.nat({ max: 3 }), fc.integer({ min: 32, max: 128 }))
  .map(([low, high, prefix]) => ({ bits: 128, value: (0x20010db8n << 96n) + (BigInt(high) << 64n) + low, prefix }));
interface Range {
  readonly bits: number;
  readonly value: bigint;
  readonly prefix: number;
}

const network = ({ bits, value, prefix }: Range): bigint => (value >> BigInt(bits - prefix)) << BigInt(bits - prefix);
/** The first and the last address of a range. */
const ends = (range: Range): readonly [bigint, bigint] => [
  network(range),
  network(range) + 2n ** BigInt(range.bits - range.prefix) - 1n,
];
const groups = (value: bigint, count: number, width: number): readonly bigint[] =>
  Array.from({ length: count }, (_, i) => (value >> BigInt((count - 1 - i) * width)) & (2n ** BigInt(width) - 1n));
/** Ways to write the same range. */
function spellings(range: Range): readonly string[] {
  const value = network(range);
  if (range.bits === 128) {
    const full = groups(value, 8, 16).map((group) => group.toString(16));
    const all = [
      `[${full.join(':')}/${range.prefix}]`,
      `[${full.map((group) => group.padStart(4, '0').toUpperCase()).join(':')}/${range.prefix}]`,
    ];
    return range.prefix === 128 ? [...all, `[${full.join(':')}]`] : all;
  }
  const dotted = groups(value, 4, 8).join('.');
  const all = [`[${dotted}/${range.prefix}]`, `[::ffff:${dotted}/${range.prefix + 96}]`];
  return range.prefix === 32 ? [...all, `[${dotted}]`, `[::ffff:${dotted}]`] : all;
}
const ranges = fc.oneof(range4, range6);
const written = ranges.chain((range) => fc.constantFrom(...spellings(range)));
const assets = fc.oneof(names, written);

describe('the order', () => {
  test('is reflexive', () => {
    fc.assert(
      fc.property(assets, (text) => {
        expect(covers(text, text)).toBe(true);
      }),
    );
  });

  test('is transitive', () => {
    fc.assert(
      fc.property(fc.array(assets, { minLength: 3, maxLength: 8 }), (texts) => {
        for (const a of texts)
          for (const b of texts)
            for (const c of texts) if (covers(a, b) && covers(b, c)) expect([a, c, covers(a, c)]).toEqual([a, c, true]);
      }),
      { numRuns: 300 },
    );
  });

  test('is antisymmetric: what covers each other is the same, however written', () => {
    const meaning = ({ text: _text, ...rest }: Asset): unknown => rest;
    fc.assert(
      fc.property(fc.array(assets, { minLength: 2, maxLength: 8 }), (texts) => {
        for (const a of texts)
          for (const b of texts) if (covers(a, b) && covers(b, a)) expect(meaning(asset(a))).toEqual(meaning(asset(b)));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    '[192.31.196.1]',
    '[192.175.48.0/24]',
    '[192.52.193.1]',
    '[2001:3::1]',
    '[2620:4f:8000::1]',
    '[2001:4:112::1]',
  ])('%s is reached from everywhere, whatever service it is for', (text) => {
    expect(parseAsset(text).ok).toBe(true);
  });

  test('names and addresses never cover each other', () => {
    fc.assert(
      fc.property(names, written, (nameText, address) => {
        expect([covers(nameText, address), covers(address, nameText)]).toEqual([false, false]);
      }),
    );
  });
});

describe('names', () => {
  test('a name covers itself alone, a wildcard its base and what ends in its labels, a lone wildcard every name', () => {
    const inModel = (outer: string, inner: string): boolean => {
      if (outer === '*') return true;
      if (!outer.startsWith('*.')) return inner === outer;
      if (inner === '*') return false;
      const [base, labels] = [outer.slice(2).split('.'), inner.replace(/^\*\./, '').split('.')];
      return labels.length >= base.length && base.every((each, i) => labels[labels.length - base.length + i] === each);
    };
    fc.assert(
      fc.property(names, names, (outer, inner) => {
        expect(covers(outer, inner)).toBe(inModel(outer, inner));
      }),
      { numRuns: 3000 },
    );
  });

  test('compare without case and trailing dot', () => {
    const spelled = (text: string, upper: boolean, dot: boolean): string =>
      (upper ? text.toUpperCase() : text) + (dot && text !== '*' ? '.' : '');
    fc.assert(
      fc.property(names, names, fc.boolean(), fc.boolean(), (outer, inner, upper, dot) => {
        expect(covers(spelled(outer, upper, dot), inner)).toBe(covers(outer, inner));
        expect(covers(outer, spelled(inner, upper, dot))).toBe(covers(outer, inner));
      }),
    );
  });

  test.each([
    '',
    '.',
    'a..example',
    '.a.example',
    'a.example..',
    '-a.example',
    'a-.example',
    'a b.example',
    'a.*.example',
    '**.example',
    '*a.example',
    'a*',
    '*.',
    '*.*',
    '*.*.example',
    'ä.example',
    'https://a.example',
    'a.example/',
    'a.example:443',
    'a@b.example',
    'a.123',
    '1.2.3.4',
    'a.0x1f',
    '0x7f000001',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(124)}example`,
    'a\n.example',
    '[a.example]',
    '[]',
    '[*]',
    '[::',
    'x[192.0.2.1]',
    '[192.0.2.1]x',
    '192.0.2.1]',
  ])('%j is no asset', (text) => {
    expect(parseAsset(text)).toMatchObject({ ok: false, problem: { code: 'asset-malformed' } });
  });

  test.each([null, 7, ['a.example'], { a: 1 }, true])('%j is no asset', (value) => {
    expect(parseAsset(value)).toMatchObject({ ok: false, problem: { code: 'asset-malformed' } });
  });

  test('too broad are a lone wildcard and one before a public suffix, private ones included', () => {
    const broad = (text: string): boolean => isTooBroad(asset(text), publicSuffixes);
    expect(['*', '*.com', '*.co.uk', '*.github.io', '*.example'].map((text) => broad(text))).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
    expect(
      ['*.relief.example', '*.a.github.io', 'com', '[2001:db8::/32]', '[203.0.113.7]'].map((text) => broad(text)),
    ).toEqual([false, false, false, false, false]);
    expect(
      ['[2001::/31]', '[2000::/3]', '[0.0.0.0/0]', '[::/0]', '[198.0.0.0/15]', '[10.0.0.0/8]'].map((text) =>
        broad(text),
      ),
    ).toEqual([true, true, true, true, true, true]);
  });
});

describe('addresses', () => {
  test('a range covers exactly the ranges whose ends lie between its own', () => {
    fc.assert(
      fc.property(ranges, ranges, fc.nat(), fc.nat(), (outer, inner, i, j) => {
        const [one, other] = [spellings(outer), spellings(inner)];
        const [[first, last], [from, until]] = [ends(outer), ends(inner)];
        const expected = outer.bits === inner.bits && first <= from && until <= last;
        expect(covers(one[i % one.length] ?? '', other[j % other.length] ?? '')).toBe(expected);
      }),
      { numRuns: 3000 },
    );
  });

  test('near misses: a range and its neighbours, its halves and what encloses it', () => {
    fc.assert(
      fc.property(
        ranges.filter(({ bits, prefix }) => prefix < bits && prefix > (bits === 32 ? 24 : 32)),
        (range) => {
          const size = 2n ** BigInt(range.bits - range.prefix);
          const [whole = ''] = spellings(range);
          const [half = ''] = spellings({ ...range, value: network(range) + size / 2n, prefix: range.prefix + 1 });
          const [above = ''] = spellings({ ...range, prefix: range.prefix - 1 });
          const [neighbour = ''] = spellings({ ...range, value: network(range) ^ size });
          expect([
            covers(whole, half),
            covers(half, whole),
            covers(above, whole),
            covers(whole, above),
            covers(whole, neighbour),
            covers(above, neighbour),
          ]).toEqual([true, false, true, false, false, true]);
        },
      ),
    );
  });

  test('bits beyond the prefix are refused, in every spelling', () => {
    fc.assert(
      fc.property(
        ranges.filter(({ bits, prefix }) => prefix < bits),
        fc.nat(),
        (range, bit) => {
          const stray = network(range) + 2n ** BigInt(bit % (range.bits - range.prefix));
          const [text = ''] = spellings({ ...range, value: stray, prefix: range.bits });
          const full = text.replace(/\/\d+\]$/, `/${range.prefix}]`);
          expect(parseAsset(full)).toMatchObject({ ok: false, problem: { code: 'asset-host-bits' } });
        },
      ),
    );
  });

  test('an IPv6 prefix shorter than 96 covers no IPv4', () => {
    expect(covers('[::/0]', '[203.0.113.7]')).toBe(false);
    expect(covers('[::/0]', '[::ffff:203.0.113.7]')).toBe(false);
    expect(covers('[::ffff:0:0/96]', '[203.0.113.7]')).toBe(true);
    expect(covers('[0.0.0.0/0]', '[203.0.113.7]')).toBe(true);
    expect(covers('[0.0.0.0/0]', '[2001:db8::1]')).toBe(false);
  });

  test.each([
    '[]',
    '[/24]',
    '[203.0.113.7/33]',
    '[203.0.113.7/-1]',
    '[203.0.113.7/ 32]',
    '[203.0.113.7/032]',
    '[203.0.113.7/]',
    '[203.0.113.7/32/32]',
    '[203.0.113]',
    '[203.0.113.07]',
    '[0xcb.0.113.7]',
    '[3405803783]',
    '[203.0.113.256]',
    '[2001:db8::1%eth0]',
    '[2001:db8::1/129]',
    '[2001:db8:::1]',
    '[2001:db8::1::]',
    '[g::1]',
    '[2001:db8::1 ]',
    '[[2001:db8::1]]',
    '[::ffff:203.0.113.7/129]',
    '[12345::]',
  ])('%s is no address', (text) => {
    expect(parseAsset(text)).toMatchObject({ ok: false, problem: { code: 'asset-malformed' } });
  });

  test.each([
    '[10.1.2.3]',
    '[172.16.0.0/16]',
    '[172.31.255.255]',
    '[192.168.0.0/16]',
    '[169.254.1.1]',
    '[100.64.0.1]',
    '[240.0.0.1]',
    '[255.255.255.255]',
    '[::ffff:10.1.2.3]',
    '[fc00::1]',
    '[fd00::/64]',
    '[fe80::1]',
    '[fec0::1]',
    '[4000::1]',
    '[e000::/32]',
  ])('%s is legal and not public', (text) => {
    expect(parseAsset(text)).toMatchObject({ ok: true, value: { range: { isPublic: false } } });
  });

  test.each([
    '[0.0.0.0]',
    '[127.0.0.1]',
    '[127.1.0.0/16]',
    '[224.0.0.1]',
    '[239.255.255.255]',
    '[::]',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[ff02::1]',
  ])('%s marks nothing', (text) => {
    expect(parseAsset(text)).toMatchObject({ ok: false, problem: { code: 'asset-address-refused' } });
  });

  test.each([
    '[192.0.2.1]',
    '[198.51.100.0/24]',
    '[203.0.113.7]',
    '[2001:db8::1]',
    '[3fff::1]',
    '[1.1.1.1]',
    '[172.15.0.1]',
    '[172.32.0.1]',
    '[2606:4700::/32]',
    '[::ffff:8.8.8.8]',
  ])('%s may be marked', (text) => {
    expect(parseAsset(text)).toMatchObject({ ok: true, value: { kind: 'address', text } });
  });
});

test('one of many covers what one of them covers', () => {
  const texts = [
    '*',
    '*.example',
    '*.relief.example',
    'relief.example',
    'clinic.relief.example',
    'other.example',
    '[192.0.2.0/24]',
    '[192.0.2.7]',
    '[192.0.3.0/25]',
    '[::ffff:192.0.2.0/121]',
    '[2001:db8::/33]',
    '[2001:db8::/32]',
    '[2001:db8::1]',
    '[2001:db9::/48]',
    '[8.0.0.0/7]',
  ];
  const all = texts.flatMap((text) => {
    const parsed = parseAsset(text);
    return parsed.ok ? [parsed.value] : [];
  });
  expect(all).toHaveLength(texts.length);
  for (let mask = 0; mask < 2 ** 15; mask += 61) {
    const outer = all.filter((_, at) => (mask >> at) % 2 === 1);
    const isCovered = coveringAll(outer);
    for (const inner of all)
      expect([mask, inner.text, isCovered(inner)]).toEqual([
        mask,
        inner.text,
        outer.some((each) => coversAsset(each, inner)),
      ]);
  }
});
