// Defaults: record types of the October drafts, the resolver, and the log lists.

/**
 * Until IANA assigns one: the private-use number of the reference implementation and of the one public deployment [D6].
 * Not the earlier 65400: a common resolver answers SERVFAIL to it for every name.
 */
export const IHLE_TYPES: readonly number[] = [65_297];

/** Record types that say something else than an IHLE record: CNAME, SOA, TXT, OPT. */
const OTHER_TYPES: ReadonlySet<number> = new Set([5, 6, 16, 41]);

/**
 * Whether a value is the number of a record type that could hold emblems: 1 to 65,535, none of those we read otherwise.
 */
export const isIhleType = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 0xffff && !OTHER_TYPES.has(value);

/** The number of a record type from its decimal digits, without leading zeros; null for anything else. */
export const parseIhleType = (text: string): number | null =>
  /^[1-9]\d{0,4}$/.test(text) && isIhleType(Number(text)) ? Number(text) : null;

/** The DNS-over-HTTPS resolver [D9]. */
export const RESOLVER = 'https://dns.quad9.net/dns-query';

/** The log lists that browser vendors publish [C2]. */
export const LOG_LISTS: readonly string[] = [
  'https://www.gstatic.com/ct/log_list/v3/all_logs_list.json',
  'https://valid.apple.com/ct/log_list/current_log_list.json',
];
