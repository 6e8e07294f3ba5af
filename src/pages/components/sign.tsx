// Signs on pages: the picture and the colour of a state.

import checking from '../../../icons/checking.svg?raw';
import declared from '../../../icons/declared.svg?raw';
import endorsed from '../../../icons/endorsed.svg?raw';
import expired from '../../../icons/expired.svg?raw';
import invalid from '../../../icons/invalid.svg?raw';
import lens from '../../../icons/lens.svg?raw';
import none from '../../../icons/none.svg?raw';
import notCovered from '../../../icons/not-covered.svg?raw';
import trusted from '../../../icons/trusted.svg?raw';
import unconfirmed from '../../../icons/unconfirmed.svg?raw';
import unknown from '../../../icons/unknown.svg?raw';
import type { IconState } from '../../extension/icon.ts';

/** A state's picture, or the extension's own where nobody has asked. */
export type Picture = IconState | 'lens';

const PICTURES: Record<Picture, string> = {
  lens,
  trusted,
  endorsed,
  declared,
  unconfirmed,
  invalid,
  expired,
  'not-covered': notCovered,
  none,
  unknown,
  checking,
};

/** The classes of `tone.css`. */
export type Tone = 'trusted' | 'endorsed' | 'declared' | 'caution' | 'wrong' | 'neutral';

const TONES: Record<IconState, Tone> = {
  trusted: 'trusted',
  endorsed: 'endorsed',
  declared: 'declared',
  unconfirmed: 'caution',
  invalid: 'wrong',
  expired: 'neutral',
  'not-covered': 'neutral',
  none: 'neutral',
  unknown: 'neutral',
  checking: 'neutral',
};

export const toneOf = (state: IconState): Tone => TONES[state];

/**
 * The picture, in the colour of the text around it; the words beside it say the same, so it is hidden from screen
 * readers.
 */
export const Sign = ({ state }: { readonly state: Picture }) => (
  <span class="sign" aria-hidden="true" dangerouslySetInnerHTML={{ __html: PICTURES[state] }} />
);
