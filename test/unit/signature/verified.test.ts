// Does a signature that verified stand for itself alone, and is none remembered that did not?

import { expect, test, vi } from 'vitest';
import { openVerifiedSignatures } from '../../../src/signature/verified-signatures.ts';
import { tampered, tokenRecord } from '../../lab/issuer.ts';
import { checkScene, makeEmblem, soundSet } from '../check/scene.ts';

test('what verified is not computed again, and one changed bit is', async () => {
  const verified = openVerifiedSignatures();
  const values = await soundSet();
  const first = await checkScene({ values, verified });
  const verify = vi.spyOn(crypto.subtle, 'verify');
  expect(await checkScene({ values, verified })).toEqual(first);
  expect(verify).toHaveBeenCalledTimes(0);
  // The same key over the same words, the signature alone changed.
  const emblem = await makeEmblem();
  expect(await checkScene({ values: [tokenRecord(emblem)], verified })).toMatchObject({
    emblems: [{ levels: ['INVALID'] }],
  });
  const spoilt = await checkScene({ values: [tokenRecord(tampered(emblem))], verified });
  expect(spoilt).toMatchObject({ status: 'invalid', emblems: [{ problems: [{ code: 'signature-wrong' }] }] });
  expect(await checkScene({ values: [tokenRecord(tampered(emblem))], verified })).toEqual(spoilt);
  expect(verify).toHaveBeenCalledTimes(3);
  verify.mockRestore();
});

test('the oldest go first', () => {
  const verified = openVerifiedSignatures(2);
  ['a', 'b', 'c'].forEach((name) => verified.add(name));
  expect(['a', 'b', 'c'].map((name) => verified.has(name))).toEqual([false, true, true]);
});
