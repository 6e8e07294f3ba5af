// What can be wrong? Every problem code, how loud it is, and the rule it comes from.

/** How loud a problem is: an `error` costs something its standing, a `warning` hints at a fault, `advice` and `info` change nothing. */
export type Severity = 'error' | 'warning' | 'advice' | 'info';

/**
 * Every problem code, how loud it is, and behind it the document and section its rule stands in (docs/CONFORMANCE.md).
 * The sentence a person reads stands in `_locales` under `problem_` and the code with `_` for `-`.
 */
export const PROBLEMS = {
  // The look-up as a whole
  'host-not-checkable': 'info', // dns How to ask
  'address-not-public': 'info', // dns How to ask
  'permission-missing': 'error', // conduct Undetectable checking
  'report-shortened': 'info', // report Problems
  'internal-error': 'error', // report Problems
  'emblems-omitted': 'info', // report Size
  'problems-omitted': 'info', // report Size
  'parts-omitted': 'info', // report Size
  'time-exhausted': 'error', // commitments Bounds
  'dns-unreachable': 'error', // dns How to ask
  'dns-http-status': 'error', // dns How to ask
  'dns-media-type': 'error', // dns How to ask
  'dns-too-large': 'error', // dns How to ask
  'dns-malformed': 'error', // dns How to ask
  'dns-mismatch': 'error', // dns How to ask
  'dns-not-answered': 'error', // dns How to ask
  'dns-not-asked': 'error', // conduct Undetectable checking
  'dns-truncated': 'error', // dns How to ask
  'dns-rcode': 'error', // dns How to ask
  'dns-filtered': 'error', // dns How to ask
  'dns-name-not-found': 'error', // dns How to ask
  'dns-type-unsupported': 'info', // dns How to ask
  'dns-authenticated': 'info', // dns How to ask
  'page-not-authenticated': 'warning', // validation What the user is told

  // Records
  'too-many-records': 'warning', // dns TXT records
  'record-malformed': 'warning', // dns TXT records
  'record-not-token': 'warning', // dns TXT records
  'record-type-mismatch': 'error', // dns TXT records
  'record-form-superseded': 'advice', // dns TXT records
  'no-emblem': 'error', // dns TXT records

  // A token's form
  'token-too-large': 'error', // core Tokens
  'token-malformed': 'error', // core Tokens
  'token-too-deep': 'error', // core Tokens
  'token-duplicate-member': 'error', // RFC 7515 section 4
  'token-critical-header': 'error', // RFC 7515 section 4.1.11
  'header-unprotected': 'error', // core Envelope
  'header-type': 'error', // core Envelope
  'payload-missing': 'error', // core Envelope
  'envelope-untagged': 'info', // core Envelope
  'token-ambiguous': 'error', // core Claims
  'token-unsecured': 'error', // core Header
  'algorithm-refused': 'error', // core Header
  'algorithm-unsupported': 'warning', // validation 2
  'algorithm-mismatch': 'error', // core Keys

  // Keys
  'key-malformed': 'error', // core Keys
  'key-private': 'error', // core Keys
  'key-unsound': 'error', // core Keys
  'key-reference-missing': 'error', // core Header
  'key-not-found': 'error', // validation 2
  'kid-inside-key': 'advice', // core Keys
  'key-identifier-short': 'advice', // core Keys
  'key-coordinate-short': 'advice', // core Keys
  'signature-wrong': 'error', // validation 2

  // Claims
  'version-unsupported': 'error', // core Claims
  'time-malformed': 'error', // core Claims
  'token-expired': 'error', // core Claims
  'token-not-yet-valid': 'error', // core Claims
  'clock-suspect': 'advice', // core Claims
  'organisation-malformed': 'error', // core Claims
  'claim-forbidden': 'error', // core Emblem claims
  'claim-label': 'error', // core Claims
  'claim-not-used': 'info', // core Endorsement claims
  'claim-missing-emb': 'advice', // core Emblem claims
  'claim-missing-end': 'advice', // core Endorsement claims
  'constraints-malformed': 'error', // core Emblem claims
  'purpose-unknown': 'error', // core Emblem claims
  'channel-unknown': 'error', // core Emblem claims
  'channel-not-permitted': 'error', // core Emblem claims
  'window-malformed': 'error', // core Endorsement claims
  'end-malformed': 'error', // core Endorsement claims
  'endorsed-key-malformed': 'error', // core Endorsement claims
  'assets-malformed': 'error', // core Emblem claims
  'asset-malformed': 'error', // core Asset identifiers
  'asset-address-refused': 'error', // core Asset identifiers
  'asset-not-public': 'info', // core Asset identifiers
  'asset-host-bits': 'error', // core Asset identifiers
  'log-entry-refused': 'error', // core Claims
  'log-places-differ': 'error', // core Claims

  // The line of endorsements
  'emblem-conflict': 'error', // dns The IHLE record type
  'endorsement-unrelated': 'info', // validation 4
  'chain-branched': 'error', // validation 4
  'chain-cyclic': 'error', // validation 4
  'endorsing-not-permitted': 'error', // validation 4
  'constraint-purpose': 'error', // core Endorsement claims
  'constraint-channel': 'error', // core Endorsement claims
  'constraint-asset': 'error', // core Endorsement claims
  'constraint-window': 'error', // core Endorsement claims
  'organisation-not-endorsed': 'error', // validation 6
  'commitment-missing': 'error', // validation 6
  'commitment-failed': 'error', // validation 6
  'commitment-undetermined': 'warning', // validation 6
  'commitment-trusted-instead': 'info', // validation 6
  'endorser-not-shown': 'info', // validation 7
  'endorser-same-domain': 'advice', // validation 10

  // Which site is marked
  'host-not-covered': 'info', // validation 9
  'asset-too-broad': 'warning', // core Asset identifiers
  'asset-not-issuers': 'warning', // validation 9
  'via-alias': 'warning', // dns How to ask

  // Key commitments
  'log-claim-malformed': 'error', // core Endorsement claims
  'log-entry-malformed': 'warning', // core Endorsement claims
  'log-entries-ignored': 'warning', // commitments Budget
  'log-budget-exhausted': 'warning', // commitments Budget
  'too-many-checks': 'warning', // commitments Budget
  'log-list-unavailable': 'warning', // commitments 1
  'log-list-malformed': 'warning', // commitments 1
  'log-unknown': 'warning', // commitments 1
  'log-not-accepted': 'warning', // commitments 1
  'log-entry-too-late': 'warning', // commitments 1
  'log-kind-mismatch': 'warning', // commitments 1
  'log-unreachable': 'warning', // commitments Outcome
  'log-answer-malformed': 'warning', // commitments Outcome
  'log-answer-too-large': 'warning', // commitments Bounds
  'log-tree-head-unproven': 'warning', // commitments 2
  'log-entry-not-merged': 'warning', // commitments Outcome
  'log-hash-refuted': 'error', // commitments Outcome
  'log-index-refuted': 'error', // commitments Outcome
  'log-inclusion-unproven': 'warning', // commitments 2
  'log-leaf-mismatch': 'warning', // commitments 2
  'log-leaf-malformed': 'warning', // commitments 2
  'log-checkpoint-malformed': 'warning', // commitments 3
  'log-checkpoint-unproven': 'warning', // commitments 3
  'log-tile-malformed': 'warning', // commitments 3
  'log-index-mismatch': 'warning', // commitments 3
  'certificate-malformed': 'error', // commitments 4
  'certificate-authority': 'error', // commitments 4
  'certificate-not-server': 'error', // commitments 4
  'certificate-names-missing': 'error', // commitments 4
  'certificate-times-malformed': 'advice', // commitments 4
  'organisation-too-broad': 'error', // commitments
  'commitment-without-domain': 'warning', // commitments
  'commitment-old': 'advice', // commitments 5
} as const satisfies Record<string, Severity>;

export type ProblemCode = keyof typeof PROBLEMS;

/** An expected failure as a value: what is wrong, and a short technical particular (a name, a number), never a sentence. */
export interface Problem {
  readonly code: ProblemCode;
  readonly detail: string | null;
}

/** Longest particular: it may be a stranger's words, and a report tells of many. */
const LONGEST_DETAIL = 300;

/** The text up to a length, with `…` where something was cut off; never half a character. */
export const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')}…`);

/** Makes a problem; `detail` is what in particular was wrong, in machine words, and cut here. */
export const problem = (code: ProblemCode, detail: string | null = null): Problem => ({ code, detail: detail === null ? null : cut(detail, LONGEST_DETAIL) });

/** A value nobody has checked yet, told in few words: hostile ones cannot be turned into text safely. */
export function brief(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, 300);
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : typeof value;
}

/** The value of a stage that may fail: one or the other, never both. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const fail = (code: ProblemCode, detail: string | null = null): Result<never> => ({ ok: false, problem: problem(code, detail) });
