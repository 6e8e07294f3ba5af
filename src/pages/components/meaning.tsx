// Limits of an emblem's meaning, and whose word this is not.

import { t } from '../text/messages.ts';

export const Meaning = () => (
  <ul>
    <li>{t('meaning_who')}</li>
    <li>{t('meaning_none')}</li>
    <li>{t('meaning_independent')}</li>
    <li>{t('meaning_revocation')}</li>
  </ul>
);
