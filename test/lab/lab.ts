// What is the lab? A miniature internet: a resolver, logs, log lists, and sites to visit, in one process.

import { LISTS, RESOLVER } from './addresses.ts';
import { type LabLogs, type LabOrganisations, openLogs, setUpOrganisations } from './authorities.ts';
import { logList, type Rewrite } from './log-list.ts';
import { labFetch } from './lab-fetch.ts';
import { makeOrganisation, type Organisation, type OrganisationOptions } from './organisation.ts';
import { DROPS, HANGS, json, type LabQuestion, type LabReply } from './reply.ts';
import { type LabResolver, openResolver } from './resolver.ts';
import { type Served, type ServedLoopback, serveLoopback, serveNames } from './server.ts';
import { sitePage } from './site-pages.ts';
import { type LabSite, makeSites } from './sites.ts';

export { LISTS, RESOLVER };

/** One request that reached the lab, in the order of arrival. */
export interface LabRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly at: number; // milliseconds of performance.now()
  /** Which server answered. */
  readonly server: 'resolver' | 'list' | 'log' | 'site';
}

export interface Lab {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly sites: readonly LabSite[];
  readonly resolver: LabResolver;
  readonly logs: LabLogs;
  readonly organisations: LabOrganisations;
  /** What is wrong with a list: `down` drops the connection, `slow` hangs, `http-error` is a 503. */
  readonly listFaults: Map<'google' | 'apple', 'down' | 'slow' | 'http-error'>;
  /** Hosts with records of somebody's own, which have a page too. */
  readonly ownHosts: Set<string>;
  /** What has been asked so far; a test may empty it. */
  readonly requests: LabRequest[];
  /** Sets up one more organisation. */
  organisation(options: OrganisationOptions): Promise<Organisation>;
  /** A list as data, for tests that hand it over as a document. */
  list(vendor: 'google' | 'apple', rewrite?: Rewrite): Record<string, unknown>;
  /** Answers a question under its real name. `rewrite` maps the addresses in lists. */
  answer(question: LabQuestion, rewrite?: Rewrite): Promise<LabReply>;
  /** Answers in process what `fetch` would ask. */
  readonly fetch: typeof fetch;
  /** Serves all names over HTTPS and HTTP on loopback. */
  serve(): Promise<Served>;
  /** Serves resolver, lists and logs under one plain HTTP address on loopback. */
  serveLoopback(): Promise<ServedLoopback>;
}

export interface LabOptions {
  /** Milliseconds since the epoch that validity times are relative to; the present unless given. */
  readonly now?: number;
}

/** Builds a lab. Keys are fresh each time. */
export async function createLab(options: LabOptions = {}): Promise<Lab> {
  const now = options.now ?? Date.now();
  const logs = await openLogs(now);
  const organisations = await setUpOrganisations(logs, now);
  const sites = await makeSites(organisations, now);
  const resolver = openResolver();
  for (const site of sites) {
    for (const [name, entry] of Object.entries(site.zones)) resolver.zones.set(name, entry);
    if (site.fault !== null) resolver.faults.set(site.host, site.fault);
  }
  const allLogs = Object.values(logs);
  const listFaults: Lab['listFaults'] = new Map();
  const ownHosts = new Set<string>();
  const requests: LabRequest[] = [];
  const list: Lab['list'] = (vendor, rewrite) => logList(vendor, allLogs, now, rewrite);

  const answerList = (vendor: 'google' | 'apple', rewrite: Rewrite | undefined): LabReply => {
    const fault = listFaults.get(vendor);
    if (fault === 'down') return DROPS;
    if (fault === 'slow') return HANGS;
    return fault === 'http-error' ? json({}, 503) : json(list(vendor, rewrite));
  };
  const answer: Lab['answer'] = async (question, rewrite) => {
    const { method, url, headers } = question;
    const note = (server: LabRequest['server']): void =>
      void requests.push({ method, url: url.href, headers, at: performance.now(), server });
    const where = url.origin + url.pathname;
    if (where === RESOLVER) {
      note('resolver');
      return resolver.answer(question);
    }
    for (const vendor of ['google', 'apple'] as const) {
      if (where === LISTS[vendor]) {
        note('list');
        return answerList(vendor, rewrite);
      }
    }
    const log = allLogs.find((each) => url.href.startsWith(each.options.url));
    if (log !== undefined) {
      note('log');
      return log.answer(question);
    }
    note('site');
    return sitePage(url, sites, ownHosts);
  };

  const lab: Lab = {
    now,
    sites,
    resolver,
    logs,
    organisations,
    listFaults,
    ownHosts,
    requests,
    list,
    answer,
    organisation: async (more) => makeOrganisation(more, now),
    fetch: labFetch(answer),
    serve: async () =>
      serveNames({
        now,
        hosts: [
          ...allLogs.map((log) => new URL(log.options.url).hostname),
          ...sites.map((site) => site.host),
          ...ownHosts,
        ],
        answer,
      }),
    serveLoopback: async () => serveLoopback(answer),
  };
  return lab;
}
