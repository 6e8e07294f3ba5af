// Which faults of the lab can be switched by hand? Each with a name, and what it does to those who ask.

import type { Lab } from './lab.ts';
import type { LogFault } from './logs.ts';
import { describeRecord, type OwnSite, serveOwnSite, visibleRecords } from './own-sites.ts';
import type { DnsFault } from './resolver.ts';

/** One thing that can be wrong. */
export interface Switch {
  readonly id: string;
  readonly group: 'Resolver' | 'Log lists' | 'Logs' | 'Hidden records';
  readonly title: string;
  readonly isOn: () => boolean;
  readonly set: (on: boolean) => void;
}

const RESOLVER_FAULTS: Readonly<Partial<Record<DnsFault, string>>> = {
  slow: 'Slow: it never answers',
  down: 'Down: it closes the connection',
  servfail: 'It fails (SERVFAIL)',
  nxdomain: 'It says that no name exists',
  filtered: 'It says that it blocks every name',
};
const LIST_FAULTS = { slow: 'Slow: they never answer', down: 'Down: they close the connection' } as const;
const LOG_FAULTS: Readonly<Partial<Record<LogFault, string>>> = {
  slow: 'Slow: they never answer',
  down: 'Down: they close the connection',
  'wrong-signature': 'They lie: tree heads are signed wrongly',
  'wrong-root': 'They lie: tree heads of another tree',
  'wrong-proof': 'They lie: proofs are wrong',
  'other-entry': 'They lie: they hand out another entry',
  'wrong-clock': 'Their clock is wrong: tree heads of a year to come',
};

/** A switch for each fault of the lab and for each record of one's own sites that a check comes to see. */
export function makeSwitches(lab: Lab, sites: readonly OwnSite[]): readonly Switch[] {
  const logs = Object.values(lab.logs);
  return [
    ...entriesOf(RESOLVER_FAULTS).map(([fault, title]) =>
      exclusive(lab.resolver.faults, ['*'], fault, { id: `resolver-${fault}`, group: 'Resolver', title }),
    ),
    ...entriesOf(LIST_FAULTS).map(([fault, title]) =>
      exclusive(lab.listFaults, ['google', 'apple'], fault, { id: `list-${fault}`, group: 'Log lists', title }),
    ),
    ...entriesOf(LOG_FAULTS).map(([fault, title]): Switch => ({
      id: `log-${fault}`,
      group: 'Logs',
      title,
      isOn: () => logs.every(({ faults }) => faults.has(fault)),
      set: (on) => {
        for (const { faults } of logs)
          if (on) faults.add(fault);
          else faults.delete(fault);
      },
    })),
    ...sites.flatMap((site) =>
      visibleRecords(site).map((record, at): Switch => ({
        id: `record-${site.host}-${at}`,
        group: 'Hidden records',
        title: describeRecord(record),
        isOn: () => site.hidden.has(record),
        set: (on) => {
          if (on) site.hidden.add(record);
          else site.hidden.delete(record);
          serveOwnSite(lab.resolver, site);
        },
      })),
    ),
  ];
}

const entriesOf = <K extends string>(
  titles: Readonly<Partial<Record<K, string>>>,
): readonly (readonly [K, string])[] => {
  const entries: [K, string][] = [];
  for (const name in titles) {
    const title = titles[name];
    if (title !== undefined) entries.push([name, title]);
  }
  return entries;
};

/** A fault that takes the place of another: a thing is down or slow, not both. */
const exclusive = <K, F>(
  faults: Map<K, F>,
  names: readonly K[],
  fault: F,
  described: Pick<Switch, 'id' | 'group' | 'title'>,
): Switch => ({
  ...described,
  isOn: () => names.every((name) => faults.get(name) === fault),
  set: (on) => {
    for (const name of names)
      if (on) faults.set(name, fault);
      else if (faults.get(name) === fault) faults.delete(name);
  },
});
