// Is DER read strictly, and as asn1js reads it?

import { BaseBlock, Constructed, fromBER } from 'asn1js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Element,
  readBitString,
  readBoolean,
  readChildren,
  readElement,
  readObjectIdentifier,
  readUnsigned,
} from '../../../src/codec/der.ts';
import { vector } from '../../vectors.ts';

const hex = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const element = (text: string): Element => readElement(hex(text)) ?? expect.fail(text);

describe('lengths', () => {
  it.each([
    '0500',
    '04 01 aa',
    `04 7f ${'00'.repeat(127)}`,
    `04 81 80 ${'00'.repeat(128)}`,
    `04 82 0100 ${'00'.repeat(256)}`,
  ])('%.20s is read', (text) => {
    expect(readElement(hex(text))).not.toBeNull();
  });
  it.each([
    ['nothing', ''],
    ['no length', '04'],
    ['too short', '04 02 aa'],
    ['trailing bytes', '04 01 aa 00'],
    ['indefinite', '30 80 00 00'],
    ['indefinite, before as many octets', `04 80 ${'00'.repeat(128)}`],
    ['long form of the longest short length', `04 81 7f ${'00'.repeat(127)}`],
    ['two octets for a length of one', `04 82 00ff ${'00'.repeat(255)}`],
    ['long form of a short length', '04 81 01 aa'],
    ['leading zero in the length', `04 82 0080 ${'00'.repeat(128)}`],
    ['five octets of length', '04 85 0000000001 aa'],
    ['tag number of several octets', '1f 00'],
    ['end of contents', '00 00'],
  ])('%s is refused', (_name, text) => {
    expect(readElement(hex(text))).toBeNull();
  });
  it('a wanted tag must be there', () => {
    expect(readElement(hex('0400'), 0x30)).toBeNull();
    expect(readElement(hex('3000'), 0x30)).not.toBeNull();
  });
});

describe('children', () => {
  it('fill their parent', () => {
    expect(readChildren(element('30 04 0500 0500'))).toHaveLength(2);
    expect(readChildren(element('30 03 0500 05'))).toBeNull();
  });
  it('are none of primitives', () => {
    expect(readChildren(element('04 02 0500'))).toBeNull();
    expect(readChildren(element('03 02 0500'))).toBeNull();
  });
  it('are bounded', () => {
    const many = (count: number): Element => ({
      tag: 0x30,
      content: new Uint8Array(Buffer.from('0500'.repeat(count), 'hex')),
    });
    expect(readChildren(many(16_384))).toHaveLength(16_384);
    expect(readChildren(many(16_385))).toBeNull();
  });
});

describe('values', () => {
  it.each([
    ['06 03 551d11', '2.5.29.17'],
    ['06 08 2b06010505070301', '1.3.6.1.5.5.7.3.1'],
    ['06 09 2a864886f70d010101', '1.2.840.113549.1.1.1'],
    ['06 01 27', '0.39'],
    ['06 01 28', '1.0'],
    ['06 01 50', '2.0'],
    ['06 02 8837', '2.999'],
    ['06 01 4f', '1.39'],
    ['06 01 7f', '2.47'],
    ['06 03 818000', '2.16304'],
  ])('object identifier %s is %s', (text, dotted) => {
    expect(readObjectIdentifier(element(text))).toBe(dotted);
  });
  it.each(['06 00', '06 02 8001', '06 02 55 80', '06 02 55 81', '04 03 551d11', '06 0a ffffffffffffffffff7f'])(
    'object identifier %s is refused',
    (text) => {
      expect(readObjectIdentifier(element(text))).toBeNull();
    },
  );
  it.each([
    ['01 01 ff', true],
    ['01 01 00', false],
    ['01 01 01', null],
    ['01 02 ffff', null],
    ['01 00', null],
    ['04 01 ff', null],
  ])('boolean %s', (text, value) => {
    expect(readBoolean(element(text))).toBe(value);
  });
  it.each([
    ['02 01 05', '05'],
    ['02 02 0080', '80'],
    ['02 01 00', ''],
    ['02 01 80', null],
    ['02 02 0005', null],
    ['02 02 007f', null],
    ['02 00', null],
    ['04 01 05', null],
  ])('unsigned integer %s', (text, value) => {
    const magnitude = readUnsigned(element(text));
    expect(magnitude === null ? null : Buffer.from(magnitude).toString('hex')).toBe(value);
  });
  it.each([
    ['03 02 00aa', 'aa'],
    ['03 02 01aa', null],
    ['03 00', null],
    ['04 02 00aa', null],
  ])('bit string %s', (text, value) => {
    const bits = readBitString(element(text));
    expect(bits === null ? null : Buffer.from(bits).toString('hex')).toBe(value);
  });
});

/** Walks an element and asn1js's reading of the same bytes side by side. */
function compare(ours: Element, theirs: object): number {
  if (!(theirs instanceof Constructed)) return 1;
  const children = readChildren(ours) ?? expect.fail('asn1js sees children');
  expect(children).toHaveLength(theirs.valueBlock.value.length);
  return theirs.valueBlock.value.reduce((sum, child, at) => {
    const our = children[at] ?? expect.fail('as many children');
    expect(our.tag & 0x1f).toBe(child.idBlock.tagNumber);
    expect(our.content).toHaveLength(child instanceof BaseBlock ? child.lenBlock.length : -1);
    return sum + compare(our, child);
  }, 1);
}

interface Certificates {
  readonly chain_pem: readonly string[];
  readonly precert_tbs_b64: string;
}
describe.each(['auth.felixlinker.de.2026-03-26.json', 'emblem.felixlinker.de.2026-03-26.json'])(
  'certificates of %s',
  (file) => {
    const found = vector<Certificates>(`certificates/${file}`);
    it.skipIf(found === null)('are read as asn1js reads them', () => {
      const pems = (found?.chain_pem ?? []).map((pem) => pem.replaceAll(/-----[A-Z ]+-----|\s/gv, ''));
      for (const base64 of [...pems, found?.precert_tbs_b64 ?? '']) {
        const der = new Uint8Array(Buffer.from(base64, 'base64'));
        const ours = readElement(der) ?? expect.fail('a certificate');
        expect(compare(ours, fromBER(der).result)).toBeGreaterThan(20);
      }
    });
  },
);

it('never throws, and finds no content beyond the bytes', () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 12 }),
    fc.constantFrom(hex('3003020105'), hex('0403aabbcc'), hex('30800000'), hex('0101ff')),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 4 }), fc.constantFrom(0x30, 0x31, 0x04, 0x02, 0x06), (parts, tag) => {
      const content = Buffer.concat(parts);
      for (const bytes of [
        new Uint8Array(content),
        new Uint8Array(Buffer.concat([Uint8Array.of(tag, content.length), content])),
      ]) {
        const ours = readElement(bytes);
        if (ours === null) continue;
        readChildren(ours);
        for (const read of [readObjectIdentifier, readBoolean, readUnsigned, readBitString]) read(ours);
        expect(bytes.at(-1) === undefined || ours.content.length <= bytes.length - 2).toBe(true);
      }
    }),
  );
});
