// Options: when to check, whom to ask, where the lists of logs come from, and what is forgotten.

import { useState } from 'preact/hooks';
import type { Settings } from '../../extension/settings.ts';
import { Meaning } from '../components/meaning.tsx';
import { Tells } from '../components/tells.tsx';
import { t } from '../text/messages.ts';
import { WhenToCheck } from '../components/when-to-check.tsx';
import { Addresses, type AddressesProps } from './addresses.tsx';
import { type Choices, readChoices } from './choices.ts';
import { ListFile, type ListFileProps } from './list-file.tsx';

export interface OptionsProps {
  readonly settings: Settings;
  readonly resolvers: readonly { readonly name: string; readonly url: string }[];
  /**
   * Saves, asking for permissions where they are missing; the answer is a sentence about what went wrong, or null.
   * Called within the click.
   */
  readonly save: (settings: Settings) => Promise<string | null>;
  readonly addresses: AddressesProps;
  readonly listFile: ListFileProps;
  /** Wipes; the answer is a sentence about what went wrong, or null. */
  readonly wipe: () => Promise<string | null>;
}

type Failed = Extract<Choices, { readonly ok: false }>;

export function Options({ settings, resolvers, save, addresses, listFile, wipe }: OptionsProps) {
  const named = resolvers.some(({ url }) => url === settings.resolver);
  const [automatic, setAutomatic] = useState(settings.automatic ?? false);
  const [chosen, setChosen] = useState(named ? settings.resolver : null);
  const [custom, setCustom] = useState(named ? '' : settings.resolver);
  const [lists, setLists] = useState(settings.logLists.join('\n'));
  const [types, setTypes] = useState(settings.ihleTypes.join(' '));
  const [failed, setFailed] = useState<Failed | null>(null);
  const [said, say] = useState('');
  const [wiped, setWiped] = useState('');

  const submit = (form: HTMLFormElement) => {
    const choices = readChoices({ automatic, resolver: chosen ?? custom, lists, types });
    setFailed(choices.ok ? null : choices);
    say('');
    if (choices.ok) void save(choices.settings).then((wrong) => say(wrong ?? t('saved')));
    // What is wrong may lie above the edge of the window.
    else form.querySelector<HTMLElement>(`[name=${choices.field === 'resolver' ? 'custom' : choices.field}]`)?.focus();
  };
  const error = (field: Failed['field']) =>
    failed?.field === field ? (
      <p class="error" id={`${field}-error`} role="alert">
        {failed.error}
      </p>
    ) : null;
  const invalid = (field: Failed['field']) => ({
    'aria-invalid': failed?.field === field,
    'aria-describedby': `${field}-means${failed?.field === field ? ` ${field}-error` : ''}`,
  });

  return (
    <main>
      <h1>{t('options_heading')}</h1>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit(event.currentTarget);
        }}
        noValidate
      >
        <section>
          <WhenToCheck legend={t('when_heading')} automatic={automatic} onChange={setAutomatic} />
        </section>
        <section>
          <fieldset>
            <legend>{t('resolver_heading')}</legend>
            <p class="dim" id="resolver-means">
              {t('resolver_means')}
            </p>
            {resolvers.map(({ name, url }) => (
              <label key={url} class="choice">
                <input
                  type="radio"
                  name="resolver"
                  value={url}
                  checked={chosen === url}
                  onChange={() => setChosen(url)}
                />
                <span>
                  {name}
                  <span class="dim">{url}</span>
                </span>
              </label>
            ))}
            <label class="choice">
              <input
                type="radio"
                name="resolver"
                value="custom"
                checked={chosen === null}
                onChange={() => setChosen(null)}
              />
              <span>{t('resolver_custom')}</span>
            </label>
            {chosen === null && (
              <label class="field">
                <span>{t('resolver_custom_address')}</span>
                <input
                  type="url"
                  name="custom"
                  value={custom}
                  placeholder="https://"
                  onInput={(event) => setCustom(event.currentTarget.value)}
                  {...invalid('resolver')}
                />
              </label>
            )}
          </fieldset>
          {error('resolver')}
        </section>
        <section>
          <h2 id="lists">{t('lists_heading')}</h2>
          <p class="dim" id="lists-means">
            {t('lists_means')}
          </p>
          <div class="field">
            <textarea
              name="lists"
              rows={4}
              aria-labelledby="lists"
              value={lists}
              onInput={(event) => setLists(event.currentTarget.value)}
              {...invalid('lists')}
            />
          </div>
          {error('lists')}
        </section>
        <section>
          <h2 id="types">{t('types_heading')}</h2>
          <p class="dim" id="types-means">
            {t('types_means')}
          </p>
          <div class="field">
            <input
              type="text"
              name="types"
              autocomplete="off"
              aria-labelledby="types"
              value={types}
              onInput={(event) => setTypes(event.currentTarget.value)}
              {...invalid('types')}
            />
          </div>
          {error('types')}
          <div class="row">
            <button type="submit" class="main" name="save">
              {t('save')}
            </button>
            <span role="status">{said}</span>
          </div>
        </section>
      </form>
      <ListFile {...listFile} />
      <Addresses {...addresses} />
      <section>
        <h2>{t('caches_heading')}</h2>
        <p class="dim">{t('caches_means')}</p>
        <div class="row">
          <button
            type="button"
            name="wipe"
            onClick={() => {
              setWiped('');
              void wipe().then((wrong) => setWiped(wrong ?? t('wiped')));
            }}
          >
            {t('wipe')}
          </button>
          <span role="status">{wiped}</span>
        </div>
      </section>
      <Tells />
      <section>
        <h2>{t('meaning')}</h2>
        <Meaning />
      </section>
    </main>
  );
}
