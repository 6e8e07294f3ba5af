// Do the words say what the report says, and name nobody who is not shown?

import { MESSAGES } from '../../gallery/fake-browser.ts';
import { describe, expect, it, vi } from 'vitest';
import { browser } from '../../../src/extension/webext.ts';
import { PROBLEMS } from '../../../src/problem.ts';
import { PURPOSES } from '../../../src/emblem/token.ts';
import type { Because, ReportedEmblem, Status } from '../../../src/verdict/report.ts';
import {
  decidingEmblem,
  heading,
  isAuthenticated,
  leadingProblem,
  reportWords,
  whoWords,
} from '../../../src/pages/text/verdict-words.ts';
import { problemWords, told } from '../../../src/pages/text/problem-words.ts';
import { counted, language, plain, rich, richCounted, running } from '../../../src/pages/text/messages.ts';
import { authorityLink, emblem, emblemLink, KEYS, NOW, problem, report, rootLink } from '../../gallery/reports.ts';

const said = (change: Partial<ReportedEmblem>, address: string | null = null): string =>
  whoWords(emblem(change), NOW, address).map(plain).join(' ');

describe('messages', () => {
  it.each(Object.keys(PROBLEMS).map((code) => [code]))('has a sentence for %s', (code) => {
    expect(MESSAGES.get(`problem_${code.replaceAll('-', '_')}`)).toMatch(/^\p{Lu}.+\.$/u);
  });

  it('has no sentence for a problem that does not exist', () => {
    const known = new Set(Object.keys(PROBLEMS).map((code) => `problem_${code.replaceAll('-', '_')}`));
    expect([...MESSAGES.keys()].filter((key) => key.startsWith('problem_') && !known.has(key))).toEqual([]);
  });

  it.each([...PURPOSES, 'none'].map((purpose) => [purpose]))('names the kind %s and says what it means', (purpose) => {
    const key = `purpose_${purpose.replaceAll('-', '_')}`;
    expect(MESSAGES.get(key)).toBeTruthy();
    expect(MESSAGES.get(`${key}_meaning`)).toMatch(/\.$/);
  });

  it.each(
    [
      'generation_jws',
      'generation_cwt',
      'step_turn',
      'step_records',
      'step_signatures',
      'step_logs',
      'severity_error',
      'severity_warning',
      'severity_advice',
      'severity_info',
      'strength_trusted',
      'strength_endorsed',
      'strength_declared',
      'log_holds',
      'log_fails',
      'log_undetermined',
      'root_key_undetermined',
      'root_key_fails',
      'root_key_none',
      'extension_name',
      'extension_short_name',
      'extension_description',
    ].map((key) => [key]),
  )('has %s', (key) => {
    expect(MESSAGES.get(key)).toBeTruthy();
  });

  it('has names browsers accept and no empty message', () => {
    for (const [key, message] of MESSAGES) {
      expect(key).toMatch(/^[a-z0-9_]+$/);
      expect(message, key).not.toBe('');
    }
  });

  it('keeps to what a store accepts as description', () => {
    expect(MESSAGES.get('extension_description')?.length).toBeLessThanOrEqual(132);
  });
});

describe('sentences', () => {
  it('sets names apart from the words around them', () => {
    expect(rich('who_says', [{ name: 'relief.example' }])).toEqual([
      { name: 'relief.example' },
      ' says this site is protected.',
    ]);
  });

  it('counts in the language of the texts, whatever the browser speaks', () => {
    expect(language()).toBe('en-GB');
    expect([counted('remarks', 1), counted('remarks', 2), counted('remarks', 2000)]).toEqual([
      '1 remark',
      '2 remarks',
      '2,000 remarks',
    ]);
    expect(plain(richCounted('who_vouches', 1, [{ name: 'a.example' }]))).toBe('a.example vouches for it.');
    expect(plain(richCounted('who_vouches', 2, ['both']))).toBe('both vouch for it.');
  });

  it('takes the plural form that a language has, and the one for all other numbers where a form is missing', () => {
    const polish: Readonly<Record<string, string>> = {
      language: 'pl',
      remarks_one: 'uwaga',
      remarks_few: 'uwagi',
      remarks_other: 'uwag',
    };
    vi.spyOn(browser.i18n, 'getMessage').mockImplementation((key) => polish[key] ?? '');
    expect([1, 3, 5].map((count) => counted('remarks', count))).toEqual(['uwaga', 'uwagi', 'uwag']);
    vi.restoreAllMocks();
  });

  it('follows each other as running text', () => {
    expect(plain(running([['One.'], ['Two.'], ['Three.']]))).toBe('One. Two. Three.');
    expect(running([])).toEqual([]);
  });
});

describe('headings', () => {
  const cases: readonly (readonly [Status, Because | null, string])[] = [
    ['marked', null, 'Carries an emblem'],
    ['unconfirmed', 'log-unreachable', 'An emblem that could not be confirmed'],
    ['invalid', 'other', 'An emblem that does not hold'],
    ['invalid', 'expired', 'The emblem here has expired'],
    ['invalid', 'not-yet-valid', 'The emblem here is not valid yet'],
    ['invalid', 'unsigned', 'An emblem without a signature'],
    ['not-covered', null, 'An emblem that does not name this site'],
    ['none', null, 'No emblem here'],
    ['unknown', null, 'Could not check'],
  ];
  it.each(cases)('says of %s, %s: %s', (status, because, words) => {
    expect(heading(status, because, true)).toBe(words);
  });

  it('says of a page that may be anybody’s that the name carries the emblem', () => {
    expect(heading('marked', null, false)).toBe('This name carries an emblem');
  });
});

describe('who stands behind it', () => {
  it('declared: names the issuer, and says that nobody else vouches', () => {
    expect(said({})).toBe('relief.example says this site is protected. Nobody else vouches for it.');
  });

  it('declared, whoever is said to vouch besides: nobody else does', () => {
    expect(said({ endorsementsUndetermined: ['https://a.example'] })).toBe(
      'relief.example says this site is protected. Nobody else vouches for it.',
    );
  });

  it('endorsed: names the issuer, then the authorities', () => {
    expect(said({ purposes: ['indicative'] })).toBe(
      'relief.example says this site is linked to an organisation of the Movement. Nobody else vouches for it.',
    );
    expect(said({ purposes: ['protective', 'indicative'] })).toMatch(/^relief\.example says this site is protected\./);
    expect(said({ strength: 'endorsed', endorsedBy: ['https://a.example'] })).toBe(
      'relief.example says this site is protected. a.example vouches for it.',
    );
    expect(said({ strength: 'endorsed', endorsedBy: ['https://a.example', 'https://b.example'] })).toBe(
      'relief.example says this site is protected. a.example and b.example vouch for it.',
    );
  });

  it('endorsed by many: names four and counts the others', () => {
    const endorsedBy = Array.from({ length: 100 }, (_, i) => `https://a${i}.example`);
    expect(said({ strength: 'endorsed', endorsedBy })).toBe(
      'relief.example says this site is protected. a0.example, a1.example, a2.example, a3.example and 96 more vouch for it.',
    );
  });

  it('endorsed by the same hand: says so', () => {
    expect(said({ strength: 'declared', endorsedBy: ['https://a.relief.example'] })).toContain('that is the same hand');
  });

  it('trusted: says whose key was chosen to be trusted', () => {
    const chain = [authorityLink('a.example', KEYS.state, { trusted: true }), rootLink(), emblemLink()];
    expect(said({ strength: 'trusted', endorsedBy: ['https://a.example'], chain })).toContain(
      'You have chosen to trust the key of a.example.',
    );
    expect(said({ strength: 'trusted', chain: [rootLink({ trusted: true }), emblemLink()] })).not.toContain(
      'Nobody else',
    );
  });

  it('trusted without organisation: names nobody', () => {
    expect(said({ strength: 'trusted', issuer: null, issuerProven: false })).toMatch(
      /^The holder of a key that you have chosen to trust/,
    );
  });

  it('a name only claimed stands nowhere but in "claims to be"', () => {
    for (const status of ['marked', 'unconfirmed', 'not-covered', 'invalid', 'unknown'] as const) {
      for (const because of [
        null,
        'no-organisation',
        'log-unreachable',
        'log-not-known',
        'log-not-proven',
        'expired',
        'not-yet-valid',
        'unsigned',
        'other',
      ] as const) {
        const words = said({ status, because, issuer: 'https://claimed.test', issuerProven: false });
        expect(heading(status, because, true)).not.toContain('claimed.test');
        expect(
          words.replaceAll(
            /It claims to be from claimed\.test; that (is not shown|could not be confirmed just now)\./g,
            '',
          ),
          `${status} ${because}`,
        ).not.toContain('claimed.test');
      }
    }
  });

  it('unconfirmed: an unreachable log is said to be for now, every other doubt is an unknown key', () => {
    const unconfirmed = { status: 'unconfirmed', strength: null, issuerProven: false } as const;
    expect(said({ ...unconfirmed, because: 'log-unreachable' })).toContain('could not be confirmed just now');
    expect(said({ ...unconfirmed, because: 'log-not-known' })).toContain('signed by an unknown key');
    expect(said({ ...unconfirmed, because: 'log-not-proven' })).toContain('signed by an unknown key');
    expect(said({ ...unconfirmed, because: 'no-organisation', issuer: null })).toContain('signed by an unknown key');
  });

  it('not covered: says what is marked instead', () => {
    expect(said({ status: 'not-covered', assets: ['a.example', 'b.example', 'c.example'] })).toBe(
      'It marks a.example and 2 more, not this site. It is from relief.example.',
    );
    expect(said({ status: 'not-covered', assets: [] })).toContain('not this site');
  });

  it('not covered, where no address was seen: does not say that the site has none of those marked', () => {
    const marks = { status: 'not-covered', assets: ['a.example', '[203.0.113.7]'] } as const;
    expect(said(marks)).toBe(
      'It marks addresses, such as [203.0.113.7]; whether this site has one of them is not known here. Addresses are seen only if the options allow it. It is from relief.example.',
    );
    expect(said(marks, '203.0.113.8')).toBe('It marks a.example and 1 more, not this site. It is from relief.example.');
    const covers = emblem({ ...marks, strength: null, coveredBy: null });
    expect(
      reportWords(report([covers]), NOW)
        .map(plain)
        .join(' '),
    ).toContain('not known here');
    expect(
      reportWords(report([covers], { address: '203.0.113.8' }), NOW)
        .map(plain)
        .join(' '),
    ).toContain('not this site');
  });

  it('expired and not yet valid: says when, and only where the time agrees', () => {
    const late = { status: 'invalid', because: 'expired', strength: null } as const;
    expect(said({ ...late, notAfter: '2026-05-29T00:00:00Z' })).toBe('It ended on 29 May 2026.');
    expect(said({ ...late, notAfter: '2027-05-29T00:00:00Z' })).toBe('');
    expect(said({ status: 'invalid', because: 'not-yet-valid', notBefore: '2027-01-02T12:00:00Z' })).toBe(
      'It begins on 2 January 2027.',
    );
  });

  it('shows names that are not ASCII in both forms', () => {
    expect(said({ issuer: 'https://xn--bcher-kva.example' })).toContain('bücher.example (xn--bcher-kva.example)');
  });

  it('unknown: gives the reason', () => {
    expect(
      reportWords(
        report([], { status: 'unknown', problems: [problem('dns-authenticated'), problem('dns-rcode', 'SERVFAIL')] }),
        NOW,
      ),
    ).toEqual([[problemWords('dns-rcode')]]);
    expect(reportWords(report([], { status: 'unknown', problems: [problem('host-not-checkable')] }), NOW)).toEqual([
      [problemWords('host-not-checkable')],
    ]);
    const unsupported = emblem({
      status: 'unknown',
      strength: null,
      problems: [problem('token-malformed'), problem('algorithm-unsupported', 'ES256K')],
    });
    expect(leadingProblem(report([unsupported]), unsupported)).toBe('algorithm-unsupported');
    expect(leadingProblem(report([unsupported], { problems: [problem('dns-rcode')] }), unsupported)).toBe('dns-rcode');
    expect(leadingProblem(report([], { status: 'none', problems: [problem('dns-rcode')] }), null)).toBeNull();
  });
});

describe('the deciding emblem', () => {
  it('is the one the report names', () => {
    const expired = emblem({ status: 'invalid', because: 'expired', strength: null });
    const endorsed = emblem({ strength: 'endorsed' });
    expect(decidingEmblem(report([expired, emblem(), endorsed], { deciding: 2 }))).toBe(endorsed);
    expect(decidingEmblem(report([], {}))).toBeNull();
  });
});

describe('the page itself', () => {
  it('is anybody’s where it is not on HTTPS, or where the report says so', () => {
    expect(isAuthenticated('https', report([]))).toBe(true);
    expect(isAuthenticated('http', report([]))).toBe(false);
    expect(isAuthenticated('https', report([], { problems: [problem('page-not-authenticated')] }))).toBe(false);
  });
});

describe('problems', () => {
  const codes = (list: readonly { readonly code: string }[]) => list.map(({ code }) => code);

  it('are told by loudness, once each, with their particulars', () => {
    const { notes, remarks } = told(
      report([]),
      emblem({
        problems: [
          problem('claim-not-used'),
          problem('record-malformed', '3'),
          problem('token-malformed'),
          problem('record-malformed', '4'),
        ],
      }),
      null,
    );
    expect(notes).toEqual([]);
    expect(codes(remarks)).toEqual(['token-malformed', 'record-malformed', 'claim-not-used']);
    expect(remarks[1]?.details).toEqual(['3', '4']);
  });

  it('put advice near the top of a good verdict, and faults behind a fold', () => {
    const { notes, remarks } = told(
      report([emblem()]),
      emblem({
        problems: [
          problem('commitment-old'),
          problem('clock-suspect'),
          problem('endorser-same-domain'),
          problem('token-malformed'),
          problem('token-expires-soon'),
        ],
      }),
      null,
    );
    expect(codes(notes).toSorted()).toEqual(['clock-suspect', 'commitment-old', 'endorser-same-domain']);
    // What only an issuer can change is for nobody else's eyes first.
    expect(codes(remarks)).toEqual(['token-malformed', 'token-expires-soon']);
  });

  it('put faults near the top where they explain the verdict, three at most', () => {
    const bad = emblem({
      status: 'invalid',
      because: 'other',
      strength: null,
      problems: [
        problem('token-malformed'),
        problem('key-malformed'),
        problem('signature-wrong'),
        problem('key-private'),
      ],
    });
    const { notes, remarks } = told(report([bad]), bad, null);
    expect([notes.length, remarks.length]).toEqual([3, 1]);
  });

  it('do not repeat what the sentence at the top said', () => {
    const { notes, remarks } = told(
      report([], { status: 'unknown', problems: [problem('dns-rcode', 'SERVFAIL')] }),
      null,
      'dns-rcode',
    );
    expect([codes(notes), codes(remarks)]).toEqual([[], ['dns-rcode']]);
  });
});
