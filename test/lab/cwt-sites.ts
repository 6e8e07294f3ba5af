// Which sites of the lab publish under the October drafts, and what should be said of each?

import { Tag } from 'cbor2';
import type { LabOrganisations } from './authorities.ts';
import { type CwtPublication, KIND, publishCwt } from './cwt-publication.ts';
import { makeKey } from './keys.ts';
import { type Intended, invalid, type LabSite, marked, plain, site } from './lab-site.ts';
import { publish } from './organisation.ts';
import { type Bytes, spoil } from './wire.ts';

/** The private-use number of the reference implementation. */
const IHLE = 65_297;

/** Where the records stand. */
interface Place {
  readonly section?: 'ihle' | 'additional';
  readonly txt?: readonly string[];
}

const draftSite = (
  host: string,
  title: string,
  shows: string,
  intended: Intended,
  records: readonly Bytes[],
  { section = 'ihle', txt = [] }: Place = {},
): LabSite => site(host, title, shows, intended, [], { zones: { [host]: { txt, [section]: { [IHLE]: records } } } });

const distinct = (records: readonly Bytes[]): readonly Bytes[] => [
  ...new Map(records.map((record) => [String(record), record])).values(),
];

/** Makes the records of the sites of this generation. `now` in milliseconds. */
export async function makeCwtSites(o: LabOrganisations, now: number): Promise<readonly LabSite[]> {
  const records = async (publication: CwtPublication): Promise<readonly Bytes[]> => publishCwt(publication, now);
  const relief = async (assets: readonly string[], more: Partial<CwtPublication> = {}): Promise<readonly Bytes[]> =>
    records({ by: o.relief, assets, endorsedBy: [o.state], ...more });
  const older = async (host: string, more: { untilDay?: number } = {}): Promise<readonly string[]> =>
    publish({ by: o.relief, assets: [host], endorsedBy: [o.state], fromDay: -20, ...more }, now);
  const first = await relief(['twice.relief.example']);
  const second = await relief(['twice.relief.example', 'depot.relief.example']);

  return [
    draftSite(
      'ward.relief.example',
      'Relief ward, 2026 draft',
      'An organisation marks it, an authority vouches (ES512).',
      marked('endorsed'),
      await relief(['ward.relief.example']),
    ),
    draftSite(
      'pump.aid.example',
      'Aid: pump, 2026 draft',
      'The organisation alone says so (ES256, log among the claims).',
      marked('declared'),
      await records({ by: o.aid, assets: ['pump.aid.example'], logIn: 'claims' }),
    ),
    draftSite(
      'registry.health.state.example',
      'Health registry, 2026 draft',
      'An authority marks a site of its own (ES384, name with a trailing dot).',
      marked('declared'),
      await records({ by: o.state, assets: ['Registry.Health.State.example.'] }),
    ),
    draftSite(
      'tent.shelter.example',
      'Shelter tent, 2026 draft',
      'The records come in the Additional section alone (Ed25519).',
      marked('declared'),
      await records({ by: o.shelter, assets: ['tent.shelter.example'] }),
      { section: 'additional' },
    ),
    draftSite(
      'both.relief.example',
      'Both formats',
      'The older format vouched for, the 2026 draft not: the stronger decides, both are listed.',
      marked('endorsed'),
      await relief(['both.relief.example'], { endorsedBy: [] }),
      { txt: await older('both.relief.example') },
    ),
    draftSite(
      'moved.relief.example',
      'Moved to the 2026 draft',
      'The emblem in the older format expired, the one in the 2026 draft stands.',
      marked('endorsed'),
      await relief(['moved.relief.example']),
      { txt: await older('moved.relief.example', { untilDay: -2 }) },
    ),
    draftSite(
      'dam.waterworks.example',
      'Dam',
      'Works containing dangerous forces.',
      marked('endorsed'),
      await records({
        by: o.waterworks,
        assets: ['dam.waterworks.example'],
        endorsedBy: [o.state],
        kinds: KIND.dangerousForces,
      }),
    ),
    draftSite(
      'siren.rescue.example',
      'Rescue: sirens',
      'Civil defence (Ed25519), a line of three: root key, department, emblem.',
      marked('endorsed'),
      await records({
        by: o.rescue,
        assets: ['siren.rescue.example'],
        endorsedBy: [o.state],
        kinds: KIND.civilDefence,
        department: await makeKey('ES512'),
      }),
    ),
    draftSite(
      'hall.museum.example',
      'Museum hall',
      'Cultural property; the commitment lies in a static log.',
      marked('endorsed'),
      await records({
        by: o.museum,
        assets: ['hall.museum.example'],
        endorsedBy: [o.state],
        kinds: KIND.culturalProperty,
        permitted: KIND.culturalProperty,
      }),
    ),
    draftSite(
      'depot.museum.example',
      'Museum depot',
      'Several kinds at once: cultural property and civil defence.',
      marked('endorsed'),
      await records({
        by: o.museum,
        assets: ['depot.museum.example'],
        endorsedBy: [o.state],
        kinds: KIND.culturalProperty + KIND.civilDefence,
      }),
    ),
    draftSite(
      'office.relief.example',
      'Relief office',
      'Indicative use: a link to the Movement, no claim of protection.',
      marked('endorsed'),
      await relief(['office.relief.example'], { kinds: KIND.indicative }),
    ),
    draftSite(
      'bare.relief.example',
      'Without the outer tag',
      'Tokens without tag 61, as the reference implementation also published them: read, and noted.',
      marked('endorsed'),
      await relief(['bare.relief.example'], { wrap: (parts) => new Tag(18, parts) }),
    ),
    draftSite(
      'lapsed.relief.example',
      'Expired, 2026 draft',
      'The emblem ended two days ago.',
      invalid('expired'),
      await relief(['lapsed.relief.example'], { fromDay: -20, untilDay: -2 }),
    ),
    draftSite(
      'twice.relief.example',
      'Two emblems, 2026 draft',
      'Two different emblems at one name contradict each other.',
      invalid('other'),
      distinct([...first, ...second]),
    ),
    draftSite(
      'altered.relief.example',
      'Tampered, 2026 draft',
      "The emblem's signature is wrong.",
      invalid('other'),
      await relief(['altered.relief.example'], { alter: spoil }),
    ),
    draftSite(
      'beyond.museum.example',
      'Not permitted',
      'The emblem marks a kind that its endorsement does not permit.',
      invalid('other'),
      await records({
        by: o.museum,
        assets: ['beyond.museum.example'],
        endorsedBy: [o.state],
        kinds: KIND.protective,
        permitted: KIND.culturalProperty,
      }),
    ),
    draftSite(
      'store.relief.example',
      'Not covered, 2026 draft',
      'The emblem names the parent domain: in the 2026 draft that covers nothing below it.',
      plain('not-covered'),
      await relief(['relief.example']),
    ),
  ];
}
