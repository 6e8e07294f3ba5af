// Which other emblems stand at this name? Listed compactly, each to be opened.

import type { IconState } from '../../browser/icon.ts';
import type { ReportedEmblem } from '../../verdict/report.ts';
import { gathered } from '../shared/problems.ts';
import { SaidAll } from '../shared/said.tsx';
import { Sign, toneOf } from '../shared/sign.tsx';
import { t } from '../shared/text.ts';
import { heading, whoWords } from '../shared/verdict-words.ts';
import { Chain } from './chain.tsx';
import { ProblemList } from './notes.tsx';

/** The picture for one emblem of several, as for a report of its own. */
const signOf = ({ status, strength, because }: ReportedEmblem, authenticated: boolean): IconState => {
  switch (status) {
    case 'marked': return (authenticated ? strength : null) ?? 'unconfirmed';
    case 'invalid': return because === 'expired' || because === 'not-yet-valid' ? 'expired' : 'invalid';
    case 'unconfirmed': case 'not-covered': case 'unknown': return status;
  }
};

interface Props {
  readonly emblems: readonly ReportedEmblem[];
  readonly host: string;
  readonly address: string | null;
  /** False where the page may be anybody's: then no strength is shown. */
  readonly authenticated: boolean;
  readonly now: number;
}

export function Others({ emblems, host, address, authenticated, now }: Props) {
  if (emblems.length === 0) return null;
  return (
    <section class="section" aria-label={t('region_others')}>
      <h2>{t('region_others')}</h2>
      <ul>
        {emblems.map((emblem, i) => {
          const sign = signOf(emblem, authenticated);
          const tone = authenticated ? toneOf(sign) : 'neutral';
          return (
            <li key={i} class={`tone-${tone}`}>
              <details class="other">
                <summary><Sign state={sign} /><span><b>{heading(emblem.status, emblem.because, authenticated)}</b><span class="says"><SaidAll sentences={whoWords(emblem, now, address)} /></span></span></summary>
                {emblem.problems.length > 0 && <ProblemList problems={gathered(emblem.problems)} />}
                {emblem.chain.length > 0 && <Chain emblem={emblem} host={host} tone={tone} />}
              </details>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
