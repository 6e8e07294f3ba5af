// Which object speaks to the browser? `browser` where the browser has it, else Chrome's, whose functions return the same promises.

// Types only: in Manifest V3 both browsers return promises themselves, so that the polyfill's 10 kB stay out.
import type Browser from 'webextension-polyfill';

type BrowserApi = typeof Browser;

declare global {
  var browser: BrowserApi | undefined;
  var chrome: BrowserApi;
}

export const browser: BrowserApi = globalThis.browser ?? globalThis.chrome;
