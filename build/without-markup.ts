// How do the pages lose the way from text to elements? Preact's branch for markup, which none of them takes, is cut out.

import type { Plugin } from 'vite';

/** As the pinned version of Preact has it, up to what it does for children. */
const BRANCH =
  'h?(l||y&&(h.__html==y.__html||h.__html==t.innerHTML)||(t.innerHTML=h.__html),r.__k=[]):(y&&(t.textContent=""),';

/** Preact's code without the branch. Throws where it is not there: then another version says it in other letters. */
export function cutMarkup(code: string): string {
  if (!code.includes(BRANCH)) throw new Error('Preact sets markup in another way than build/without-markup.ts cuts');
  return code.replace(BRANCH, '(');
}

export const withoutMarkup: Plugin = {
  name: 'without-markup',
  transform: (code, id) => (/\/preact\/dist\/preact\.\w+$/.test(id) ? { code: cutMarkup(code), map: null } : undefined),
};
