// Which logs does a file list? Reads it as JSON; whether it is a log list is judged where all lists are.

import { misuse, type Usable } from './arguments.ts';
import { readText } from './read-text.ts';

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
