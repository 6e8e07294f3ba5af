// Are others spared what nobody waits for, and what a page could make us ask?

import { expect, it } from 'vitest';
import { drawn, goTo, tabOf, until } from './tabs.ts';
import { hostsAsked, LOOK_UP } from './traffic.ts';
import { inEachBrowser } from './world.ts';

inEachBrowser('sparing others', (world) => {
  it('ends the check of a page left behind, and its requests', async () => {
    const { launched, storage, hold } = world();
    const { asked, givenUp, release } = hold('ward.relief.example');
    const page = await launched.browser.newPage();
    await goTo(page, 'https://ward.relief.example/');
    await until('the first page is asked about', async () => asked());
    await goTo(page, 'https://plain.example/');
    await tabOf(storage, 'plain.example');
    await until('the requests are given up', async () => givenUp() === LOOK_UP);
    release();
    await page.close();
  });

  it('checks one tab no more than ten times a minute, and says so', async () => {
    const { lab, launched, storage } = world();
    const page = await launched.browser.newPage();
    const hosts = lab.sites.map(({ host }) => host).slice(0, 12);
    for (const host of hosts) {
      await goTo(page, `https://${host}/`);
      await tabOf(storage, host);
    }
    const { state } = await drawn(storage, hosts.at(-1) ?? '', 'unknown');
    expect(state.report?.problems).toEqual([expect.objectContaining({ code: 'too-many-checks', severity: 'error' })]);
    expect(hostsAsked(lab)).not.toContain(state.host);
    await page.close();
  });
});
