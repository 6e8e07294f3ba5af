// Does `npm start` find the browser, and say where sites differ from what is meant?

import { expect, test } from 'vitest';
import { afterChanges } from '../../lab/after-changes.ts';
import { findBrowser, hasDisplay } from '../../lab/find-browser.ts';
import { openProgress } from '../../lab/progress.ts';
import { differing, drawTable, rowOf } from '../../lab/table.ts';
import type { LabSite } from '../../lab/sites.ts';

const only =
  (...paths: readonly string[]) =>
  (path: string): boolean =>
    paths.includes(path);

test.each([
  ['a path', { BROWSER: '/opt/firefox/firefox' }, 'linux', '/opt/firefox/firefox', 'firefox'],
  ['a name', { BROWSER: 'Edge' }, 'linux', '/usr/bin/microsoft-edge', 'chromium'],
  ['a command', { BROWSER: 'my-chromium', PATH: '/home/me/bin' }, 'linux', '/home/me/bin/my-chromium', 'chromium'],
  ['nothing named', { PATH: '/usr/bin' }, 'linux', '/usr/bin/firefox-esr', 'firefox'],
  ['nothing named, macOS', {}, 'darwin', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', 'chromium'],
] as const)('%s', (_, env, platform, executablePath, kind) => {
  expect(findBrowser(env, platform, only(executablePath))).toEqual({ kind, executablePath });
});

test('a browser that is named but not here is not replaced by another', () => {
  expect(findBrowser({ BROWSER: 'firefox' }, 'linux', only('/usr/bin/chromium'))).toBeNull();
  expect(findBrowser({ BROWSER: 'none' }, 'linux', only('/usr/bin/chromium'))).toBeNull();
});

test('a display is what the environment names, or the platform has', () => {
  expect([
    hasDisplay({}, 'linux'),
    hasDisplay({ DISPLAY: ':0' }, 'linux'),
    hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux'),
    hasDisplay({}, 'darwin'),
  ]).toEqual([false, true, true, true]);
});

const site: LabSite = {
  host: 'a.example',
  title: 'A',
  shows: 'a',
  intended: { status: 'marked', strength: 'declared', because: null, icon: 'declared' },
  zones: {},
  fault: null,
};

test('a row differs by verdict, by icon where there is a toolbar, or for want of either', () => {
  const { intended } = site;
  const rows = [
    rowOf(site, 'declared', intended, true),
    rowOf(site, null, intended, false),
    rowOf(site, 'endorsed', intended, true),
    rowOf(site, null, { ...intended, status: 'none' }, false),
    rowOf(site, null, null, true),
  ];
  expect(rows.map(({ meant }) => meant === null)).toEqual([true, true, false, false, false]);
  expect(differing(rows)).toBe(3);
  expect(drawTable(rows)).toContain('MEANT: marked, declared (icon declared)');
});

test('progress is written over in a terminal and a line each elsewhere', () => {
  const written = (output: { isTTY?: boolean; columns?: number }): string => {
    const parts: string[] = [];
    const progress = openProgress({ ...output, write: (text) => parts.push(text) });
    progress('a.example', 1, 10);
    progress('b.example', 10, 10);
    progress.end();
    return parts.join('');
  };
  expect(written({})).toBe('Visiting  1 of 10: a.example\nVisiting 10 of 10: b.example\n');
  expect(written({ isTTY: true, columns: 20 })).toBe(
    '\r\u001B[KVisiting  1 of 10: \r\u001B[KVisiting 10 of 10: \r\u001B[K',
  );
});

test('changes during a build lead to one more build, not to two at once', async () => {
  const ends: (() => void)[] = [];
  let begun = 0;
  const changed = afterChanges(() => {
    begun += 1;
    return new Promise((resolve) => {
      ends.push(resolve);
    });
  });
  const finish = async (): Promise<void> => {
    ends.shift()?.();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  };
  changed();
  changed();
  changed();
  expect(begun).toBe(1);
  await finish();
  expect(begun).toBe(2);
  await finish();
  expect(begun).toBe(2);
  changed();
  expect(begun).toBe(3);
});
