// Resolver over a file of records, which asks nobody: the file is all of the DNS there is.

import { CLASS_IN, type DnsResource, TYPE_CNAME, TYPE_TXT } from '../../codec/dns/message.ts';
import type { ZoneRecord } from '../../codec/dns/zone-file.ts';
import { fail, ok, type Result } from '../../problem.ts';
import type { Resolver } from './doh.ts';
import type { RecordFile } from './record-file.ts';
import { type DnsAnswer, positiveLife } from './response.ts';

/** Aliases followed, as within one answer. */
const ALIAS_LIMIT = 16;
/** TTL, in seconds, of what a file gives none: until then nothing new is expected of it. */
const TTL = 3600;
const TYPE_NS = 2;
const TYPE_SOA = 6;
const TYPE_DNAME = 39;

/** A resolver over a file's records; `identity` names it where answers are kept. */
export function fileResolver(identity: string, file: RecordFile): Resolver {
  const answer = file.kind === 'values' ? answerAnywhere(file.values) : answerFromZone(file);
  return { identity, ask: async (_transport, name, type) => answer(name, type) };
}

type AnswerQuestion = (name: string, type: number) => Result<DnsAnswer>;

function makeAnswer(
  name: string,
  matching: readonly DnsResource[],
  links: readonly DnsResource[],
  exists: boolean,
): Result<DnsAnswer> {
  return ok({
    matching,
    additional: [],
    exists,
    authenticated: false,
    isAlias: links.some(({ owner }) => owner === name),
    life: matching.length > 0 ? positiveLife([...matching, ...links]) : TTL * 1000,
  });
}

/** Values without names stand at every name. */
const answerAnywhere =
  (values: readonly Uint8Array[]): AnswerQuestion =>
  (owner, type) =>
    makeAnswer(
      owner,
      type === TYPE_TXT
        ? values.map((value) => ({
            owner,
            type,
            class: CLASS_IN,
            ttl: TTL,
            data: { kind: 'txt', strings: [value] },
          }))
        : [],
      [],
      true,
    );

/** The ancestors of a name, itself first; the root is none. */
const ancestors = (name: string): readonly string[] => {
  const labels = name.split('.');
  return labels.map((_, at) => labels.slice(at).join('.'));
};

/**
 * Answers from records at names: a name that is not in the file does not exist, wildcards stand for what they cover (RFC
 * 4592), aliases are followed within the file. Fails with `dns-not-answered` where the file cannot know: an alias or a
 * delegation that leads out of it, a question that was not answered when the file was made; with `dns-mismatch` or
 * `dns-malformed` where it contradicts itself.
 */
function answerFromZone({ records, failed }: Extract<RecordFile, { kind: 'zone' }>): AnswerQuestion {
  const byOwner = new Map<string, ZoneRecord[]>();
  for (const record of records) {
    const here = byOwner.get(record.owner);
    if (here === undefined) byOwner.set(record.owner, [record]);
    else here.push(record);
  }
  const names = new Set([...byOwner.keys()].flatMap((owner) => ancestors(owner)));
  const has = (owner: string, type: number): boolean =>
    byOwner.get(owner)?.some((record) => record.type === type) ?? false;

  const recordsAt = (name: string): readonly ZoneRecord[] => {
    if (names.has(name)) return byOwner.get(name) ?? [];
    const encloser = ancestors(name).find((ancestor) => names.has(ancestor));
    return encloser === undefined
      ? []
      : (byOwner.get(`*.${encloser}`) ?? []).map((record) => ({ ...record, owner: name }));
  };
  /** Whether the file has the zone that a name is in, so that it knows when a name does not exist. */
  const isOwned = (name: string): boolean => ancestors(name).some((ancestor) => has(ancestor, TYPE_SOA));
  /** Whether what is below this name is told elsewhere. */
  const leadsOut = (name: string): boolean =>
    ancestors(name).some(
      (ancestor) =>
        (has(ancestor, TYPE_NS) && !has(ancestor, TYPE_SOA)) || (ancestor !== name && has(ancestor, TYPE_DNAME)),
    );

  return (name, type) => {
    const links: DnsResource[] = [];
    for (let current = name; ;) {
      const here = recordsAt(current);
      const matching = here.filter((record) => record.type === type).flatMap((record) => toResource(record));
      const aliases = here.filter((record) => record.type === TYPE_CNAME).flatMap((record) => toResource(record));
      const [alias, ...others] = aliases;
      if (alias?.data.kind !== 'cname') {
        if (matching.length > 0) return makeAnswer(name, matching, links, true);
        const why = failed.get(current) ?? (leadsOut(current) ? 'delegated' : null);
        if (why !== null) return fail('dns-not-answered', why);
        const exists = here.length > 0 || names.has(current);
        // Of the host itself the file is asked, of an alias's target somebody else may have to be.
        return !exists && links.length > 0 && !isOwned(current)
          ? fail('dns-not-answered', current)
          : makeAnswer(name, [], links, exists);
      }
      if (matching.length > 0) return fail('dns-mismatch', 'records');
      if (others.length > 0 || links.length >= ALIAS_LIMIT) return fail('dns-malformed', 'aliases');
      links.push(alias);
      current = alias.data.target;
    }
  };
}

/** A record with its data; those of which a file gives none that is read are never asked for. */
const toResource = ({ owner, type, ttl, data }: ZoneRecord): DnsResource[] =>
  data === null ? [] : [{ owner, type, class: CLASS_IN, ttl, data }];
