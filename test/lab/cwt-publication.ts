// What does an organisation of the lab publish under the October drafts? An emblem, what stands behind it, and the
// keys, as RDATA of IHLE records.

import { cbor, COSE_ALGORITHMS, coseKey, cwtEmblem, cwtEndorsement, cwtLogEntry, type LogPlace } from './cwt-issuer.ts';
import type { LabKey } from './keys.ts';
import type { Organisation } from './organisation.ts';
import type { Bytes } from './wire.ts';

const DAY = 86_400;
/** Bits of `prp`. */
export const KIND = {
  protective: 1,
  indicative: 2,
  dangerousForces: 4,
  civilDefence: 8,
  culturalProperty: 16,
} as const;
const ALL_KINDS = 31;

export interface CwtPublication {
  readonly by: Organisation;
  readonly assets: readonly string[];
  readonly endorsedBy?: readonly Organisation[];
  /** Validity of the emblem in days from now. */
  readonly fromDay?: number;
  readonly untilDay?: number;
  /** Bits of the emblem's `prp`. */
  readonly kinds?: number;
  /** Bits of what endorsements permit. */
  readonly permitted?: number;
  /** A key between root and emblem key: a line of three tokens. */
  readonly department?: LabKey;
  readonly logIn?: LogPlace;
  readonly wrap?: (parts: readonly unknown[]) => unknown;
  /** What is done to the finished emblem. */
  readonly alter?: (token: Bytes) => Bytes;
}

/**
 * The fully specified number of a key's algorithm; endorsements bear the older one, so that each publication shows
 * both.
 */
const fullySpecified = ({ algorithm }: LabKey): number => COSE_ALGORITHMS[algorithm][1];

/** The record set of one emblem. `now` in milliseconds. */
export async function publishCwt(publication: CwtPublication, now: number): Promise<readonly Bytes[]> {
  const { by, department, logIn = 'header' } = publication;
  const seconds = Math.floor(now / 1000);
  const wrap = publication.wrap === undefined ? {} : { wrap: publication.wrap };
  const lasting = {
    from: seconds - 30 * DAY,
    until: seconds + 60 * DAY,
    purposes: publication.permitted ?? ALL_KINDS,
    logIn,
    ...wrap,
  } as const;
  const alter = publication.alter ?? ((token: Bytes): Bytes => token);
  const endorsers = publication.endorsedBy ?? [];
  const log = ({ log: entries }: Organisation): ReturnType<typeof cwtLogEntry>[] =>
    entries.map((entry) => cwtLogEntry(entry));
  const own = { ...lasting, issuer: by.oi, subject: by.oi } as const;
  const tokens = await Promise.all([
    cwtEmblem({
      key: by.key,
      issuer: by.oi,
      assets: publication.assets,
      purposes: publication.kinds ?? KIND.protective,
      algorithm: fullySpecified(by.key),
      from: seconds + (publication.fromDay ?? -1) * DAY,
      until: seconds + (publication.untilDay ?? 30) * DAY,
      ...wrap,
    }).then(alter),
    cwtEndorsement({
      ...own,
      key: by.root,
      endorsed: department ?? by.key,
      mayEndorse: department !== undefined,
      log: log(by),
    }),
    ...(department === undefined ? [] : [cwtEndorsement({ ...own, key: department, endorsed: by.key })]),
    ...endorsers.map(async (authority) =>
      cwtEndorsement({
        ...lasting,
        key: authority.root,
        issuer: authority.oi,
        subject: by.oi,
        endorsed: by.root,
        mayEndorse: true,
        log: log(authority),
      }),
    ),
  ]);
  const keys = [
    by.key,
    by.root,
    ...(department === undefined ? [] : [department]),
    ...endorsers.map(({ root }) => root),
  ];
  return [...tokens, ...keys.map((key) => cbor(coseKey(key)))];
}
