// Is advised what should change, and only that, without any change to the verdict?

import { expect, test } from 'vitest';
import type { Report } from '../../../src/verdict/report.ts';
import { tokenRecord } from '../../lab/issuer.ts';
import {
  checkScene,
  ENTRY,
  makeEmblem,
  makeEndorsement,
  makeExternal,
  NOW,
  soundSet,
  STATE,
  strangerKey,
  UNREACHED,
} from './scene.ts';

const SECONDS = NOW / 1000;
const DAY = 86_400;
/** The first second at which nothing is said yet. */
const LONG = { until: SECONDS + 30 * DAY };
const OTHER = { ...ENTRY, id: Buffer.alloc(32, 9).toString('base64') };

/** What is advised of each token, by the kind and the issuer of it. */
const advised = (report: Report): readonly string[] =>
  report.emblems.flatMap(({ problems }) =>
    problems
      .filter(({ severity }) => severity === 'advice')
      .map(({ code, token }) => {
        const concerned = token === null ? undefined : report.tokens[token];
        return `${code} ${concerned?.kind} ${concerned?.issuer}`;
      }),
  );
const lasting = () =>
  soundSet({ emblem: makeEmblem(LONG), endorsement: makeEndorsement(LONG), external: makeExternal(LONG) });
const RELIEF_EMBLEM = 'emblem https://relief.example';
const RELIEF_ENDORSEMENT = 'endorsement https://relief.example';

test('a token of the chain that ends within 30 days', async () => {
  const cited = (options: object) => makeEndorsement({ ...LONG, log: [OTHER, ENTRY], ...options });
  const external = makeExternal({ ...LONG, log: [OTHER, ENTRY] });
  const of = async (emblemUntil: number, endorsementUntil: number) =>
    advised(
      await checkScene({
        advice: true,
        values: await soundSet({
          emblem: makeEmblem({ until: emblemUntil }),
          endorsement: cited({ until: endorsementUntil }),
          external,
        }),
      }),
    );
  expect(await of(LONG.until, LONG.until)).toEqual([]);
  expect(await of(LONG.until - 1, LONG.until)).toEqual([`token-expires-soon ${RELIEF_EMBLEM}`]);
  expect(await of(LONG.until, LONG.until - 1)).toEqual([`token-expires-soon ${RELIEF_ENDORSEMENT}`]);
});

test('a renewal that lasts silences what is said of its predecessor', async () => {
  const values = [...(await lasting()), tokenRecord(await makeEndorsement({ until: SECONDS + DAY }))];
  expect(advised(await checkScene({ advice: true, values }))).not.toContain(`token-expires-soon ${RELIEF_ENDORSEMENT}`);
});

test('the end is told', async () => {
  const report = await checkScene({ advice: true, values: await soundSet() });
  const found = report.emblems[0]?.problems.find(({ code }) => code === 'token-expires-soon');
  expect(found).toMatchObject({ severity: 'advice', detail: '2026-06-17T12:16:40Z' });
});

test('an endorsement that cites a single log', async () => {
  const single = await checkScene({ advice: true, values: await lasting() });
  expect(advised(single).toSorted()).toEqual([
    `commitment-single-log endorsement ${STATE}`,
    `commitment-single-log ${RELIEF_ENDORSEMENT}`,
  ]);
  const twice = { ...LONG, log: [ENTRY, { ...ENTRY, hash: Buffer.alloc(32, 3).toString('base64') }] };
  const values = await soundSet({
    emblem: makeEmblem(LONG),
    endorsement: makeEndorsement(twice),
    external: makeExternal(LONG),
  });
  expect(advised(await checkScene({ advice: true, values }))).toContain(`commitment-single-log ${RELIEF_ENDORSEMENT}`);
});

test('also where the log could not be asked', async () => {
  const report = await checkScene({ advice: true, values: await lasting(), outcomes: () => UNREACHED });
  expect(report.status).toBe('unconfirmed');
  expect(advised(report)).toEqual([`commitment-single-log ${RELIEF_ENDORSEMENT}`]);
});

test('an endorsement that is left over, but not one that another emblem needs', async () => {
  const leftOver = await checkScene({
    values: [...(await soundSet()), tokenRecord(await makeEndorsement({ key: strangerKey, endorsed: strangerKey }))],
  });
  expect(advised(leftOver)).toEqual([`endorsement-unrelated ${RELIEF_ENDORSEMENT}`]);

  const another = await makeEmblem({ key: strangerKey, assets: ['other.relief.example'] });
  const shared = await checkScene({
    values: [
      ...(await soundSet()),
      tokenRecord(another),
      tokenRecord(await makeEndorsement({ endorsed: strangerKey })),
    ],
  });
  expect(advised(shared)).toEqual([]);
  const told = shared.emblems.flatMap(({ problems }) =>
    problems.filter(({ code }) => code === 'endorsement-unrelated'),
  );
  expect(told.map(({ severity }) => severity)).toEqual(['info', 'info']);
});

test('an endorsement that is left over in one of two sets', async () => {
  const [own, other] = [await soundSet(), await soundSet()];
  const named = (value: string, set: string): string => value.replace('adem-token=', `adem-token-${set}=`);
  const leftOver = tokenRecord(await makeEndorsement({ key: strangerKey, endorsed: strangerKey }), '-A');
  const report = await checkScene({
    values: [...own.map((value) => named(value, 'A')), leftOver, ...other.map((value) => named(value, 'B'))],
  });
  expect(new Set(report.emblems.map(({ set }) => set))).toEqual(new Set(['A', 'B']));
  expect(advised(report)).toEqual([`endorsement-unrelated ${RELIEF_ENDORSEMENT}`]);
});
