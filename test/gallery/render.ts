// What would somebody see? `npx tsx test/gallery/render.ts [width]` draws every state into `out/gallery.html`, and the
// pages beside it, for looking.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { runnerImport } from 'vite';
import type * as Wall from './wall.tsx';

const width = Number(process.argv[2] ?? 380);
const styles = ['components/tone.css', 'components/page.css', 'popup/popup.css']
  .map((name) => readFileSync(new URL(`../../src/pages/${name}`, import.meta.url), 'utf8'))
  .join('\n');
const page = (kind: 'popup' | 'page', body: string, more = ''): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Gallery</title><style>${styles}${more}</style><body class="${kind}">${body}</body></html>`;

const { module } = await runnerImport<typeof Wall>(new URL('./wall.tsx', import.meta.url).pathname);
const wall = `
  body.popup { width: auto; max-width: none; background: light-dark(#e9edf3, #0d1017); padding: 20px; columns: ${width + 20}px; column-gap: 20px; }
  figure { margin: 0 0 20px; break-inside: avoid; width: ${width}px; } figcaption { font-size: 12px; color: var(--dim); } .frame { background: var(--paper); border-radius: 8px; overflow: hidden; }`;
const figures = (await module.popups()).map(
  ({ name, html }) => `<figure><figcaption>${name}</figcaption><div class="frame">${html}</div></figure>`,
);

mkdirSync('out', { recursive: true });
writeFileSync('out/gallery.html', page('popup', figures.join('\n'), wall));
// One popup unfolded throughout.
writeFileSync(
  'out/gallery-open.html',
  page('popup', figures.map((figure) => figure.replaceAll('<details', '<details open')).join('\n'), wall),
);
for (const [name, html] of Object.entries(await module.pages()))
  writeFileSync(`out/gallery-${name}.html`, page('page', html));
