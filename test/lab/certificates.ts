// Which web certificates does the lab's certification authority issue? Certificates with chosen names, and their
// TBSCertificate.

import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { fromBER, Sequence } from 'asn1js';
import type { Bytes } from './wire.ts';

const P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

export interface CertificateOptions {
  readonly names: readonly string[];
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly until: number;
  /** Basic constraints say CA. */
  readonly authority?: boolean;
  /**
   * Object identifiers of the extended key usage; server authentication unless said otherwise, empty for no such
   * extension.
   */
  readonly usages?: readonly string[];
}

export interface LabCertificate {
  readonly der: Bytes;
  /** The signed part, as a precertificate entry carries it. */
  readonly tbs: Bytes;
  readonly pem: string;
  readonly keys: CryptoKeyPair;
}

/** Object identifiers of extended key usages. */
export const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';
export const CLIENT_AUTHENTICATION = '1.3.6.1.5.5.7.3.2';

function tbsOf(certificate: X509Certificate): Bytes {
  const { result } = fromBER(certificate.rawData);
  const first = result instanceof Sequence ? result.valueBlock.value[0] : undefined;
  if (first === undefined) throw new TypeError('no certificate');
  return new Uint8Array(first.valueBeforeDecodeView);
}

/** Makes a self-signed web certificate; logs do not care who signed. */
export async function makeCertificate(options: CertificateOptions): Promise<LabCertificate> {
  const keys = await crypto.subtle.generateKey(P256, true, ['sign', 'verify']);
  const usages = options.usages ?? [SERVER_AUTHENTICATION];
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Lab',
    keys,
    signingAlgorithm: P256,
    notBefore: new Date(options.from),
    notAfter: new Date(options.until),
    serialNumber: '01',
    extensions: [
      new SubjectAlternativeNameExtension(options.names.map((value) => ({ type: 'dns' as const, value }))),
      new BasicConstraintsExtension(options.authority ?? false),
      ...(usages.length > 0 ? [new ExtendedKeyUsageExtension([...usages])] : []),
    ],
  });
  return { der: new Uint8Array(certificate.rawData), tbs: tbsOf(certificate), pem: certificate.toString('pem'), keys };
}
