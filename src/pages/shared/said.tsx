// How does a sentence look? Names in bold and set off from the direction of the text around them, machine words as code.

import type { Sentence } from './text.ts';

export const Said = ({ sentence }: { readonly sentence: Sentence }) => (
  <>
    {sentence.map((part) => {
      if (typeof part === 'string') return part;
      return 'name' in part ? <b><bdi>{part.name}</bdi></b> : <code><bdi>{part.code}</bdi></code>;
    })}
  </>
);

/** Several sentences as running text. */
export const SaidAll = ({ sentences }: { readonly sentences: readonly Sentence[] }) => (
  <>{sentences.map((sentence, i) => <>{i > 0 && ' '}<Said sentence={sentence} /></>)}</>
);
