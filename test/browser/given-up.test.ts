// Does what is tried and given up leave the page alone that stands in the tab?

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { answer, DROPS, HANGS, type LabReply } from '../lab/reply.ts';
import { text } from '../lab/wire.ts';
import { drawn, fail, pause, seenTabs, tabOf } from './tabs.ts';
import { hostsAsked } from './traffic.ts';
import { inEachBrowser } from './world.ts';

const HOST = 'https://coast.example';
const moved = (to: string): LabReply => answer('text/plain', '', 302, { location: to });

/** Where a page goes that does not leave: files to keep, answers without content; each also after a redirect. */
const GIVEN_UP: Readonly<Record<string, LabReply>> = {
  '/file': answer('application/octet-stream', 'x', 200, { 'content-disposition': 'attachment; filename=x.bin' }),
  '/nothing': answer('text/plain', '', 204),
  '/moved-file': moved('/file'),
  '/moved-nothing': moved('/nothing'),
};

/** A page that breaks while it loads, and goes somewhere before it does. */
const breaking = (to: string): LabReply => ({
  reply: 'breaks',
  body: text(
    `<!doctype html><title>A part</title><script>setTimeout(() => { location.href = '${to}'; }, 100);</script>${'<p>More.'.repeat(1000)}`,
  ),
});

// Firefox, which no driver can tell to refuse downloads, puts them here.
const folder = mkdtempSync(join(tmpdir(), 'emblem-lens-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

inEachBrowser(
  'a navigation given up while the page still loads',
  (world) => {
    it.each(Object.keys(GIVEN_UP))('to %s costs it nothing, also where its rest then breaks', async (path) => {
      const { launched, pages, storage } = world();
      for (const [to, reply] of Object.entries(GIVEN_UP)) pages.set(HOST + to, reply);
      pages.set(`${HOST}/part`, breaking(path));
      const page = await launched.browser.newPage();
      // Firefox's driver waits for ever where a download begins.
      void fail(page, `${HOST}/part`);
      const { tabId } = await tabOf(storage, 'coast.example');
      await pause(1500);
      expect(await drawn(storage, 'coast.example', 'endorsed')).toMatchObject({
        tabId,
        state: { report: { status: 'marked' } },
      });
      await page.close();
    });
  },
  { prefs: { 'browser.download.folderList': 2, 'browser.download.dir': folder } },
);

// Chrome tells of each frame whether its page could not be had.
inEachBrowser(
  'an error page',
  (world) => {
    it('asks nobody where another try is given up on an error page', async () => {
      const { lab, launched, storage, pages } = world();
      pages.set('https://lied.example/broken', DROPS);
      pages.set('https://plain.example/hangs', HANGS);
      const page = await launched.browser.newPage();
      await fail(page, 'https://lied.example/broken');
      await page
        .evaluate((url) => {
          setTimeout(() => {
            location.href = url;
          });
        }, 'https://plain.example/hangs')
        .catch(() => {});
      await pause(700);
      await page
        .evaluate(() => {
          window.stop();
        })
        .catch(() => {});
      await pause(700);
      expect(hostsAsked(lab)).not.toContain('lied.example');
      expect((await seenTabs(storage)).filter(({ state }) => state.host === 'lied.example')).toEqual([]);
      await page.close();
    });
  },
  {},
  ['firefox'],
);
