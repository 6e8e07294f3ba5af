// `npm run lab`: what does a validator say of records that are not published? Serves the lab with sites of one's own, and
// keeps running.

import { parseArgs } from 'node:util';
import { INDEX_HOST } from './addresses.ts';
import { createLab } from './lab.ts';
import { type OwnSite, readOwnSite, serveOwnSite } from './own-sites.ts';
import { type AnswerNames, serveLoopback } from './server.ts';
import { answerSwitchPage } from './switch-page.ts';
import { makeSwitches } from './switches.ts';

const HELP = `usage: npm run lab -- [--site NAME=FILE]...

Serves a miniature internet on loopback and keeps running: a resolver, log lists and logs, with a page of switches for
their faults. Records of your own come from a zone file, JSON of zdns or massdns, or a list of TXT values.`;

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
async function serveLab(sites: readonly OwnSite[]): Promise<void> {
  const lab = await createLab();
  for (const site of sites) serveOwnSite(lab.resolver, site);
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
  console.log('Press Ctrl+C to end.');
}

function parseWords(): { help: boolean; sites: readonly string[] } | null {
  try {
    const { values } = parseArgs({ options: { site: { type: 'string', multiple: true }, help: { type: 'boolean' } } });
    return { help: values.help === true, sites: values.site ?? [] };
  } catch {
    return null; // misuse, told by throwing
  }
}

const words = parseWords();
const sites = words === null || words.help ? HELP : await readSites(words.sites);
if (words?.help === true) console.log(HELP);
else if (typeof sites === 'string') {
  console.error(sites);
  process.exitCode = 2;
} else await serveLab(sites);
