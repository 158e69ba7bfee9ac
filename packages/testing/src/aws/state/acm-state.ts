import type { CertificateStatus, KeyAlgorithm, ValidationMethod } from '@aws-sdk/client-acm';

/** Certificate Manager in one region. */
export interface AcmState {
  /** By ARN. */
  readonly certificates: Map<string, CertificateRow>;
}

export interface CertificateRow {
  readonly arn: string;
  readonly type: 'AMAZON_ISSUED' | 'IMPORTED';
  readonly domainName: string;
  /** The domain name is among them. */
  readonly subjectAlternativeNames: string[];
  readonly createdAt: Date;
  readonly keyAlgorithm: KeyAlgorithm;
  readonly idempotencyToken: string | undefined;
  readonly validationMethod: ValidationMethod | undefined;
  /** For validation by e-mail: the domain that is asked, by domain name. */
  readonly validationDomains: Record<string, string>;
  readonly certificateAuthorityArn: string | undefined;
  status: CertificateStatus;
  issuedAt: Date | undefined;
  importedAt: Date | undefined;
  notBefore: Date | undefined;
  notAfter: Date | undefined;
  serial: string | undefined;
  subject: string | undefined;
  issuer: string | undefined;
  signatureAlgorithm: string | undefined;
  /** PEM of an imported certificate and its chain; Amazon's own are not made up. */
  certificatePem: string | undefined;
  chainPem: string | undefined;
  transparencyLogging: 'ENABLED' | 'DISABLED';
  exportable: 'ENABLED' | 'DISABLED';
  tags: Record<string, string>;
}
