// How does a key identifier get to the clipboard? By a button that says what became of it.

import { useState } from 'preact/hooks';
import { t } from '../shared/text.ts';
import type { MessageKey } from '../shared/text.ts';

export function CopyButton({ text }: { readonly text: string }) {
  const [said, say] = useState<MessageKey>('copy');
  const copy = () => {
    navigator.clipboard.writeText(text).then(() => say('copied'), () => say('copy_failed'));
  };
  return <button type="button" onClick={copy} title={t('copy_key')}><span aria-live="polite">{t(said)}</span></button>;
}
