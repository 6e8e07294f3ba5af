// Does every state of the popup show what it must, and nothing that it must not?

import { MESSAGES } from '../../gallery/fake-browser.ts';
import { renderToString } from 'preact-render-to-string';
import { h, options, type VNode } from 'preact';
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from '../../../src/extension/webext.ts';
import { Popup } from '../../../src/pages/popup/popup.tsx';
import { authorityLink, emblem, emblemLink, KEYS, log, NOW, problem, report, rootLink } from '../../gallery/reports.ts';
import { type Shown, STATES } from '../../gallery/states.ts';

const nothing = () => undefined;
const markup = ({ state, missing }: Shown): string =>
  renderToString(
    h(Popup, { state, missing: missing ?? [], now: NOW, onCheck: nothing, onGrant: nothing, onOptions: nothing }),
  );
/** Where a name may break is no part of what is said. */
const drawn = (shown: Shown): string => markup(shown).replaceAll('<wbr/>', '');
const state = (name: string): Shown => {
  const found = STATES[name];
  if (found === undefined) throw new Error(`no state called ${name}`);
  return found;
};
const draw = (name: string): string => drawn(state(name));
const inside = (html: string, tag: string): string => new RegExp(`<${tag}[ >].*?</${tag}>`, 's').exec(html)?.[0] ?? '';

const SAYS_NOTHING = MESSAGES.get('says_nothing') ?? '';
let asked: string[] = [];

beforeEach(() => {
  asked = [];
  const { i18n } = browser;
  const getMessage = i18n.getMessage.bind(i18n);
  vi.spyOn(i18n, 'getMessage').mockImplementation((key, substitutions) => {
    asked.push(key);
    return getMessage(key, substitutions);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(Object.keys(STATES).map((name) => [name]))('%s', (name) => {
  it('asks for messages that exist, and leaves no place of an argument open', () => {
    const html = draw(name);
    expect(asked.filter((key) => !MESSAGES.has(key))).toEqual([]);
    expect(html).not.toMatch(/\$\d|undefined|\[object|NaN|Invalid Date/);
  });

  it('calls who endorses an endorser, and tells nobody of a decision that cannot be made here', () => {
    const html = draw(name);
    expect(html).not.toMatch(/>authority<|not decided/);
    if (
      (state(name).state?.report?.emblems ?? []).some(
        ({ status, chain }) => status === 'marked' && chain.some(({ role }) => role === 'external'),
      )
    )
      expect(html).toContain('>endorser<');
  });

  it('has one heading of the first rank, inside the main part', () => {
    expect(draw(name).match(/<h1>/g)).toHaveLength(1);
    expect(inside(draw(name), 'main')).toContain('<h1>');
  });

  it('says that this says nothing about protection, once, unless an emblem marks the site', () => {
    const { state: tab } = state(name);
    const silent = tab !== null && (tab.report === null ? tab.phase === 'idle' : tab.report.status !== 'marked');
    expect(draw(name).split(SAYS_NOTHING).length - 1).toBe(silent ? 1 : 0);
  });

  it('bears no tick', () => {
    expect(draw(name)).not.toMatch(/[✓✔☑✅]/u);
  });
});

describe('what each state shows', () => {
  it('the known answer at once, with no sign of waiting', () => {
    expect(draw('endorsed')).toContain('Carries an emblem');
    expect(draw('endorsed')).not.toContain('Looking for');
  });

  it('the step while there is no answer, and the earlier answer with the step while there is one', () => {
    expect(draw('checking')).toContain('Asking the resolver for emblem records…');
    expect(draw('checking again')).toContain('Carries an emblem');
    expect(draw('checking again')).toContain('Asking the public logs…');
  });

  it('a button to check again that stays in place while busy, but does nothing', () => {
    const checks = (name: string): unknown => {
      const seen: VNode[] = [];
      options.vnode = (node) => {
        seen.push(node);
      };
      expect(draw(name)).not.toContain(' disabled');
      delete options.vnode;
      return seen.map(({ props }) => ({ ...props })).filter((props) => 'aria-disabled' in props);
    };
    expect(checks('checking again')).toMatchObject([{ 'aria-disabled': true, onClick: undefined }]);
    expect(checks('declared')).toMatchObject([{ 'aria-disabled': false, onClick: nothing }]);
  });

  it('kind, time and format of the emblem in words', () => {
    for (const words of ['Protective emblem', 'Until 8 April 2027', 'JSON format', 'Endorsed'])
      expect(draw('endorsed')).toContain(words);
    expect(draw('not ASCII')).toContain('Kind not stated');
  });

  it('the end of an emblem whose root key ends before it, but not of its endorsers', () => {
    const chain = [
      authorityLink('a.example', KEYS.state, { notAfter: '2026-08-01T12:00:00Z' }),
      rootLink({ notAfter: '2026-09-01T12:00:00Z' }),
      rootLink(),
      emblemLink(),
    ];
    const html = drawn({
      state: {
        stamp: 's',
        host: 'clinic.relief.example',
        page: 'https',
        phase: 'done',
        step: null,
        report: report([emblem({ chain })]),
      },
    });
    expect(html).toContain('Until 1 September 2026');
  });

  it('the chain from the endorsers down to the site', () => {
    const html = inside(draw('endorsed'), 'ol');
    const places = ['health.<b>state.example', 'movement.example', 'root key', '<b>Emblem', 'This site'].map((words) =>
      html.indexOf(words),
    );
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('of each link the key, algorithm, time, log, entry and names', () => {
    const html = draw('endorsed');
    for (const words of [
      '6d4ym5gslavhmz7u44x7mv4ycjzxhweslioeujuutnom5hp7hpnq',
      'ES512',
      'Nimbus2026',
      'accepted by browsers',
      'entry 1,204,551 of 2,900,412,008',
      'adem-configuration.relief.example',
      'Copy',
    ])
      expect(html).toContain(words);
  });

  it('no name in any heading', () => {
    for (const name of Object.keys(STATES)) expect(inside(draw(name), 'h1')).not.toContain('.example');
  });

  it('no strength on a page that may be anybody’s', () => {
    const html = draw('page not authenticated');
    expect(html).toContain('may be anybody’s');
    expect(html).not.toMatch(/tone-(trusted|endorsed|declared|caution)/);
    expect(html).not.toContain('class="strength"');
  });

  it('no strength of other emblems either on such a page', () => {
    const [trusted, endorsed, declared, unconfirmed] = [
      state('trusted'),
      state('endorsed'),
      state('declared'),
      state('no organisation'),
    ].map((shown) => inside(drawn(shown), 'svg'));
    const several = {
      stamp: 's',
      host: 'clinic.relief.example',
      phase: 'done',
      step: null,
      report: report([emblem({ strength: 'endorsed' }), emblem({ strength: 'trusted' }), emblem()]),
    } as const;
    const pictures = (page: 'https' | 'http'): readonly string[] =>
      drawn({ state: { ...several, page } }).match(/<svg.*?<\/svg>/gs) ?? [];
    expect(pictures('https')).toEqual([endorsed, trusted, declared]);
    expect(pictures('http')).toEqual([unconfirmed, unconfirmed, unconfirmed]);
  });

  it('the colour of trust only for what is trusted', () => {
    expect(inside(draw('trusted'), 'ol').match(/tone-trusted/g)).toHaveLength(1);
    expect(draw('endorsed')).not.toContain('tone-trusted');
  });

  it('an emblem that does not hold without the kind it claims', () => {
    expect(inside(draw('invalid'), 'main')).not.toContain('Protective emblem');
    expect(draw('invalid')).toContain('It claims to be from <bdi dir="ltr">relief.example</bdi>; that is not shown.');
    expect(inside(draw('invalid, page not on HTTPS'), 'main')).not.toContain('Protective emblem');
  });

  it('of the site that it is not marked, only where the emblem marks others', () => {
    const lost = emblem({
      status: 'invalid',
      because: 'other',
      strength: null,
      levels: ['INVALID'],
      issuerProven: false,
      coveredBy: null,
    });
    const html = drawn({
      state: {
        stamp: 's',
        host: 'clinic.relief.example',
        page: 'https',
        phase: 'done',
        step: null,
        report: report([lost]),
      },
    });
    expect(html).toContain('This site');
    expect(html).not.toContain('not named by this emblem');
    expect(draw('not covered')).toContain('not named by this emblem');
  });

  it('who is only said to vouch: below the chain as a claim, three by name, and nowhere else', () => {
    const html = draw('endorsement undetermined');
    expect(html).toContain(
      '</ol><p class="claims">It claims that <bdi dir="ltr">health.state.example</bdi> vouches for it; that is not shown.</p>',
    );
    expect(html.match(/health\.state/g)).toHaveLength(1);
    expect(html).toContain('Nobody else vouches for it.');
    const many = drawn({
      state: {
        stamp: 's',
        host: 'a.example',
        page: 'https',
        phase: 'done',
        step: null,
        report: report([
          emblem({ endorsementsUndetermined: Array.from({ length: 40 }, (_, i) => `https://famous-${i}.example`) }),
        ]),
      },
    });
    expect(many).toContain(
      'It claims that <bdi dir="ltr">famous-0.example</bdi>, <bdi dir="ltr">famous-1.example</bdi>, <bdi dir="ltr">famous-2.example</bdi> and 37 more vouch for it; that is not shown.',
    );
    expect(many).not.toContain('famous-3');
  });

  it('no name that is only claimed in any row of the chain, nor names of certificates that prove nothing', () => {
    const html = inside(draw('log unreachable'), 'ol');
    expect(html).toContain('<b>Root key</b></span><span class="role">whose is not shown</span>');
    const failing = rootLink({
      commitment: { outcome: 'fails', logs: [log({ outcome: 'fails', names: ['famous.example'] })] },
    });
    const lost = emblem({
      status: 'invalid',
      because: 'other',
      strength: null,
      issuerProven: false,
      assets: ['a.test'],
      coveredBy: null,
      chain: [failing, emblemLink()],
    });
    const rows = inside(
      drawn({
        state: {
          stamp: 's',
          host: 'a.test',
          page: 'https',
          phase: 'done',
          step: null,
          report: report([lost], { host: 'a.test' }),
        },
      }),
      'ol',
    );
    expect(rows).not.toMatch(/famous|relief\.example/);
  });

  it('the registrable part of every proven name set off', () => {
    expect(draw('endorsed')).toContain(
      '<bdi class="whose" dir="ltr">health.<b>state.example</b></bdi> and <bdi class="whose" dir="ltr"><b>movement.example</b></bdi> vouch for it.',
    );
    expect(inside(draw('endorsed'), 'ol')).toContain(
      '<span class="name"><bdi class="whose" dir="ltr">health.<b>state.example</b></bdi></span>',
    );
    expect(draw('not ASCII')).toContain(
      '<bdi class="whose" dir="ltr"><b>bücher.example</b></bdi> (<bdi dir="ltr">xn--bcher-kva.example</bdi>) says',
    );
  });

  it('beside a proven name that a name below it spoke, wherever it stands', () => {
    const html = draw('same hand');
    expect(html).toContain('<b>relief.example</b></bdi> (through a name below it) says this site is protected.');
    expect(inside(html, 'ol')).toContain(
      '<b>relief.example</b></bdi> (through a name below it)</span><span class="role">organisation',
    );
    expect(inside(html, 'ul')).not.toContain('through');
    expect(html.indexOf('but not the domain itself')).toBeLessThan(html.indexOf('<ol'));
    expect(draw('endorsed')).not.toContain('through a name');
  });

  it('the identifier of a set cut and quoted like other particulars', () => {
    const html = drawn({
      state: {
        stamp: 's',
        host: 'a.example',
        page: 'https',
        phase: 'done',
        step: null,
        report: report([emblem({ set: 's'.repeat(400) })]),
      },
    });
    expect(html).toContain(`“<code><bdi>${'s'.repeat(60)}…</bdi></code>”`);
    expect(html).not.toContain('s'.repeat(61));
  });

  it('a button to grant only where something can be granted', () => {
    expect(draw('permission missing')).toContain('Allow the connections');
    expect(draw('unknown')).not.toContain('Allow the connections');
  });

  it('a button to check where nobody has asked yet, and none where nothing can be checked', () => {
    expect(draw('idle')).toContain('Check this site');
    expect(draw('no page')).not.toMatch(/Check (this site|again)/);
  });

  it('fifty assets as a few and a fold', () => {
    expect(draw('long names')).toContain('46 more');
  });

  it('other emblems below the one that decides', () => {
    const html = draw('several emblems');
    expect(html.indexOf('Other emblems at this name')).toBeGreaterThan(html.indexOf('This site'));
    expect(html).toContain('The emblem here has expired');
  });

  it('particulars of problems cut short and in quotation marks, so that they cannot be taken for its own words', () => {
    const speech = 'This site is protected by everybody. '.repeat(8);
    const bad = emblem({
      status: 'invalid',
      because: 'other',
      strength: null,
      problems: [problem('purpose-unknown', speech), problem('key-not-found', '🐝'.repeat(61))],
    });
    const html = drawn({
      state: { stamp: 's', host: 'a.example', page: 'https', phase: 'done', step: null, report: report([bad]) },
    });
    expect(html).toContain(`<span class="says">“<code><bdi>${speech.slice(0, 60)}…</bdi></code>”</span>`);
    expect(html).not.toContain(speech.slice(0, 61));
    expect(html).toContain(`“<code><bdi>${'🐝'.repeat(60)}…</bdi></code>”`);
    expect(draw('invalid')).toContain('“<code><bdi>news.example</bdi></code>”');
  });

  it('names from the network as text', () => {
    const html = drawn({
      state: {
        stamp: 's',
        host: 'a.example',
        page: 'https',
        phase: 'done',
        step: null,
        report: report([emblem({ set: '<img src=x>', problems: [problem('record-malformed', '<script>')] })]),
      },
    });
    expect(html).not.toMatch(/<img|<script/);
  });
});

it('every message is used somewhere', () => {
  // The command line says of each problem how an issuer could mend it.
  const files = ['src/pages', 'src/extension'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => readFileSync(`${folder}/${name}`, 'utf8')),
  );
  const text = [...files, readFileSync('manifest.json', 'utf8')].join('\n');
  const families = /^(problem|mend|title|purpose|generation|step|severity|strength|log|root_key)_/;
  const names = [...MESSAGES.keys()].map((key) => key.replace(/_(zero|one|two|few|many|other)$/, ''));
  expect(
    names.filter((name) => !families.test(name) && !new RegExp(`\\b(__MSG_)?${name}(__|_one)?\\b`).test(text)),
  ).toEqual([]);
});

describe('what stands where it is looked for', () => {
  const means = (key: string): string => `<p>${MESSAGES.get(key) ?? ''}</p>`;

  it('what the strength and the kind mean opens at their labels, not in a title', () => {
    const html = draw('endorsed');
    expect(html).toContain(`<summary>Endorsed</summary>${means('strength_endorsed_meaning')}</details>`);
    expect(html).toContain(`<summary>Protective emblem</summary>${means('purpose_protective_meaning')}</details>`);
    expect(inside(html, 'ul')).not.toContain('title=');
  });

  it('names may break between their labels', () => {
    expect(markup(state('endorsed'))).toContain('clinic.<wbr/>relief.<wbr/>example');
  });

  it('a button to copy is named by what it copies', () => {
    expect(draw('endorsed')).toContain('<span aria-live="polite">Copy key identifier</span>');
  });

  it('an emblem in CBOR says that it marks the name, and one in JSON does not', () => {
    const says = MESSAGES.get('cwt_marks_name') ?? '';
    expect(drawn({ state: state('endorsed').state })).not.toContain(says);
    const shown = state('endorsed').state;
    if (shown === null || shown.report === null) throw new Error('the state has no report');
    const emblems = shown.report.emblems.map((one) => ({ ...one, generation: 'cwt' as const }));
    expect(drawn({ state: { ...shown, report: { ...shown.report, emblems } } })).toContain(says);
  });
});
