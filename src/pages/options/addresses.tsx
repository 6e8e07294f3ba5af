// Option to see the addresses that pages come from.

import { useState } from 'preact/hooks';
import { t } from '../text/messages.ts';

export interface AddressesProps {
  readonly seen: boolean;
  /**
   * Asks the browser, or gives the permission back; the answer is whether the browser did so. Called within the click.
   */
  readonly see: (wanted: boolean) => Promise<boolean>;
}

export function Addresses({ seen, see }: AddressesProps) {
  const [sees, setSees] = useState(seen);
  const turn = () => {
    void see(!sees).then((done) => setSees(done ? !sees : sees));
  };
  return (
    <section>
      <h2>{t('addresses_heading')}</h2>
      <p class="dim">{t('addresses_means')}</p>
      <div class="row">
        <button type="button" name="addresses" onClick={turn}>
          {t(sees ? 'addresses_release' : 'addresses_allow')}
        </button>
        <span role="status">{t(sees ? 'addresses_seen' : 'addresses_unseen')}</span>
      </div>
    </section>
  );
}
