// How is a browser started with the extension in it? Chromium and Firefox, each in a fresh profile, all names mapped to
// the lab.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, launch, type Page } from 'puppeteer-core';
import type { BrowserKind } from './find-browser.ts';

export interface LaunchOptions {
  readonly kind: BrowserKind;
  readonly executablePath: string;
  /** The built extension, `dist/chrome` or `dist/firefox`. */
  readonly extensionDir: string;
  /** The lab's ports that ports 443 and 80 of every name lead to; null for the real network. */
  readonly ports: { readonly https: number; readonly http: number } | null;
  readonly headless: boolean;
  /** More preferences, Firefox only. */
  readonly prefs?: Readonly<Record<string, unknown>>;
}

export interface LaunchedBrowser {
  readonly browser: Browser;
  readonly kind: BrowserKind;
  /** Address of the extension's pages, without trailing slash. */
  readonly extensionBase: string;
  /** Opens a page of the extension in a new tab, `popup.html?tab=3` say, and waits for its body. */
  openExtensionPage(path: string): Promise<Page>;
  /** Goes to an address in that tab, and waits until it is loaded. */
  visit(page: Page, url: string): Promise<void>;
  close(): Promise<void>;
}

/** The extension's page address in Firefox, fixed by a preference. */
const FIREFOX_UUID = '5d3c2b1a-0f1e-4d2c-8b3a-4f5e6d7c8b9a';

async function startChromium(options: LaunchOptions): Promise<{ browser: Browser; extensionBase: string }> {
  const { ports } = options;
  const browser = await launch({
    executablePath: options.executablePath,
    headless: options.headless,
    pipe: true,
    enableExtensions: [options.extensionDir],
    // Nothing that a page of a test offers is put into the folders of the person who runs it.
    downloadBehavior: { policy: 'deny' },
    defaultViewport: options.headless ? { width: 1000, height: 700 } : null,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(options.headless ? ['--disable-gpu'] : []),
      '--no-first-run',
      '--no-default-browser-check',
      '--lang=en',
      ...(ports === null
        ? []
        : [
            '--disable-quic',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
            '--ignore-certificate-errors',
            `--host-resolver-rules=MAP *:443 127.0.0.1:${ports.https},MAP *:80 127.0.0.1:${ports.http}`,
          ]),
    ],
  });
  const worker = await browser.waitForTarget((target) => /^chrome-extension:.*background\.js$/.test(target.url()), {
    timeout: 20_000,
  });
  return { browser, extensionBase: `chrome-extension://${new URL(worker.url()).hostname}` };
}

/** The extension's identifier in Firefox, as its manifest gives it. */
async function geckoId(extensionDir: string): Promise<string> {
  const found = /"gecko"\s*:\s*\{[^}]*?"id"\s*:\s*"([^"]+)"/.exec(
    await readFile(join(extensionDir, 'manifest.json'), 'utf8'),
  )?.[1];
  if (found === undefined) throw new Error('the manifest names no identifier for Firefox');
  return found;
}

async function startFirefox(options: LaunchOptions): Promise<{ browser: Browser; extensionBase: string }> {
  const { ports } = options;
  const browser = await launch({
    browser: 'firefox',
    executablePath: options.executablePath,
    headless: options.headless,
    acceptInsecureCerts: ports !== null,
    defaultViewport: options.headless ? { width: 1000, height: 700 } : null,
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [await geckoId(options.extensionDir)]: FIREFOX_UUID }),
      'intl.accept_languages': 'en',
      ...(ports === null
        ? {}
        : {
            'network.dns.forceResolve': '127.0.0.1',
            'network.socket.forcePort': `443=${ports.https};80=${ports.http}`,
            'network.http.http3.enable': false,
            'network.captive-portal-service.enabled': false,
            'network.connectivity-service.enabled': false,
          }),
      ...options.prefs,
    },
  });
  await browser.installExtension(options.extensionDir);
  return { browser, extensionBase: `moz-extension://${FIREFOX_UUID}` };
}

/** Starts a browser with the extension installed. */
export async function launchBrowser(options: LaunchOptions): Promise<LaunchedBrowser> {
  const { kind } = options;
  const { browser, extensionBase } = await (kind === 'firefox' ? startFirefox(options) : startChromium(options));
  return {
    browser,
    kind,
    extensionBase,
    openExtensionPage: async (path) => {
      const page = await browser.newPage();
      // Firefox tells no loading of extension pages.
      await page.goto(`${extensionBase}/${path}`, kind === 'firefox' ? { waitUntil: [] } : {});
      await page.waitForSelector('body');
      return page;
    },
    visit: async (page, url) => {
      await page.goto(url, { waitUntil: 'load' });
    },
    close: async () => {
      if (browser.connected) await browser.close();
    },
  };
}
