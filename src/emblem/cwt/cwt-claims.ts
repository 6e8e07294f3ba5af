// Claims of generation `cwt`: labels, types and the bit map of purposes.

import { encodeBase32, encodeBase64 } from '../../codec/base64.ts';
import { isBytes, isMap } from '../../codec/cbor.ts';
import type { Asset } from '../asset.ts';
import { parseTime } from '../jws/jws-claims.ts';
import { isDomainName, normaliseName } from '../name.ts';
import { parseOrganisation } from '../organisation.ts';
import { describeValue, fail, ok, type Result } from '../../problem.ts';
import {
  type EmblemClaims,
  type EndorsementClaims,
  type LogClaim,
  type LogEntry,
  type Purpose,
  PURPOSES,
  type Token,
} from '../token.ts';

type ClaimMap = ReadonlyMap<unknown, unknown>;

/** Registered claims (RFC 8392 section 4); any other integer label is refused. */
const LABEL = { iss: 1n, sub: 2n, exp: 4n, nbf: 5n, iat: 6n } as const;
const INTEGER_LABELS = new Set<unknown>(Object.values(LABEL));
/** Registered claims under text labels would say a thing twice; `emb` is of an older draft. */
const FORBIDDEN_TEXT = new Set<unknown>(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'cti', 'emb']);
const ALL_PURPOSES = BigInt(2 ** PURPOSES.length - 1);

function checkLabels(claims: ClaimMap): Result<null> {
  for (const label of claims.keys()) {
    if (typeof label !== 'bigint' && typeof label !== 'string') return fail('claim-label', typeof label);
    const refused = typeof label === 'bigint' ? !INTEGER_LABELS.has(label) : FORBIDDEN_TEXT.has(label);
    if (refused) return fail('claim-forbidden', describeValue(label));
  }
  return ok(null);
}

/** Integer or float seconds. */
const parseClaimedTime = (value: unknown, name: string): Result<number> =>
  parseTime(typeof value === 'bigint' ? Number(value) : value, name);

const parseOptionalOrganisation = (value: unknown): Result<string | null> =>
  value === undefined ? ok(null) : parseOrganisation(value);

/** `prp`: a bit map from 1 to 31. */
function parsePurposes(value: unknown): Result<readonly Purpose[]> {
  if (typeof value !== 'bigint' || value < 1n || value > ALL_PURPOSES)
    return fail('purpose-unknown', describeValue(value));
  return ok(PURPOSES.filter((_, bit) => (value >> BigInt(bit)) % 2n === 1n));
}

/** Over the DNS an asset is a fully qualified domain name: no wildcard, no address. */
function parseName(value: unknown): Result<Asset> {
  const name = typeof value === 'string' ? normaliseName(value) : '';
  if (typeof value !== 'string' || !isDomainName(name) || !name.includes('.'))
    return fail('asset-malformed', describeValue(value));
  return ok({ kind: 'name', text: value, name });
}

function parseNames(value: unknown): Result<readonly Asset[]> {
  if (!Array.isArray(value) || value.length === 0) return fail('assets-malformed');
  const names = value.map(parseName);
  const failed = names.find((name) => !name.ok);
  return failed === undefined ? ok(names.flatMap((name) => (name.ok ? [name.value] : []))) : failed;
}

/** `{"id": bstr32, "hash": bstr32}` or `{"id": bstr32, "index": uint}`, nothing else. */
function parseLogEntry(value: unknown): LogEntry | null {
  if (!isMap(value) || value.size !== 2) return null;
  const [id, hash, index] = [value.get('id'), value.get('hash'), value.get('index')];
  if (!isBytes(id) || id.length !== 32) return null;
  if (isBytes(hash) && hash.length === 32) return { kind: 'rfc6962', id: encodeBase64(id), hash };
  const sound = typeof index === 'bigint' && index >= 0n;
  return sound ? { kind: 'static', id: encodeBase64(id), index: Number(index) } : null;
}

/**
 * A `log` in one place: absent, malformed as a whole (the commitment fails), or entries; an entry that breaks the rules
 * discards the token.
 */
function parseLog(value: unknown): Result<LogClaim | null> {
  if (value === undefined) return ok(null);
  if (!Array.isArray(value) || value.length === 0) return ok({ readable: false });
  const entries = value.map(parseLogEntry);
  return entries.includes(null)
    ? fail('log-entry-refused', String(entries.indexOf(null)))
    : ok({ readable: true, entries });
}

const describe = (claim: LogClaim): string =>
  JSON.stringify(
    claim.readable
      ? claim.entries.map((entry) =>
          entry?.kind === 'rfc6962' ? [entry.id, encodeBase64(entry.hash)] : [entry?.id, entry?.index],
        )
      : null,
  );

/** `log` may stand among the claims or in the protected header; in both only if equal (the October text says both). */
function parseLogPlaces(claimed: unknown, inHeader: unknown): Result<LogClaim | null> {
  const claim = parseLog(claimed);
  const header = parseLog(inHeader);
  if (!claim.ok || !header.ok) return claim.ok ? header : claim;
  const differ = claim.value !== null && header.value !== null && describe(claim.value) !== describe(header.value);
  return differ ? fail('log-places-differ') : ok(claim.value ?? header.value);
}

function parseEmblem(claims: ClaimMap, inHeader: unknown, purposes: readonly Purpose[]): Result<EmblemClaims> {
  const forbidden = claims.has(LABEL.sub) ? 'sub' : claims.has('log') || inHeader !== undefined ? 'log' : null;
  if (forbidden !== null) return fail('claim-forbidden', forbidden);
  const assets = parseNames(claims.get('assets'));
  return assets.ok ? ok({ kind: 'emblem', assets: assets.value, purposes, channels: null }) : assets;
}

function parseEndorsement(
  claims: ClaimMap,
  inHeader: unknown,
  purposes: readonly Purpose[],
): Result<EndorsementClaims> {
  const subject = parseOptionalOrganisation(claims.get(LABEL.sub));
  if (!subject.ok) return subject;
  const [key, end] = [claims.get('key'), claims.get('end')];
  if (!isBytes(key) || key.length !== 32) return fail('endorsed-key-malformed');
  if (typeof end !== 'boolean') return fail('end-malformed', typeof end);
  const log = parseLogPlaces(claims.get('log'), inHeader);
  if (!log.ok) return log;
  const unrestricted = { channels: null, assets: null, window: null };
  return ok({
    kind: 'endorsement',
    subject: subject.value,
    endorsedKey: { kind: 'kid', kid: encodeBase32(key) },
    mayEndorse: end,
    log: log.value,
    purposes,
    ...unrestricted,
  });
}

/**
 * What the claims mean the token to be: `assets` makes an emblem, `key` and `end` an endorsement; both or neither is
 * ambiguous.
 */
export function readMeaning(claims: ClaimMap): 'emblem' | 'endorsement' | 'ambiguous' {
  const endorsing = claims.has('key') || claims.has('end');
  if (claims.has('assets') === endorsing) return 'ambiguous';
  return endorsing ? 'endorsement' : 'emblem';
}

/** Parses the claims of a CBOR Web Token; `inHeader` is the protected header's `log`, or undefined [K9]. */
export function parseCwtClaims(
  claims: ClaimMap,
  inHeader: unknown,
): Result<Pick<Token, 'issuer' | 'issuedAt' | 'notBefore' | 'notAfter' | 'claims'>> {
  const labels = checkLabels(claims);
  if (!labels.ok) return labels;
  const meaning = readMeaning(claims);
  if (meaning === 'ambiguous') return fail('token-ambiguous');
  if (claims.get('ver') !== 1n) return fail('version-unsupported', describeValue(claims.get('ver')));
  const notBefore = parseClaimedTime(claims.get(LABEL.nbf), 'nbf');
  if (!notBefore.ok) return notBefore;
  const notAfter = parseClaimedTime(claims.get(LABEL.exp), 'exp');
  if (!notAfter.ok) return notAfter;
  const issuedAt = claims.has(LABEL.iat) ? parseClaimedTime(claims.get(LABEL.iat), 'iat') : ok(null);
  if (!issuedAt.ok) return issuedAt;
  const issuer = parseOptionalOrganisation(claims.get(LABEL.iss));
  if (!issuer.ok) return issuer;
  const purposes = parsePurposes(claims.get('prp'));
  if (!purposes.ok) return purposes;
  const parsed =
    meaning === 'emblem'
      ? parseEmblem(claims, inHeader, purposes.value)
      : parseEndorsement(claims, inHeader, purposes.value);
  if (!parsed.ok) return parsed;
  return ok({
    issuer: issuer.value,
    issuedAt: issuedAt.value,
    notBefore: notBefore.value,
    notAfter: notAfter.value,
    claims: parsed.value,
  });
}
