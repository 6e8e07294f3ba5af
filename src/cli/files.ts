// Files named on the command line. Whether one is a log list is judged where all lists are.

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

/** The text of a file; null where it cannot be read, whatever the reason. */
export async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return null;
  }
}
