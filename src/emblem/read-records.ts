// All records of a name, read into one list for both generations, in an order that the DNS cannot change.

import { compareBytes } from '../codec/bytes.ts';
import { readIhleRecord } from './cwt/ihle-record.ts';
import { problem, type Problem } from '../problem.ts';
import type { Generation } from './key-kinds.ts';
import type { DnsRecord, RecordContent } from './record.ts';
import { isEmblemTxt, readTxtRecord } from './jws/txt-record.ts';

/** One record, read. `record` is its place among our records in the order of their bytes. */
export interface ReadRecord {
  readonly record: number;
  readonly generation: Generation;
  readonly owner: string;
  readonly data: Uint8Array;
  readonly content: RecordContent;
}

/** How the records of each generation are told from others and read. */
const READERS: Record<
  Generation,
  { isOurs: (data: Uint8Array) => boolean; read: (data: Uint8Array) => RecordContent }
> = {
  jws: { isOurs: isEmblemTxt, read: readTxtRecord },
  cwt: { isOurs: () => true, read: readIhleRecord },
};

/** At most so many records are judged [D4]. */
const MAX_RECORDS = 200;

/**
 * Bytes and number of records that are read in one piece: no pause for the usual few, and never much work without one.
 */
const PIECE = { bytes: 16_384, records: 16 };

/**
 * Reads the records of `host` that are ours, in the order of their bytes (of the same at an alias and at the host
 * itself, the host's own first,
 * so that the order of the DNS decides nothing); beyond the first 200 none is judged (`too-many-records`).
 * Lets other events have their turn by `pause` between pieces: what a stranger publishes must not hold up other sites
 * [U3].
 */
export async function readRecords(
  records: readonly DnsRecord[],
  host: string,
  pause: () => Promise<void>,
): Promise<{ read: readonly ReadRecord[]; problems: readonly Problem[] }> {
  const ours = records
    .filter(({ generation, data }) => READERS[generation].isOurs(data))
    .toSorted(
      (a, b) =>
        compareBytes(a.data, b.data) ||
        Number(b.owner === host) - Number(a.owner === host) ||
        (a.owner < b.owner ? -1 : 1),
    );
  const read: ReadRecord[] = [];
  let unpaused = { bytes: 0, records: 0 };
  for (const { generation, owner, data } of ours.slice(0, MAX_RECORDS)) {
    const { bytes, records: count } = { bytes: unpaused.bytes + data.length, records: unpaused.records + 1 };
    const isLong = count > 1 && (bytes > PIECE.bytes || count > PIECE.records);
    if (isLong) await pause();
    unpaused = isLong ? { bytes: data.length, records: 1 } : { bytes, records: count };
    read.push({ record: read.length, generation, owner, data, content: READERS[generation].read(data) });
  }
  return { read, problems: ours.length > MAX_RECORDS ? [problem('too-many-records', String(ours.length))] : [] };
}
