// Option to take the logs from a file of one's own.

import { useState } from 'preact/hooks';
import type { ListFile as Chosen } from '../../extension/custom-log-list.ts';
import { t } from '../text/messages.ts';

export interface ListFileProps {
  /** The name of the file in use; null where there is none. */
  readonly file: string | null;
  /** Offers a file; the answer is whether it was taken. */
  readonly offer: (file: Chosen) => Promise<boolean>;
  readonly drop: () => Promise<void>;
}

export function ListFile({ file, offer, drop }: ListFileProps) {
  const [used, use] = useState(file);
  const [said, say] = useState('');
  const take = async (chosen: File) => {
    say('');
    const taken = await offer({ name: chosen.name, text: await chosen.text() });
    if (taken) use(chosen.name);
    say(taken ? t('file_taken') : t('file_wrong', chosen.name));
  };
  const give = async () => {
    await drop();
    use(null);
    say(t('file_dropped'));
  };
  return (
    <section>
      <h2 id="file">{t('file_heading')}</h2>
      <p class="dim">{used === null ? t('file_means') : t('file_used', used)}</p>
      <div class="row">
        {used === null ? (
          <input
            type="file"
            name="file"
            accept=".json,application/json"
            aria-labelledby="file"
            onChange={({ currentTarget: { files } }) => {
              if (files?.[0]) void take(files[0]);
            }}
          />
        ) : (
          <button
            type="button"
            name="drop"
            onClick={() => {
              void give();
            }}
          >
            {t('file_drop')}
          </button>
        )}
        <span role="status">{said}</span>
      </div>
    </section>
  );
}
