// Compact JWS of generation `jws`, from text to an exact token.

import { decodeBase64Url } from '../../codec/base64.ts';
import { isObject, type JsonFault, type JsonObject, member, parseJson } from '../../codec/json.ts';
import { isBroad } from '../address.ts';
import {
  firstPresent,
  parseAssets,
  parseConstraints,
  parseEmb,
  parseEndorsedKey,
  parseLogClaim,
  parseTime,
} from './jws-claims.ts';
import { parseJwk } from '../key.ts';
import { parseOrganisation } from '../organisation.ts';
import { describeValue, fail, ok, problem, type Problem, type ProblemCode, type Result } from '../../problem.ts';
import type { EmblemClaims, EndorsementClaims, GivenKey, Token, TokenKind, VerificationKey } from '../token.ts';

/** Longest compact JWS that is read, in bytes. */
const MAX_TOKEN_CHARACTERS = 65_536;

const KINDS = new Map<unknown, TokenKind>([
  ['adem-emb', 'emblem'],
  ['adem-end', 'endorsement'],
]);

const FAULTS: Record<JsonFault, ProblemCode> = {
  malformed: 'token-malformed',
  duplicate: 'token-duplicate-member',
  'too-deep': 'token-too-deep',
};

/** Claims of RFC 7519 that mean nothing to us: noted. */
const UNUSED = ['aud', 'jti'];
/** What an emblem must not say [J12]. */
const FORBIDDEN_IN_EMBLEM = ['log', 'key', 'end', 'sub'];

/**
 * Which kind of token the header of a compact JWS announces by `cty`, however broken the rest; null where it is no
 * token of ours.
 * Looks at what stands before the first dot alone, and tolerates in it what the token itself will be refused for.
 */
export function readAnnouncedKind(compact: string): TokenKind | null {
  const [, encoded] = /^([^.=]*)={0,2}\./.exec(compact) ?? [];
  const header = encoded === undefined ? null : decodeBase64Url(encoded);
  if (header === null) return null;
  const lenient = parseJson(header);
  if (lenient.ok) return isObject(lenient.value) ? (KINDS.get(member(lenient.value, 'cty')) ?? null) : null;
  if (lenient.problem === 'malformed') return null;
  const announced = /"cty"\s*:\s*"(adem-e(?:mb|nd))"/.exec(new TextDecoder().decode(header))?.[1];
  return KINDS.get(announced) ?? null;
}

function parsePart(part: string): Result<JsonObject> {
  const bytes = decodeBase64Url(part);
  if (bytes === null) return fail('token-malformed', 'base64url');
  const json = parseJson(bytes);
  if (!json.ok) return fail(FAULTS[json.problem]);
  return isObject(json.value) ? ok(json.value) : fail('token-malformed', 'not an object');
}

/** The key a header gives in full; null where it gives none. */
function parseGivenKey(header: JsonObject, algorithm: string): Result<GivenKey | null> {
  const jwk = member(header, 'jwk');
  // An unsecured token verifies with no key: one in its header means nothing.
  if (jwk === undefined || algorithm === 'none') return ok(null);
  const key = parseJwk(jwk);
  if (key.ok) return ok({ kind: 'key', key: key.value });
  // Whether the token can be set aside for it depends on the token's own algorithm, which is looked up later.
  return key.problem.code === 'algorithm-unsupported'
    ? ok({ kind: 'unsupported', name: key.problem.detail ?? '' })
    : key;
}

/** The key a header names: `kid` before `jwk`, which is for a `kid` that names no key; null where neither stands. */
function parseReference(header: JsonObject, algorithm: string): Result<VerificationKey | null> {
  const kid = member(header, 'kid');
  const given = parseGivenKey(header, algorithm);
  if (kid === undefined) return given;
  return typeof kid === 'string' ? ok({ kind: 'kid', kid, otherwise: given }) : fail('token-malformed', 'kid');
}

function parseEmblemClaims(payload: JsonObject): Result<EmblemClaims> {
  const forbidden = FORBIDDEN_IN_EMBLEM.find((name) => Object.hasOwn(payload, name));
  if (forbidden !== undefined) return fail('claim-forbidden', forbidden);
  const assets = parseAssets(firstPresent(payload, ['assets', 'bearers', 'ass']));
  if (!assets.ok) return assets;
  const emb = parseEmb(member(payload, 'emb'));
  if (!emb.ok) return emb;
  const { purposes, channels } = emb.value;
  if (channels !== null && !channels.includes('dns')) return fail('channel-not-permitted', channels.join(' '));
  // An empty list states no purpose: it must not satisfy constraints as the empty set would.
  return ok({ kind: 'emblem', assets: assets.value, purposes: purposes?.length === 0 ? null : purposes, channels });
}

function parseEndorsementClaims(payload: JsonObject): Result<EndorsementClaims> {
  const sub = member(payload, 'sub');
  const subject = sub === undefined ? ok(null) : parseOrganisation(sub);
  if (!subject.ok) return subject;
  const endorsedKey = parseEndorsedKey(member(payload, 'key'));
  if (!endorsedKey.ok) return endorsedKey;
  const end = Object.hasOwn(payload, 'end') ? member(payload, 'end') : false;
  if (typeof end !== 'boolean') return fail('end-malformed', typeof end);
  const emb = parseConstraints(member(payload, 'emb'));
  if (!emb.ok) return emb;
  const log = parseLogClaim(member(payload, 'log'));
  return ok({
    kind: 'endorsement',
    subject: subject.value,
    endorsedKey: endorsedKey.value,
    mayEndorse: end,
    log,
    ...emb.value,
  });
}

/** What the newest drafts want otherwise, or cannot be used: noted, not refused. */
function adviceOn(
  verificationKey: VerificationKey | null,
  claims: EmblemClaims | EndorsementClaims,
  payload: JsonObject,
): readonly Problem[] {
  const inside = [verificationKey, claims.kind === 'endorsement' ? claims.endorsedKey : null];
  const ofKeys = inside.flatMap((reference) => (reference?.kind === 'key' ? reference.key.notes : []));
  if (claims.kind === 'endorsement')
    return Object.hasOwn(payload, 'end') ? ofKeys : [...ofKeys, problem('claim-missing-end')];
  const unreachable = claims.assets.flatMap((asset) =>
    asset.kind === 'address' && !asset.range.isPublic && !isBroad(asset.range)
      ? [problem('asset-not-public', asset.text)]
      : [],
  );
  return [...ofKeys, ...unreachable, ...(Object.hasOwn(payload, 'emb') ? [] : [problem('claim-missing-emb')])];
}

/**
 * Parses a compact JWS whose header announces `kind` ([J1]; RFC 7515, RFC 7519).
 * Fails with the code of the first rule broken. Neither algorithm nor signature nor the present time is looked at here.
 */
export function parseJwsToken(compact: string, kind: TokenKind): Result<Token> {
  if (compact.length > MAX_TOKEN_CHARACTERS) return fail('token-too-large', String(compact.length));
  const [headerPart = '', payloadPart = '', signaturePart, ...more] = compact.split('.');
  if (signaturePart === undefined || more.length > 0) return fail('token-malformed', 'parts');
  const header = parsePart(headerPart);
  if (!header.ok) return header;
  if (member(header.value, 'crit') !== undefined || member(header.value, 'b64') === false)
    return fail('token-critical-header');
  const algorithm = member(header.value, 'alg');
  if (typeof algorithm !== 'string') return fail('token-malformed', 'alg');
  const signature = decodeBase64Url(signaturePart);
  if (signature === null) return fail('token-malformed', 'signature');
  const verificationKey = parseReference(header.value, algorithm);
  if (!verificationKey.ok) return verificationKey;
  const payload = parsePart(payloadPart);
  if (!payload.ok) return payload;
  if (member(payload.value, 'ver') !== 'v1')
    return fail('version-unsupported', describeValue(member(payload.value, 'ver')));
  const times = ['iat', 'nbf', 'exp'].map((name) => parseTime(member(payload.value, name), name));
  const [issuedAt, notBefore, notAfter] = times;
  if (!issuedAt?.ok) return issuedAt ?? fail('time-malformed');
  if (!notBefore?.ok) return notBefore ?? fail('time-malformed');
  if (!notAfter?.ok) return notAfter ?? fail('time-malformed');
  const iss = member(payload.value, 'iss');
  const issuer = iss === undefined ? ok(null) : parseOrganisation(iss);
  if (!issuer.ok) return issuer;
  const claims = kind === 'emblem' ? parseEmblemClaims(payload.value) : parseEndorsementClaims(payload.value);
  if (!claims.ok) return claims;
  return ok({
    generation: 'jws',
    algorithm,
    verificationKey: verificationKey.value,
    proof: { signed: new TextEncoder().encode(`${headerPart}.${payloadPart}`), signature },
    issuer: issuer.value,
    issuedAt: issuedAt.value,
    notBefore: notBefore.value,
    notAfter: notAfter.value,
    claims: claims.value,
    notes: [
      ...UNUSED.filter((name) => Object.hasOwn(payload.value, name)).map((name) => problem('claim-not-used', name)),
      ...adviceOn(verificationKey.value, claims.value, payload.value),
    ],
  });
}
