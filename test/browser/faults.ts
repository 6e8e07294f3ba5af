// What went wrong in the extension without anybody waiting for it? Errors and warnings, as the browser's own console
// tells them.

import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type CDPSession, type Target, TargetType } from 'puppeteer-core';
import type { LaunchedBrowser } from '../lab/browsers.ts';

export interface Followed {
  /** What was noted since this was last asked. */
  readonly take: () => readonly string[];
  /** Stops following Chrome's worker until its next life: one that is followed does not end. */
  readonly letGo: () => Promise<void>;
}

type Note = (fault: string) => void;

/** Notes what Chrome tells of the extension's pages, and of each life of its service worker. */
function followChromium({ browser, extensionBase }: LaunchedBrowser, note: Note): Followed['letGo'] {
  const workers = new Set<CDPSession>();
  const follow = async (target: Target): Promise<void> => {
    const isWorker = target.type() === TargetType.SERVICE_WORKER;
    if (!isWorker && target.type() !== TargetType.PAGE) return;
    const session = await target.createCDPSession();
    if (isWorker) workers.add(session);
    // A tab may show a site now and a page of ours later; what sites do wrong is no fault of ours.
    const noteOurs: Note = (fault) => {
      if (target.url().startsWith(extensionBase)) note(fault);
    };
    session.on('Runtime.exceptionThrown', ({ exceptionDetails: { text, exception } }) =>
      noteOurs(`${text} ${exception?.description ?? ''}`),
    );
    session.on('Runtime.consoleAPICalled', ({ type, args }) => {
      if (type === 'error' || type === 'warning')
        noteOurs(args.map(({ value, description }) => description ?? String(value)).join(' '));
    });
    // What the browser itself logs, as an error that was passed to a function of its own and that nobody looked at.
    session.on('Log.entryAdded', ({ entry: { source, level, text } }) => {
      // An answer that did not come is a matter of the lab's.
      if (source !== 'network' && (level === 'error' || level === 'warning')) noteOurs(text);
    });
    await Promise.all([session.send('Runtime.enable'), session.send('Log.enable')]);
  };
  // A worker or a page may end before it can be listened to.
  const followed = (target: Target): void => void follow(target).catch(() => {});
  browser.on('targetcreated', followed);
  browser.targets().forEach(followed);
  return async () => {
    const ended = [...workers];
    workers.clear();
    // What has ended already needs no detaching.
    await Promise.allSettled(ended.map((session) => session.detach()));
  };
}

/**
 * Errors of Firefox's own parts, and of sites. What arises within a function of the browser's bears no file: it may be
 * ours, and counts as such.
 */
const FOREIGN = /^JavaScript error: (chrome|resource|jar|about|data|blob|https?):/;

/** Notes what Firefox writes: it tells no driver of its background page. */
function followFirefox({ browser }: LaunchedBrowser, note: Note): void {
  const eachLine = (stream: Readable | null | undefined, tell: (line: string) => void): void => {
    if (stream !== null && stream !== undefined) createInterface({ input: stream }).on('line', tell);
  };
  const process = browser.process();
  eachLine(process?.stderr, (line) => {
    if (line.startsWith('JavaScript error') && !FOREIGN.test(line)) note(line);
  });
  // Written there because of the preference `devtools.console.stdout.content`.
  eachLine(process?.stdout, (line) => {
    if (/^console\.(error|warn):/.test(line)) note(line);
  });
}

/** Follows the extension's errors from now on. */
export function followFaults(launched: LaunchedBrowser): Followed {
  let faults: string[] = [];
  const note: Note = (fault) => void faults.push(fault);
  const take = (): readonly string[] => {
    const taken = faults;
    faults = [];
    return taken;
  };
  if (launched.kind === 'chromium') return { take, letGo: followChromium(launched, note) };
  followFirefox(launched, note);
  return { take, letGo: async () => {} };
}
