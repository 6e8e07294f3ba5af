// Other emblems at this name, listed compactly, each to be opened.

import type { IconState } from '../../extension/icon.ts';
import type { Report, ReportedEmblem } from '../../verdict/report.ts';
import { gathered } from '../text/problem-words.ts';
import { SaidAll } from '../text/sentence.tsx';
import { Sign, toneOf } from '../components/sign.tsx';
import { t } from '../text/messages.ts';
import { heading, whoWords } from '../text/verdict-words.ts';
import { Chain, Claims } from './chain.tsx';
import { ProblemList } from './problem-list.tsx';

interface Props {
  readonly emblems: readonly ReportedEmblem[];
  readonly report: Report;
  /** The picture for one emblem, as for a report of its own. */
  readonly signOf: (emblem: ReportedEmblem) => IconState;
  /** False where the page may be anybody's: then no strength is shown. */
  readonly authenticated: boolean;
  readonly now: number;
}

export function Others({ emblems, report, signOf, authenticated, now }: Props) {
  if (emblems.length === 0) return null;
  return (
    <section class="section" aria-label={t('region_others')}>
      <h2>{t('region_others')}</h2>
      <ul>
        {emblems.map((emblem, i) => {
          const sign = signOf(emblem);
          const tone = authenticated ? toneOf(sign) : 'neutral';
          return (
            <li key={i} class={`tone-${tone}`}>
              <details class="other">
                <summary>
                  <Sign state={sign} />
                  <span>
                    <b>{heading(emblem.status, emblem.because, authenticated)}</b>
                    <span class="says">
                      <SaidAll sentences={whoWords(emblem, now, report.address)} />
                    </span>
                  </span>
                </summary>
                {emblem.problems.length > 0 && <ProblemList problems={gathered(emblem.problems)} />}
                {emblem.chain.length > 0 && (
                  <>
                    <Chain emblem={emblem} host={report.host} tone={tone} />
                    <Claims emblem={emblem} />
                  </>
                )}
              </details>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
