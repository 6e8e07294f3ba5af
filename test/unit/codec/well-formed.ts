// Is this one well-formed CBOR data item? The definition of RFC 8949 appendix C, as an oracle that shares nothing with
// the decoder.

/**
 * Where an item that begins at `start` ends; null where it is not well-formed, -1 for the "break" stop code where
 * `breakable`.
 */
function endOf(bytes: Uint8Array, start: number, breakable: boolean): number | null {
  const initial = bytes[start];
  if (initial === undefined) return null;
  const [major, information] = [initial >> 5, initial & 31];
  const width = information < 24 ? 0 : information < 28 ? 2 ** (information - 24) : information < 31 ? null : 0;
  let at = start + 1 + (width ?? 0);
  if (width === null || at > bytes.length) return null;
  if (information === 31) return endOfIndefinite(bytes, at, major, breakable);
  const argument =
    width === 0
      ? information
      : Number(bytes.subarray(start + 1, at).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n));
  switch (major) {
    case 0:
    case 1:
      return at;
    case 2:
    case 3:
      return at + argument <= bytes.length ? at + argument : null;
    case 7:
      return information === 24 && argument < 32 ? null : at;
    default: {
      const items = major === 4 ? argument : major === 5 ? argument * 2 : 1;
      for (let item = 0; item < items; item += 1) {
        const end = endOf(bytes, at, false);
        if (end === null) return null;
        at = end;
      }
      return at;
    }
  }
}

function endOfIndefinite(bytes: Uint8Array, start: number, major: number, breakable: boolean): number | null {
  if (major === 7) return breakable ? -1 : null;
  if (major < 2 || major === 6) return null;
  let at = start;
  for (let items = 0; ; items += 1) {
    const chunk = bytes[at];
    // Chunks of a string are definite strings of the same kind.
    if (major < 4 && chunk !== 0xff && (chunk === undefined || chunk >> 5 !== major || (chunk & 31) === 31))
      return null;
    const end = endOf(bytes, at, true);
    if (end === null) return null;
    if (end === -1) return major === 5 && items % 2 === 1 ? null : at + 1;
    at = end;
  }
}

/** Whether the bytes are exactly one well-formed item. */
export const isWellFormed = (bytes: Uint8Array): boolean => endOf(bytes, 0, false) === bytes.length;
