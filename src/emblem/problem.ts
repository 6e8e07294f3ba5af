// What can be wrong? Every problem code, how loud it is, and the rule it comes from.

/** How loud a problem is: an `error` costs something its standing, a `warning` hints at a fault, `advice` and `info` change nothing. */
export type Severity = 'error' | 'warning' | 'advice' | 'info';

/** The documents the rules come from, as `docs/CONFORMANCE.md` names them. */
type Source = 'core' | 'dns' | 'validation' | 'commitments' | 'conduct' | 'report' | 'RFC';

interface Rule {
  readonly severity: Severity;
  /** Document and section the rule stands in. */
  readonly source: Source | `${Source} ${string}`;
}

const rule = (severity: Severity, source: Rule['source']): Rule => ({ severity, source });

/** Every problem code. The sentence a person reads stands in `_locales` under `problem_` and the code with `_` for `-`. */
export const PROBLEMS = {
  // The look-up as a whole
  'host-not-checkable': rule('info', 'dns How to ask'),
  'address-not-public': rule('info', 'dns How to ask'),
  'permission-missing': rule('error', 'conduct Undetectable checking'),
  'time-exhausted': rule('error', 'commitments Bounds'),
  'dns-unreachable': rule('error', 'dns How to ask'),
  'dns-http-status': rule('error', 'dns How to ask'),
  'dns-media-type': rule('error', 'dns How to ask'),
  'dns-too-large': rule('error', 'dns How to ask'),
  'dns-malformed': rule('error', 'dns How to ask'),
  'dns-mismatch': rule('error', 'dns How to ask'),
  'dns-truncated': rule('error', 'dns How to ask'),
  'dns-rcode': rule('error', 'dns How to ask'),
  'dns-filtered': rule('error', 'dns How to ask'),
  'dns-name-not-found': rule('error', 'dns How to ask'),
  'dns-type-unsupported': rule('info', 'dns How to ask'),
  'dns-authenticated': rule('info', 'dns How to ask'),
  'page-not-authenticated': rule('warning', 'validation What the user is told'),

  // Records
  'too-many-records': rule('warning', 'dns TXT records'),
  'record-malformed': rule('warning', 'dns TXT records'),
  'record-not-token': rule('warning', 'dns TXT records'),
  'record-type-mismatch': rule('error', 'dns TXT records'),
  'no-emblem': rule('error', 'dns TXT records'),

  // A token's form
  'token-too-large': rule('error', 'core Tokens'),
  'token-malformed': rule('error', 'core Tokens'),
  'token-too-deep': rule('error', 'core Tokens'),
  'token-duplicate-member': rule('error', 'RFC 7515 section 4'),
  'token-critical-header': rule('error', 'RFC 7515 section 4.1.11'),
  'header-unprotected': rule('error', 'core Envelope'),
  'header-type': rule('error', 'core Envelope'),
  'payload-missing': rule('error', 'core Envelope'),
  'envelope-untagged': rule('info', 'core Envelope'),
  'token-ambiguous': rule('error', 'core Claims'),
  'token-unsecured': rule('error', 'core Header'),
  'algorithm-refused': rule('error', 'core Header'),
  'algorithm-unsupported': rule('warning', 'validation 2'),
  'algorithm-mismatch': rule('error', 'core Keys'),

  // Keys
  'key-malformed': rule('error', 'core Keys'),
  'key-private': rule('error', 'core Keys'),
  'key-unsound': rule('error', 'core Keys'),
  'key-reference-missing': rule('error', 'core Header'),
  'key-not-found': rule('error', 'validation 2'),
  'signature-wrong': rule('error', 'validation 2'),

  // Claims
  'version-unsupported': rule('error', 'core Claims'),
  'time-malformed': rule('error', 'core Claims'),
  'token-expired': rule('error', 'core Claims'),
  'token-not-yet-valid': rule('error', 'core Claims'),
  'clock-suspect': rule('advice', 'core Claims'),
  'organisation-malformed': rule('error', 'core Claims'),
  'organisation-too-broad': rule('error', 'core Claims'),
  'claim-forbidden': rule('error', 'core Emblem claims'),
  'claim-label': rule('error', 'core Claims'),
  'claim-not-used': rule('info', 'core Endorsement claims'),
  'constraints-malformed': rule('error', 'core Emblem claims'),
  'purpose-unknown': rule('error', 'core Emblem claims'),
  'channel-unknown': rule('error', 'core Emblem claims'),
  'channel-not-permitted': rule('error', 'core Emblem claims'),
  'window-malformed': rule('error', 'core Endorsement claims'),
  'end-malformed': rule('error', 'core Endorsement claims'),
  'endorsed-key-malformed': rule('error', 'core Endorsement claims'),
  'assets-malformed': rule('error', 'core Emblem claims'),
  'asset-malformed': rule('error', 'core Asset identifiers'),
  'asset-not-public': rule('error', 'core Asset identifiers'),
  'asset-host-bits': rule('error', 'core Asset identifiers'),
  'log-entry-refused': rule('error', 'core Claims'),
  'log-places-differ': rule('error', 'core Claims'),

  // The line of endorsements
  'emblem-conflict': rule('error', 'dns The IHLE record type'),
  'endorsement-unrelated': rule('info', 'validation 4'),
  'chain-branched': rule('error', 'validation 4'),
  'chain-cyclic': rule('error', 'validation 4'),
  'endorsing-not-permitted': rule('error', 'validation 4'),
  'constraint-purpose': rule('error', 'core Endorsement claims'),
  'constraint-channel': rule('error', 'core Endorsement claims'),
  'constraint-asset': rule('error', 'core Endorsement claims'),
  'constraint-window': rule('error', 'core Endorsement claims'),
  'organisation-not-endorsed': rule('error', 'validation 6'),
  'commitment-missing': rule('error', 'validation 6'),
  'commitment-failed': rule('error', 'validation 6'),
  'commitment-undetermined': rule('warning', 'validation 6'),
  'commitment-trusted-instead': rule('info', 'validation 6'),
  'endorser-same-domain': rule('advice', 'validation 10'),

  // Which site is marked
  'host-not-covered': rule('info', 'validation 9'),
  'asset-too-broad': rule('warning', 'core Asset identifiers'),
  'asset-not-issuers': rule('warning', 'validation 9'),
  'via-alias': rule('warning', 'dns How to ask'),

  // Key commitments
  'log-claim-malformed': rule('error', 'core Endorsement claims'),
  'log-entry-malformed': rule('warning', 'core Endorsement claims'),
  'log-entries-ignored': rule('warning', 'commitments Budget'),
  'log-budget-exhausted': rule('warning', 'commitments Budget'),
  'log-list-unavailable': rule('warning', 'commitments 1'),
  'log-list-malformed': rule('warning', 'commitments 1'),
  'log-unknown': rule('warning', 'commitments 1'),
  'log-not-accepted': rule('warning', 'commitments 1'),
  'log-kind-mismatch': rule('warning', 'commitments 1'),
  'log-unreachable': rule('warning', 'commitments Outcome'),
  'log-answer-malformed': rule('warning', 'commitments Outcome'),
  'log-tree-head-unproven': rule('warning', 'commitments 2'),
  'log-hash-refuted': rule('error', 'commitments Outcome'),
  'log-index-refuted': rule('error', 'commitments Outcome'),
  'log-inclusion-unproven': rule('warning', 'commitments 2'),
  'log-leaf-mismatch': rule('warning', 'commitments 2'),
  'log-leaf-malformed': rule('warning', 'commitments 2'),
  'log-checkpoint-malformed': rule('warning', 'commitments 3'),
  'log-checkpoint-unproven': rule('warning', 'commitments 3'),
  'log-tile-malformed': rule('warning', 'commitments 3'),
  'log-index-mismatch': rule('warning', 'commitments 3'),
  'certificate-malformed': rule('error', 'commitments 4'),
  'certificate-authority': rule('error', 'commitments 4'),
  'certificate-not-server': rule('error', 'commitments 4'),
  'certificate-names-missing': rule('error', 'commitments 4'),
  'commitment-without-domain': rule('info', 'commitments'),
  'commitment-old': rule('advice', 'commitments 5'),
} as const satisfies Record<string, Rule>;

export type ProblemCode = keyof typeof PROBLEMS;

/** An expected failure as a value: what is wrong, and a short technical particular (a name, a number), never a sentence. */
export interface Problem {
  readonly code: ProblemCode;
  readonly detail: string | null;
}

/** Makes a problem; `detail` is what in particular was wrong, in machine words. */
export const problem = (code: ProblemCode, detail: string | null = null): Problem => ({ code, detail });

/** The value of a stage that may fail: one or the other, never both. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const fail = (code: ProblemCode, detail: string | null = null): Result<never> => ({ ok: false, problem: problem(code, detail) });
