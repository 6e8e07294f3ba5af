// Button that copies a text and says what became of it.

import { useState } from 'preact/hooks';
import { type MessageKey, t } from '../text/messages.ts';

/** `what`: the button's title, which says what is copied. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: MessageKey }) {
  const [said, say] = useState<MessageKey>('copy');
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => say('copied'),
      () => say('copy_failed'),
    );
  };
  return (
    <button type="button" onClick={copy} title={t(what)}>
      <span aria-live="polite">{t(said)}</span>
    </button>
  );
}
