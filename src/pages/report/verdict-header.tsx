// Header of a verdict: picture, host, heading, and the sentences that name who stands behind it.

import type { ComponentChildren } from 'preact';
import { hostWords } from '../../extension/host-name.ts';
import { Labels, SaidAll } from '../text/sentence.tsx';
import { type Picture, Sign, type Tone } from '../components/sign.tsx';
import { type Sentence, t } from '../text/messages.ts';

interface Props {
  readonly sign: Picture;
  readonly tone: Tone;
  readonly host: string | null;
  readonly heading: string;
  readonly sentences: readonly Sentence[];
  /** Whether the sentence about what this does not say stands here. */
  readonly silence: boolean;
  readonly children?: ComponentChildren;
}

export const Verdict = ({ sign, tone, host, heading, sentences, silence, children }: Props) => (
  <header class={`verdict tone-${tone}`}>
    <Sign state={sign} />
    <div>
      {host !== null && (
        <p class="host">
          <bdi dir="ltr">
            <Labels name={hostWords(host)} />
          </bdi>
        </p>
      )}
      <h1>{heading}</h1>
      {sentences.length > 0 && (
        <p class="who">
          <SaidAll sentences={sentences} />
        </p>
      )}
      {children}
      {silence && <p class="silence">{t('says_nothing')}</p>}
    </div>
  </header>
);
