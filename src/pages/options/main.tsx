// How do the options reach the browser? Read once, saved with the permissions they need, wiped on demand.

import { render } from 'preact';
import { dropListFile, offerListFile, readListFile } from '../../browser/list-file.ts';
import { originPattern, releaseAddresses, requestAddresses, requestPermissions, seesAddresses } from '../../browser/permissions.ts';
import { readSettings, RESOLVERS, writeSettings } from '../../browser/settings.ts';
import type { Settings } from '../../browser/settings.ts';
import { askWipe } from '../../browser/tab-store.ts';
import { language, t } from '../shared/text.ts';
import { Options } from './options.tsx';

const reason = (error: unknown): string => t('save_failed', error instanceof Error ? error.message : String(error));

/** Saves once the browser holds what the settings need; what is held already is granted without a question. */
async function save(settings: Settings): Promise<string | null> {
  const origins = [...new Set([settings.resolver, ...settings.logLists].map(originPattern))];
  try {
    if (!(await requestPermissions(origins))) return t('error_permission', origins.join(', '));
    await writeSettings(settings);
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
  void Promise.all([readSettings(), seesAddresses(), readListFile()]).then(([settings, seen, file]) =>
    render(<Options settings={settings} resolvers={RESOLVERS} save={save} addresses={{ seen, see }} listFile={{ file: file?.name ?? null, offer: offerListFile, drop: dropListFile }} wipe={() => askWipe().then(() => null, reason)} />, root));
}
