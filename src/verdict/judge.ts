// Which tokens stand, each taken alone, and what is said of every token and key in the report?

import type { Problem } from '../emblem/problem.ts';
import type { Examined } from '../signature/examine.ts';
import { finding } from './finding.ts';
import { stands, timeFault, type JudgedToken } from './judged-token.ts';
import type { ReportedEmblem, ReportedProblem, ReportedToken } from './report.ts';

/** Judges every token's times on top of its signature; indices are places in `examined`. `now` in seconds. */
export const judgeTokens = (examined: readonly Examined[], now: number): readonly JudgedToken[] =>
  examined.flatMap((item, index) => {
    if (item.kind === 'key') return [];
    const { from, announced, parsed, trusted } = item;
    const signed = item.signed.ok ? item.signed.value : null;
    const fault = item.signed.ok ? timeFault(item.signed.value.token, now) : item.signed.problem;
    return [{ index, record: from.record, generation: from.generation, set: from.content.set, owner: from.owner, announced, token: parsed, signed, fault, trusted }];
  });

/** What is wrong with a key, or worth a note. */
const keyProblems = ({ key, from }: Extract<Examined, { kind: 'key' }>): readonly Problem[] =>
  (key.ok ? (from.content.kind === 'key' && from.content.key.ok ? from.content.key.value.notes : []) : [key.problem]);

/** What is wrong with keys, and with endorsements that no emblem's problems tell of. */
export const looseFindings = (examined: readonly Examined[], judged: readonly JudgedToken[], emblems: readonly ReportedEmblem[]): readonly ReportedProblem[] => [
  ...examined.flatMap((item, index) => (item.kind === 'key' ? keyProblems(item).map((found) => finding(found, index)) : [])),
  ...judged.flatMap(({ fault, index, announced }) =>
    fault !== null && announced === 'endorsement' && !emblems.some(({ problems }) => problems.some(({ token }) => token === index)) ? [finding(fault, index)] : []),
];

function outcomeOf(judged: JudgedToken, used: ReadonlySet<number>): ReportedToken['outcome'] {
  if (used.has(judged.index)) return 'used';
  if (judged.fault?.code === 'algorithm-unsupported') return 'unsupported';
  return stands(judged) ? 'unrelated' : 'discarded';
}

/** Everything that looked like a token or key; a key is used where it verified a used token. */
export function reportTokens(examined: readonly Examined[], judged: readonly JudgedToken[], emblems: readonly ReportedEmblem[]): readonly ReportedToken[] {
  const used = new Set(emblems.flatMap(({ chain }) => chain.map(({ token }) => token)));
  const usedKids = new Set(judged.filter(({ index }) => used.has(index)).map(({ signed }) => signed?.kid));
  return examined.map((item, index) => {
    const { record } = item.from;
    if (item.kind === 'key') {
      const failed = item.key.ok ? null : item.key.problem.code === 'algorithm-unsupported' ? 'unsupported' : 'discarded';
      const kid = item.key.ok ? item.key.value.kid : null;
      return { record, kind: 'key', kid, issuer: null, outcome: failed ?? (kid !== null && usedKids.has(kid) ? 'used' : 'unrelated') };
    }
    const own = judged.find((candidate) => candidate.index === index);
    return { record, kind: item.announced, kid: own?.signed?.kid ?? null, issuer: own?.token?.issuer ?? null, outcome: own === undefined ? 'discarded' : outcomeOf(own, used) };
  });
}

/**
 * Until when the verdict may stand [V11]: the earliest edge after `now` of a token that was used or discarded for time,
 * or the end of the records' life (`expiresAt`, milliseconds). Result in milliseconds, or null.
 */
export function standsUntil(judged: readonly JudgedToken[], reported: readonly ReportedToken[], expiresAt: number | null, now: number): number | null {
  const timed = judged.filter(({ index, fault }) =>
    reported[index]?.outcome === 'used' || fault?.code === 'token-expired' || fault?.code === 'token-not-yet-valid');
  const edges = timed.flatMap(({ token }) => (token === null ? [] : [token.notBefore * 1000, token.notAfter * 1000]));
  const ahead = [...edges, ...(expiresAt === null ? [] : [expiresAt])].filter((edge) => edge > now);
  return ahead.length === 0 ? null : Math.min(...ahead);
}
