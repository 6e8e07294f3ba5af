// What do issuers and authorities sign? Tokens of generation `jws`, with every field open to change.

import { CompactSign } from 'jose';
import { type LabKey, SIGNING } from './keys.ts';
import { base64url, fromBase64, spoil, text } from './wire.ts';

/** Members to set; one set to `undefined` is left out of the token. */
export type Changes = Readonly<Record<string, unknown>>;

interface Common {
  /** The key that signs. */
  readonly key: LabKey;
  /** Whether the header names the key or carries it. */
  readonly keyAs?: 'kid' | 'jwk';
  /** OI of the issuing organisation; null for none. */
  readonly issuer: string | null;
  /** Validity in seconds since the epoch. */
  readonly from: number;
  readonly until: number;
  readonly header?: Changes;
  readonly claims?: Changes;
}

export interface EmblemOptions extends Common {
  readonly assets: readonly string[];
  readonly purposes?: readonly string[];
  readonly channels?: readonly string[];
}

/** An entry of a `log` claim. */
export type LogClaimEntry =
  | { readonly ver: 'v1'; readonly id: string; readonly hash: string }
  | { readonly ver: 'static'; readonly id: string; readonly index: number };

export interface EndorsementOptions extends Common {
  /** OI of the endorsed organisation; null for none. */
  readonly subject: string | null;
  readonly endorsed: LabKey;
  readonly endorsedAs?: 'kid' | 'jwk';
  readonly mayEndorse?: boolean;
  readonly constraints?: Changes;
  readonly log?: readonly LogClaimEntry[];
}

const given = (members: Changes): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

/**
 * Signs header and claims as they are; jose does what it agrees to, WebCrypto the rest (unknown `crit`, wrong `alg`,
 * odd bytes).
 */
export async function signText(header: string, payload: string, key: LabKey): Promise<string> {
  const input = `${base64url(text(header))}.${base64url(text(payload))}`;
  const signature = await crypto.subtle.sign(SIGNING[key.algorithm], key.privateKey, text(input));
  return `${input}.${base64url(new Uint8Array(signature))}`;
}

async function sign(options: Common, cty: string, claims: Changes): Promise<string> {
  const { key } = options;
  const reference = options.keyAs === 'jwk' ? { jwk: key.jwk } : { kid: key.kid };
  const payload = JSON.stringify(
    given({
      ver: 'v1',
      iat: options.from,
      nbf: options.from,
      exp: options.until,
      iss: options.issuer ?? undefined,
      ...claims,
      ...options.claims,
    }),
  );
  if (options.header === undefined) {
    return new CompactSign(text(payload))
      .setProtectedHeader({ alg: key.algorithm, cty, ...reference })
      .sign(key.privateKey);
  }
  return signText(JSON.stringify(given({ alg: key.algorithm, cty, ...reference, ...options.header })), payload, key);
}

/** An emblem in compact serialisation. */
export async function emblem(options: EmblemOptions): Promise<string> {
  return sign(options, 'adem-emb', {
    assets: options.assets,
    emb: given({ prp: options.purposes ?? ['protective'], dst: options.channels ?? ['dns'] }),
  });
}

/** An endorsement in compact serialisation. */
export async function endorsement(options: EndorsementOptions): Promise<string> {
  return sign(options, 'adem-end', {
    sub: options.subject ?? undefined,
    key: options.endorsedAs === 'jwk' ? options.endorsed.jwk : options.endorsed.kid,
    end: options.mayEndorse ?? false,
    emb: options.constraints,
    log: options.log,
  });
}

/** The token with `alg: none` and an empty signature. */
export function unsecured(token: string): string {
  const [, payload = ''] = token.split('.');
  return `${base64url(text('{"alg":"none","cty":"adem-emb"}'))}.${payload}.`;
}

/** The token with one bit of its signature turned over. */
export function tampered(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const bytes = fromBase64(signature);
  // The first bytes, not the last: the last base64url character may hide bits.
  return `${header}.${payload}.${base64url(new Uint8Array([...spoil(bytes.subarray(0, 8)), ...bytes.subarray(8)]))}`;
}

/** The TXT value of a key: `adem-key=` with a public JWK. */
export const keyRecord = (key: LabKey, id = ''): string => `adem-key${id}=${JSON.stringify(key.jwk)}`;
/** The TXT value of a token: `adem-token=` with a compact JWS. */
export const tokenRecord = (token: string, id = ''): string => `adem-token${id}=${token}`;
