// Options of the command line in one table, for reading them, for the usage line, and for the help.

/** How `parseArgs` reads an option, what stands for its value, and one line that says what it does. */
interface Option {
  readonly type: 'boolean' | 'string';
  readonly multiple?: boolean;
  /** What stands for the value; null where there is none. */
  readonly value: string | null;
  readonly help: string;
}

export const OPTIONS = {
  json: { type: 'boolean', value: null, help: 'print an array of reports (docs/REPORT.md), one per host' },
  advice: { type: 'boolean', value: null, help: 'list what an issuer should change, and how' },
  records: {
    type: 'string',
    value: 'FILE',
    help: 'take the records from a zone file, JSON of zdns or massdns, or a list of TXT values; ask no resolver',
  },
  resolver: { type: 'string', value: 'URL', help: 'ask this DNS-over-HTTPS resolver' },
  'log-list': {
    type: 'string',
    multiple: true,
    value: 'URL|FILE|none',
    help: 'know the logs of this list, or none; repeatable',
  },
  address: { type: 'string', value: 'IP', help: 'the address you are connected to' },
  now: { type: 'string', value: 'TIME', help: 'judge as of this time: ISO 8601 with zone' },
  'trusted-key': {
    type: 'string',
    multiple: true,
    value: 'FILE[=OI]',
    help: 'trust this key (JWK, PEM, hexadecimal COSE_Key) for an organisation; repeatable',
  },
  'trusted-keys': {
    type: 'string',
    multiple: true,
    value: 'FILE',
    help: 'trust the keys of this export of the extension; repeatable',
  },
  'ihle-type': {
    type: 'string',
    multiple: true,
    value: 'N',
    help: 'number of the IHLE record type, instead of the usual one; repeatable',
  },
  help: { type: 'boolean', value: null, help: 'print this help' },
  version: { type: 'boolean', value: null, help: 'print the version' },
} as const satisfies Readonly<Record<string, Option>>;

const entries: readonly (readonly [string, Option])[] = Object.entries(OPTIONS);

const written = (name: string, { value }: Option): string => `--${name}${value === null ? '' : ` ${value}`}`;

export const USAGE = `usage: check HOST... ${entries
  .map(([name, option]) => `[${written(name, option)}]${option.multiple === true ? '...' : ''}`)
  .join(' ')}`;

/** What `--help` prints: every option in one line. */
export function describeUsage(): string {
  const width = Math.max(...entries.map(([name, option]) => written(name, option).length));
  return [
    'usage: check HOST... [options]',
    '',
    'Checks whether hosts bear a digital emblem, and who stands behind it.',
    '',
    ...entries.map(([name, option]) => `  ${written(name, option).padEnd(width)}  ${option.help}`),
    '',
    'Exit status: 0 every check ran, 2 wrong usage, 3 at least one answer is unknown.',
  ].join('\n');
}
