// Look-up of a host: all record types at once, or the kept answer.

import { concatenate } from '../../codec/bytes.ts';
import { type DnsResource, TYPE_TXT } from '../../codec/dns/message.ts';
import { fail, problem, type Problem, type Result } from '../../problem.ts';
import type { DnsRecord, LookUp } from '../../emblem/record.ts';
import { type DnsAnswer, positiveLife } from './response.ts';
import { recallAnswer, rememberAnswer } from '../cache/dns-answers.ts';
import type { Resolver } from './doh.ts';
import type { Cache } from '../cache/store.ts';
import type { Transport } from '../transport.ts';

export interface LookUpOptions {
  readonly resolver: Resolver;
  readonly ihleTypes: readonly number[];
  readonly session: Cache;
  readonly now: () => number;
  readonly fresh?: boolean;
  readonly keptOnly?: boolean;
}

/** Looks a host up: TXT and the IHLE types in parallel. Every type that could not be answered is among the failures. */
export async function lookUp(host: string, transport: Transport, options: LookUpOptions): Promise<LookUp> {
  const { resolver, session, now } = options;
  const name = host.toLowerCase().replace(/\.$/, '');
  const ihleTypes = [...new Set(options.ihleTypes)].filter((type) => type !== TYPE_TXT);
  const question = [resolver.identity, ...ihleTypes, name].join(' ');
  const kept = options.fresh === true ? null : await recallAnswer(session, question, now(), options.keptOnly);
  if (kept !== null) return kept;
  if (options.keptOnly === true)
    return { records: [], exists: true, failures: [problem('dns-not-asked')], notes: [], expiresAt: null };
  const answers = (await Promise.all([TYPE_TXT, ...ihleTypes].map((type) => resolver.ask(transport, name, type)))).map(
    (answer) => withoutContradiction(answer, ihleTypes),
  );
  const { found, keptUntil } = combine(answers, ihleTypes, now());
  await rememberAnswer(session, question, found, keptUntil);
  return found;
}

/** An answer whose additional emblem records stand at a name that it says does not exist, or is an alias, is none. */
function withoutContradiction(answer: Result<DnsAnswer>, ihleTypes: readonly number[]): Result<DnsAnswer> {
  if (!answer.ok || (answer.value.exists && !answer.value.isAlias)) return answer;
  return answer.value.additional.some(({ type }) => ihleTypes.includes(type))
    ? fail('dns-mismatch', 'additional records')
    : answer;
}

/**
 * One look-up of the answers to all types. It is kept until the first of them ends, absences included;
 * where there are records, it is their end of life that a verdict on them stands until.
 */
function combine(
  answers: readonly Result<DnsAnswer>[],
  ihleTypes: readonly number[],
  now: number,
): { found: LookUp; keptUntil: number | null } {
  const sound = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
  const problems = answers.flatMap((answer) => (answer.ok ? [] : [answer.problem]));
  const failures = problems.filter(({ code }) => code !== 'dns-type-unsupported');
  const notes: Problem[] = problems.filter(({ code }) => code === 'dns-type-unsupported');
  if (sound.length > 0 && sound.every((answer) => answer.authenticated)) notes.push(problem('dns-authenticated'));
  // The draft's servers put IHLE records into the Additional section of any answer for the exact name.
  const additional = sound.flatMap((answer) => answer.additional).filter((record) => ihleTypes.includes(record.type));
  const ofRecords = [
    ...sound.filter(({ matching }) => matching.length > 0).map(({ life }) => life),
    ...(additional.length > 0 ? [positiveLife(additional)] : []),
  ];
  const ofAll = [...sound.map(({ life }) => life), ...ofRecords];
  const endOf = (lives: readonly number[]): number | null => (lives.length === 0 ? null : now + Math.min(...lives));
  const records = distinct(
    [...sound.flatMap((answer) => answer.matching), ...additional].flatMap((record) => toRecord(record)),
  );
  const exists = records.length > 0 || sound.every((answer) => answer.exists);
  return {
    found: { records, exists, failures, notes, expiresAt: endOf(ofRecords.length > 0 ? ofRecords : ofAll) },
    keptUntil: endOf(ofAll),
  };
}

/**
 * TXT carries generation `jws`, its character strings joined without separator; the IHLE types `cwt`; nothing else is
 * asked for.
 */
function toRecord({ owner, data }: DnsResource): DnsRecord[] {
  if (data.kind === 'txt') return [{ generation: 'jws', owner, data: concatenate(...data.strings) }];
  return data.kind === 'other' ? [{ generation: 'cwt', owner, data: data.bytes }] : [];
}

/** A record set has no duplicates (RFC 2181 section 5); the same record in two answers counts once. */
function distinct(records: readonly DnsRecord[]): DnsRecord[] {
  const byContent = new Map(
    records.map((record) => [`${record.generation} ${record.owner} ${String(record.data)}`, record]),
  );
  return [...byContent.values()];
}
