// What does a file named on the command line hold?

import { readFile } from 'node:fs/promises';

/** The text of a file; null where it cannot be read, whatever the reason. */
export async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return null;
  }
}
