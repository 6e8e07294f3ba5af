// Is every algorithm we lack known as one, and everything else refused?

import { expect, test } from 'vitest';
import { lookUpAlgorithm } from '../../../src/signature/algorithms.ts';

test.each([
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256K',
  'Ed448',
  'ESB256',
  'ESB320',
  'ESB384',
  'ESB512',
  'ML-DSA-44',
  'ML-DSA-65',
  'ML-DSA-87',
])('%s is sound, but not implemented', (label) => {
  expect(lookUpAlgorithm('jws', label)).toEqual({ kind: 'unsupported' });
  expect(lookUpAlgorithm('cwt', label)).toEqual({ kind: 'refused' });
});

test.each([-37, -38, -39, -46, -47, -48, -49, -50, -53, -257, -258, -259, -265, -266, -267, -268])(
  'COSE algorithm %i is sound, but not implemented',
  (label) => {
    expect(lookUpAlgorithm('cwt', String(label))).toEqual({ kind: 'unsupported' });
    expect(lookUpAlgorithm('jws', String(label))).toEqual({ kind: 'refused' });
  },
);
