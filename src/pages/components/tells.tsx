// Who learns what from a check, in a few lines.

import { t } from '../text/messages.ts';

export const Tells = () => (
  <section aria-labelledby="tells">
    <h2 id="tells">{t('tells_heading')}</h2>
    <ul>
      <li>{t('tells_resolver')}</li>
      <li>{t('tells_name_servers')}</li>
      <li>{t('tells_log')}</li>
      <li>{t('tells_lists')}</li>
    </ul>
    <p>{t('tells_nobody')}</p>
  </section>
);
