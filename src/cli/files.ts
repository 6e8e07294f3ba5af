// Files named on the command line: log lists, as JSON that is judged where all lists are, and records.

import { createReadStream } from 'node:fs';
import { concatenate } from '../codec/bytes.ts';
import { MAX_FILE_BYTES, parseRecordFile } from '../network/dns/record-file.ts';
import { fileResolver, type Resolver } from '../network/sources.ts';
import { misuse, type Usable } from './arguments.ts';
import { readFile } from 'node:fs/promises';

/** The JSON of a log list file. */
export async function readLogList(file: string): Promise<Usable<unknown>> {
  const text = await readText(file);
  if (text === null) return misuse(`The log list "${file}" cannot be read.`);
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, value };
  } catch {
    return misuse(`The log list "${file}" is not JSON.`);
  }
}

/** A resolver over the records of a file [D16]. */
export async function readRecords(file: string): Promise<Usable<Resolver>> {
  const bytes = await readBytes(file, MAX_FILE_BYTES);
  if (bytes === null) return misuse(`The records "${file}" cannot be read.`);
  const records = parseRecordFile(bytes);
  return records.ok
    ? { ok: true, value: fileResolver(`file ${file}`, records.value) }
    : misuse(`The records "${file}" cannot be used: line ${records.fault.line}: ${records.fault.reason}.`);
}

/** The bytes of a file, or the first of them where it is longer than `limit`; null where it cannot be read. */
async function readBytes(file: string, limit: number): Promise<Uint8Array | null> {
  try {
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of createReadStream(file)) {
      if (!(part instanceof Uint8Array)) continue;
      parts.push(part);
      length += part.length;
      if (length > limit) break;
    }
    return concatenate(...parts);
  } catch {
    return null; // whatever the reason, told by throwing
  }
}

/** The text of a file; null where it cannot be read, whatever the reason. */
export async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return null;
  }
}
