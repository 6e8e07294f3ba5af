// What do issuers and authorities sign under the October drafts? CBOR Web Tokens in COSE_Sign1, with every part open to
// change.

import { encode, Tag } from 'cbor2';
import { sha256 } from '@noble/hashes/sha2.js';
import { base32 } from '@scure/base';
import { type LabKey, SIGNING } from './keys.ts';
import { type Bytes, fromBase64 } from './wire.ts';

/** A map of CBOR: integer and text labels. */
export type CborMap = ReadonlyMap<unknown, unknown>;
/** Entries to set; one set to `undefined` is left out. */
type Entries = readonly (readonly [unknown, unknown])[];

const CURVE_OF: Readonly<Record<string, number>> = { 'P-256': 1, 'P-384': 2, 'P-521': 3, Ed25519: 6 };

/** COSE's numbers: the old ones, which leave the curve open, and the fully specified ones. */
export const COSE_ALGORITHMS: Readonly<Record<LabKey['algorithm'], readonly [number, number]>> = {
  ES256: [-7, -9],
  ES384: [-35, -51],
  ES512: [-36, -52],
  EdDSA: [-8, -19],
  Ed25519: [-8, -19],
};

const bytesOf = (text: string | undefined): Bytes => fromBase64((text ?? '').replaceAll('-', '+').replaceAll('_', '/'));

/** Encodes as the drafts want it: deterministic CBOR (RFC 8949 section 4.2). */
export const cbor = (value: unknown): Bytes => new Uint8Array(encode(value, { cde: true }));

/** A map with entries changed, added or (undefined) left out. */
const withEntries = (base: Entries, changes: Entries = []): CborMap =>
  new Map([...new Map([...base, ...changes])].filter(([, value]) => value !== undefined));

/** The COSE_Key of a lab key, with changes. */
export function coseKey({ jwk, algorithm }: LabKey, changes: Entries = []): CborMap {
  const isEdwards = jwk.kty === 'OKP';
  return withEntries(
    [
      [1, isEdwards ? 1 : 2],
      [3, COSE_ALGORITHMS[algorithm][0]],
      [-1, CURVE_OF[jwk.crv ?? ''] ?? 0],
      [-2, bytesOf(jwk.x)],
      ...(isEdwards ? [] : [[-3, bytesOf(jwk.y)] as const]),
    ],
    changes,
  );
}

/** RFC 9679 thumbprint of a lab key, 32 bytes. */
export function coseThumbprint(key: LabKey): Bytes {
  const full = coseKey(key);
  return new Uint8Array(sha256(cbor(new Map([...full].filter(([label]) => label !== 3)))));
}

/** The same as text: base32, lower case, no padding. */
export const coseKid = (key: LabKey): string => base32.encode(coseThumbprint(key)).replaceAll('=', '').toLowerCase();

export interface CwtOptions {
  readonly key: LabKey;
  readonly issuer: string | null;
  /** Validity in seconds since the epoch. */
  readonly from: number;
  readonly until: number;
  readonly purposes?: unknown;
  /** Changes to the protected header and to the claims. */
  readonly header?: Entries;
  readonly claims?: Entries;
  /** COSE's number of the algorithm, where not the plain one. */
  readonly algorithm?: number;
  /** How the finished parts are wrapped; the drafts: tag 61 around tag 18. */
  readonly wrap?: (parts: readonly unknown[]) => unknown;
  /** How the signed maps are encoded; to try what else decodes. */
  readonly encodeAs?: (map: CborMap) => Bytes;
}

/** Where an endorsement puts its `log`. */
export type LogPlace = 'claims' | 'header';

const wrapAsDrafts = (parts: readonly unknown[]): unknown => new Tag(61, new Tag(18, parts));

/** Signs `Signature1` (RFC 9052 section 4.4) over header and claims, and wraps the four parts. */
async function sign(options: CwtOptions, claims: Entries, header: Entries = []): Promise<Bytes> {
  const { key } = options;
  const encodeMap = options.encodeAs ?? cbor;
  const kid = coseThumbprint(key);
  const protectedBytes = encodeMap(
    withEntries([[1, options.algorithm ?? COSE_ALGORITHMS[key.algorithm][0]], [4, kid], ...header], options.header),
  );
  const payload = encodeMap(
    withEntries(
      [
        ['ver', 1],
        [5, options.from],
        [4, options.until],
        [1, options.issuer ?? undefined],
        ['prp', 'purposes' in options ? options.purposes : 1],
        ...claims,
      ],
      options.claims,
    ),
  );
  const signature = await crypto.subtle.sign(
    SIGNING[key.algorithm],
    key.privateKey,
    cbor(['Signature1', protectedBytes, new Uint8Array(), payload]),
  );
  return cbor((options.wrap ?? wrapAsDrafts)([protectedBytes, new Map(), payload, new Uint8Array(signature)]));
}

/** An emblem as RDATA of an IHLE record. */
export const cwtEmblem = (options: CwtOptions & { readonly assets: readonly unknown[] }): Promise<Bytes> =>
  sign(options, [['assets', options.assets]]);

/** An entry of a `log` claim as the October drafts write it. */
export const cwtLogEntry = (entry: { readonly id: string; readonly hash?: string; readonly index?: number }): CborMap =>
  withEntries([
    ['id', fromBase64(entry.id)],
    ['hash', entry.hash === undefined ? undefined : fromBase64(entry.hash)],
    ['index', entry.index],
  ]);

export interface CwtEndorsementOptions extends CwtOptions {
  readonly subject: string | null;
  readonly endorsed: LabKey;
  readonly mayEndorse?: boolean;
  readonly log?: readonly CborMap[];
  readonly logIn?: LogPlace;
}

/** An endorsement as RDATA of an IHLE record. */
export function cwtEndorsement(options: CwtEndorsementOptions): Promise<Bytes> {
  const log: Entries = options.log === undefined ? [] : [['log', options.log]];
  const claims: Entries = [
    [2, options.subject ?? undefined],
    ['key', coseThumbprint(options.endorsed)],
    ['end', options.mayEndorse ?? false],
  ];
  return options.logIn === 'claims' ? sign(options, [...claims, ...log]) : sign(options, claims, log);
}
