// Is of a certificate read what matters, and refused what is malformed?

import { describe, expect, it } from 'vitest';
import { readCertificate, readTbsCertificate } from '../../../src/transparency/certificate.ts';
import {
  ANY_USAGE, bytes, CLIENT, constraintsExtension, der, extension, FALSE, generalizedTime, makeCertificate, makeTbs, namesExtension, oid,
  sequence, SERVER, TRUE, usageExtension, utcTime,
} from './certificates.ts';
import type { Parts } from './certificates.ts';

const read = (parts: Parts) => readTbsCertificate(makeTbs(parts));
const seconds = (iso: string): number => Date.parse(iso) / 1000;

it('Certificate and TBSCertificate say the same', () => {
  const parts = { extensions: [namesExtension('A.example', 'b.example')] };
  const expected = {
    names: ['a.example', 'b.example'], notBefore: seconds('2026-03-01T00:00:00Z'), notAfter: seconds('2026-06-01T00:00:00Z'),
    isAuthority: false, isForServers: true,
  };
  expect(read(parts)).toEqual(expected);
  expect(readCertificate(makeCertificate(parts))).toEqual(expected);
  expect(readCertificate(makeTbs(parts))).toBeNull();
  expect(readTbsCertificate(makeCertificate(parts))).toBeNull();
});

describe('times', () => {
  it.each([
    [utcTime('491231235959Z'), '2049-12-31T23:59:59Z'], [utcTime('500101000000Z'), '1950-01-01T00:00:00Z'],
    [generalizedTime('20500228120000Z'), '2050-02-28T12:00:00Z'],
  ])('%# is read', (notAfter, iso) => {
    expect(read({ notAfter })?.notAfter).toBe(seconds(iso));
  });
  it.each([
    utcTime('2601010000Z'), utcTime('260101000000+0000'), utcTime('260231000000Z'), utcTime('20260101000000Z'),
    generalizedTime('260101000000Z'), generalizedTime('20260101000000.5Z'), utcTime('260101240000Z'), der(0x04, bytes('260101000000Z')),
  ])('%# is refused', (notAfter) => {
    expect(read({ notAfter })).toBeNull();
    expect(read({ notBefore: notAfter })).toBeNull();
  });
});

describe('names', () => {
  it('other kinds are left out, and so is what no name can be', () => {
    const mixed = sequence(der(0x81, bytes('a@b.example')), der(0x82, bytes('a.example')), der(0x87, bytes(1)), der(0x82, bytes('a.example', 0, '.b')), der(0x82));
    expect(read({ extensions: [extension('551d11', mixed)] })?.names).toEqual(['a.example']);
  });
  it('are none without the extension', () => {
    expect(read({})?.names).toEqual([]);
  });
});

describe('authority', () => {
  it.each([[[TRUE], true], [[TRUE, der(0x02, bytes(0))], true], [[FALSE], false], [[], false]])('%# is read', (content, authority) => {
    expect(read({ extensions: [constraintsExtension(...content)] })?.isAuthority).toBe(authority);
  });
});

describe('server authentication', () => {
  it.each([[[SERVER], true], [[CLIENT, SERVER], true], [[CLIENT], false], [[ANY_USAGE], false], [[ANY_USAGE, SERVER], true]])('%j: %s', (usages, allowed) => {
    expect(read({ extensions: [usageExtension(...usages)] })?.isForServers).toBe(allowed);
  });
});

describe('malformed', () => {
  it.each([
    ['an extension twice', [namesExtension('a.example'), namesExtension('b.example')]],
    ['no usage in the extension', [usageExtension()]],
    ['a usage that is no identifier', [extension('551d25', sequence(der(0x04)))]],
    ['names that are no sequence', [extension('551d11', der(0x31))]],
    ['names that are no DER', [sequence(oid('551d11'), der(0x04, bytes(0x30, 5)))]],
    ['constraints that are no sequence', [extension('551d13', TRUE)]],
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
  it('an extension we do not read may hold what it likes', () => {
    expect(read({ extensions: [sequence(oid('2a03'), TRUE, der(0x04, bytes(0x30, 5))), namesExtension('a.example')] })?.names).toEqual(['a.example']);
  });
  it.each([
    ['trailing byte', bytes(makeCertificate({}), 0)], ['empty', bytes()], ['a fourth part', sequence(makeTbs({}), sequence(), der(0x03, bytes(0)), sequence())],
    ['no signature', sequence(makeTbs({}), sequence())], ['fields missing', sequence(sequence(der(0x02, bytes(1))), sequence(), der(0x03, bytes(0)))],
  ])('%s: refused', (_name, certificate) => {
    expect(readCertificate(certificate)).toBeNull();
  });
});
