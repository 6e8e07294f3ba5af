// `npm run lab`: what does a validator say of records that are not published? Serves the lab with sites of one's own, and
// keeps running.

import { parseArgs } from 'node:util';
import { INDEX_HOST } from './addresses.ts';
import { findBrowser, type FoundBrowser, hasDisplay } from './find-browser.ts';
import { createLab, type Lab } from './lab.ts';
import { type OwnSite, readOwnSite, serveOwnSite } from './own-sites.ts';
import { type AnswerNames, serveLoopback, type ServedLoopback } from './server.ts';
import { HELP as BROWSER_HELP, openBrowser, pointAtLab, stay } from './show.ts';
import { answerSwitchPage } from './switch-page.ts';
import { makeSwitches } from './switches.ts';

const HELP = `usage: npm run lab -- [--site NAME=FILE]... [--browser]

Serves a miniature internet on loopback and keeps running: a resolver, log lists and logs, with a page of switches for
their faults. Records of your own come from a zone file, JSON of zdns or massdns, or a list of TXT values. With
--browser it opens a browser with the extension on the first of them.`;

/** The sites that are named, or the sentence that says what is wrong. */
async function readSites(words: readonly string[]): Promise<readonly OwnSite[] | string> {
  const sites: OwnSite[] = [];
  for (const word of words) {
    const read = await readOwnSite(word);
    if (!read.ok) return read.sentence;
    sites.push(read.site);
  }
  return sites;
}

/** Serves the lab with these sites; its first page is the one of the switches. */
async function serveLab(lab: Lab, sites: readonly OwnSite[]): Promise<ServedLoopback> {
  for (const site of sites) serveOwnSite(lab, site);
  const switches = makeSwitches(lab, sites);
  const hints: string[] = [];
  const answer: AnswerNames = async (question, rewrite) =>
    question.url.hostname === INDEX_HOST && question.url.pathname === '/'
      ? answerSwitchPage(question, switches, hints)
      : lab.answer(question, rewrite);
  const served = await serveLoopback(answer);
  const lists = served.lists.map((list) => `--log-list ${list}`).join(' ');
  for (const host of sites.length === 0 ? ['clinic.relief.example'] : sites.map((site) => site.host))
    hints.push(`npm run --silent check -- ${host} --resolver ${served.resolver} ${lists}`);
  console.log(`The lab: http://127.0.0.1:${served.port}/`);
  for (const hint of hints) console.log(`  ${hint}`);
  return served;
}

/** Opens a browser with the extension on a site of the lab, and stays until it is closed. */
async function browse(lab: Lab, found: FoundBrowser, host: string): Promise<void> {
  const served = await lab.serve();
  const launched = await openBrowser(found, false, { https: served.httpsPort, http: served.httpPort });
  await pointAtLab(launched);
  await stay(launched, `https://${host}/`);
  await served.close();
}

async function main(): Promise<number> {
  const words = parseWords();
  if (words?.help === true) {
    console.log(HELP);
    return 0;
  }
  const sites = words === null ? HELP : await readSites(words.sites);
  const found = words?.browser === true ? findBrowser() : null;
  const missing = found === null ? BROWSER_HELP : hasDisplay() ? null : 'There is no display to open a browser on.';
  if (words === null || typeof sites === 'string' || (words.browser && missing !== null)) {
    console.error(typeof sites === 'string' ? sites : missing);
    return 2;
  }
  const lab = await createLab();
  const served = await serveLab(lab, sites);
  if (found === null) {
    console.log('Press Ctrl+C to end.');
    return 0;
  }
  await browse(lab, found, sites[0]?.host ?? INDEX_HOST);
  await served.close();
  return 0;
}

function parseWords(): { help: boolean; browser: boolean; sites: readonly string[] } | null {
  try {
    const { values } = parseArgs({
      options: { site: { type: 'string', multiple: true }, browser: { type: 'boolean' }, help: { type: 'boolean' } },
    });
    return { help: values.help === true, browser: values.browser === true, sites: values.site ?? [] };
  } catch {
    return null; // misuse, told by throwing
  }
}

process.exitCode = await main();
