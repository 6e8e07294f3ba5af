// Is misuse of the command line told apart from use, option by option?

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { type Arguments, parseCommand, type Usable } from '../../../src/cli/arguments.ts';
import { describeUsage, OPTIONS, USAGE } from '../../../src/cli/options.ts';
import { parseTime } from '../../../src/cli/values.ts';
import { LOG_LISTS, RESOLVER } from '../../../src/network/defaults.ts';

/** What a check is asked to do; anything else asked for is a fault of the test. */
function parseArguments(words: readonly string[]): Usable<Arguments> {
  const parsed = parseCommand(words);
  if (!parsed.ok) return parsed;
  if (parsed.value.command !== 'check') throw new TypeError(parsed.value.command);
  return { ok: true, value: parsed.value.arguments };
}

const hostsOf = (word: string): readonly string[] | null => {
  const parsed = parseArguments([word]);
  return parsed.ok ? parsed.value.hosts : null;
};

describe('hosts', () => {
  test.each([
    ['Clinic.Example', 'clinic.example'],
    ['klinik-zürich.example', 'xn--klinik-zrich-klb.example'],
    ['192.0.2.1', '192.0.2.1'],
    ['localhost', 'localhost'],
    ['2001:db8::1', '[2001:db8::1]'],
    ['[2001:DB8::1]', '[2001:db8::1]'],
    ['_dmarc.example', '_dmarc.example'],
    ['clinic.example.', 'clinic.example.'],
  ])('%s is %s', (word, host) => {
    expect(hostsOf(word)).toEqual([host]);
  });

  test.each([
    '',
    ' ',
    'a b',
    'https://clinic.example',
    'clinic.example/',
    'clinic.example:443',
    'a@clinic.example',
    '[::1]:443',
    '[clinic.example]',
    '256.1.1.1.1.256',
    'a%2eb.example',
    'a?b',
    'a#b',
    'a\\b',
    '::1%eth0',
    'xn--zzzzzzzzzz99999.example',
    '1.2.3.999',
  ])('"%s" is none', (word) => {
    expect(hostsOf(word)).toBeNull();
  });
});

describe('options', () => {
  test('all of them', () => {
    expect(
      parseArguments([
        'a.example',
        '--json',
        '--advice',
        '--resolver',
        'http://127.0.0.1:5380/dns-query',
        '--log-list',
        'https://lists.example/a',
        '--log-list',
        'lists/b.json',
        'b.example',
        '--address',
        '2001:db8::1',
        '--now',
        '2026-06-17T00:10:00Z',
        '--trusted-key',
        'a=b.jwk=https://relief.example',
        '--trusted-key',
        'c.pem',
        '--trusted-keys',
        'd.json',
        '--ihle-type',
        '65400',
        '--ihle-type=65297',
      ]),
    ).toEqual({
      ok: true,
      value: {
        hosts: ['a.example', 'b.example'],
        json: true,
        advice: true,
        records: null,
        offline: false,
        resolver: 'http://127.0.0.1:5380/dns-query',
        logLists: ['https://lists.example/a'],
        logListFiles: ['lists/b.json'],
        address: '2001:db8::1',
        now: Date.UTC(2026, 5, 17, 0, 10),
        ihleTypes: [65400, 65297],
        trustedKeys: [
          { file: 'a=b.jwk', organisation: 'https://relief.example' },
          { file: 'c.pem', organisation: null },
        ],
        trustedKeyFiles: ['d.json'],
      },
    });
  });

  test('one number replaces the defaults', () => {
    expect(parseArguments(['a.example', '--ihle-type', '65300'])).toMatchObject({ value: { ihleTypes: [65300] } });
  });

  test('none of them', () => {
    expect(parseArguments(['a.example'])).toEqual({
      ok: true,
      value: {
        hosts: ['a.example'],
        json: false,
        advice: false,
        records: null,
        offline: false,
        resolver: RESOLVER,
        logLists: [...LOG_LISTS],
        logListFiles: [],
        address: null,
        now: null,
        ihleTypes: [65297],
        trustedKeys: [],
        trustedKeyFiles: [],
      },
    });
  });

  test.each([
    [['--log-list', 'none'], true, []],
    [['--log-list', 'list.json'], true, ['list.json']],
    [['--log-list', 'list.json', '--log-list', 'https://lists.example/'], false, ['list.json']],
    [[], false, []],
  ])('records from a file and %j: offline is %j', (words, offline, logListFiles) => {
    expect(parseArguments(['a.example', '--records', 'zone', ...words])).toMatchObject({
      value: { records: 'zone', offline, logListFiles },
    });
  });

  test('no log list is no reason to be offline where a resolver is asked', () => {
    expect(parseArguments(['a.example', '--log-list', 'none'])).toMatchObject({
      value: { offline: false, logLists: [] },
    });
  });

  test.each([
    [[]],
    [['--json']],
    [['a.example', '--records']],
    [['a.example', '--records', 'zone', '--resolver', RESOLVER]],
    [['a.example', '--log-list', 'none', '--log-list', 'list.json']],
    [['a.example', '--xml']],
    [['a.example', '--resolver']],
    [['a.example', '--json=yes']],
    [['a.example', '--resolver', 'http://resolver.example/']],
    [['a.example', '--resolver', 'resolver.example']],
    [['a.example', '--resolver', '']],
    [['a.example', '--log-list', 'http://lists.example/']],
    [['a.example', '--log-list', 'ftp://lists.example/']],
    [['a.example', '--address', 'b.example']],
    [['a.example', '--address', '192.0.2.256']],
    [['a.example', '--address', 'fe80::1%eth0']],
    [['a.example', '--address', '']],
    [['a.example', '--now', 'now']],
    [['a.example', '--now', '']],
    [['a.example', '--ihle-type', '0']],
    [['a.example', '--ihle-type', '65536']],
    [['a.example', '--ihle-type', 'x']],
    [['a.example', '--ihle-type', '16']],
    [['a.example', '--ihle-type', '1e3']],
    [['a.example', '--ihle-type', '']],
    [['a.example', '--ihle-type', '065400']],
    [['a.example', '--ihle-type', '65400', '--ihle-type', '5']],
  ])('%j is misuse, told in one line', (words) => {
    const parsed = parseArguments(words);
    expect(parsed).toMatchObject({ ok: false });
    expect(parsed.ok ? '' : parsed.sentence).toMatch(/^[^\n]+\.$/);
  });
});

describe('help and version', () => {
  test.each([[['--help']], [['a.example', '--json', '--help']], [['--version', '--help']]])(
    '%j asks for help',
    (words) => {
      expect(parseCommand(words)).toEqual({ ok: true, value: { command: 'help' } });
    },
  );

  test('the version is told without a host', () => {
    expect(parseCommand(['--version'])).toEqual({ ok: true, value: { command: 'version' } });
  });

  test.each([[['--help', '--xml']], [['--help=yes']], [['--version=1']]])('%j is misuse all the same', (words) => {
    expect(parseCommand(words)).toMatchObject({ ok: false });
  });

  const named = (text: string): readonly string[] => [...text.matchAll(/--([\w-]+)/g)].map(([, name = '']) => name);
  const names: readonly string[] = Object.keys(OPTIONS);

  test('the help has one line for each option, and the usage names each', () => {
    const lines = describeUsage()
      .split('\n')
      .filter((line) => line.startsWith('  --'));
    expect(lines.map((line) => named(line)[0])).toEqual(names);
    for (const line of lines) expect(line).toMatch(/^ {2}--\S+( \S+)? {2,}\S.+[^.]$/);
    expect(named(USAGE)).toEqual(names);
  });

  test('the document tells of every option, and of no other', () => {
    const [, section = ''] = readFileSync('docs/REPORT.md', 'utf8').split('## Command line\n');
    const [own = ''] = section.split('\n## ');
    const rows = own.split('\n').filter((line) => line.startsWith('| `--'));
    expect(rows.map((row) => named(row)[0])).toEqual(names);
  });
});

describe('times', () => {
  test.each([
    ['2026-06-17T00:10:00Z', Date.UTC(2026, 5, 17, 0, 10)],
    ['2026-06-17T02:10:00+02:00', Date.UTC(2026, 5, 17, 0, 10)],
    ['2026-06-16T18:40:00.250-05:30', Date.UTC(2026, 5, 17, 0, 10, 0, 250)],
    ['2026-06-17T00:10Z', Date.UTC(2026, 5, 17, 0, 10)],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['2026-06-17T02:10:00+0200', Date.UTC(2026, 5, 17, 0, 10)],
  ])('%s', (text, ms) => {
    expect(parseTime(text)).toBe(ms);
  });

  test.each([
    '2026-06-17',
    '2026-06-17T00:10:00',
    '2026-02-30T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-06-31T00:00:00Z',
    '2026-06-17T24:00:00Z',
    '2026-06-17T00:60:00Z',
    '2026-06-17T00:00:60Z',
    '2026-06-17T00:00:00+24:00',
    '2026-06-17T00:00:00+01:60',
    '2026-06-17 00:00:00Z',
    '17 June 2026',
    '1781655000',
    ' 2026-06-17T00:10:00Z',
    '2026-06-17T00:10:00Z\n',
  ])('%j is none', (text) => {
    expect(parseTime(text)).toBeNull();
  });

  test('every instant is read back as it was written', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }), (date) => {
        expect(parseTime(date.toISOString())).toBe(date.getTime());
      }),
    );
  });
});

test.each([
  ['FAẞ.de', 'xn--fa-hia.de'],
  ['faß.de', 'xn--fa-hia.de'],
  ['BÜCHER.example', 'xn--bcher-kva.example'],
  ['relief。example', 'relief.example'],
  ['RELIEF.example', 'relief.example'],
])('%s is asked about as %s', (word, host) => {
  expect(parseArguments([word])).toMatchObject({ ok: true, value: { hosts: [host] } });
});
