// Binding of a key to an organisation: the names that the logged certificate must carry.

import { encodeBase64 } from '../codec/base64.ts';
import { problem, type Problem } from '../problem.ts';
import { type Certificate, readCertificate, readTbsCertificate } from './certificate.ts';
import type { Leaf } from './log-entry.ts';
import type { EntryOutcome, InclusionProof } from './log.ts';
import type { TreeHead } from './tree-head.ts';

/** What an entry is to prove: that the key `kids` identify is a root key of the organisation at `domain`. */
export interface KeyBinding {
  /** Computed identifiers of the key, the sound one first: 52 characters each. */
  readonly kids: readonly string[];
  /** Of the organisation identifier, lower case. */
  readonly domain: string;
  /** Whether anybody may register names below the domain: then the certificate must name the domain itself. */
  readonly isPublicSuffix: boolean;
}

const LABEL = 'adem-configuration';

/** The name by which a certificate commits an organisation to the key of this identifier. */
const nameOfKey = (kid: string | undefined, domain: string): string => `${kid ?? ''}.${LABEL}.${domain}`;

function faults(certificate: Certificate, { kids, domain, isPublicSuffix }: KeyBinding): readonly Problem[] {
  const names = new Set(certificate.names);
  const found: Problem[] = [];
  if (certificate.isAuthority) found.push(problem('certificate-authority'));
  if (!certificate.isForServers) found.push(problem('certificate-not-server'));
  // Names are compared whole, so a wildcard stands for nothing but itself.
  if (!kids.some((kid) => names.has(nameOfKey(kid, domain))))
    found.push(problem('certificate-names-missing', nameOfKey(kids[0], domain)));
  if (!names.has(domain) && !names.has(`${LABEL}.${domain}`)) found.push(problem('certificate-names-missing', domain));
  // Under the label alone, whoever can register that name could speak for the suffix.
  else if (isPublicSuffix && !names.has(domain)) found.push(problem('organisation-too-broad', domain));
  return found;
}

/** A proof of inclusion that was verified, as plain data. `path` is nearest to the leaf first. */
export const describeInclusion = (
  head: TreeHead,
  leaf: Leaf,
  index: number,
  leafHash: Uint8Array,
  path: readonly Uint8Array[],
): InclusionProof => ({
  treeSize: head.size,
  treeHeadAt: head.timestamp,
  rootHash: encodeBase64(head.root),
  index,
  loggedAt: leaf.timestamp,
  leafHash: encodeBase64(leafHash),
  path: path.map((hash) => encodeBase64(hash)),
});

/**
 * Judges the certificate of an entry that was proven to be in its log [C6].
 * @returns `holds`, or `misses` with every reason.
 */
export function judgeCertificate(leaf: Leaf, binding: KeyBinding, inclusion: InclusionProof): EntryOutcome {
  const certificate = leaf.form === 'tbs' ? readTbsCertificate(leaf.certificate) : readCertificate(leaf.certificate);
  if (certificate === null) {
    const proven = { names: [], inclusion, notBefore: null, notAfter: null };
    return { outcome: 'misses', proven, problems: [problem('certificate-malformed')] };
  }
  const { names, notBefore, notAfter } = certificate;
  const proven = { names, inclusion, notBefore, notAfter };
  const wanted: KeyBinding = { ...binding, domain: binding.domain.toLowerCase() };
  const problems = faults(certificate, wanted);
  if (problems.length > 0) return { outcome: 'misses', proven, problems };
  const notes = [
    ...(names.includes(wanted.domain) ? [] : [problem('commitment-without-domain', wanted.domain)]),
    ...(names.includes(nameOfKey(wanted.kids[0], wanted.domain)) ? [] : [problem('key-identifier-short')]),
    ...(notBefore === null || notAfter === null ? [problem('certificate-times-malformed')] : []),
  ];
  return { outcome: 'holds', proven, problems: notes };
}
