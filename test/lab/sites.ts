// Which sites can be visited in the lab, and what should be said of each?

import { makeAllegedSites } from './alleged-sites.ts';
import type { LabOrganisations } from './authorities.ts';
import { makeCwtSites } from './cwt-sites.ts';
import { emblem, keyRecord, tampered, tokenRecord, unsecured } from './issuer.ts';
import { makeKey } from './keys.ts';
import { invalid, type LabSite, marked, plain, site, unconfirmed } from './lab-site.ts';
import { type Publication, publish } from './organisation.ts';

export type { Intended, LabIcon, LabSite } from './lab-site.ts';

/** The longest labels a host name can be made of, near its 253 bytes. */
export const LONG_HOST = `${['very-long-name-of-the-regional-coordination-office-for-relief', 'and-its-many-departments-in-all-the-provinces-of-the-country', 'which-every-interface-must-show-without-breaking-its-layout'].join('.')}.relief.example`;

/** Makes every site's records. `now` in milliseconds. */
export async function makeSites(organisations: LabOrganisations, now: number): Promise<readonly LabSite[]> {
  const o = organisations;
  const records = async (publication: Publication): Promise<readonly string[]> => publish(publication, now);

  const stranger = await makeKey('ES256');
  const seconds = Math.floor(now / 1000);
  const nameless = await emblem({
    key: stranger,
    issuer: null,
    assets: ['signed.example'],
    from: seconds - 3600,
    until: seconds + 86_400,
  });
  const clinic = await records({ by: o.relief, assets: ['clinic.relief.example'], endorsedBy: [o.state] });
  const relief = async (assets: readonly string[], more: Partial<Publication> = {}): Promise<readonly string[]> =>
    records({ by: o.relief, assets, endorsedBy: [o.state], ...more });

  return [
    site(
      'clinic.relief.example',
      'Relief clinic',
      'An organisation marks it, an authority vouches for the organisation.',
      marked('endorsed'),
      clinic,
    ),
    site(
      'depot.relief.example',
      'Relief depot',
      'Two authorities vouch for the organisation.',
      marked('endorsed'),
      await relief(['depot.relief.example'], {
        endorsedBy: [o.state, o.movement],
        purposes: ['protective', 'indicative'],
      }),
    ),
    site(
      'water.aid.example',
      'Aid: water supply',
      'The only endorser lies under the same domain: the same hand.',
      marked('declared'),
      await records({ by: o.aid, assets: ['water.aid.example'], endorsedBy: [o.aidBoard] }),
    ),
    site(
      'shelter.example',
      'Shelter',
      'The organisation alone says so (Ed25519, keys in the headers).',
      marked('declared'),
      await records({ by: o.shelter, assets: ['shelter.example'], keysAs: 'headers' }),
    ),
    site(
      'field.relief.example',
      'Relief field office',
      'A line of three: root key, department, emblem.',
      marked('endorsed'),
      await relief(['field.relief.example'], { department: await makeKey('ES384') }),
    ),
    site(
      'pending.relief.example',
      'Relief, pending',
      'The log that would prove the endorser does not answer.',
      marked('declared'),
      await relief(['pending.relief.example'], { endorsedBy: [o.unproven] }),
    ),
    site(
      'coast.example',
      'Coast guard hospital',
      'The commitment lies in a static log.',
      marked('endorsed'),
      await records({ by: o.coast, assets: ['coast.example'], endorsedBy: [o.state] }),
    ),
    site(
      'port.example',
      'Port clinic',
      'The commitment lies in a static log with gzip tiles.',
      marked('declared'),
      await records({ by: o.port, assets: ['port.example'] }),
    ),
    site(
      'north.camp.example',
      'Camp north',
      'A wildcard asset marks it; the certificate lacks the domain itself.',
      marked('declared'),
      await records({ by: o.camp, assets: ['*.camp.example'] }),
    ),
    site(
      LONG_HOST,
      'A very long name',
      'A long host name and fifty assets.',
      marked('endorsed'),
      await relief([LONG_HOST, ...Array.from({ length: 49 }, (_, i) => `service-${i + 1}.relief.example`)]),
    ),
    site(
      'www.partner.example',
      'Partner, hosted elsewhere',
      'An alias leads to another domain, whose emblem names the host exactly.',
      marked('declared'),
      [],
      {
        zones: {
          'www.partner.example': { cname: 'partner.hosting.example' },
          'partner.hosting.example': { txt: await records({ by: o.partner, assets: ['www.partner.example'] }) },
        },
      },
    ),
    site(
      'old.partner.example',
      'Partner, dangling alias',
      'An alias leads to another domain, whose emblem claims it by a wildcard.',
      plain('not-covered'),
      [],
      {
        zones: {
          'old.partner.example': { cname: 'gone.hosting.example' },
          'gone.hosting.example': { txt: await records({ by: o.hosting, assets: ['*.partner.example'] }) },
        },
      },
    ),
    site('signed.example', 'Signed only', 'An emblem that names no organisation.', unconfirmed('no-organisation'), [
      tokenRecord(nameless),
      keyRecord(stranger),
    ]),
    site(
      'unreached.example',
      'Log unreachable',
      'The log of the commitment does not answer.',
      unconfirmed('log-unreachable'),
      await records({ by: o.unreached, assets: ['unreached.example'] }),
    ),
    site(
      'tested.example',
      'Test log',
      'The commitment lies in a log that accepts anybody.',
      unconfirmed('log-not-known'),
      await records({ by: o.tested, assets: ['tested.example'] }),
    ),
    site(
      'lied.example',
      'Lying log',
      'The log gives a proof that does not hold.',
      unconfirmed('log-not-proven'),
      await records({ by: o.lied, assets: ['lied.example'] }),
    ),
    site(
      'old.relief.example',
      'Expired',
      'The emblem ended two days ago.',
      invalid('expired'),
      await relief(['old.relief.example'], { fromDay: -20, untilDay: -2 }),
    ),
    site(
      'soon.relief.example',
      'Not yet valid',
      'The emblem begins in two days.',
      invalid('not-yet-valid'),
      await relief(['soon.relief.example'], { fromDay: 2 }),
    ),
    site(
      'forged.example',
      'Wrong commitment',
      'The logged certificate names another domain.',
      invalid('other'),
      await records({ by: o.forged, assets: ['forged.example'] }),
    ),
    site(
      'tampered.relief.example',
      'Tampered',
      "The emblem's signature is wrong.",
      invalid('other'),
      await relief(['tampered.relief.example'], { alter: tampered }),
    ),
    site('unsigned.example', 'Unsigned', 'An emblem with algorithm "none".', invalid('unsigned'), [
      tokenRecord(unsecured(nameless)),
    ]),
    site(
      'archive.relief.example',
      'Not covered',
      "The organisation's emblem marks its other sites.",
      plain('not-covered'),
      await relief(['clinic.relief.example', 'depot.relief.example']),
    ),
    site('copycat.example', 'Copied', "Another site's records, copied.", plain('not-covered'), clinic),
    site(
      'address.example',
      'Address',
      'The emblem marks an address, which must be observed to count.',
      plain('not-covered'),
      await records({ by: o.address, assets: ['[203.0.113.7]'] }),
    ),
    site('plain.example', 'No emblem', 'No emblem records.', plain('none'), ['v=spf1 -all']),
    site('quiet.example', 'Resolver failing', 'The resolver answers SERVFAIL.', plain('unknown'), [], {
      fault: 'servfail',
    }),
    ...(await makeAllegedSites(o, now)),
    ...(await makeCwtSites(o, now)),
  ];
}
