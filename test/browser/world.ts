// What does a browser test stand on? A lab that can be held back, and a real browser with the built extension in it.

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULTS, RESOLVERS, type Settings } from '../../src/extension/settings.ts';
import { launchBrowser, type LaunchedBrowser } from '../lab/browsers.ts';
import { type BrowserKind, findBrowser, type FoundBrowser } from '../lab/find-browser.ts';
import { createLab, type Lab, RESOLVER } from '../lab/lab.ts';
import type { LabReply } from '../lab/reply.ts';
import { serveNames } from '../lab/server.ts';
import { writeSettings } from '../lab/extension-state.ts';
import { type Followed, followFaults } from './faults.ts';
import { pause } from './tabs.ts';
import { hostAsked } from './traffic.ts';

export interface World {
  readonly kind: BrowserKind;
  readonly lab: Lab;
  readonly launched: LaunchedBrowser;
  /** A page of the extension, to read storage and toolbar from. */
  readonly storage: Page;
  /** Pages of sites beside the lab's own, by address. */
  readonly pages: Map<string, LabReply>;
  /** Lets the resolver wait with its answer for a host. */
  readonly hold: (host: string) => Held;
  /** Errors of the extension that nobody waited for. */
  readonly followed: Followed;
  readonly close: () => Promise<void>;
}

/** An answer held back: whether it was asked for, how often nobody waited for it any more, and what lets it go. */
export interface Held {
  readonly asked: () => boolean;
  readonly givenUp: () => number;
  readonly release: () => void;
}

export interface WorldOptions {
  /** Settings beside the defaults; each site is checked unless they say otherwise. */
  readonly settings?: Partial<Settings>;
  /** What the manifest has beside what ships, for what a test cannot grant by a click. */
  readonly permissions?: readonly string[];
  readonly hostPermissions?: readonly string[];
  /** Preferences, Firefox only. */
  readonly prefs?: Readonly<Record<string, unknown>>;
}

const ALIASES: Readonly<Record<BrowserKind, readonly string[]>> = {
  chromium: ['chromium', 'chrome', 'edge'],
  firefox: ['firefox'],
};

const find = (kind: BrowserKind): FoundBrowser | null => {
  for (const name of ALIASES[kind]) {
    const found = findBrowser({ ...process.env, BROWSER: name });
    if (found !== null) return found;
  }
  return null;
};

const built = (kind: BrowserKind): string =>
  fileURLToPath(new URL(`../../dist/${kind === 'firefox' ? 'firefox' : 'chrome'}`, import.meta.url));

/** The other resolvers on offer answer as the lab's does. */
const OTHERS: ReadonlySet<string> = new Set(RESOLVERS.map(({ url }) => url).filter((url) => url !== RESOLVER));
const asLab = (url: URL): URL => (OTHERS.has(url.origin + url.pathname) ? new URL(RESOLVER + url.search) : url);

interface Grants {
  permissions: string[];
  host_permissions: string[];
}

/** A copy of the build that holds more permissions. */
async function grantedCopy(kind: BrowserKind, options: WorldOptions): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'emblem-lens-'));
  await cp(built(kind), folder, { recursive: true });
  const manifest: Grants = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  manifest.permissions.push(...(options.permissions ?? []));
  manifest.host_permissions.push(...(options.hostPermissions ?? []));
  await writeFile(
    join(folder, 'manifest.json'),
    JSON.stringify({ ...manifest, optional_permissions: [], optional_host_permissions: [] }),
  );
  return folder;
}

async function openWorld(found: FoundBrowser, options: WorldOptions): Promise<World> {
  const lab = await createLab();
  const held = new Map<string, { readonly released: Promise<void>; asked: boolean; givenUp: number }>();
  const pages: World['pages'] = new Map();
  const served = await serveNames({
    now: lab.now,
    hosts: [
      ...Object.values(lab.logs).map((log) => new URL(log.options.url).hostname),
      ...lab.sites.map((site) => site.host),
    ],
    givenUp: (url) => {
      const kept = held.get(hostAsked(url.href) ?? '');
      if (kept !== undefined) kept.givenUp += 1;
    },
    answer: async (question, rewrite) => {
      const kept = held.get(hostAsked(question.url.href) ?? '');
      if (kept !== undefined) kept.asked = true;
      await kept?.released;
      return pages.get(question.url.href) ?? lab.answer({ ...question, url: asLab(question.url) }, rewrite);
    },
  });
  const copied =
    options.permissions === undefined && options.hostPermissions === undefined
      ? null
      : await grantedCopy(found.kind, options);
  const launched = await launchBrowser({
    ...found,
    extensionDir: copied ?? built(found.kind),
    headless: true,
    ports: { https: served.httpsPort, http: served.httpPort },
    prefs: {
      'extensions.webextOptionalPermissionPrompts': false,
      'devtools.console.stdout.content': true,
      ...options.prefs,
    },
  });
  const followed = followFaults(launched);
  const storage = await launched.openExtensionPage('options.html');
  await writeSettings(storage, { ...DEFAULTS, automatic: true, ...options.settings });
  return {
    kind: found.kind,
    lab,
    launched,
    storage,
    pages,
    followed,
    hold: (host) => {
      let release = (): void => {};
      const released = new Promise<void>((resolve) => {
        release = () => {
          held.delete(host);
          resolve();
        };
      });
      const kept = { released, asked: false, givenUp: 0 };
      held.set(host, kept);
      return { asked: () => kept.asked, givenUp: () => kept.givenUp, release };
    },
    close: async () => {
      await launched.close();
      await served.close();
      if (copied !== null) await rm(copied, { recursive: true, force: true });
    },
  };
}

/**
 * Describes the same tests for each browser; where one is missing they are skipped with a word, except in CI, where
 * that is a failure.
 */
export function inEachBrowser(
  what: string,
  tests: (world: () => World) => void,
  options: WorldOptions = {},
  kinds: readonly BrowserKind[] = ['chromium', 'firefox'],
): void {
  describe.each(kinds)(`${what} (%s)`, (kind) => {
    const found = find(kind);
    if (found === null) {
      console.warn(`${kind} was not found: its browser tests are skipped.`);
      it.skipIf(process.env['CI'] !== 'true')('has a browser to run in', () => {
        throw new Error(`${kind} was not found`);
      });
      return;
    }
    let world: World | null = null;
    beforeAll(async () => {
      world = await openWorld(found, options);
    });
    afterAll(async () => {
      await world?.close();
    });
    const opened = (): World => {
      if (world === null) throw new Error('the browser is not open');
      return world;
    };
    tests(opened);
    // The last, so that it sees what all the others did.
    it('leaves no error behind', async () => {
      // What is logged comes a little later than what caused it.
      await pause(200);
      expect(opened().followed.take()).toEqual([]);
    });
  });
}
