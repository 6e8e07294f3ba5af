// How does an organisation of the lab set itself up? Keys, a logged certificate that commits to the root key, and what
// it then publishes.

import { makeCertificate } from './certificates.ts';
import { coseKid } from './cwt-issuer.ts';
import { type Changes, emblem, endorsement, keyRecord, type LogClaimEntry, tokenRecord } from './issuer.ts';
import { type LabAlgorithm, type LabKey, makeKey } from './keys.ts';
import type { LabLog } from './logs.ts';
import { sha256 } from './wire.ts';

const DAY = 86_400;

export interface Organisation {
  readonly domain: string;
  readonly oi: string;
  /** The key committed to in a log. */
  readonly root: LabKey;
  /** The key that signs emblems. */
  readonly key: LabKey;
  readonly log: readonly LogClaimEntry[];
}

export interface OrganisationOptions {
  readonly domain: string;
  readonly log: LabLog;
  readonly algorithm?: LabAlgorithm;
  /** The domain the certificate's names are made of, where it is another one. */
  readonly committedDomain?: string;
  /** The certificate lacks the domain itself (drafts). */
  readonly withoutDomain?: boolean;
  /** Logged as precertificate. */
  readonly precertificate?: boolean;
}

/**
 * The names a certificate needs to commit a key to a domain, as deployed; the two generations name the same key
 * differently.
 */
export const commitmentNames = (kids: readonly string[], domain: string): readonly string[] => [
  domain,
  `adem-configuration.${domain}`,
  ...kids.map((kid) => `${kid}.adem-configuration.${domain}`),
];

/** Makes keys and gets the root key logged. `now` in milliseconds. */
export async function makeOrganisation(options: OrganisationOptions, now: number): Promise<Organisation> {
  const [root, key] = await Promise.all([makeKey(options.algorithm), makeKey(options.algorithm)]);
  const names = commitmentNames([root.kid, coseKid(root)], options.committedDomain ?? options.domain).slice(
    options.withoutDomain === true ? 1 : 0,
  );
  const certificate = await makeCertificate({ names, from: now - 20 * DAY * 1000, until: now + 70 * DAY * 1000 });
  const precertificate =
    options.precertificate === true ? { issuerKeyHash: sha256(root.spki), tbs: certificate.tbs } : null;
  return {
    domain: options.domain,
    oi: `https://${options.domain}`,
    root,
    key,
    log: [options.log.add({ certificate: certificate.der, precertificate })],
  };
}

export interface Publication {
  readonly by: Organisation;
  readonly assets: readonly string[];
  readonly endorsedBy?: readonly Organisation[];
  /** Validity of the emblem in days from now. */
  readonly fromDay?: number;
  readonly untilDay?: number;
  readonly purposes?: readonly string[];
  /** A key between root and emblem key: a line of three tokens. */
  readonly department?: LabKey;
  readonly constraints?: Changes;
  /** What is done to the finished emblem. */
  readonly alter?: (token: string) => string;
  /** How keys are published: as records (deployed), or inside the tokens' headers. */
  readonly keysAs?: 'records' | 'headers';
}

/** The TXT values of one emblem with everything that stands behind it. `now` in milliseconds. */
export async function publish(publication: Publication, now: number): Promise<readonly string[]> {
  const { by, department } = publication;
  const seconds = Math.floor(now / 1000);
  const lasting = {
    from: seconds - 30 * DAY,
    until: seconds + 60 * DAY,
    keyAs: publication.keysAs === 'headers' ? 'jwk' : 'kid',
  } as const;
  const own = {
    ...lasting,
    issuer: by.oi,
    subject: by.oi,
    ...(publication.constraints === undefined ? {} : { constraints: publication.constraints }),
  };
  const alter = publication.alter ?? ((token: string): string => token);
  const endorsers = publication.endorsedBy ?? [];
  const tokens = await Promise.all([
    emblem({
      ...lasting,
      key: by.key,
      issuer: by.oi,
      assets: publication.assets,
      from: seconds + (publication.fromDay ?? -1) * DAY,
      until: seconds + (publication.untilDay ?? 30) * DAY,
      ...(publication.purposes === undefined ? {} : { purposes: publication.purposes }),
    }).then(alter),
    endorsement({
      ...own,
      key: by.root,
      endorsed: department ?? by.key,
      mayEndorse: department !== undefined,
      log: by.log,
    }),
    ...(department === undefined ? [] : [endorsement({ ...own, key: department, endorsed: by.key })]),
    ...endorsers.map(async (authority) =>
      endorsement({
        ...lasting,
        key: authority.root,
        issuer: authority.oi,
        subject: by.oi,
        endorsed: by.root,
        mayEndorse: true,
        log: authority.log,
      }),
    ),
  ]);
  const keys =
    publication.keysAs === 'headers'
      ? []
      : [by.key, by.root, ...(department === undefined ? [] : [department]), ...endorsers.map(({ root }) => root)];
  return [...tokens.map((token) => tokenRecord(token)), ...keys.map((key) => keyRecord(key))];
}
