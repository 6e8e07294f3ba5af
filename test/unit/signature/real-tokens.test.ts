// Do the real tokens verify, and their altered copies fail?

import { expect, test } from 'vitest';
import { parseJwk } from '../../../src/emblem/key.ts';
import { parseJwsToken, readAnnouncedKind } from '../../../src/emblem/jws/jws-token.ts';
import { gatherKeys, identifyKey } from '../../../src/signature/keys.ts';
import { SignedToken } from '../../../src/signature/signed-token.ts';
import { haveVectors, vector } from '../../vectors.ts';
import { openVerifiedSignatures } from '../../../src/signature/verified-signatures.ts';

interface Negative {
  case: string;
  token: string;
  jwk: object;
  jose: boolean;
}
interface Generations {
  generation: string;
  examples: {
    path: string;
    token: string;
    kid: string;
    payload: { iss: string; key?: string; assets?: string[]; bearers?: string[] };
  }[];
}
interface Domain {
  tokens: {
    compact: string;
    role: string;
    verification_jwk: object;
    verification_kid: string;
    payload: { iss: string; nbf: number; exp: number };
  }[];
  keys: { jwk: object }[];
}

async function verifyWith(compact: string, jwks: readonly object[]) {
  const kind = readAnnouncedKind(compact);
  const keys = jwks.map((jwk) => parseJwk(jwk)).flatMap((key) => (key.ok ? [key.value] : []));
  const pool = gatherKeys(await Promise.all(keys.map((key) => identifyKey('jws', key))));
  const token = parseJwsToken(compact, kind ?? 'emblem');
  return token.ok ? SignedToken.verify(token.value, pool, openVerifiedSignatures()) : token;
}

const domain = vector<Domain>('domains/emblem.felixlinker.de.json');
const keys = domain?.keys.map(({ jwk }) => jwk) ?? [];

test.skipIf(!haveVectors)('there are tokens to verify', () => expect(domain?.tokens.length).toBeGreaterThan(0));

test.skipIf(!haveVectors).each(vector<Negative[]>('negative-tokens.json') ?? [])(
  '$case',
  async ({ token, jwk, jose }) => {
    const verified = await verifyWith(token, [jwk]);
    expect(verified.ok).toBe(jose);
  },
);

test.skipIf(!haveVectors).each(domain?.tokens ?? [])(
  'live $role of $payload.iss',
  async ({ compact, verification_kid, payload }) => {
    const verified = await verifyWith(compact, keys);
    expect(verified.ok && verified.value).toMatchObject({
      kid: verification_kid,
      token: { issuer: payload.iss, notBefore: payload.nbf, notAfter: payload.exp },
    });
  },
);

test.skipIf(!haveVectors).each((vector<Generations[]>('generations.json') ?? []).flatMap(({ examples }) => examples))(
  'earlier form $path',
  async ({ token, kid, payload }) => {
    const verified = await verifyWith(token, keys);
    expect(verified.ok && verified.value).toMatchObject({
      kid,
      endorsedKid: payload.key ?? null,
      token: { issuer: payload.iss },
    });
    const claims = verified.ok ? verified.value.token.claims : null;
    if (claims?.kind === 'emblem')
      expect(claims.assets.map(({ text }) => text)).toEqual(payload.assets ?? payload.bearers);
  },
);
