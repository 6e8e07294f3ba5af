// Problem codes with their severity, and the values that stages which may fail return.

/**
 * How loud a problem is: an `error` costs something its standing, a `warning` hints at a fault, `advice` and `info`
 * change nothing.
 */
export type Severity = 'error' | 'warning' | 'advice' | 'info';

/**
 * Every problem code, and how loud it is; where its rule stands is told by `problem-sources.ts`.
 * The sentence a person reads stands in `_locales` under `problem_` and the code with `_` for `-`.
 */
export const PROBLEMS = {
  // The look-up as a whole
  'host-not-checkable': 'info',
  'address-not-public': 'info',
  'permission-missing': 'error',
  'report-shortened': 'info',
  'internal-error': 'error',
  'emblems-omitted': 'info',
  'problems-omitted': 'info',
  'parts-omitted': 'info',
  'time-exhausted': 'error',
  'dns-unreachable': 'error',
  'dns-http-status': 'error',
  'dns-media-type': 'error',
  'dns-too-large': 'error',
  'dns-malformed': 'error',
  'dns-mismatch': 'error',
  'dns-not-answered': 'error',
  'dns-not-asked': 'error',
  'dns-truncated': 'error',
  'dns-rcode': 'error',
  'dns-filtered': 'error',
  'dns-name-not-found': 'error',
  'dns-type-unsupported': 'info',
  'dns-authenticated': 'info',
  'page-not-authenticated': 'warning',

  // Records
  'too-many-records': 'warning',
  'record-malformed': 'warning',
  'record-not-token': 'warning',
  'record-type-mismatch': 'error',
  'record-form-superseded': 'advice',
  'no-emblem': 'error',

  // A token's form
  'token-too-large': 'error',
  'token-malformed': 'error',
  'token-too-deep': 'error',
  'token-duplicate-member': 'error',
  'token-critical-header': 'error',
  'header-unprotected': 'error',
  'header-type': 'error',
  'payload-missing': 'error',
  'envelope-untagged': 'advice',
  'token-ambiguous': 'error',
  'token-unsecured': 'error',
  'algorithm-refused': 'error',
  'algorithm-unsupported': 'warning',
  'algorithm-mismatch': 'error',

  // Keys
  'key-malformed': 'error',
  'key-private': 'error',
  'key-unsound': 'error',
  'key-reference-missing': 'error',
  'key-not-found': 'error',
  'kid-inside-key': 'advice',
  'key-identifier-short': 'advice',
  'key-coordinate-short': 'advice',
  'signature-wrong': 'error',

  // Claims
  'version-unsupported': 'error',
  'time-malformed': 'error',
  'token-expired': 'error',
  'token-not-yet-valid': 'error',
  'token-expires-soon': 'advice',
  'clock-suspect': 'advice',
  'organisation-malformed': 'error',
  'claim-forbidden': 'error',
  'claim-label': 'error',
  'claim-not-used': 'info',
  'claim-missing-emb': 'advice',
  'claim-missing-end': 'advice',
  'constraints-malformed': 'error',
  'purpose-unknown': 'error',
  'channel-unknown': 'error',
  'channel-not-permitted': 'error',
  'window-malformed': 'error',
  'end-malformed': 'error',
  'endorsed-key-malformed': 'error',
  'assets-malformed': 'error',
  'asset-malformed': 'error',
  'asset-address-refused': 'error',
  'asset-not-public': 'info',
  'asset-host-bits': 'error',
  'log-entry-refused': 'error',
  'log-places-differ': 'error',

  // The line of endorsements
  'emblem-conflict': 'error',
  'endorsement-unrelated': 'advice',
  'chain-branched': 'error',
  'chain-cyclic': 'error',
  'endorsing-not-permitted': 'error',
  'constraint-purpose': 'error',
  'constraint-channel': 'error',
  'constraint-asset': 'error',
  'constraint-window': 'error',
  'organisation-not-endorsed': 'error',
  'commitment-missing': 'error',
  'commitment-failed': 'error',
  'commitment-undetermined': 'warning',
  'commitment-trusted-instead': 'info',
  'endorser-not-shown': 'info',
  'endorser-same-domain': 'advice',

  // Which site is marked
  'host-not-covered': 'info',
  'asset-too-broad': 'warning',
  'asset-not-issuers': 'warning',
  'via-alias': 'warning',

  // Key commitments
  'log-claim-malformed': 'error',
  'log-entry-malformed': 'warning',
  'log-entries-ignored': 'warning',
  'log-budget-exhausted': 'warning',
  'too-many-checks': 'warning',
  'log-list-unavailable': 'warning',
  'log-list-malformed': 'warning',
  'log-unknown': 'warning',
  'log-not-accepted': 'warning',
  'log-entry-too-late': 'warning',
  'log-kind-mismatch': 'warning',
  'log-unreachable': 'warning',
  'log-answer-malformed': 'warning',
  'log-answer-too-large': 'warning',
  'log-tree-head-unproven': 'warning',
  'log-entry-not-merged': 'warning',
  'log-hash-refuted': 'error',
  'log-index-refuted': 'error',
  'log-inclusion-unproven': 'warning',
  'log-leaf-mismatch': 'warning',
  'log-leaf-malformed': 'warning',
  'log-checkpoint-malformed': 'warning',
  'log-checkpoint-unproven': 'warning',
  'log-tile-malformed': 'warning',
  'log-index-mismatch': 'warning',
  'certificate-malformed': 'error',
  'certificate-authority': 'error',
  'certificate-not-server': 'error',
  'certificate-names-missing': 'error',
  'certificate-times-malformed': 'advice',
  'organisation-too-broad': 'error',
  'commitment-without-domain': 'warning',
  'commitment-old': 'advice',
  'commitment-single-log': 'advice',
} as const satisfies Record<string, Severity>;

export type ProblemCode = keyof typeof PROBLEMS;

/**
 * An expected failure as a value: what is wrong, and a short technical particular (a name, a number), never a sentence.
 */
export interface Problem {
  readonly code: ProblemCode;
  readonly detail: string | null;
}

/** Longest particular: it may be a stranger's words, and a report tells of many. */
const LONGEST_DETAIL = 300;

/** The text up to a length, with `…` where something was cut off; never half a character. */
export const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')}…`;

/** Makes a problem; `detail` is what in particular was wrong, in machine words, and cut here. */
export const problem = (code: ProblemCode, detail: string | null = null): Problem => ({
  code,
  detail: detail === null ? null : cut(detail, LONGEST_DETAIL),
});

/** A value nobody has checked yet, told in few words: hostile ones cannot be turned into text safely. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, 300);
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'
    ? String(value)
    : typeof value;
}

/** The value of a stage that may fail, or what is wrong: one or the other, never both. */
export type Result<T, E = Problem> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: E };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const fail = (code: ProblemCode, detail: string | null = null): Result<never> => ({
  ok: false,
  problem: problem(code, detail),
});
