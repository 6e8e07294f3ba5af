// Popup in the browser: it finds its tab, shows what is known, and follows what changes.

import { render } from 'preact';
import { browser } from '../../extension/webext.ts';
import { missingPermissions, requestPermissions } from '../../extension/permissions.ts';
import { readSettings } from '../../extension/settings.ts';
import { requestCheck, resumeCheck } from '../../extension/commands.ts';
import { followTab, type TabState } from '../../extension/tab-store.ts';
import { language } from '../text/messages.ts';
import { lackedOrigins } from '../report/missing-permissions.ts';
import { Popup } from './popup.tsx';

/** The tab named in the popup's address (`?tab=7`), else the active one of this window. */
async function ownTab(): Promise<number | null> {
  const named = new URLSearchParams(location.search).get('tab');
  if (named !== null && /^\d{1,15}$/.test(named)) return Number(named);
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  // Firefox's popup outlives a switch of tabs: it must not show one site's verdict over another.
  browser.tabs.onActivated.addListener(({ tabId, windowId }) => {
    if (windowId === tab?.windowId && tabId !== tab.id) window.close();
  });
  return tab?.id ?? null;
}

async function live(root: HTMLElement): Promise<void> {
  const tab = await ownTab();
  let state: TabState | null = null;
  // Whether the background has looked at the tab: until then a page it knows nothing of may be one it has not come to.
  let looked = false;
  let missing: readonly string[] = [];

  // What cannot be asked is not answered: what is known stands.
  const check = () => {
    if (tab !== null) void requestCheck(tab).catch(() => {});
  };
  const lacked = (): readonly string[] | null => (state?.report ? lackedOrigins(state.report) : null);
  // What the settings need, so that one question is enough, and the hosts that this report names.
  const offered = (): readonly string[] => {
    const origins = lacked();
    return origins === null ? [] : [...new Set([...missing, ...origins])];
  };
  // Asked for at once, before anything is awaited: browsers grant only within the click itself.
  const grant = async () => {
    if (await requestPermissions(offered())) check();
  };
  const options = () => {
    void browser.runtime.openOptionsPage();
  };
  const draw = () =>
    render(
      <Popup
        state={state}
        missing={offered()}
        now={Date.now()}
        onCheck={check}
        onGrant={() => {
          void grant();
        }}
        onOptions={options}
      />,
      root,
    );
  const follow = async () => {
    draw();
    if (lacked() === null || missing.length > 0) return;
    missing = await missingPermissions(await readSettings());
    draw();
  };

  // Completes a check cut short, renews an answer whose time is over; starts none that nobody asked for.
  const resume = async () => {
    if (tab !== null) await resumeCheck(tab).catch(() => {});
    looked = true;
    if (state === null) draw();
  };

  if (tab !== null) {
    // What is known already is shown before anything else is asked.
    await followTab(tab, (told) => {
      state = told;
      if (state !== null || looked) void follow();
    });
  }
  setInterval(() => {
    if (state === null && !looked) return;
    draw();
    const until = state?.phase === 'done' ? (state.report?.validUntil ?? null) : null;
    if (until !== null && Date.parse(until) <= Date.now()) void resume();
  }, 30_000);
  await resume();
}

document.documentElement.lang = language();
const root = document.getElementById('root');
if (root !== null) void live(root);
