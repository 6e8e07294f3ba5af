// What should be known about this answer? Problems in plain words: the important near the top, the rest behind a fold.

import type { ReportedEmblem } from '../../verdict/report.ts';
import { organisationWords } from '../shared/host-name.ts';
import { problemWords } from '../shared/problems.ts';
import type { ToldProblem } from '../shared/problems.ts';
import { Said } from '../shared/said.tsx';
import type { Tone } from '../shared/sign.tsx';
import { byName, counted, listed, rich, t } from '../shared/text.ts';

/** Particulars are machine words: helpful beside a fault, noise when there are many. */
const MOST_PARTICULARS = 3;
/** What a stranger may have written, cut to 60 characters: enough for a name or a number, too little for a speech. */
const cut = (detail: string): string => detail.replace(/^(.{60}).+/su, '$1…');

const Particulars = ({ details }: { readonly details: readonly string[] }) => (
  <>{details.slice(0, MOST_PARTICULARS).map((detail) => <span key={detail} class="says"><Said sentence={rich('quoted', [{ code: cut(detail) }])} /></span>)}</>
);

interface NotesProps {
  readonly notes: readonly ToldProblem[];
  readonly emblem: ReportedEmblem | null;
  /** The colour of faults. */
  readonly tone: Tone;
}

export function Notes({ notes, emblem, tone }: NotesProps) {
  const doubtful = emblem?.endorsementsUndetermined ?? [];
  if (notes.length + doubtful.length === 0) return null;
  return (
    <ul class="notes" aria-label={t('region_notes')}>
      {doubtful.map((identifier) => <li key={identifier} class="note tone-neutral"><Said sentence={rich('endorsement_undetermined', listed([organisationWords(identifier)]))} /></li>)}
      {notes.map(({ code, severity, details }) => (
        <li key={code} class={`note tone-${severity === 'error' || severity === 'warning' ? tone : 'neutral'}`}>{problemWords(code)}<Particulars details={details} /></li>
      ))}
    </ul>
  );
}

/** Problems one below the other, each with how loud it is in words. */
export const ProblemList = ({ problems }: { readonly problems: readonly ToldProblem[] }) => (
  <ul>{problems.map(({ code, severity, details }) => <li key={code}><span class="dim">{byName(`severity_${severity}`)}: </span>{problemWords(code)}<Particulars details={details} /></li>)}</ul>
);

export const Remarks = ({ remarks }: { readonly remarks: readonly ToldProblem[] }) => (
  remarks.length === 0 ? null : (
    <section class="section" aria-label={t('region_remarks')}>
      <details class="fold">
        <summary>{counted('remarks', remarks.length)}</summary>
        <ProblemList problems={remarks} />
      </details>
    </section>
  )
);
