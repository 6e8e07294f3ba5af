// What went wrong in the background without anybody waiting for it? Errors nobody caught, as the browser's own console tells them.

import { TargetType } from 'puppeteer-core';
import type { Browser, Target } from 'puppeteer-core';
import type { LaunchedBrowser } from '../lab/browsers.ts';

/** Notes the errors of each life of Chrome's service worker. */
function followWorkers(browser: Browser, note: (fault: string) => void): void {
  const follow = async (target: Target): Promise<void> => {
    if (target.type() !== TargetType.SERVICE_WORKER) return;
    const session = await target.createCDPSession();
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
}

/** Errors of the background from now on, one a line; more are added as they happen. */
export function followFaults({ browser, kind, extensionBase }: LaunchedBrowser): readonly string[] {
  const faults: string[] = [];
  if (kind === 'chromium') followWorkers(browser, (fault) => void faults.push(fault));
  // Firefox tells no driver of its background page, but its own standard error.
  else browser.process()?.stderr?.on('data', (data: unknown) => {
    faults.push(...String(data).split('\n').filter((line) => line.includes('JavaScript error') && line.includes(extensionBase)));
  });
  return faults;
}
