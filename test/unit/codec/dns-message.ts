// How is a DNS message for a test written, right or wrong in any part?

export interface Part {
  readonly owner?: string | readonly number[];
  readonly type: number;
  readonly class?: number;
  readonly ttl?: number;
  readonly data: readonly number[];
  /** The length written, where it is to be another than that of the data. */
  readonly length?: number;
}

export interface Message {
  readonly id?: number;
  readonly flags?: number;
  readonly question?: { readonly name: string; readonly type: number; readonly class?: number } | null;
  readonly answers?: readonly Part[];
  readonly authorities?: readonly Part[];
  readonly additionals?: readonly Part[];
  /** Counts written, where they are to be others than the true ones. */
  readonly counts?: readonly number[];
  readonly trailing?: readonly number[];
}

export const RESPONSE = 0x8180;
const u16 = (n: number): number[] => [(n >> 8) & 255, n & 255];
const u32 = (n: number): number[] => [...u16(n >>> 16), ...u16(n & 0xffff)];
export const ascii = (text: string): number[] => [...new TextEncoder().encode(text)];

export const wireName = (name: string): number[] => [
  ...(name === '' ? [] : name.split('.').flatMap((label) => [label.length].concat(ascii(label)))),
  0,
];
export const txt = (...strings: string[]): number[] => strings.flatMap((s) => [s.length].concat(ascii(s)));
export const soa = (minimum: number): number[] => [
  ...wireName('ns.example'),
  ...wireName('mail.example'),
  ...u32(1),
  ...u32(2),
  ...u32(3),
  ...u32(4),
  ...u32(minimum),
];
export const edns = (upperRcode: number, ...options: { code: number; data: readonly number[] }[]): Part => ({
  owner: '',
  type: 41,
  class: 1232,
  ttl: (upperRcode << 24) >>> 0,
  data: options.flatMap(({ code, data }) => u16(code).concat(u16(data.length), data)),
});

const part = ({
  owner = 'clinic.example',
  type,
  class: recordClass = 1,
  ttl = 300,
  data,
  length = data.length,
}: Part): number[] => [
  ...(typeof owner === 'string' ? wireName(owner) : owner),
  ...u16(type),
  ...u16(recordClass),
  ...u32(ttl),
  ...u16(length),
  ...data,
];

export function message({
  id = 0,
  flags = RESPONSE,
  question = { name: 'clinic.example', type: 16 },
  answers = [],
  authorities = [],
  additionals = [],
  counts,
  trailing = [],
}: Message): Uint8Array<ArrayBuffer> {
  const count = counts ?? [question === null ? 0 : 1, answers.length, authorities.length, additionals.length];
  return Uint8Array.from([
    ...u16(id),
    ...u16(flags),
    ...count.flatMap((n) => u16(n)),
    ...(question === null ? [] : [...wireName(question.name), ...u16(question.type), ...u16(question.class ?? 1)]),
    ...[...answers, ...authorities, ...additionals].flatMap((p) => part(p)),
    ...trailing,
  ]);
}
