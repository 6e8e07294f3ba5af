// Is of a certificate read what matters, and refused what is malformed?

import { describe, expect, it } from 'vitest';
import { readCertificate, readTbsCertificate } from '../../../src/transparency/certificate.ts';
import {
  ANY_USAGE,
  bytes,
  CLIENT,
  constraintsExtension,
  der,
  extension,
  FALSE,
  generalizedTime,
  makeCertificate,
  makeTbs,
  namesExtension,
  oid,
  type Parts,
  sequence,
  SERVER,
  TRUE,
  usageExtension,
  utcTime,
} from './certificates.ts';

const read = (parts: Parts) => readTbsCertificate(makeTbs(parts));

it('Certificate and TBSCertificate say the same', () => {
  const parts = { extensions: [namesExtension('A.example', 'b.example')] };
  const expected = {
    names: ['a.example', 'b.example'],
    notBefore: Date.parse('2026-03-01T00:00:00Z'),
    notAfter: Date.parse('2026-06-01T00:00:00Z'),
    isAuthority: false,
    isForServers: true,
  };
  expect(read(parts)).toEqual(expected);
  expect(readCertificate(makeCertificate(parts))).toEqual(expected);
  expect(readCertificate(makeTbs(parts))).toBeNull();
  expect(readTbsCertificate(makeCertificate(parts))).toBeNull();
});

describe('times', () => {
  it.each([
    [utcTime('491231235959Z'), '2049-12-31T23:59:59Z'],
    [utcTime('500101000000Z'), '1950-01-01T00:00:00Z'],
    [generalizedTime('20500228120000Z'), '2050-02-28T12:00:00Z'],
  ])('%# is read', (notAfter, iso) => {
    expect(read({ notAfter })?.notAfter).toBe(Date.parse(iso));
  });
  it.each([
    utcTime('2601010000Z'),
    utcTime('260101000000+0000'),
    utcTime('260231000000Z'),
    utcTime('20260101000000Z'),
    utcTime('260101000000ZZ'),
    utcTime('261301000000Z'),
    generalizedTime('260101000000Z'),
    generalizedTime('20260101000000.5Z'),
    generalizedTime('020260101000000Z'),
    generalizedTime('20260101000000ZZ'),
    der(0x0c, bytes('20260101000000Z')),
    utcTime('260101240000Z'),
    der(0x04, bytes('260101000000Z')),
  ])('%# is none, and costs nothing else', (time) => {
    const extensions = [namesExtension('a.example')];
    expect(read({ extensions, notAfter: time })).toMatchObject({
      names: ['a.example'],
      notBefore: Date.parse('2026-03-01T00:00:00Z'),
      notAfter: null,
    });
    expect(read({ extensions, notBefore: time })).toMatchObject({
      names: ['a.example'],
      notBefore: null,
      notAfter: Date.parse('2026-06-01T00:00:00Z'),
    });
  });
});

describe('names', () => {
  const other = der(0xa0, oid('2a03'), der(0xa0, der(0x0c, bytes('a'))));
  const nobody = sequence(der(0x31, sequence(oid('550403'), der(0x0c, bytes('a')))));
  it('other kinds are left out', () => {
    const mixed = sequence(
      der(0x81, bytes('a@b.example')),
      der(0x82, bytes('a.example')),
      der(0x86, bytes('https://a.example')),
      der(0x87, bytes(1, 2, 3, 4)),
      der(0x87, new Uint8Array(16)),
      der(0x88, bytes(0x2a, 3)),
      other,
      der(0xa4, nobody),
      der(0xa3, sequence()),
      der(0xa5, der(0x81, der(0x0c, bytes('a')))),
    );
    expect(read({ extensions: [extension('551d11', mixed)] })?.names).toEqual(['a.example']);
  });
  it.each<[string, Uint8Array]>([
    ['a name with a zero', der(0x82, bytes('a.example', 0, '.b'))],
    ['an empty name', der(0x82)],
    ['a name not in ASCII', der(0x82, bytes('\u00e4.example'))],
    ['a name with a space', der(0x82, bytes('a b.example'))],
    ['a constructed name', der(0xa2, der(0x16, bytes('a.example')))],
    ['an address of five bytes', der(0x87, new Uint8Array(5))],
    ['an empty address', der(0x87)],
    ['an empty identifier', der(0x88)],
    ['a cut identifier', der(0x88, bytes(0x2a, 0x83))],
    ['a mailbox not in ASCII', der(0x81, bytes('\u00e4@b.example'))],
    ['no mailbox', der(0x81)],
    ['an address of the web not in ASCII', der(0x86, bytes('https://\u00e4.example'))],
    ['another name without value', der(0xa0, oid('2a03'))],
    ['another name without type', der(0xa0, der(0xa0, der(0x0c)))],
    ['another name with two values', der(0xa0, oid('2a03'), der(0xa0, der(0x0c)), der(0xa0, der(0x0c)))],
    ['another name with a value that is no DER', der(0xa0, oid('2a03'), der(0xa0, bytes(5)))],
    ['a directory name that is no sequence', der(0xa4, der(0x31))],
    ['a directory name of no sets', der(0xa4, sequence(sequence()))],
    ['a mail address in bits', der(0xa3, bytes(5))],
    ['a party in bits', der(0xa5, bytes(5))],
    ['a kind that there is not', der(0x89, bytes(1))],
    ['a sequence', sequence()],
  ])('%s makes the whole list unfit', (_name, member) => {
    expect(read({ extensions: [extension('551d11', sequence(der(0x82, bytes('a.example')), member))] })).toBeNull();
  });
  it('of no member at all are unfit', () => {
    expect(read({ extensions: [extension('551d11', sequence())] })).toBeNull();
  });
  it('beside an empty registered identifier are unfit, as in the case at hand', () => {
    const pem =
      'MIIBmDCCAT6gAwIBAgIBBzAKBggqhkjOPQQDAjAZMRcwFQYDVQQDDA5yZWxpZWYuZXhhbXBsZTAeFw0yNjAxMDEwMDAwMDBaFw0yNjA0MDEwMDAwMDBaMBkxFzAVBgNVBAMMDnJlbGllZi5leGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEt2SrQ9p+O4xw2DVrY0iIUUEJz6x22jtid+4m1WZh3hXUU5iQ3pU5b2FzPMT3nQ0VHvGMc4hdVvuc5/lATmsfuKN3MHUwcwYDVR0RBGwwaoJWYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYS5hZGVtLWNvbmZpZ3VyYXRpb24ucmVsaWVmLmV4YW1wbGWCDnJlbGllZi5leGFtcGxliAAwCgYIKoZIzj0EAwIDSAAwRQIhAOky554jJoWEy1FKXPkh56P6j+LHoqc4OQJ50upxuRc5AiBqQMKcqI6xRAWTN/nTa4GXeM01dwsXFzKCmMQNKoag4Q==';
    expect(readCertificate(new Uint8Array(Buffer.from(pem, 'base64')))).toBeNull();
  });
  it('are none without the extension', () => {
    expect(read({})?.names).toEqual([]);
  });
});

describe('authority', () => {
  it.each([
    [[TRUE], true],
    [[TRUE, der(0x02, bytes(0))], true],
    [[der(0x02, bytes(0))], false],
    [[FALSE], false],
    [[], false],
  ])('%# is read', (content, authority) => {
    expect(read({ extensions: [constraintsExtension(...content)] })?.isAuthority).toBe(authority);
  });
});

describe('server authentication', () => {
  it.each([
    [[SERVER], true],
    [[CLIENT, SERVER], true],
    [[CLIENT], false],
    [[ANY_USAGE], false],
    [[ANY_USAGE, SERVER], true],
  ])('%j: %s', (usages, allowed) => {
    expect(read({ extensions: [usageExtension(...usages)] })?.isForServers).toBe(allowed);
  });
});

describe('malformed', () => {
  it.each([
    ['an extension twice', [namesExtension('a.example'), namesExtension('b.example')]],
    ['no usage in the extension', [usageExtension()]],
    ['an extension in a set', [der(0x31, oid('551d11'), der(0x04, sequence()))]],
    ['an extension that is no list', [der(0x04)]],
    ['an extension without identifier', [sequence(der(0x06), der(0x04, sequence()))]],
    ['constraints in a set', [extension('551d13', der(0x31, TRUE))]],
    ['usages in a set', [extension('551d25', der(0x31, oid(SERVER)))]],
    ['usages that are no list', [extension('551d25', der(0x04))]],
    ['a usage that is no identifier', [extension('551d25', sequence(der(0x04)))]],
    ['names that are no sequence', [extension('551d11', der(0x31))]],
    ['names that are no DER', [sequence(oid('551d11'), der(0x04, bytes(0x30, 5)))]],
    ['constraints that are no sequence', [extension('551d13', TRUE)]],
    ['constraints with one part more', [constraintsExtension(TRUE, der(0x02, bytes(0)), der(0x02, bytes(0)))]],
    ['constraints with a length that is none', [constraintsExtension(FALSE, der(0x04, bytes(0)))]],
    ['constraints with a negative length', [constraintsExtension(der(0x02, bytes(0xff)))]],
    ['a usage of the key that is no bits', [extension('551d0f', der(0x04, bytes(7, 0x80)))]],
    ['a usage of the key of no bits', [extension('551d0f', der(0x03, bytes(7, 0)))]],
    ['a usage of the key without octets', [extension('551d0f', der(0x03, bytes(0)))]],
    ['an empty usage of the key', [extension('551d0f', der(0x03))]],
    ['a usage of the key of three octets', [extension('551d0f', der(0x03, bytes(0, 1, 1, 1)))]],
    ['a usage of the key with nine unused bits', [extension('551d0f', der(0x03, bytes(9, 0x80)))]],
    ['a usage of the key with bits in the padding', [extension('551d0f', der(0x03, bytes(7, 0xc0)))]],
    [
      'a usage of the key twice',
      [extension('551d0f', der(0x03, bytes(7, 0x80))), extension('551d0f', der(0x03, bytes(7, 0x80)))],
    ],
    ['an authority neither true nor false', [constraintsExtension(der(0x01, bytes(1)))]],
    ['an extension without value', [sequence(oid('551d11'))]],
    ['an extension with one part more', [sequence(oid('551d11'), TRUE, der(0x04, sequence()), TRUE)]],
    ['a criticality that is no boolean', [sequence(oid('551d11'), der(0x02, bytes(1)), der(0x04, sequence()))]],
  ])('%s: refused', (_name, extensions) => {
    expect(read({ extensions })).toBeNull();
  });
  it('extensions twice, or a field that is not what stands there: refused', () => {
    const extensions = [namesExtension('a.example')];
    expect(read({ extensions, rest: [der(0xa3, sequence())] })).toBeNull();
    expect(read({ extensions, subject: der(0x04) })).toBeNull();
  });
  it.each([
    ['no sequence', der(0xa3, der(0x04))],
    ['what is no DER', der(0xa3, der(0x30, bytes(5)))],
  ])('%s in the place of extensions: refused', (_name, wrapper) => {
    expect(read({ rest: [wrapper] })).toBeNull();
  });
  it('a unique identifier beside the extensions takes nothing from them', () => {
    expect(read({ extensions: [namesExtension('a.example')], rest: [der(0x82, bytes(0))] })?.names).toEqual([
      'a.example',
    ]);
  });
  const time = utcTime('260301000000Z');
  const fields = [der(0x02, bytes(1)), sequence(), sequence(), sequence(time, time), sequence(), sequence()];
  it('a certificate of version 1 states none', () => {
    expect(readTbsCertificate(sequence(...fields))?.names).toEqual([]);
  });
  it.each([
    [0, der(0x04, bytes(1))],
    [1, der(0x31)],
    [2, der(0x31)],
    [3, der(0x31, time, time)],
    [4, der(0x31)],
    [5, der(0x31)],
  ])('field %i that is not what stands there: refused', (at, field) => {
    expect(readTbsCertificate(sequence(...fields.with(at, field)))).toBeNull();
  });
  it.each([sequence(), sequence(time), sequence(time, time, time), der(0x30, bytes(5))])(
    '%# in place of the times: there are none',
    (field) => {
      expect(readTbsCertificate(sequence(...fields.with(3, field)))).toMatchObject({ notBefore: null, notAfter: null });
    },
  );
  it.each([bytes(7, 0x80), bytes(5, 0xa0), bytes(7, 0, 0x80)])('%# is a usage of the key', (bits) => {
    expect(read({ extensions: [extension('551d0f', der(0x03, bits)), namesExtension('a.example')] })?.names).toEqual([
      'a.example',
    ]);
  });
  it.each([
    ['nothing', bytes()],
    ['a set', der(0x31, ...fields)],
    ['no list', der(0x04)],
    ['no fields', sequence()],
    ['a version alone', sequence(der(0xa0, der(0x02, bytes(2))))],
  ])('%s in place of a TBSCertificate: refused', (_name, tbs) => {
    expect(readTbsCertificate(tbs)).toBeNull();
  });
  it('an extension we do not read may hold what it likes', () => {
    expect(
      read({ extensions: [sequence(oid('2a03'), TRUE, der(0x04, bytes(0x30, 5))), namesExtension('a.example')] })
        ?.names,
    ).toEqual(['a.example']);
  });
  it.each([
    ['trailing byte', bytes(makeCertificate({}), 0)],
    ['empty', bytes()],
    ['a fourth part', sequence(makeTbs({}), sequence(), der(0x03, bytes(0)), sequence())],
    ['no signature', sequence(makeTbs({}), sequence())],
    ['the fields alone', sequence(makeTbs({}))],
    ['an algorithm that is no sequence', sequence(makeTbs({}), der(0x04), der(0x03, bytes(0)))],
    ['fields missing', sequence(sequence(der(0x02, bytes(1))), sequence(), der(0x03, bytes(0)))],
  ])('%s: refused', (_name, certificate) => {
    expect(readCertificate(certificate)).toBeNull();
  });
});
