// How do bytes stand in text? Base64, base64url, base32 and hexadecimal, in their one canonical spelling.

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

/** Decodes what encodes back to the very same text, so that no two texts mean the same bytes; null for anything else. */
function decodeCanonical(coder: Coder, text: string): Bytes | null {
  try {
    const bytes = new Uint8Array(coder.decode(text));
    return coder.encode(bytes) === text ? bytes : null;
  } catch {
    // The library reports an invalid text by throwing; to us that is an expected answer.
    return null;
  }
}

/** Standard base64 with padding (RFC 4648 section 4); null where the text is not exactly that. */
export const decodeBase64 = (text: string): Bytes | null => decodeCanonical(base64, text);
/** Writes standard base64 with padding (RFC 4648 section 4). */
export const encodeBase64 = (bytes: Uint8Array): string => base64.encode(bytes);

/** Base64url without padding (RFC 7515 section 2); null where the text is not exactly that. */
export const decodeBase64Url = (text: string): Bytes | null => decodeCanonical(base64urlnopad, text);
/** Writes base64url without padding (RFC 7515 section 2). */
export const encodeBase64Url = (bytes: Uint8Array): string => base64urlnopad.encode(bytes);

/** Lower-case base32 without padding (RFC 4648 section 6, as key identifiers are written); null where the text is not exactly that. */
export const decodeBase32 = (text: string): Bytes | null => decodeCanonical(lowerBase32, text);
/** Writes lower-case base32 without padding. */
export const encodeBase32 = (bytes: Uint8Array): string => lowerBase32.encode(bytes);

/** Lower-case hexadecimal, two digits a byte; null where the text is not exactly that. */
export const decodeHex = (text: string): Bytes | null => decodeCanonical(hex, text);
/** Writes lower-case hexadecimal, two digits a byte. */
export const encodeHex = (bytes: Uint8Array): string => hex.encode(bytes);
