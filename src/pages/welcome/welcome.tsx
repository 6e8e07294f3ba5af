// Welcome: what a person must know and choose before anything is checked.

import { useState } from 'preact/hooks';
import { Meaning } from '../components/meaning.tsx';
import { Sign } from '../components/sign.tsx';
import { Tells } from '../components/tells.tsx';
import { t } from '../text/messages.ts';
import { WhenToCheck } from '../components/when-to-check.tsx';

export interface WelcomeProps {
  /** What was chosen before; null on the first run, when neither choice is made for anybody. */
  readonly automatic: boolean | null;
  readonly save: (automatic: boolean) => Promise<void>;
}

export function Welcome({ automatic, save }: WelcomeProps) {
  const [choice, choose] = useState(automatic);
  const [said, say] = useState(automatic === null ? t('welcome_until') : '');
  const submit = (event: Event) => {
    event.preventDefault();
    // Saying nothing means: on a click.
    const chosen = choice ?? false;
    save(chosen).then(
      () => {
        choose(chosen);
        say(t('welcome_saved'));
        return undefined;
      },
      (error: unknown) => say(t('save_failed', error instanceof Error ? error.message : String(error))),
    );
  };
  return (
    <main>
      <div class="title">
        <Sign state="lens" />
        <h1>{t('welcome_heading')}</h1>
      </div>
      <p class="lead">{t('welcome_lead')}</p>
      <Tells />
      <section>
        <form onSubmit={submit}>
          <WhenToCheck legend={t('welcome_choice')} automatic={choice} onChange={choose} />
          <div class="row">
            <button type="submit" class="main" name="save">
              {t('save')}
            </button>
            <span role="status">{said}</span>
          </div>
        </form>
      </section>
      <section>
        <h2>{t('meaning')}</h2>
        <Meaning />
      </section>
    </main>
  );
}
