// Choice of when sites are checked, which the first-run page and the options both offer.

import { t } from '../text/messages.ts';

interface Props {
  /** Null where nothing is chosen yet: then neither is. */
  readonly automatic: boolean | null;
  readonly onChange: (automatic: boolean) => void;
  readonly legend: string;
}

export const WhenToCheck = ({ automatic, onChange, legend }: Props) => (
  <fieldset>
    <legend>{legend}</legend>
    <label class="choice">
      <input type="radio" name="when" value="automatic" checked={automatic === true} onChange={() => onChange(true)} />
      <span>
        {t('when_automatic')}
        <span class="dim">{t('when_automatic_means')}</span>
      </span>
    </label>
    <label class="choice">
      <input type="radio" name="when" value="click" checked={automatic === false} onChange={() => onChange(false)} />
      <span>
        {t('when_click')}
        <span class="dim">{t('when_click_means')}</span>
      </span>
    </label>
  </fieldset>
);
