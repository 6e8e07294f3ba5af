// Where do the real-world vectors come from? The folder beside the project, which is not part of it.

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../shared/vectors/', import.meta.url));

/** Whether the folder of real-world vectors is there; tests that need it skip where it is not. */
export const haveVectors = existsSync(FOLDER);

if (!haveVectors) console.warn('Real-world vectors are not here: the tests that need them are skipped.');

/**
 * Parses one file of the vectors; the caller checks shapes by what the test asserts. Null where the folder is absent.
 */
export const vector = <T>(name: string): T | null =>
  haveVectors ? JSON.parse(readFileSync(FOLDER + name, 'utf8')) : null;
