// DNS responses judged: aliases followed, and how long the answer may be kept.

import { CLASS_IN, decodeMessage, type DnsMessage, type DnsResource, TYPE_TXT } from '../../codec/dns/message.ts';
import { fail, ok, type Problem, type Result } from '../../problem.ts';

const TYPE_NS = 2;
/** Aliases followed within one answer. */
const ALIAS_LIMIT = 16;
/** Life of answers in milliseconds [D13]: shortest of both, longest of positive and of negative ones. */
const LIFE_MIN = 60_000;
const LIFE_MAX_POSITIVE = 24 * 3_600_000;
const LIFE_MAX_NEGATIVE = 3_600_000;
/** Extended errors "blocked", "censored", "filtered" (RFC 8914). */
const FILTERED: ReadonlySet<number> = new Set([15, 16, 17]);
const RCODE_NXDOMAIN = 3;
/** FORMERR and NOTIMP: a resolver that does not know the type. */
const RCODES_UNSUPPORTED: ReadonlySet<number> = new Set([1, 4]);

/** A sound answer to one question. */
export interface DnsAnswer {
  /** Records of the type asked for whose owner is the name or an alias's target. */
  readonly matching: readonly DnsResource[];
  /** Records of the Additional section, class IN, with exactly the name asked for. */
  readonly additional: readonly DnsResource[];
  readonly exists: boolean;
  readonly authenticated: boolean;
  /** Whether the name itself is an alias: then nothing else may stand at it (RFC 1034 section 3.6.2). */
  readonly isAlias: boolean;
  /** Milliseconds the answer may be kept. */
  readonly life: number;
}

/**
 * Judges the bytes of an answer to the question for `name` (lower case, no trailing dot) and `type`.
 * Problems: `dns-malformed`, `dns-mismatch`, `dns-not-answered`, `dns-truncated`, `dns-filtered`, `dns-rcode`,
 * `dns-type-unsupported` (FORMERR or NOTIMP to another type than TXT).
 */
export function judgeAnswer(bytes: Uint8Array, name: string, type: number): Result<DnsAnswer> {
  const message = decodeMessage(bytes);
  if (message === null) return fail('dns-malformed');
  const objection = objectTo(message, name, type);
  if (objection !== null) return { ok: false, problem: objection };
  const chain = followAliases(message.answers, name);
  if (chain === null) return fail('dns-malformed', 'aliases');
  const matching = message.answers.filter(
    (record) => record.type === type && record.class === CLASS_IN && chain.names.has(record.owner),
  );
  if (contradictsItself(message, matching, chain)) return fail('dns-mismatch', 'records');
  if (matching.length === 0 && !isAbsence(message, chain)) return fail('dns-not-answered');
  const additional = message.additionals.filter((record) => record.class === CLASS_IN && record.owner === name);
  return ok({
    matching,
    additional,
    exists: message.rcode !== RCODE_NXDOMAIN,
    isAlias: chain.links.some(({ owner }) => owner === name),
    authenticated: message.authenticated,
    life: matching.length > 0 ? positiveLife([...matching, ...chain.links]) : negativeLife(message, chain.links),
  });
}

/** What speaks against taking the message as the answer to our question, or null. */
function objectTo(message: DnsMessage, name: string, type: number): Problem | null {
  if (!message.isResponse || message.id !== 0 || message.opcode !== 0)
    return { code: 'dns-mismatch', detail: 'header' };
  const [question] = message.questions;
  const unasked = message.questions.length === 0 && RCODES_UNSUPPORTED.has(message.rcode); // FORMERR may come without the question
  const same =
    message.questions.length === 1 && question?.name === name && question.type === type && question.class === CLASS_IN;
  if (!same && !unasked) return { code: 'dns-mismatch', detail: 'question' };
  if (message.truncated) return { code: 'dns-truncated', detail: null };
  const filtered = message.extendedErrors.find((code) => FILTERED.has(code));
  if (filtered !== undefined) return { code: 'dns-filtered', detail: String(filtered) };
  if (type !== TYPE_TXT && RCODES_UNSUPPORTED.has(message.rcode))
    return { code: 'dns-type-unsupported', detail: String(message.rcode) };
  if (message.rcode !== 0 && message.rcode !== RCODE_NXDOMAIN)
    return { code: 'dns-rcode', detail: String(message.rcode) };
  return null;
}

interface Chain {
  readonly names: ReadonlySet<string>;
  readonly links: readonly DnsResource[];
}

/** The names that aliases lead to from `name`, itself included; null where they go round, branch, or are too many. */
function followAliases(answers: readonly DnsResource[], name: string): Chain | null {
  const names = new Set([name]);
  const links: DnsResource[] = [];
  for (let current = name; ;) {
    const here = answers.filter(
      (record) => record.data.kind === 'cname' && record.class === CLASS_IN && record.owner === current,
    );
    const targets = new Set(here.map((record) => (record.data.kind === 'cname' ? record.data.target : '')));
    const [target] = targets;
    if (target === undefined) return { names, links };
    if (targets.size > 1 || names.has(target) || names.size > ALIAS_LIMIT) return null;
    names.add(target);
    links.push(...here);
    current = target;
  }
}

/** Records of a name that the same answer says does not exist, or that is an alias. */
const contradictsItself = (message: DnsMessage, matching: readonly DnsResource[], { links }: Chain): boolean =>
  matching.length > 0 &&
  (message.rcode === RCODE_NXDOMAIN || matching.some(({ owner }) => links.some((link) => link.owner === owner)));

/**
 * Whether an answer without records says that there are none. From one who asks nobody else, a referral or the
 * beginning of an alias does not,
 * nor does silence; common filtering resolvers, which do ask, leave the SOA record out.
 */
function isAbsence(message: DnsMessage, { links }: Chain): boolean {
  if (message.recursionAvailable || message.authorities.some(({ data }) => data.kind === 'soa')) return true;
  return message.authoritative && links.length === 0 && !message.authorities.some(({ type }) => type === TYPE_NS);
}

/**
 * RFC 2308 section 5: the lesser of the SOA record's own life and its minimum; without a SOA record the shortest we
 * keep anything.
 */
function negativeLife(message: DnsMessage, links: readonly DnsResource[]): number {
  const lives = message.authorities.flatMap((record) =>
    record.data.kind === 'soa' ? [Math.min(timeToLive(record), record.data.minimum * 1000)] : [],
  );
  return lives.length === 0 ? LIFE_MIN : clamp(Math.min(...lives, smallest(links)), LIFE_MAX_NEGATIVE);
}

/** Milliseconds that records may be kept: as long as the shortest-lived of them, within bounds. */
export const positiveLife = (records: readonly DnsResource[]): number => clamp(smallest(records), LIFE_MAX_POSITIVE);

/** A TTL, in milliseconds. RFC 2181 section 8: with its top bit set it is zero. */
const timeToLive = (record: DnsResource): number => (record.ttl > 0x7fffffff ? 0 : record.ttl * 1000);
const smallest = (records: readonly DnsResource[]): number =>
  Math.min(...records.map((record) => timeToLive(record)), Infinity);
const clamp = (life: number, longest: number): number => Math.min(Math.max(life, LIFE_MIN), longest);
