// Is every byte of a DNS message accounted for, and nothing outside it ever read?

import * as packet from '@leichtgewicht/dns-packet';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeMessage } from '../../../src/codec/dns/message.ts';
import { DnsReader, encodeName } from '../../../src/codec/dns/name.ts';
import { encodeQuery } from '../../../src/codec/dns/query.ts';
import { ascii, edns, message, soa, txt, wireName } from './dns-message.ts';

const sound = message({
  answers: [
    { owner: [0xc0, 12], type: 5, data: wireName('alias.example') },
    { owner: 'Alias.Example', type: 16, data: txt('ab', '', 'c') },
    { type: 65400, data: [1, 2, 3] },
  ],
  authorities: [{ owner: 'example', type: 6, data: soa(77) }],
  additionals: [edns(1, { code: 15, data: [0, 17, 65] }, { code: 12, data: [0, 0] })],
});

describe('a sound message', () => {
  test('says what it says', () => {
    expect(decodeMessage(sound)).toEqual({
      id: 0,
      isResponse: true,
      opcode: 0,
      authoritative: false,
      truncated: false,
      recursionAvailable: true,
      authenticated: false,
      rcode: 16,
      questions: [{ name: 'clinic.example', type: 16, class: 1 }],
      answers: [
        { owner: 'clinic.example', type: 5, class: 1, ttl: 300, data: { kind: 'cname', target: 'alias.example' } },
        {
          owner: 'alias.example',
          type: 16,
          class: 1,
          ttl: 300,
          data: {
            kind: 'txt',
            strings: [Uint8Array.from(ascii('ab')), new Uint8Array(0), Uint8Array.from(ascii('c'))],
          },
        },
        {
          owner: 'clinic.example',
          type: 65400,
          class: 1,
          ttl: 300,
          data: { kind: 'other', bytes: Uint8Array.from([1, 2, 3]) },
        },
      ],
      authorities: [{ owner: 'example', type: 6, class: 1, ttl: 300, data: { kind: 'soa', minimum: 77 } }],
      additionals: [],
      extendedErrors: [17],
    });
  });

  test('has its flags where RFC 1035 and RFC 4035 put them', () => {
    expect(decodeMessage(message({ flags: 0x0220 }))).toMatchObject({
      isResponse: false,
      truncated: true,
      authenticated: true,
      rcode: 0,
    });
    expect(decodeMessage(message({ id: 5, flags: 0xa803 }))).toMatchObject({
      id: 5,
      isResponse: true,
      opcode: 5,
      rcode: 3,
    });
  });

  test('cut short anywhere is no message', () => {
    for (let end = 0; end < sound.length; end += 1) expect(decodeMessage(sound.subarray(0, end))).toBeNull();
  });

  test('reads what an independent library writes', () => {
    const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);
    const name = fc.array(label, { minLength: 1, maxLength: 6 }).map((labels) => labels.join('.'));
    const strings = fc.array(fc.uint8Array({ maxLength: 255 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(name, fc.nat(0x7fffffff), strings, (owner, ttl, data) => {
        const bytes = packet.encode({
          type: 'response',
          id: 0,
          questions: [{ type: 'TXT', name: owner }],
          answers: [{ type: 'TXT', name: owner, ttl, data }],
        });
        expect(decodeMessage(bytes)?.answers).toEqual([
          { owner, type: 16, class: 1, ttl, data: { kind: 'txt', strings: data.map((s) => new Uint8Array(s)) } },
        ]);
      }),
    );
  });
});

/** A message with a name that so many pointers lead to, one after the other, through the data of a record. */
function chainOfPointers(count: number): Uint8Array<ArrayBuffer> {
  const data = 12 + wireName('clinic.example').length * 2 + 4 + 10;
  const at = (pointer: number): number => (pointer === 0 ? data : data + 2 * pointer - 1);
  const to = (place: number): number[] => [0xc0 | (place >> 8), place & 0xff];
  const chain = Array.from({ length: count - 1 }, (_, before) => to(at(before))).flat();
  return message({
    answers: [
      { type: 65400, data: [0, ...chain] },
      { owner: to(at(count - 1)), type: 16, data: txt('a') },
    ],
  });
}

describe('a hostile message', () => {
  const refused: Record<string, Uint8Array> = {
    'a byte after the end': message({ trailing: [0] }),
    'more records counted than there are': message({ counts: [1, 65535, 65535, 65535] }),
    'fewer records counted than there are': message({ answers: [{ type: 16, data: txt('a') }], counts: [1, 0, 0, 0] }),
    'a pointer to itself': message({ answers: [{ owner: [0xc0, 32], type: 16, data: txt('a') }] }),
    'a pointer forward': message({ answers: [{ owner: [0xc0, 40], type: 16, data: txt('a') }] }),
    'a pointer beyond the end': message({ answers: [{ owner: [0xff, 0xff], type: 16, data: txt('a') }] }),
    'more pointers than a name has labels': chainOfPointers(128),
    'two pointers in a circle': message({ answers: [{ owner: [1, 97, 0xc0, 32], type: 16, data: txt('a') }] }),
    'a label of type 01': message({ answers: [{ owner: [0x41, 97, 0], type: 16, data: txt('a') }] }),
    'a label of type 10': message({ answers: [{ owner: [0x81, 97, 0], type: 16, data: txt('a') }] }),
    'a name of more than 255 bytes': message({
      answers: [{ owner: wireName(Array.from({ length: 128 }, () => 'a').join('.')), type: 16, data: txt('a') }],
    }),
    'a string that leaves its record': message({
      answers: [
        { type: 16, data: [5, 97] },
        { type: 16, data: txt('abc') },
      ],
    }),
    'a TXT record without any string': message({
      answers: [
        { type: 16, data: [] },
        { type: 16, data: txt('abc') },
      ],
    }),
    'a record longer than the message': message({ answers: [{ type: 65400, data: [1], length: 2 }] }),
    'an alias with bytes after its name': message({ answers: [{ type: 5, data: [...wireName('a.example'), 0] }] }),
    'a SOA record cut short': message({ authorities: [{ type: 6, data: soa(1).slice(0, -1) }] }),
    'two OPT records': message({ additionals: [edns(0), edns(0)] }),
    'an OPT record among the answers': message({ answers: [edns(0)] }),
    'an OPT record with a name': message({ additionals: [{ ...edns(0), owner: 'a' }] }),
    'an option that leaves its record': message({ additionals: [{ ...edns(0), data: [0, 12, 0, 9, 0] }] }),
    'an extended error without a code': message({ additionals: [edns(0, { code: 15, data: [0] })] }),
  };
  test.each(Object.entries(refused))('%s', (_what, bytes) => {
    expect(decodeMessage(bytes)).toBeNull();
  });

  test('as many pointers as a name may have labels lead to it', () => {
    expect(decodeMessage(chainOfPointers(127))?.answers[1]?.owner).toBe('');
  });

  test('of any bytes is read in bounded time and never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => void decodeMessage(bytes)));
    fc.assert(
      fc.property(fc.nat(sound.length - 1), fc.nat(255), (place, byte) => {
        decodeMessage(sound.with(place, byte));
      }),
    );
  });

  test('a name of exactly 255 bytes is still one', () => {
    const name = [...Array.from({ length: 3 }, () => 'a'.repeat(63)), 'b'.repeat(61)].join('.');
    expect(new DnsReader(Uint8Array.from(wireName(name))).name()).toBe(name);
    expect(encodeName(name)).toEqual(Uint8Array.from(wireName(name)));
    expect(encodeName(`${name}b`)).toBeNull();
  });

  test('two names never look alike', () => {
    const dotted = new DnsReader(Uint8Array.from([3, 97, 46, 98, 0])).name();
    expect(dotted).toBe('a\\046b');
    expect(new DnsReader(Uint8Array.from([1, 92, 0])).name()).toBe('\\092');
  });
});

describe('a question', () => {
  const query = encodeQuery('clinic.example', 16);
  test('is what the library reads: id 0, RD, DO, no client subnet, padded to 128 bytes', () => {
    expect(query?.length).toBe(128);
    const read = packet.decode(query ?? new Uint8Array(0));
    expect(read).toMatchObject({
      id: 0,
      type: 'query',
      flag_rd: true,
      questions: [{ name: 'clinic.example', type: 'TXT', class: 'IN' }],
      answers: [],
      authorities: [],
    });
    expect(read.additionals).toMatchObject([
      {
        type: 'OPT',
        flag_do: true,
        ednsVersion: 0,
        udpPayloadSize: 65535,
        options: [{ code: 8, family: 1, sourcePrefixLength: 0, scopePrefixLength: 0 }, { code: 12 }],
      },
    ]);
  });

  test('of any length is padded to a multiple of 128 bytes, and read back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 63 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 65535 }),
        (length, labels, type) => {
          const name = Array.from({ length: labels }, () => 'a'.repeat(length)).join('.');
          const bytes = encodeQuery(name, type);
          expect((bytes?.length ?? 1) % 128).toBe(0);
          expect(decodeMessage(bytes ?? new Uint8Array(0))).toMatchObject({
            id: 0,
            isResponse: false,
            questions: [{ name, type, class: 1 }],
          });
        },
      ),
    );
  });

  test.each(['', '.', 'a..b', 'a b', 'ü.example', 'a.', `${'a'.repeat(64)}.example`])(
    'is not asked about "%s"',
    (name) => {
      expect(encodeQuery(name, 16)).toBeNull();
    },
  );
});
