// Words of a zone file: RFC 1035 section 5.1, entries over lines, quotation, parentheses, comments, escapes.

/** One word as it is written, escapes and all, without the quotation marks around it. */
export interface ZoneWord {
  readonly raw: string;
  readonly quoted: boolean;
}

/** What stands on one line, or on several within parentheses. */
export interface ZoneEntry {
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** White space comes first: the owner is the one of the entry before. */
  readonly indented: boolean;
  readonly words: readonly ZoneWord[];
}

/** A value, or why there is none, in words that follow "line 3: ". */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };
/** What is wrong with a file, and in which line. */
export interface FileFault {
  readonly line: number;
  readonly reason: string;
}

export const refuse = (reason: string): Read<never> => ({ ok: false, reason });

/** White space or a comment, a parenthesis, a quoted string, a word; whatever else is a mistake. */
const PIECE = /[ \t\r\f\v]+|;.*|([()])|"((?:[^"\\]|\\.)*)"|((?:[^ \t\r\f\v;()"\\]|\\.)+)|./gsuy;

/** Reads the entries of a text; stops at the first line that cannot be read. */
export function readZoneEntries(text: string): { entries: readonly ZoneEntry[]; fault: FileFault | null } {
  const entries: ZoneEntry[] = [];
  let open: { line: number; indented: boolean; words: ZoneWord[]; depth: number } | null = null;
  for (const [at, content] of text.split('\n').entries()) {
    const line = at + 1;
    const entry = (open ??= { line, indented: /^[ \t]/.test(content), words: [], depth: 0 });
    const reason = readLine(content, entry);
    if (reason !== null) return { entries, fault: { line, reason } };
    if (entry.depth > 0) continue;
    if (entry.words.length > 0) entries.push({ line: entry.line, indented: entry.indented, words: entry.words });
    open = null;
  }
  return { entries, fault: open === null ? null : { line: open.line, reason: 'a parenthesis is not closed' } };
}

/** Adds a line's words to the entry; the reason where it cannot be read. */
function readLine(content: string, entry: { words: ZoneWord[]; depth: number }): string | null {
  let glued = false;
  for (const [piece, parenthesis, quoted, word] of content.matchAll(PIECE)) {
    const raw: string | undefined = quoted ?? word;
    if (raw !== undefined) {
      if (glued) return 'a quotation mark stands inside a word; write it as \\"';
      entry.words.push({ raw, quoted: quoted !== undefined });
    } else if (parenthesis === '(') entry.depth += 1;
    else if (parenthesis === ')') {
      if (entry.depth === 0) return 'a parenthesis is closed that was not opened';
      entry.depth -= 1;
    } else if (piece === '"') return 'a quotation mark is not closed';
    else if (piece === '\\') return 'a backslash stands at the end of a line';
    glued = raw !== undefined;
  }
  return null;
}

/** The bytes of a word: `\DDD` is a byte in decimal, a backslash before anything else is left out; the rest is UTF-8. */
export function decodeWord(raw: string): Read<Uint8Array<ArrayBuffer>> {
  const bytes: number[] = [];
  for (const [piece, decimal, character] of raw.matchAll(/\\(\d{3})|\\(\D)|[^\\]+|\\/gsu)) {
    if (decimal !== undefined) {
      if (Number(decimal) > 255) return refuse(`"${piece}" is no byte`);
      bytes.push(Number(decimal));
    } else if (piece === '\\') return refuse('a backslash before a digit must be followed by three digits');
    else for (const byte of new TextEncoder().encode(character ?? piece)) bytes.push(byte);
  }
  return { ok: true, value: Uint8Array.from(bytes) };
}
