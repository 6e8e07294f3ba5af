// Report on a page: verdict, facts, notes, chain, remarks, other emblems, in this order.

import { iconState, type IconState } from '../../extension/icon.ts';
import type { TabState } from '../../extension/tab-store.ts';
import type { Report, ReportedEmblem } from '../../verdict/report.ts';
import { dayWords } from '../text/dates.ts';
import { told } from '../text/problem-words.ts';
import { type Tone, toneOf } from '../components/sign.tsx';
import { byName, t } from '../text/messages.ts';
import { decidingEmblem, endOf, heading, isAuthenticated, leadingProblem, reportWords } from '../text/verdict-words.ts';
import { Chain, Claims } from './chain.tsx';
import { Notes, Remarks } from './problem-list.tsx';
import { Others } from './other-emblems.tsx';
import { Verdict } from './verdict-header.tsx';

/** A label that opens to what it means, where it stands: by mouse, key and touch. */
const Fact = ({ mark, name }: { readonly mark: string; readonly name: string }) => (
  <li class={mark}>
    <details class="fold">
      <summary>{byName(name)}</summary>
      <p>{byName(`${name}_meaning`)}</p>
    </details>
  </li>
);

function Facts({ emblem, tone, now }: { readonly emblem: ReportedEmblem; readonly tone: Tone; readonly now: number }) {
  const kinds = emblem.purposes.length === 0 ? ['none'] : emblem.purposes;
  const end = endOf(emblem);
  return (
    <ul class={`facts tone-${tone}`} aria-label={t('region_facts')}>
      {emblem.strength !== null && tone !== 'neutral' && <Fact mark="strength" name={`strength_${emblem.strength}`} />}
      {kinds.map((kind) => (
        <Fact key={kind} mark="kind" name={`purpose_${kind}`} />
      ))}
      {end !== null && emblem.status !== 'invalid' && <li>{t('until', dayWords(end, now))}</li>}
      <li>{byName(`generation_${emblem.generation}`)}</li>
    </ul>
  );
}

interface Props {
  readonly state: TabState;
  readonly report: Report;
  readonly missing: readonly string[];
  readonly now: number;
  readonly onGrant: () => void;
}

export function ReportView({ state, report, missing, now, onGrant }: Props) {
  const emblem = decidingEmblem(report);
  const authenticated = isAuthenticated(state.page, report);
  // The same picture as in the toolbar, which knows the page as the background does.
  const signOf = (verdict: Report | ReportedEmblem): IconState =>
    iconState({ ...state, page: authenticated ? 'https' : 'http', phase: 'done', report: { ...report, ...verdict } }) ??
    'none';
  const sign = signOf(report);
  const tone = authenticated ? toneOf(sign) : 'neutral';
  const { notes, remarks } = told(report, emblem, leadingProblem(report, emblem));
  const silent = report.status !== 'marked';
  const explained = notes.length > 0;
  return (
    <>
      <Verdict
        sign={sign}
        tone={tone}
        host={report.host}
        heading={heading(report.status, report.because, authenticated)}
        sentences={reportWords(report, now)}
        silence={silent && !explained}
      />
      {missing.length > 0 && (
        <div class="act">
          <button type="button" class="main" onClick={onGrant}>
            {t('grant')}
          </button>
        </div>
      )}
      {emblem !== null && report.status !== 'unknown' && sign !== 'invalid' && (
        <Facts emblem={emblem} tone={tone} now={now} />
      )}
      {emblem !== null && emblem.status === 'marked' && emblem.generation === 'cwt' && (
        <p class="closing dim">{t('cwt_marks_name')}</p>
      )}
      <Notes notes={notes} tone={tone} />
      {silent && explained && <p class="closing silence">{t('says_nothing')}</p>}
      {emblem !== null && emblem.chain.length > 0 && (
        <section aria-label={t('region_chain')}>
          <Chain emblem={emblem} host={report.host} tone={tone} />
          <Claims emblem={emblem} />
        </section>
      )}
      <Remarks remarks={remarks} />
      <Others
        emblems={report.emblems.filter((other) => other !== emblem)}
        report={report}
        signOf={signOf}
        authenticated={authenticated}
        now={now}
      />
    </>
  );
}
