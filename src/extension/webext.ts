// Which object speaks to the browser? `browser` where the browser has it, else Chrome's, whose functions return the
// same promises.

// Types only: in Manifest V3 both browsers return promises themselves, so that the polyfill's 10 kB stay out.
import type Browser from 'webextension-polyfill';

type BrowserApi = typeof Browser;

/** What both browsers take a callback for under Chrome's name, and the types leave out. */
interface Callbacks {
  readonly action: {
    setIcon(details: { readonly tabId: number; readonly path: Record<string, string> }, done: () => void): void;
  };
}

declare global {
  var browser: BrowserApi | undefined;
  var chrome: BrowserApi & Callbacks;
}

export const browser: BrowserApi = globalThis.browser ?? globalThis.chrome;
