// How often does a check wait for the network? Sequential rounds and requests, cold, warm and cached, against the lab.

import { check } from '../../src/check.ts';
import { memoryStore, openSources, type NetworkOptions } from '../../src/network/sources.ts';
import { labNetwork } from '../lab/check-site.ts';
import type { Lab } from '../lab/lab.ts';

/** Counts requests, and rounds: a request belongs to the round after all that had been answered when it was sent. */
function counting(inner: typeof fetch): { fetch: typeof fetch; counted: () => { requests: number; rounds: number } } {
  let requests = 0;
  let answered = 0;
  let rounds = 0;
  return {
    fetch: async (input, init) => {
      const round = answered + 1;
      requests += 1;
      rounds = Math.max(rounds, round);
      const response = await inner(input, init);
      const body = await response.arrayBuffer();
      // What is sent after this answer waits for one round more, answers of one round arriving together.
      setTimeout(() => { answered = Math.max(answered, round); });
      return new Response(response.status === 204 ? null : body, { status: response.status, headers: response.headers });
    },
    counted: () => ({ requests, rounds }),
  };
}

async function count(lab: Lab, host: string, options: NetworkOptions): Promise<string> {
  const { fetch, counted } = counting(lab.fetch);
  const sources = await openSources({ ...options, fetch });
  const { status } = await check({ host, address: null, page: 'https' }, lab.now, sources);
  await sources.close();
  const { requests, rounds } = counted();
  return `${rounds} rounds, ${requests} requests (${status})`;
}

/** Prints rounds and requests for a site with an RFC 6962 proof and one with a static log. */
export async function benchRounds(lab: Lab): Promise<void> {
  console.log('Waiting for the network (aims: 4 rounds cold with RFC 6962, 3 with a static log, 1 warm, 0 cached):');
  for (const [words, host] of [['RFC 6962', 'clinic.relief.example'], ['static log', 'clinic.coast.example'], ['no emblem', 'weather.example']] as const) {
    const kept = { session: memoryStore(), local: memoryStore() };
    const options = labNetwork(lab, kept);
    console.log(`  ${words}, ${host}`);
    console.log(`    cold    ${await count(lab, host, options)}`);
    console.log(`    warm    ${await count(lab, host, { ...options, fresh: true })}`);
    console.log(`    cached  ${await count(lab, host, options)}`);
  }
}
