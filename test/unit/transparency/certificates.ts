// How is a certificate with exactly one thing wrong made? A few lines of DER, written by hand.

type Bytes = Uint8Array<ArrayBuffer>;

export const bytes = (...parts: readonly (Uint8Array | number | string)[]): Bytes =>
  new Uint8Array(
    Buffer.concat(parts.map((part) => (typeof part === 'number' ? Uint8Array.of(part) : Buffer.from(part)))),
  );

export function der(tag: number, ...content: readonly Uint8Array[]): Bytes {
  const body = Buffer.concat(content);
  if (body.length < 128) return bytes(tag, body.length, body);
  const length = Buffer.from(
    body.length.toString(16).padStart(body.length > 0xffff ? 6 : body.length > 0xff ? 4 : 2, '0'),
    'hex',
  );
  return bytes(tag, 0x80 + length.length, length, body);
}

export const sequence = (...content: readonly Uint8Array[]): Bytes => der(0x30, ...content);
export const oid = (hex: string): Bytes => der(0x06, Buffer.from(hex, 'hex'));
export const TRUE = der(0x01, Uint8Array.of(0xff));
export const FALSE = der(0x01, Uint8Array.of(0));

export const SERVER = '2b06010505070301';
export const CLIENT = '2b06010505070302';
export const ANY_USAGE = '551d2500';

export const extension = (id: string, value: Uint8Array): Bytes => sequence(oid(id), der(0x04, value));
export const namesExtension = (...names: readonly string[]): Bytes =>
  extension('551d11', sequence(...names.map((name) => der(0x82, bytes(name)))));
export const constraintsExtension = (...content: readonly Uint8Array[]): Bytes =>
  extension('551d13', sequence(...content));
export const usageExtension = (...usages: readonly string[]): Bytes =>
  extension('551d25', sequence(...usages.map(oid)));

const algorithm = sequence(oid('2a8648ce3d040302'));
const nobody = sequence();
const key = sequence(algorithm, der(0x03, Uint8Array.of(0, 4)));

export interface Parts {
  readonly extensions?: readonly Uint8Array[];
  readonly notBefore?: Uint8Array;
  readonly notAfter?: Uint8Array;
  readonly subject?: Uint8Array;
  /** What stands behind the extensions. */
  readonly rest?: readonly Uint8Array[];
}

export const utcTime = (text: string): Bytes => der(0x17, bytes(text));
export const generalizedTime = (text: string): Bytes => der(0x18, bytes(text));

/** A TBSCertificate of 2026-03-01 to 2026-06-01 with these extensions. */
export function makeTbs({
  extensions = [],
  subject = nobody,
  rest = [],
  notBefore = utcTime('260301000000Z'),
  notAfter = utcTime('260601000000Z'),
}: Parts): Bytes {
  const version = der(0xa0, der(0x02, Uint8Array.of(2)));
  const wrapped = extensions.length > 0 ? [der(0xa3, sequence(...extensions))] : [];
  return sequence(
    version,
    der(0x02, Uint8Array.of(1)),
    algorithm,
    nobody,
    sequence(notBefore, notAfter),
    subject,
    key,
    ...wrapped,
    ...rest,
  );
}

export const makeCertificate = (parts: Parts): Bytes =>
  sequence(makeTbs(parts), algorithm, der(0x03, Uint8Array.of(0, 1, 2)));
