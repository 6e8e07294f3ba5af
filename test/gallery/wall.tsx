// How do all states look beside each other?

import { MESSAGES } from './fake-browser.ts';
import { renderToStringAsync } from 'preact-render-to-string';
import { DEFAULTS, RESOLVERS } from '../../src/extension/settings.ts';
import { Options } from '../../src/pages/options/options.tsx';
import { Popup } from '../../src/pages/popup/popup.tsx';
import { Welcome } from '../../src/pages/welcome/welcome.tsx';
import { NOW } from './reports.ts';
import { STATES } from './states.ts';

if (MESSAGES.size === 0) throw new Error('no messages: is public/_locales there?');
const nothing = () => undefined;

/** Each state's popup as HTML, by name. */
export const popups = async (): Promise<readonly { readonly name: string; readonly html: string }[]> =>
  Promise.all(
    Object.entries(STATES).map(async ([name, { state, missing }]) => ({
      name,
      html: await renderToStringAsync(
        <Popup
          state={state}
          missing={missing ?? []}
          now={NOW}
          onCheck={nothing}
          onGrant={nothing}
          onOptions={nothing}
        />,
      ),
    })),
  );

export const pages = async () => ({
  options: await renderToStringAsync(
    <Options
      settings={{ ...DEFAULTS, resolver: 'https://dns.example/dns-query' }}
      resolvers={RESOLVERS}
      save={async () => null}
      addresses={{ seen: false, see: async () => true }}
      listFile={{ file: null, offer: async () => true, drop: async () => undefined }}
      wipe={async () => null}
    />,
  ),
  welcome: await renderToStringAsync(<Welcome automatic={null} save={async () => undefined} />),
});
