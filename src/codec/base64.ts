// Bytes in text: base64, base64url, base32 and hexadecimal, each in its one canonical spelling.

import { base32nopad, base64, base64urlnopad, hex } from '@scure/base';

type Bytes = Uint8Array<ArrayBuffer>;

interface Coder {
  readonly encode: (bytes: Uint8Array) => string;
  readonly decode: (text: string) => Uint8Array;
}

const lowerBase32: Coder = {
  encode: (bytes) => base32nopad.encode(bytes).toLowerCase(),
  decode: (text) => base32nopad.decode(text.toUpperCase()),
};

/**
 * Decodes, or null where the library refuses: it takes no stray characters, no missing padding, no bits left over in
 * the last digit.
 */
function decodeStrict(coder: Coder, text: string): Bytes | null {
  try {
    return new Uint8Array(coder.decode(text));
  } catch {
    // The library reports an invalid text by throwing; to us that is an expected answer.
    return null;
  }
}

/** Decodes what encodes back to the very same text: where letters have two cases, only one spelling is meant. */
function decodeExact(coder: Coder, text: string): Bytes | null {
  const bytes = decodeStrict(coder, text);
  return bytes !== null && coder.encode(bytes) === text ? bytes : null;
}

/** Standard base64 with padding (RFC 4648 section 4); null where the text is not exactly that. */
export const decodeBase64 = (text: string): Bytes | null => decodeStrict(base64, text);
/** Writes standard base64 with padding (RFC 4648 section 4). */
export const encodeBase64 = (bytes: Uint8Array): string => base64.encode(bytes);

/** Base64url without padding (RFC 7515 section 2); null where the text is not exactly that. */
export const decodeBase64Url = (text: string): Bytes | null => decodeStrict(base64urlnopad, text);
/** Writes base64url without padding (RFC 7515 section 2). */
export const encodeBase64Url = (bytes: Uint8Array): string => base64urlnopad.encode(bytes);

/**
 * Lower-case base32 without padding (RFC 4648 section 6, as key identifiers are written); null where the text is not
 * exactly that.
 */
export const decodeBase32 = (text: string): Bytes | null => decodeExact(lowerBase32, text);
/** Writes lower-case base32 without padding. */
export const encodeBase32 = (bytes: Uint8Array): string => lowerBase32.encode(bytes);

/** Lower-case hexadecimal, two digits a byte; null where the text is not exactly that. */
export const decodeHex = (text: string): Bytes | null => decodeExact(hex, text);
/** Writes lower-case hexadecimal, two digits a byte. */
export const encodeHex = (bytes: Uint8Array): string => hex.encode(bytes);
