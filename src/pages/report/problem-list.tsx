// Problems in plain words: the important near the top, the rest behind a fold.

import { CopyButton } from '../components/copy-button.tsx';
import { problemWords, type ToldProblem } from '../text/problem-words.ts';
import { Said } from '../text/sentence.tsx';
import type { Tone } from '../components/sign.tsx';
import { byName, counted, quoted, t } from '../text/messages.ts';

/** Particulars are machine words: helpful beside a fault, noise when there are many. */
const MAX_PARTICULARS = 3;
const Particulars = ({ details }: { readonly details: readonly string[] }) => (
  <>
    {details.slice(0, MAX_PARTICULARS).map((detail) => (
      <span key={detail} class="says">
        <Said sentence={quoted(detail)} />
      </span>
    ))}
  </>
);

interface NotesProps {
  readonly notes: readonly ToldProblem[];
  /** The colour of faults. */
  readonly tone: Tone;
}

export function Notes({ notes, tone }: NotesProps) {
  if (notes.length === 0) return null;
  return (
    <ul class="notes" aria-label={t('region_notes')}>
      {notes.map(({ code, severity, details }) => (
        <li key={code} class={`note tone-${severity === 'error' || severity === 'warning' ? tone : 'neutral'}`}>
          {problemWords(code)}
          <Particulars details={details} />
          {code === 'internal-error' && <CopyButton text={details.join('\n')} what="copy_details" />}
        </li>
      ))}
    </ul>
  );
}

/** Problems one below the other, each with how loud it is in words. */
export const ProblemList = ({ problems }: { readonly problems: readonly ToldProblem[] }) => (
  <ul>
    {problems.map(({ code, severity, details }) => (
      <li key={code}>
        {byName(`severity_${severity}`, problemWords(code))}
        <Particulars details={details} />
      </li>
    ))}
  </ul>
);

export const Remarks = ({ remarks }: { readonly remarks: readonly ToldProblem[] }) =>
  remarks.length === 0 ? null : (
    <section class="section" aria-label={t('region_remarks')}>
      <details class="fold">
        <summary>{counted('remarks', remarks.length)}</summary>
        <ProblemList problems={remarks} />
      </details>
    </section>
  );
