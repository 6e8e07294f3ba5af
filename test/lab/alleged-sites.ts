// What can anybody write? Sites beside whose emblem stand endorsements in names that have endorsed nothing, signed by a
// key of nobody's.

import type { LabOrganisations } from './authorities.ts';
import { endorsement, keyRecord, tokenRecord } from './issuer.ts';
import { makeKey } from './keys.ts';
import { type LabSite, marked, site } from './lab-site.ts';
import { type Organisation, publish } from './organisation.ts';

const DAY = 86_400;

/** A name, and the `log` claim that is made in it. */
interface Alleged {
  readonly domain: string;
  readonly log: readonly unknown[];
}

/** TXT values that allege endorsements of an organisation's root key. `now` in milliseconds. */
async function allege(of: Organisation, alleged: readonly Alleged[], now: number): Promise<readonly string[]> {
  const key = await makeKey('ES256');
  const seconds = Math.floor(now / 1000);
  const tokens = await Promise.all(
    alleged.map(({ domain, log }) =>
      endorsement({
        key,
        issuer: `https://${domain}`,
        subject: of.oi,
        endorsed: of.root,
        mayEndorse: true,
        from: seconds - DAY,
        until: seconds + DAY,
        claims: { log },
      }),
    ),
  );
  return [...tokens.map((token) => tokenRecord(token)), keyRecord(key)];
}

/** Makes the sites of alleged endorsers. `now` in milliseconds. */
export async function makeAllegedSites(o: LabOrganisations, now: number): Promise<readonly LabSite[]> {
  const unlisted = {
    ver: 'v1',
    id: Buffer.alloc(32, 0x5a).toString('base64'),
    hash: Buffer.alloc(32, 0xa5).toString('base64'),
  };
  // An entry of somebody else's in a log that does not answer: nobody can say that it is not famous.example's.
  const [down] = o.unproven.log;
  const beside = async (host: string, title: string, shows: string, alleged: readonly Alleged[]): Promise<LabSite> =>
    site(host, title, shows, marked('declared'), [
      ...(await publish({ by: o.shelter, assets: [host] }, now)),
      ...(await allege(o.shelter, alleged, now)),
    ]);
  return [
    await beside(
      'alleged.shelter.example',
      'Alleged endorser',
      'famous.example has endorsed nothing; the log that would tell does not answer.',
      [{ domain: 'famous.example', log: [down] }],
    ),
    await beside(
      'crowd.shelter.example',
      'Alleged endorsers',
      'The same in nine famous names: three are told of as claims.',
      Array.from({ length: 9 }, (_, i) => ({ domain: `famous-${i + 1}.example`, log: [down] })),
    ),
    await beside(
      'unlisted.shelter.example',
      'Endorser in no log',
      'famous.example again, by a log that is on no list: it is not named.',
      [{ domain: 'famous.example', log: [unlisted] }],
    ),
    await beside(
      'unread.shelter.example',
      'Endorser without log entry',
      'famous.example again, by an entry that nobody can read: it is not named.',
      [{ domain: 'famous.example', log: [1] }],
    ),
  ];
}
