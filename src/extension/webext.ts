// WebExtension API: the one module that names the object that speaks to the browser. The polyfill hands the browser's
// own `browser` on, and wraps Chrome's where there is none; what is only there under Chrome's name stands here too.

import browser from 'webextension-polyfill';

/** What both browsers take a callback for under Chrome's name, and the types leave out. */
interface Callbacks {
  readonly action: {
    setIcon(details: { readonly tabId: number; readonly path: Record<string, string> }, done: () => void): void;
  };
}

declare global {
  var chrome: typeof browser & Callbacks;
}

export { browser };
