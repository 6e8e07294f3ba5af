// Can another engine be shown what the scenes show? Where it is asked for, every check of a scene is written down with
// its report.

import { appendFileSync } from 'node:fs';
import { check } from '../../../src/check.ts';
import { preserve, record } from '../../recorded.ts';

const file = process.env['EMBLEM_SCENES'];

/** Checks as `check` does; one line of the file that the variable `EMBLEM_SCENES` names tells of it. */
export const recordedCheck: typeof check = async (visit, now, sources) => {
  if (file === undefined) return check(visit, now, sources);
  const made = await record(visit, now, sources);
  appendFileSync(file, `${preserve(made)}\n`);
  return made.report;
};
