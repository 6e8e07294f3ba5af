// Do the lab's tokens verify by somebody else's code?

import { compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import { describe, expect, test } from 'vitest';
import { emblem, endorsement, tampered, unsecured } from '../../lab/issuer.ts';
import { type LabAlgorithm, makeKey } from '../../lab/keys.ts';

const times = { from: 1_800_000_000, until: 1_800_086_400 };

describe('tokens of the lab', () => {
  test.each<LabAlgorithm>(['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'])(
    '%s: jose verifies an emblem',
    async (algorithm) => {
      const key = await makeKey(algorithm);
      const token = await emblem({
        ...times,
        key,
        issuer: 'https://relief.example',
        assets: ['clinic.relief.example'],
      });
      const { payload, protectedHeader } = await compactVerify(token, await importJWK(key.jwk));
      expect(protectedHeader).toEqual({ alg: algorithm, cty: 'adem-emb', kid: key.kid });
      expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({
        ver: 'v1',
        nbf: times.from,
        exp: times.until,
        assets: ['clinic.relief.example'],
      });
    },
  );

  test('overridden headers are signed all the same, undefined leaves out', async () => {
    const key = await makeKey('ES256');
    const token = await emblem({
      ...times,
      key,
      issuer: null,
      assets: ['a.example'],
      header: { crit: ['odd'], odd: 1, kid: undefined },
      claims: { ver: undefined },
    });
    const { payload, protectedHeader } = await compactVerify(token, key.publicKey, { crit: { odd: true } });
    expect(protectedHeader).not.toHaveProperty('kid');
    expect(JSON.parse(new TextDecoder().decode(payload))).not.toHaveProperty('ver');
  });

  test('an endorsement names the endorsed key by its identifier', async () => {
    const [key, endorsed] = await Promise.all([makeKey('ES256'), makeKey('ES256')]);
    const token = await endorsement({
      ...times,
      key,
      endorsed,
      issuer: 'https://a.example',
      subject: 'https://b.example',
      keyAs: 'jwk',
      mayEndorse: true,
    });
    const { payload, protectedHeader } = await compactVerify(token, key.publicKey);
    expect(protectedHeader).toHaveProperty('jwk.crv', 'P-256');
    expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({
      key: endorsed.kid,
      end: true,
      sub: 'https://b.example',
    });
    expect(endorsed.kid).toMatch(/^[a-z2-7]{52}$/);
  });

  test('a tampered token fails, an unsecured one says so', async () => {
    const key = await makeKey('ES512');
    const token = await emblem({ ...times, key, issuer: null, assets: ['a.example'] });
    await expect(compactVerify(tampered(token), key.publicKey)).rejects.toThrow('signature verification failed');
    expect(decodeProtectedHeader(unsecured(token))).toMatchObject({ alg: 'none' });
    expect(unsecured(token)).toMatch(/\.$/);
  });
});
