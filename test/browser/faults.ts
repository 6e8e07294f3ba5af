// What went wrong in the background without anybody waiting for it? Errors nobody caught, as the browser's own console tells them.

import { TargetType } from 'puppeteer-core';
import type { Browser, CDPSession, Target } from 'puppeteer-core';
import type { LaunchedBrowser } from '../lab/browsers.ts';

export interface Followed {
  /** Errors that nobody caught, one a line; more are added as they happen. */
  readonly faults: readonly string[];
  /** Stops following Chrome's worker until its next life: one that is followed does not end. */
  readonly letGo: () => Promise<void>;
}

/** Notes the errors of each life of Chrome's service worker. */
function followWorkers(browser: Browser, note: (fault: string) => void): Followed['letGo'] {
  const sessions = new Set<CDPSession>();
  const follow = async (target: Target): Promise<void> => {
    if (target.type() !== TargetType.SERVICE_WORKER) return;
    const session = await target.createCDPSession();
    sessions.add(session);
    session.on('Runtime.exceptionThrown', ({ exceptionDetails: { text, exception } }) => note(`${text} ${exception?.description ?? ''}`));
    session.on('Runtime.consoleAPICalled', ({ type, args }) => {
      if (type === 'error' || type === 'warning') note(args.map(({ value, description }) => description ?? String(value)).join(' '));
    });
    await session.send('Runtime.enable');
  };
  // A worker may end before it can be listened to.
  const followed = (target: Target): void => void follow(target).catch(() => {});
  browser.on('targetcreated', followed);
  browser.targets().forEach(followed);
  return async () => {
    const ended = [...sessions];
    sessions.clear();
    // What has ended already needs no detaching.
    await Promise.allSettled(ended.map((session) => session.detach()));
  };
}

/** Follows the background's errors from now on. */
export function followFaults({ browser, kind, extensionBase }: LaunchedBrowser): Followed {
  const faults: string[] = [];
  if (kind === 'chromium') return { faults, letGo: followWorkers(browser, (fault) => void faults.push(fault)) };
  // Firefox tells no driver of its background page, but its own standard error.
  browser.process()?.stderr?.on('data', (data: unknown) => {
    faults.push(...String(data).split('\n').filter((line) => line.includes('JavaScript error') && line.includes(extensionBase)));
  });
  return { faults, letGo: async () => {} };
}
