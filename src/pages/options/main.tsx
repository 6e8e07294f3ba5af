// Options page in the browser: it follows what is stored, saves with the permissions that are needed, and wipes on
// demand.

import { render } from 'preact';
import { requestWipe, useListFile } from '../../extension/commands.ts';
import { dropListFile, readListFile } from '../../extension/custom-log-list.ts';
import {
  originPattern,
  releaseAddresses,
  requestAddresses,
  requestPermissions,
  seesAddresses,
} from '../../extension/permissions.ts';
import { readSettings, RESOLVERS, type Settings, watchSettings, writeSettings } from '../../extension/settings.ts';
import { language, listWords, t } from '../text/messages.ts';
import { Options } from './options.tsx';

const reason = (error: unknown): string => t('save_failed', error instanceof Error ? error.message : String(error));

/** What of these settings the person has changed: the rest may have been chosen elsewhere meanwhile. */
const changed = (settings: Settings, shown: Settings): Partial<Settings> => ({
  ...(settings.automatic === (shown.automatic ?? false) ? {} : { automatic: settings.automatic }),
  ...(settings.resolver === shown.resolver ? {} : { resolver: settings.resolver }),
  ...(String(settings.logLists) === String(shown.logLists) ? {} : { logLists: settings.logLists }),
  ...(String(settings.ihleTypes) === String(shown.ihleTypes) ? {} : { ihleTypes: settings.ihleTypes }),
});

/** Saves once the browser holds what the settings need; what is held already is granted without a question. */
async function save(settings: Settings, shown: Settings): Promise<string | null> {
  const origins = [...new Set([settings.resolver, ...settings.logLists].map(originPattern))];
  try {
    if (!(await requestPermissions(origins))) return t('error_permission', listWords(origins));
    // Saving is choosing, also where nothing was changed.
    const { automatic } = await readSettings();
    await writeSettings({
      ...(automatic === null ? { automatic: settings.automatic } : {}),
      ...changed(settings, shown),
    });
    return null;
  } catch (error) {
    return reason(error);
  }
}

document.documentElement.lang = language();
document.title = t('options_heading');
const root = document.getElementById('root');
if (root !== null) {
  const see = (wanted: boolean): Promise<boolean> => (wanted ? requestAddresses() : releaseAddresses());
  void Promise.all([readSettings(), seesAddresses(), readListFile()]).then(([settings, seen, file]) => {
    let shown = settings;
    let touched = false;
    const keep = async (chosen: Settings): Promise<string | null> => {
      const wrong = await save(chosen, shown);
      if (wrong !== null) return wrong;
      shown = chosen;
      touched = false;
      return null;
    };
    const draw = () =>
      render(
        <Options
          key={JSON.stringify(shown)}
          settings={shown}
          resolvers={RESOLVERS}
          save={keep}
          addresses={{ seen, see }}
          listFile={{ file: file?.name ?? null, offer: useListFile, drop: dropListFile }}
          wipe={() => requestWipe().then(() => null, reason)}
        />,
        root,
      );
    // What somebody is changing here stays as typed.
    root.addEventListener('input', () => {
      touched = true;
    });
    watchSettings((now) => {
      // The event of our own saving may come after it was answered.
      if (touched || Object.keys(changed(now, shown)).length === 0) return;
      shown = now;
      draw();
    });
    draw();
    return null;
  });
}
