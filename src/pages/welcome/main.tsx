// Welcome page in the browser: it saves the first choice.

import { render } from 'preact';
import { readSettings, writeSettings } from '../../extension/settings.ts';
import { language, t } from '../text/messages.ts';
import { Welcome } from './welcome.tsx';

const save = async (automatic: boolean): Promise<void> => {
  await writeSettings({ automatic });
};

document.documentElement.lang = language();
document.title = t('welcome_heading');
const root = document.getElementById('root');
if (root !== null)
  void readSettings().then(({ automatic }) => render(<Welcome automatic={automatic} save={save} />, root));
