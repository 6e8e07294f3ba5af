// Printable text: what of a stranger's words may reach a terminal. No control character, and nothing that turns the
// direction of writing.

/**
 * Controls, separators of lines, and marks that change the direction or join what is beside them (Unicode categories
 * Cc, Zl, Zp, Cf).
 */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cf}]/gu;

/** JSON whose strings hold no such character but as an escape; it means the same. */
export const printableJson = (json: string): string =>
  json.replaceAll(UNPRINTABLE, (character) =>
    character === '\n'
      ? character
      : character
          .split('')
          .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
          .join(''),
  );

/** Text in which such characters are replaced; lines stay. */
export const printableText = (text: string): string =>
  text.replaceAll(UNPRINTABLE, (character) => (character === '\n' ? character : '\uFFFD'));
