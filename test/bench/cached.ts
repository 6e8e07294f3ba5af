// What does a check cost that is answered from what is kept? On realistic caches, as ratios to verifying signatures, in
// one run.

import { check, openVerifiedSignatures } from '../../src/check.ts';
import { type Cache, memoryCache, type NetworkOptions, openNetwork } from '../../src/network/sources.ts';
import type { Status } from '../../src/verdict/report.ts';
import { LISTS } from '../lab/addresses.ts';
import { labNetwork } from '../lab/check-site.ts';
import { makeKey } from '../lab/keys.ts';
import type { Lab } from '../lab/lab.ts';

export const NONE = 'plain.example';
export const ENDORSED = 'clinic.relief.example';
/** Two published lists name about so many logs together. */
const LOGS = 316;
export const KEPT = 500;
/** So short a thing is measured by so many at once. */
const MANY = 20;

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Lets every log of a list stand there again and again, so that the list is as long as a published one. */
function lengthen(list: unknown): unknown {
  const { operators, ...rest } = { operators: [], ...Object(list) };
  const more = Array.from({ length: LOGS / 2 }, (_, at) => {
    const key = Buffer.from(`key ${at}`.padEnd(91));
    return {
      description: `Log ${at}`,
      log_id: Buffer.alloc(32, at).toString('base64'),
      key: key.toString('base64'),
      url: `https://${at}.log.example/`,
      mmd: 86_400,
      state: { usable: { timestamp: '2026-01-01T00:00:00Z' } },
    };
  });
  return { ...rest, operators: [...operators, { name: 'Many', email: [], logs: more, tiled_logs: [] }] };
}

/** The caches of somebody who has looked at so many sites before. */
export async function fill(lab: Lab, kept: number): Promise<Pick<NetworkOptions, 'session' | 'local'>> {
  const [session, local] = [memoryCache(), memoryCache()];
  for (const vendor of ['google', 'apple'] as const)
    await local.set({
      [`list ${LISTS[vendor]}`]: { at: lab.now, text: JSON.stringify(lengthen(lab.list(vendor))), complete: true },
    });
  for (const host of [NONE, ENDORSED]) await run(labNetwork(lab, { session, local }), lab.now, host);
  const [answer, outcome] = await Promise.all(
    ['dns ', 'log '].map(async (prefix) =>
      session.get((await session.keys()).find((key) => key.startsWith(prefix)) ?? ''),
    ),
  );
  for (let at = 1; at < kept; at += 1)
    await session.set({ [`dns resolver ${at}.example`]: answer, [`log ${at}`]: outcome });
  return { session, local };
}

async function run(options: NetworkOptions, now: number, host: string): Promise<Status> {
  const sources = openNetwork(options);
  const { status } = await check({ host, address: null, page: 'https' }, now, sources);
  await sources.close();
  return status;
}

/** One verification with a P-521 key that is imported already. */
async function prepareVerification(): Promise<() => Promise<unknown>> {
  const { publicKey, privateKey } = await makeKey('ES512');
  const [message, algorithm] = [new Uint8Array(400), { name: 'ECDSA', hash: 'SHA-512' }];
  const signature = await crypto.subtle.sign(algorithm, privateKey, message);
  return () => crypto.subtle.verify(algorithm, publicKey, signature, message);
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

/** Takes the tasks in turn, so that the machine's moods cancel out. Medians in milliseconds. */
async function inTurn<T extends string>(
  tasks: Readonly<Record<T, () => Promise<unknown>>>,
  turns: number,
): Promise<(name: T) => number> {
  const times = new Map<string, number[]>(Object.keys(tasks).map((name) => [name, []]));
  for (let turn = -20; turn < turns; turn += 1) {
    for (const [name, task] of Object.entries<() => Promise<unknown>>(tasks)) {
      const taken = await timed(task);
      // The first turns warm the engine up.
      if (turn >= 0) times.get(name)?.push(taken);
    }
  }
  return (name) => median(times.get(name) ?? []);
}

/** A cache that counts what is asked of it. */
function counting(inner: Cache): { cache: Cache; counted: () => string } {
  let [reads, writes] = [0, 0];
  return {
    cache: {
      ...inner,
      get: (key) => {
        reads += 1;
        return inner.get(key);
      },
      set: (entries) => {
        writes += 1;
        return inner.set(entries);
      },
    },
    counted: () => `${reads} read, ${writes} written`,
  };
}

/** Prints what cached checks cost. */
export async function benchCached(lab: Lab, turns = 150): Promise<void> {
  const verification = await prepareVerification();
  const caches = await fill(lab, KEPT);
  const few = await fill(lab, 1);
  const some = await fill(lab, 100);
  const of = (kept: Pick<NetworkOptions, 'session' | 'local'>, more: Partial<NetworkOptions> = {}) =>
    labNetwork(lab, { ...kept, listsEarly: false, ...more });
  const many = async (kept: Pick<NetworkOptions, 'session' | 'local'>): Promise<void> => {
    for (let time = 0; time < MANY; time += 1) await run(of(kept), lab.now, NONE);
  };
  const verified = openVerifiedSignatures();
  const time = await inTurn(
    {
      one: verification,
      three: () => Promise.all([verification(), verification(), verification()]),
      none: () => many(caches),
      'none, 1': () => many(few),
      'none, 100': () => many(some),
      // As a new life of the background finds them: nothing is read yet.
      first: () => run(of({ ...caches, local: { ...caches.local } }), lab.now, ENDORSED),
      again: () => run(of(caches, { verified }), lab.now, ENDORSED),
    },
    turns,
  );
  console.log(`Checks answered from what is kept, beside ${KEPT} answers, ${KEPT} outcomes and lists of ${LOGS} logs:`);
  console.log(
    `  no emblem: ${(time('none') / MANY / time('one')).toFixed(2)} of one P-521 verification of ${time('one').toFixed(2)} ms (aim at most 0.25)`,
  );
  console.log(
    `    with 1, 100 and ${KEPT} kept: ${(['none, 1', 'none, 100', 'none'] as const).map((name) => (time(name) / MANY).toFixed(3)).join(', ')} ms`,
  );
  console.log(
    `  endorsed: ${(time('first') / time('three')).toFixed(2)} of its three verifications (aim at most 1.15), and ${(time('again') / time('three')).toFixed(2)} where they verified before (aim at most 0.5)`,
  );
  const { cache, counted } = counting(caches.session);
  await run(of({ ...caches, session: cache }), lab.now, NONE);
  console.log(`  entries of the cache: ${counted()}`);
}
