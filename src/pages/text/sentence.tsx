// Sentences on a page: names in bold (of a proven one the registrable part) and set off from the direction of the text
// around them, claimed ones plain, machine words as code.

import { Fragment } from 'preact';
import { type Part, running, type Sentence } from './messages.ts';

export const Said = ({ sentence }: { readonly sentence: Sentence }) => <>{sentence.map(drawn)}</>;

/** A name that breaks between its labels before it breaks within one. */
export const Labels = ({ name }: { readonly name: string }) => (
  <>
    {name.split(/(?<=\.)/).map((label, i) => (
      <Fragment key={i}>
        {i > 0 && <wbr />}
        {label}
      </Fragment>
    ))}
  </>
);

// The labels of a name stand in their order from left to right, whatever the text around them and whatever their script.
function drawn(part: Part) {
  if (typeof part === 'string') return part;
  if ('own' in part)
    return (
      <bdi class="whose" dir="ltr">
        <Labels name={part.under} />
        {part.under !== '' && <wbr />}
        <b>
          <Labels name={part.own} />
        </b>
      </bdi>
    );
  if ('strong' in part) return <b>{part.strong}</b>;
  if ('name' in part)
    return (
      <b>
        <bdi dir="ltr">
          <Labels name={part.name} />
        </bdi>
      </b>
    );
  if ('claimed' in part)
    return (
      <bdi dir="ltr">
        <Labels name={part.claimed} />
      </bdi>
    );
  if ('key' in part) return <code dir="ltr">{part.key}</code>;
  return (
    <code>
      <bdi>{part.code}</bdi>
    </code>
  );
}

/** Several sentences as running text. */
export const SaidAll = ({ sentences }: { readonly sentences: readonly Sentence[] }) => (
  <Said sentence={running(sentences)} />
);
