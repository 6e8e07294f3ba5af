// Which records of somebody's own does the lab serve? Those of a file, at a name, any of them hidden.

import { readFile } from 'node:fs/promises';
import { parseHost } from '../../src/cli/values.ts';
import type { ZoneRecord } from '../../src/codec/dns/zone-file.ts';
import { parseRecordFile, type RecordFile } from '../../src/network/dns/record-file.ts';
import type { Lab } from './lab.ts';
import type { LabName } from './resolver.ts';

/** A site whose records come from a file. */
export interface OwnSite {
  readonly host: string;
  readonly records: readonly ZoneRecord[];
  /** Records that the resolver keeps to itself. */
  readonly hidden: Set<ZoneRecord>;
}

/** A site, or the sentence that says why there is none. */
type Read = { readonly ok: true; readonly site: OwnSite } | { readonly ok: false; readonly sentence: string };
const refuse = (sentence: string): Read => ({ ok: false, sentence });

/** Reads what `--site` names: `my.example=FILE`. */
export async function readOwnSite(argument: string): Promise<Read> {
  const [, name = '', path = ''] = /^([^=]+)=(.+)$/s.exec(argument) ?? [];
  const host = parseHost(name);
  if (host === null || path === '') return refuse(`"${argument}" is not NAME=FILE.`);
  const bytes = await readFile(path).catch(() => null); // whatever the reason
  if (bytes === null) return refuse(`The records "${path}" cannot be read.`);
  const file = parseRecordFile(bytes);
  if (!file.ok) return refuse(`The records "${path}" cannot be used: line ${file.fault.line}: ${file.fault.reason}.`);
  const records = recordsOf(file.value, host);
  return records.some(({ owner }) => owner === host)
    ? { ok: true, site: { host, records, hidden: new Set() } }
    : refuse(`The records "${path}" hold nothing at ${host}.`);
}

const TYPE_TXT = 16;

/** All records that are read, each at its name; values alone stand at the site's. */
function recordsOf(file: RecordFile, host: string): readonly ZoneRecord[] {
  if (file.kind === 'zone') return file.records.filter(({ data }) => data !== null);
  return file.values.map((value) => ({
    owner: host,
    type: TYPE_TXT,
    ttl: 3600,
    data: {
      kind: 'txt',
      strings: Array.from({ length: Math.ceil(value.length / 255) }, (_, at) => value.slice(at * 255, at * 255 + 255)),
    },
  }));
}

function addRecord(entry: LabName, { type, ttl, data }: ZoneRecord): LabName {
  switch (data?.kind) {
    case 'txt':
      return { ...entry, ttl, txt: [...(entry.txt ?? []), data.strings] };
    case 'cname':
      return { ...entry, ttl, cname: data.target };
    case 'other':
      return { ...entry, ttl, ihle: { ...entry.ihle, [type]: [...(entry.ihle?.[type] ?? []), data.bytes] } };
    case 'soa':
    case undefined:
      return entry;
  }
}

/** Puts a site's records into the lab's zones in place of what stood at their names, but for the hidden ones. */
export function serveOwnSite(lab: Pick<Lab, 'resolver' | 'ownHosts'>, { host, records, hidden }: OwnSite): void {
  const names = new Map<string, LabName>(records.map(({ owner }) => [owner, {}]));
  for (const record of records)
    if (!hidden.has(record)) names.set(record.owner, addRecord(names.get(record.owner) ?? {}, record));
  for (const [name, entry] of names) lab.resolver.zones.set(name, entry);
  lab.ownHosts.add(host);
}

/** The records that a check of the site comes to see: those at its name, and at the names its aliases lead to. */
export function visibleRecords({ host, records }: OwnSite): readonly ZoneRecord[] {
  const names = new Set([host]);
  for (const name of names)
    for (const { owner, data } of records) if (owner === name && data?.kind === 'cname') names.add(data.target);
  return records.filter(({ owner }) => names.has(owner));
}

/** A record in few words; of a signed token its name and what its header says it is. */
export function describeRecord({ owner, type, data }: ZoneRecord): string {
  if (data?.kind !== 'txt')
    return `${owner} TYPE${type}${data?.kind === 'other' ? `, ${data.bytes.length} bytes` : ''}`;
  const text = Buffer.concat(data.strings).toString();
  const [, name = '', header = ''] = /^(adem[^=]*)=([\w-]+)\.[\w-]+\.[\w-]*$/.exec(text) ?? [];
  const [, kind] = /"cty":"([^"]*)"/.exec(Buffer.from(header, 'base64url').toString()) ?? [];
  if (kind !== undefined) return `${owner} TXT ${name}, ${kind}`;
  return `${owner} TXT ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`;
}
