// Does any tangle of endorsements get the verdict that the procedure, written down a second time, gives it?

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJwk, type PublicKey } from '../../../src/emblem/key.ts';
import { emblem, endorsement, keyRecord, tokenRecord } from '../../lab/issuer.ts';
import { type LabKey, makeKey } from '../../lab/keys.ts';
import { checkScene, ENTRY, HOLDS, HOST, MISSES, NOW, RELIEF, STATE, txt, UNREACHED } from './scene.ts';

const BOARD = 'https://board.relief.example'; // under the issuer's own registrable domain
const lasting = { from: NOW / 1000 - 1000, until: NOW / 1000 + 1000 } as const;
const keys = await Promise.all(Array.from({ length: 4 }, () => makeKey('ES256')));
const keyOf = (place: number): LabKey => keys[place] ?? expect.fail('a key');
const publicKeys: readonly PublicKey[] = keys.map(({ jwk }) => {
  const parsed = parseJwk(jwk);
  return parsed.ok ? parsed.value.key : expect.fail('a lab key that does not parse');
});

type Answer = 'holds' | 'fails' | 'undetermined';
const ANSWERS = { holds: HOLDS, fails: MISSES, undetermined: UNREACHED } as const;

interface Claim {
  readonly signer: number;
  readonly key: number;
  readonly iss: string | null;
  readonly sub: string | null;
  readonly end: boolean;
  readonly log: boolean;
  readonly satisfied: boolean;
}
interface World {
  readonly iss: string | null;
  readonly claims: readonly Claim[];
  readonly answers: ReadonlyMap<string, Answer>;
  readonly trusts: readonly { readonly key: number; readonly organisation: string | null }[];
}
interface Expected {
  readonly levels: readonly string[];
  readonly status: string;
  readonly strength: string | null;
  readonly because: string | null;
  readonly endorsedBy: readonly string[];
  readonly undetermined: readonly string[];
}

const invalid: Expected = {
  levels: ['INVALID'],
  status: 'invalid',
  strength: null,
  because: 'other',
  endorsedBy: [],
  undetermined: [],
};
const label = ({ signer, key, iss, sub }: Claim): string => JSON.stringify([signer, key, iss, sub]);
const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];

/** Steps 3 to 8 and 10 of the validation, by sets and counting rather than by walking. */
function expected({ iss, claims, answers, trusts }: World): Expected {
  const trusted = ({ signer, iss: issuer }: Pick<Claim, 'signer' | 'iss'>): boolean =>
    trusts.some(({ key, organisation }) => key === signer && organisation === issuer);
  const endorsing = (claim: Claim, target: Pick<Claim, 'signer' | 'iss'>): boolean =>
    claim.key === target.signer && claim.sub === target.iss;
  const top0 = { signer: 0, iss };
  const own = claims.filter((claim) => claim.iss === iss);
  let kept = own.filter((claim) => endorsing(claim, top0));
  for (let before = -1; before !== kept.length;) {
    before = kept.length;
    kept = own.filter(
      (claim) => kept.includes(claim) || endorsing(claim, top0) || kept.some((other) => endorsing(claim, other)),
    );
  }
  const endorsersOf = (target: Pick<Claim, 'signer' | 'iss'>): readonly string[] =>
    unique(kept.filter((claim) => endorsing(claim, target)).map(label));
  const tops = unique(kept.filter((claim) => endorsersOf(claim).length === 0).map(label));
  if (kept.length > 0 && (tops.length !== 1 || [top0, ...kept].some((target) => endorsersOf(target).length > 1)))
    return invalid;
  const sound = (name: string): readonly Claim[] =>
    kept.filter((claim) => label(claim) === name && claim.satisfied && (claim.end || endorsing(claim, top0)));
  if (unique(kept.map(label)).some((name) => sound(name).length === 0)) return invalid;

  const levels = ['SIGNED', ...([top0, ...kept].some(trusted) ? ['SIGNED_TRUSTED'] : [])];
  const nothing = { endorsedBy: [], undetermined: [] };
  if (iss === null) {
    return levels.length > 1
      ? { ...nothing, levels, status: 'marked', strength: 'trusted', because: null }
      : { ...nothing, levels, status: 'unconfirmed', strength: null, because: 'no-organisation' };
  }
  const top = sound(tops[0] ?? '').find(({ log }) => log);
  if (top === undefined) return invalid;
  const answer = answers.get(iss);
  if (answer === 'fails') return invalid;
  if (answer === 'undetermined' && !trusted(top))
    return { ...nothing, levels, status: 'unconfirmed', strength: null, because: 'log-unreachable' };
  levels.push('ORGANIZATIONAL', ...(trusted(top) ? ['ORGANIZATIONAL_TRUSTED'] : []));

  const externals = claims.filter(
    (claim) =>
      claim.iss !== null &&
      claim.iss !== iss &&
      claim.key === top.signer &&
      claim.sub === iss &&
      claim.end &&
      claim.satisfied &&
      claim.log,
  );
  const counting = externals.filter(
    (claim) =>
      answers.get(claim.iss ?? '') === 'holds' || (answers.get(claim.iss ?? '') === 'undetermined' && trusted(claim)),
  );
  const open = externals.filter((claim) => answers.get(claim.iss ?? '') === 'undetermined' && !trusted(claim));
  if (counting.length > 0) levels.push('ENDORSED', ...(counting.some(trusted) ? ['ENDORSED_TRUSTED'] : []));
  const endorsedBy = unique(counting.map((claim) => claim.iss ?? ''));
  const strength =
    levels.includes('ORGANIZATIONAL_TRUSTED') || levels.includes('ENDORSED_TRUSTED')
      ? 'trusted'
      : endorsedBy.includes(STATE)
        ? 'endorsed'
        : 'declared';
  return {
    levels,
    status: 'marked',
    strength,
    because: null,
    endorsedBy,
    undetermined: unique(open.map((claim) => claim.iss ?? '')).filter((name) => !endorsedBy.includes(name)),
  };
}

const claimOf = fc.record<Claim>({
  signer: fc.constantFrom(0, 1, 1, 1, 2, 2, 3),
  key: fc.constantFrom(0, 0, 0, 1, 1, 2),
  iss: fc.constantFrom(RELIEF, RELIEF, RELIEF, STATE, BOARD, null),
  sub: fc.constantFrom(RELIEF, RELIEF, RELIEF, RELIEF, RELIEF, STATE, null),
  end: fc.constantFrom(true, true, true, false),
  log: fc.constantFrom(true, true, true, false),
  satisfied: fc.constantFrom(true, true, true, true, false),
});
/** Whatever comes, beside a sound line more often than not. */
const start = fc.constantFrom<readonly Claim[]>(
  [],
  [{ signer: 1, key: 0, iss: RELIEF, sub: RELIEF, end: false, log: true, satisfied: true }],
  [
    { signer: 1, key: 0, iss: RELIEF, sub: RELIEF, end: true, log: true, satisfied: true },
    { signer: 2, key: 1, iss: STATE, sub: RELIEF, end: true, log: true, satisfied: true },
  ],
  [
    { signer: 1, key: 0, iss: RELIEF, sub: RELIEF, end: false, log: false, satisfied: true },
    { signer: 2, key: 1, iss: RELIEF, sub: RELIEF, end: true, log: true, satisfied: true },
  ],
);
const answerOf = fc.constantFrom<Answer>('holds', 'holds', 'holds', 'undetermined', 'fails');
const world = fc
  .record({
    iss: fc.constantFrom(RELIEF, RELIEF, RELIEF, RELIEF, null),
    begun: start,
    more: fc.array(claimOf, { maxLength: 4 }),
    own: answerOf,
    state: answerOf,
    board: answerOf,
    trusts: fc.array(
      fc.oneof(
        fc.constantFrom({ key: 2, organisation: STATE }, { key: 1, organisation: RELIEF }),
        fc.record({ key: fc.integer({ min: 0, max: 3 }), organisation: fc.constantFrom(RELIEF, STATE, BOARD, null) }),
      ),
      { maxLength: 2 },
    ),
  })
  .map(({ iss, begun, more, own, state, board, trusts }): World => ({
    iss,
    claims: [...begun, ...more],
    trusts,
    answers: new Map([
      [RELIEF, own],
      [STATE, state],
      [BOARD, board],
    ]),
  }));

const signedBefore = new Map<string, Promise<string>>();
const once = (name: string, make: () => Promise<string>): Promise<string> => {
  const made = signedBefore.get(name) ?? make();
  signedBefore.set(name, made);
  return made;
};
const signClaim = (claim: Claim): Promise<string> =>
  once(JSON.stringify(claim), () =>
    endorsement({
      ...lasting,
      key: keyOf(claim.signer),
      endorsed: keyOf(claim.key),
      issuer: claim.iss,
      subject: claim.sub,
      mayEndorse: claim.end,
      constraints: { wnd: claim.satisfied ? 2000 : 1999 },
      ...(claim.log ? { log: [ENTRY] } : {}),
    }),
  );

test('against a second reading of the procedure', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(world, async (tried) => {
      const tokens = await Promise.all([
        once(`emblem ${tried.iss}`, () => emblem({ ...lasting, key: keyOf(0), issuer: tried.iss, assets: [HOST] })),
        ...tried.claims.map(signClaim),
      ]);
      const report = await checkScene({
        records: [...keys.map((key) => keyRecord(key)), ...new Set(tokens.map((token) => tokenRecord(token)))].map(
          (value) => txt(value),
        ),
        outcomes: (domain) => ANSWERS[tried.answers.get(`https://${domain}`) ?? 'fails'],
        trustedKeys: tried.trusts.map(({ key, organisation }) => ({
          key: publicKeys[key] ?? expect.fail('a key'),
          algorithm: null,
          organisation,
        })),
      });
      const [judged] = report.emblems;
      const { levels, status, strength, because, endorsedBy, undetermined } = expected(tried);
      seen.add([status, strength, levels.at(-1)].join(' '));
      expect({
        ...judged,
        endorsedBy: judged?.endorsedBy.toSorted(),
        endorsementsUndetermined: judged?.endorsementsUndetermined.toSorted(),
      }).toMatchObject({
        levels,
        status,
        strength,
        because,
        endorsedBy: endorsedBy.toSorted(),
        endorsementsUndetermined: undetermined.toSorted(),
      });
      expect(report).toMatchObject({ levels, status, strength, because });
    }),
    { numRuns: 400, seed: 7 },
  );
  // The draw was wide enough to mean something.
  expect([...seen]).toEqual(
    expect.arrayContaining([
      'invalid  INVALID',
      'unconfirmed  SIGNED',
      'marked declared ORGANIZATIONAL',
      'marked endorsed ENDORSED',
      'marked trusted ORGANIZATIONAL_TRUSTED',
      'marked trusted ENDORSED_TRUSTED',
    ]),
  );
}, 60_000);
