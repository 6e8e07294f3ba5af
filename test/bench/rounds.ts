// How often does a check wait for the network? Sequential rounds and requests, cold, warm and cached, against the lab.

import { check } from '../../src/check.ts';
import { memoryCache, type NetworkOptions, openNetwork } from '../../src/network/sources.ts';
import { labNetwork } from '../lab/check-site.ts';
import type { Lab } from '../lab/lab.ts';

/** How long nothing may happen before all waiting answers are let through together, in milliseconds. */
const STILL = 25;

/**
 * A network in lockstep: answers wait until nothing more is asked, and then arrive together. Each such arrival is one
 * round.
 */
function lockstep(inner: typeof fetch): { fetch: typeof fetch; counted: () => { requests: number; rounds: number } } {
  let requests = 0;
  let rounds = 0;
  let waiting: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  const release = (): void => {
    const released = waiting;
    waiting = [];
    rounds += 1;
    for (const arrive of released) arrive();
  };
  return {
    fetch: async (input, init) => {
      requests += 1;
      const response = await inner(input, init);
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        clearTimeout(timer);
        timer = setTimeout(release, STILL);
      });
      return response;
    },
    counted: () => ({ requests, rounds }),
  };
}

async function count(lab: Lab, host: string, options: NetworkOptions): Promise<string> {
  const { fetch, counted } = lockstep(lab.fetch);
  const sources = openNetwork({ ...options, fetch });
  const { status } = await check({ host, address: null, page: 'https' }, lab.now, sources);
  await sources.close();
  const { requests, rounds } = counted();
  return `${rounds} rounds, ${requests} requests (${status})`;
}

/** Prints rounds and requests for a site with an RFC 6962 proof and one with a static log. */
export async function benchRounds(lab: Lab): Promise<void> {
  console.log('Waiting for the network (aims: 4 rounds cold with RFC 6962, 3 with a static log, 1 warm, 0 cached):');
  for (const [words, host] of [
    ['RFC 6962', 'clinic.relief.example'],
    ['static log', 'port.example'],
    ['no emblem', 'plain.example'],
  ] as const) {
    const kept = { session: memoryCache(), local: memoryCache() };
    const options = labNetwork(lab, kept);
    console.log(`  ${words}, ${host}`);
    console.log(`    cold    ${await count(lab, host, options)}`);
    console.log(`    warm    ${await count(lab, host, { ...options, fresh: true })}`);
    console.log(`    cached  ${await count(lab, host, options)}`);
  }
}
