// A-labels that everybody reads alike, by our own UTS #46 table: engines' URL parsers differ, and a name must have one
// verdict.

import { decodePunycode } from '../codec/punycode.ts';
import { MARKS, RIGHT_TO_LEFT, VALID } from './idna-table.ts';

const PREFIX = 'xn--';

/** Runs of code points as a list of first and last, one after the other, ascending. */
function readRuns(text: string): readonly number[] {
  let next = 128;
  return text.split(' ').flatMap((run) => {
    const [gap = '', more = '0'] = run.split('-');
    const first = next + Number.parseInt(gap, 36);
    next = first + Number.parseInt(more, 36) + 1;
    return [first, next - 1];
  });
}

/** Read when the first name needs it: most have ASCII labels alone. */
function lazily(text: string): () => readonly number[] {
  let runs: readonly number[] | null = null;
  return () => (runs ??= readRuns(text));
}
const [valid, marks, rightToLeft] = [lazily(VALID), lazily(MARKS), lazily(RIGHT_TO_LEFT)];

/** Whether a code point lies in one of the runs. */
function isIn(runs: readonly number[], codePoint: number): boolean {
  let [low, high] = [0, runs.length / 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle * 2 + 1] ?? 0) < codePoint) low = middle + 1;
    else high = middle;
  }
  return (runs[low * 2] ?? Infinity) <= codePoint;
}

const isAscii = (codePoint: number): boolean => codePoint < 128;
/** What ASCII a label may hold beside others: letters, digits, hyphens. */
const isPlain = (codePoint: number): boolean => /^[a-z0-9-]$/.test(String.fromCodePoint(codePoint));

/**
 * Joiners are legal between some letters alone (RFC 5892 appendix A). The stricter reading: no label of an organisation
 * has any.
 */
const JOINERS: ReadonlySet<number> = new Set([0x200c, 0x200d]);

const codePointOf = (character: string): number => character.codePointAt(0) ?? 0;
/** Whether a text begins with a mark, which would join the label before. */
const isMark = (text: string): boolean => isIn(marks(), codePointOf(text));

/** The Unicode form of an A-label (RFC 5890 section 2.3.2.1), or null where it is none that everybody reads alike. */
function readALabel(label: string): string | null {
  const text = decodePunycode(label.slice(PREFIX.length));
  if (text === null || text === '' || text !== text.normalize('NFC')) return null;
  const codePoints = Array.from(text, codePointOf);
  const sound = codePoints.every((codePoint) =>
    isAscii(codePoint) ? isPlain(codePoint) : isIn(valid(), codePoint) && !JOINERS.has(codePoint),
  );
  // Punycode without any letter beyond ASCII would be a second spelling of the label itself.
  if (!sound || codePoints.every(isAscii)) return null;
  return isMark(text) || /^-|-$|^..--/u.test(text) ? null : text;
}

const isRightToLeft = (character: string): boolean => isIn(rightToLeft(), codePointOf(character));
/** A mark without room of its own takes the direction of what it stands on. */
const isNonspacing = (character: string): boolean =>
  isMark(character) && codePointOf(character) < 0x10000 && !/\p{Mc}/u.test(character);

/**
 * Whether a label reads in one direction (RFC 5893 section 2, in its stricter reading): from right to left no letter of
 * the other direction and one kind
 * of digits, beginning and ending accordingly; beside such a label in the same name, from left to right beginning with
 * a letter.
 */
function isDirected(label: string): boolean {
  const characters = Array.from(label);
  const [first = ''] = characters;
  if (!characters.some(isRightToLeft)) return /^\p{L}/u.test(first);
  const last = characters.findLast((character) => !isNonspacing(character)) ?? '';
  const isOneWay = characters.every(
    (character) => isRightToLeft(character) || isNonspacing(character) || /[0-9\u06f0-\u06f9-]/.test(character),
  );
  const isTwoKinds =
    /[0-9\u06f0-\u06f9]/.test(label) &&
    characters.some((character) => isRightToLeft(character) && /[\p{N}\u066b\u066c]/u.test(character));
  const isEnd = isRightToLeft(last) ? /[\p{L}\p{Nd}]/u.test(last) : /[0-9\u06f0-\u06f9]/.test(last);
  return isOneWay && !isTwoKinds && isEnd && isRightToLeft(first) && /\p{L}/u.test(first);
}

/**
 * The Unicode form of a lower-case name, where each of its labels that begins with `xn--` is an A-label of UTS #46
 * (Unicode 18, without joiners,
 * non-transitional); null where one is not, whatever the engine at hand thinks.
 */
export function readUnicodeName(name: string): string | null {
  const labels = name.split('.').map((label) => (label.startsWith(PREFIX) ? readALabel(label) : label));
  const read = labels.filter((label) => label !== null);
  if (read.length < labels.length) return null;
  const isBidi = read.some((label) => Array.from(label).some(isRightToLeft));
  return !isBidi || read.every(isDirected) ? read.join('.') : null;
}
