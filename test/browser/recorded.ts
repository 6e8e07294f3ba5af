// What did a check see, so that another engine can be shown the same? As text, bytes in base64.

import type { Visit } from '../../src/check.ts';
import type { LookUp } from '../../src/emblem/record.ts';
import type { LogAnswer, LogDirectory } from '../../src/transparency/log.ts';

export interface Recorded {
  readonly visit: Visit;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly found: LookUp;
  readonly directory: LogDirectory;
  /** By address. */
  readonly answers: Readonly<Record<string, LogAnswer>>;
}

const BYTES = 'bytes:';

export const preserve = (recorded: readonly Recorded[]): string =>
  JSON.stringify(recorded, (_, value: unknown) => (value instanceof Uint8Array ? BYTES + btoa(Array.from(value, (byte) => String.fromCodePoint(byte)).join('')) : value));

export function revive(text: string): readonly Recorded[] {
  const recorded: readonly Recorded[] = JSON.parse(text, (_, value: unknown) =>
    (typeof value === 'string' && value.startsWith(BYTES) ? Uint8Array.from(atob(value.slice(BYTES.length)), (character) => character.codePointAt(0) ?? 0) : value));
  return recorded;
}
