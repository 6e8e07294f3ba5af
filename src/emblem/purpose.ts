// What is the asset marked as? The five kinds of protection, in the order of their bits.

/**
 * Purposes in the order of the bits of generation `cwt`'s `prp` (bit 0 first); generation `jws` knows the first two.
 */
export const PURPOSES = ['protective', 'indicative', 'dangerous-forces', 'civil-defence', 'cultural-property'] as const;
export type Purpose = (typeof PURPOSES)[number];
