// JSON parser that lets nothing ambiguous pass: no duplicate members, no endless nesting.

import type { Result } from '../problem.ts';

/** Why a text is not acceptable JSON. */
export type JsonFault = 'malformed' | 'duplicate' | 'too-deep';
export type JsonObject = Readonly<Record<string, unknown>>;

// Made once: making one costs some engines more than using it.
const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const [QUOTE, BACKSLASH, COLON] = [0x22, 0x5c, 0x3a];
const OPENING = new Set([0x7b, 0x5b]);
const CLOSING = new Set([0x7d, 0x5d]);

/**
 * Colons outside strings and the deepest nesting: of a text that `JSON.parse` accepts, each such colon is one member.
 */
function survey(text: string): { members: number; depth: number } {
  let members = 0;
  let depth = 0;
  let open = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (inString && character === BACKSLASH) at += 1;
    else if (character === QUOTE) inString = !inString;
    else if (inString) continue;
    else if (character === COLON) members += 1;
    else if (OPENING.has(character)) depth = Math.max(depth, (open += 1));
    else if (CLOSING.has(character)) open -= 1;
  }
  return { members, depth };
}

function countMembers(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countMembers(item), 0);
  if (!isObject(value)) return 0;
  return Object.values(value).reduce<number>((sum, item) => sum + 1 + countMembers(item), 0);
}

/** Whether a parsed value is a JSON object (not an array, not null). */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member's value, or undefined; inherited names such as `constructor` do not count. */
export const member = (object: JsonObject, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/**
 * Parses JSON (RFC 8259) from text or UTF-8 bytes.
 * Refuses duplicate member names (RFC 7515 section 4, RFC 7519 section 4: reject or take the last; we reject),
 * nesting beyond `maxDepth`, invalid UTF-8 and a byte order mark.
 */
export function parseJson(source: string | Uint8Array, maxDepth = 16): Result<unknown, JsonFault> {
  try {
    const text = typeof source === 'string' ? source : STRICT_UTF8.decode(source);
    const { members, depth } = survey(text);
    if (depth > maxDepth) return { ok: false, problem: 'too-deep' };
    const value: unknown = JSON.parse(text);
    return members === countMembers(value) ? { ok: true, value } : { ok: false, problem: 'duplicate' };
  } catch {
    // Both the decoder and JSON.parse report bad input by throwing; to us that is an expected answer.
    return { ok: false, problem: 'malformed' };
  }
}
