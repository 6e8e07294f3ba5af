// Popup for the state of its tab.

import type { TabState } from '../../extension/tab-store.ts';
import { agoWords } from '../text/dates.ts';
import { Meaning } from '../components/meaning.tsx';
import { byName, t } from '../text/messages.ts';
import { ReportView } from '../report/report-view.tsx';
import { Verdict } from '../report/verdict-header.tsx';

export interface PopupProps {
  /** Null for a page that cannot be checked. */
  readonly state: TabState | null;
  /** Match patterns of the permissions that the check lacked; offered to be granted. */
  readonly missing: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly onCheck: () => void;
  readonly onGrant: () => void;
  readonly onOptions: () => void;
}

const stepWords = ({ step }: TabState): string => (step === null ? t('step_start') : byName(`step_${step}`));

function Body(props: PopupProps) {
  const { state } = props;
  if (state === null)
    return (
      <Verdict
        sign="lens"
        tone="neutral"
        host={null}
        heading={t('heading_no_page')}
        sentences={[[t('who_no_page')]]}
        silence={false}
      />
    );
  if (state.report !== null)
    return (
      <ReportView state={state} report={state.report} missing={props.missing} now={props.now} onGrant={props.onGrant} />
    );
  if (state.phase === 'idle') {
    return (
      <>
        <Verdict
          sign="lens"
          tone="neutral"
          host={state.host}
          heading={t('heading_idle')}
          sentences={[[t('who_idle')]]}
          silence
        />
        <div class="act">
          <button type="button" class="main" onClick={props.onCheck}>
            {t('check_site')}
          </button>
        </div>
      </>
    );
  }
  return (
    <div class="busy">
      <Verdict
        sign="checking"
        tone="neutral"
        host={state.host}
        heading={t('heading_checking')}
        sentences={[]}
        silence={false}
      >
        <p class="dim">{stepWords(state)}</p>
      </Verdict>
    </div>
  );
}

function Footer({ state, now, onCheck, onOptions }: PopupProps) {
  const busy = state?.phase === 'checking';
  const report = state?.report ?? null;
  return (
    <footer>
      {/* The one live region: a screen reader hears each step, and that the answer has come. */}
      <span role="status">
        {busy && report !== null ? (
          stepWords(state)
        ) : report === null ? (
          <span class="hidden">{busy ? stepWords(state) : ''}</span>
        ) : (
          t('checked', agoWords(report.checkedAt, now))
        )}
      </span>
      <span class="actions">
        <button type="button" onClick={onOptions}>
          {t('open_options')}
        </button>
        {/* Not `disabled`: a button that is loses the focus of those who pressed it by keyboard. */}
        {report !== null && (
          <button type="button" onClick={busy ? undefined : onCheck} aria-disabled={busy}>
            {t('check_again')}
          </button>
        )}
      </span>
    </footer>
  );
}

export const Popup = (props: PopupProps) => (
  <>
    <main aria-busy={props.state?.phase === 'checking'}>
      <Body {...props} />
    </main>
    {props.state?.report && (
      <section class="section" aria-label={t('meaning')}>
        <details class="fold">
          <summary>{t('meaning')}</summary>
          <Meaning />
        </details>
      </section>
    )}
    <Footer {...props} />
  </>
);
