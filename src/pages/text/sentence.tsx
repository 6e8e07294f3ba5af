// How does a sentence look? Names in bold (of a proven one the registrable part) and set off from the direction of the
// text around them, claimed ones plain, machine words as code.

import type { Part, Sentence } from './messages.ts';

export const Said = ({ sentence }: { readonly sentence: Sentence }) => <>{sentence.map(drawn)}</>;

function drawn(part: Part) {
  if (typeof part === 'string') return part;
  if ('own' in part)
    return (
      <bdi class="whose">
        {part.under}
        <b>{part.own}</b>
        {part.also}
      </bdi>
    );
  if ('name' in part)
    return (
      <b>
        <bdi>{part.name}</bdi>
      </b>
    );
  return 'claimed' in part ? (
    <bdi>{part.claimed}</bdi>
  ) : (
    <code>
      <bdi>{part.code}</bdi>
    </code>
  );
}

/** Several sentences as running text. */
export const SaidAll = ({ sentences }: { readonly sentences: readonly Sentence[] }) => (
  <>
    {sentences.map((sentence, i) => (
      <>
        {i > 0 && ' '}
        <Said sentence={sentence} />
      </>
    ))}
  </>
);
