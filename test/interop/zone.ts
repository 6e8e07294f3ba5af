// Which names do real servers serve, and what should be said of each? Sites of the lab, and beside them what no
// miniature DNS has.

import type { Lab } from '../lab/lab.ts';
import { type Intended, invalid, marked, plain } from '../lab/lab-site.ts';
import { publishCwt } from '../lab/cwt-publication.ts';
import { publish } from '../lab/organisation.ts';
import { characterStrings, type LabName } from '../lab/resolver.ts';

/** A host, and what should be said of it. */
export interface Hosted {
  readonly host: string;
  readonly intended: Pick<Intended, 'status' | 'strength' | 'because'>;
}

export interface Zone {
  /** The zone `example`, as a zone file. */
  readonly text: string;
  readonly hosts: readonly Hosted[];
}

/** A name that is there as soon as the zone is. */
export const READY = 'ready.example';
/** Its signature (DNSSEC) is to be spoilt: those who validate cannot say what stands there. */
export const BOGUS = 'bogus.relief.example';
/** Those who block names block this one, and say so (RFC 8914). */
export const BLOCKED = 'blocked.relief.example';
/** It does not exist. */
export const ABSENT = 'absent.example';
/** Nothing listens there; delegations lead to port 53. */
const DEAD_SERVER = '127.0.53.53';
const IHLE = 65_297;

const spaced = (digits: string): string => digits.replaceAll(/.{64}/g, '$& ');
const quoted = (string: Uint8Array): string =>
  `"${Buffer.from(string)
    .toString('latin1')
    .replaceAll(/["\\]/g, String.raw`\$&`)}"`;

/** The records of one name, those of unknown types as RFC 3597 writes them. */
function linesOf([name, { txt = [], ihle = {}, cname }]: readonly [string, LabName]): readonly string[] {
  const unknown = Object.entries(ihle).flatMap(([type, records]) =>
    records.map(
      (data) => `${name}. IN TYPE${type} \\# ${data.length} ( ${spaced(Buffer.from(data).toString('hex'))} )`,
    ),
  );
  const alias = cname === undefined ? [] : [`${name}. IN CNAME ${cname}.`];
  return [
    ...unknown,
    ...alias,
    ...txt.map(
      (value) =>
        `${name}. IN TXT ${characterStrings(value)
          .map((string) => quoted(string))
          .join(' ')}`,
    ),
  ];
}

/** Cuts a text where nobody expects it, empty strings among the pieces. */
function cutOddly(value: string): readonly string[] {
  const pieces: string[] = [];
  for (let at = 0, turn = 0; at < value.length; turn += 1) {
    const length = [1, 0, 7, 254, 255, 3, 120][turn % 7] ?? 1;
    pieces.push(value.slice(at, at + length));
    at += length;
  }
  return pieces;
}

/** Names that show what zones can do, with what should be said of them. */
async function special({
  organisations: { relief, state },
  now,
}: Lab): Promise<{ names: Readonly<Record<string, LabName>>; lines: readonly string[]; hosts: readonly Hosted[] }> {
  const txt = async (...assets: readonly string[]): Promise<readonly string[]> =>
    publish({ by: relief, assets, endorsedBy: [state] }, now);
  const ihle = async (asset: string): Promise<NonNullable<LabName['ihle']>> => ({
    [IHLE]: await publishCwt({ by: relief, assets: [asset], endorsedBy: [state] }, now),
  });
  const names = {
    'cut.relief.example': { txt: (await txt('cut.relief.example')).map((value) => cutOddly(value)) },
    'first.relief.example': { cname: 'second.aid.example' },
    'second.aid.example': { cname: 'third.partner.example' },
    'third.partner.example': { txt: await txt('first.relief.example'), ihle: await ihle('first.relief.example') },
    'www.last.partner.example': {
      txt: await txt('www.left.relief.example'),
      ihle: await ihle('www.left.relief.example'),
    },
    '*.wild.relief.example': { txt: await txt('*.wild.relief.example') },
    '*.wilder.relief.example': { ihle: await ihle('any.wilder.relief.example') },
    // 24 kB: more than any datagram holds.
    'large.relief.example': {
      txt: [
        ...(await txt('large.relief.example')),
        ...Array.from({ length: 60 }, (_, n) => `other-${n}=${'x'.repeat(400)}`),
      ],
    },
    'dangling.relief.example': { cname: ABSENT },
    'round.relief.example': { cname: 'about.relief.example' },
    'about.relief.example': { cname: 'round.relief.example' },
    'left.relief.example': { txt: await txt('left.relief.example') },
    'hollow.relief.example': { ihle: { [IHLE]: [new Uint8Array(0)] } },
    // The case of letters is the zone's.
    'Cased.Relief.example': { cname: 'Other.CASED.relief.example' },
    'otheR.cased.RELIEF.example': { txt: await txt('cased.relief.example'), ihle: await ihle('cased.relief.example') },
    [BOGUS]: { txt: await txt(BOGUS) },
    [BLOCKED]: { txt: await txt(BLOCKED) },
    'stranded.relief.example': { cname: 'www.dead.example' },
  };
  const lines = [
    'left.relief.example. IN DNAME middle.aid.example.',
    'middle.aid.example. IN DNAME last.partner.example.',
    'empty.example. IN A 192.0.2.2',
    'below.between.example. IN A 192.0.2.3',
    'dead.example. IN NS ns.dead.example.',
    `ns.dead.example. IN A ${DEAD_SERVER}`,
  ];
  const endorsed = [
    'cut.relief.example',
    'first.relief.example',
    'www.left.relief.example',
    'any.wild.relief.example',
    'any.wilder.relief.example',
    'large.relief.example',
    'left.relief.example',
    'cased.relief.example',
    BOGUS,
    BLOCKED,
  ];
  const none = ['empty.example', 'between.example', ABSENT, 'dangling.relief.example'];
  const unknown = ['dead.example', 'stranded.relief.example', 'round.relief.example'];
  return {
    names,
    lines,
    hosts: [
      ...endorsed.map((host) => ({ host, intended: marked('endorsed') })),
      { host: 'hollow.relief.example', intended: invalid('other') },
      ...none.map((host) => ({ host, intended: plain('none') })),
      ...unknown.map((host) => ({ host, intended: plain('unknown') })),
    ],
  };
}

/** Makes the zone of a lab: its sites but those whose resolver fails, or whose records no zone file can hold. */
export async function makeZone(lab: Lab): Promise<Zone> {
  const sites = lab.sites.filter(
    ({ fault, zones }) => fault === null && Object.values(zones).every(({ additional }) => additional === undefined),
  );
  const { names, lines, hosts } = await special(lab);
  const entries = [...sites.flatMap(({ zones }) => Object.entries(zones)), ...Object.entries(names)];
  const text = [
    '$ORIGIN example.',
    '$TTL 300',
    '@ IN SOA ns.example. mail.example. 1 3600 900 604800 120',
    '@ IN NS ns.example.',
    'ns IN A 192.0.2.1',
    `${READY}. IN TXT "ready"`,
    ...lines,
    ...entries.flatMap((entry) => linesOf(entry)),
    '',
  ].join('\n');
  return {
    text,
    hosts: [...sites, ...hosts].map(({ host, intended: { status, strength, because } }) => ({
      host,
      intended: { status, strength, because },
    })),
  };
}
