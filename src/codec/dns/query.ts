// DNS queries, RFC 8484 over RFC 1035: padded, and without a trace of who asks.

import { encodeName } from './name.ts';

/** RFC 8467 section 4.1: queries are padded to a multiple of this. */
const BLOCK = 128;
const OPTION_CLIENT_SUBNET = 8;
const OPTION_PADDING = 12;
const uint16 = (value: number): [number, number] => [value >> 8, value & 0xff];

/**
 * One question of class IN as a DNS message: id 0 (RFC 8484 section 4.1), recursion desired, EDNS(0) with the DO bit,
 * a client subnet of source prefix 0 (RFC 7871 section 7.1.2: pass nothing of the client on) and padding.
 * Null where `name` is no host name of ASCII labels.
 */
export function encodeQuery(name: string, type: number): Uint8Array<ArrayBuffer> | null {
  const wireName = encodeName(name);
  if (wireName === null) return null;
  const head = [
    0,
    0,
    0x01,
    0x00,
    ...uint16(1),
    ...uint16(0),
    ...uint16(0),
    ...uint16(1),
    ...wireName,
    ...uint16(type),
    ...uint16(1),
  ];
  const subnet = [...uint16(OPTION_CLIENT_SUBNET), ...uint16(4), ...uint16(1), 0, 0];
  // The OPT record: root, type 41, size of answers we take, extended rcode and version 0, DO, then the length of the
  // options.
  const opt = [0, ...uint16(41), ...uint16(0xffff), 0, 0, 0x80, 0];
  const bare = head.length + opt.length + 2 + subnet.length + 4;
  const padding = (BLOCK - (bare % BLOCK)) % BLOCK;
  return Uint8Array.from([
    ...head,
    ...opt,
    ...uint16(subnet.length + 4 + padding),
    ...subnet,
    ...uint16(OPTION_PADDING),
    ...uint16(padding),
    ...new Uint8Array(padding),
  ]);
}
