// What do the lab's sites look like? Plain pages, and the page that lists them.

import { INDEX_HOST } from './addresses.ts';
import { answer, type LabReply } from './reply.ts';
import type { LabSite } from './sites.ts';

export const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

export const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere }
li { margin-block: .6rem } pre { white-space: pre-wrap } small { opacity: .75 }
</style></head><body><h1>${escaped(title)}</h1>
${body}
</body></html>
`;

const entry = (
  site: LabSite,
): string => `<li><a href="https://${site.host}/">${escaped(site.title)}</a> — ${escaped(site.shows)}
<br><small>${escaped(site.host)} · meant to be: ${site.intended.status}${site.intended.strength === null ? '' : `, ${site.intended.strength}`}${site.intended.because === null ? '' : `, ${site.intended.because}`}</small></li>`;

export const html = (body: string, status = 200): LabReply => answer('text/html; charset=utf-8', body, status);

/**
 * The page a URL of a site shows. The index names none of its sites' resources, so that nothing is fetched but the
 * page.
 */
export function sitePage(url: URL, sites: readonly LabSite[]): LabReply {
  if (url.hostname === INDEX_HOST) {
    return html(
      page(
        'Sites of the lab',
        `<p>A miniature internet on this machine. None of these sites, organisations or authorities exists.</p><ul>${sites.map(entry).join('\n')}</ul>`,
      ),
    );
  }
  const site = sites.find(({ host }) => host === url.hostname);
  if (site === undefined) return html(page('Nothing here', '<p>The lab has no such site.</p>'), 404);
  return html(
    page(site.title, `<p>${escaped(site.shows)}</p><p><a href="https://${INDEX_HOST}/">All sites of the lab</a></p>`),
  );
}
