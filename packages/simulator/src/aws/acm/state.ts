import type { CertificateStatus, KeyAlgorithm, ValidationMethod } from '@aws-sdk/client-acm';

/** Certificate Manager in one region. */
export interface AcmState {
  /** By ARN. */
  readonly certificates: Map<string, CertificateRow>;
}

export interface CertificateRow {
  readonly arn: string;
  readonly type: 'AMAZON_ISSUED' | 'IMPORTED' | 'PRIVATE';
  readonly domainName: string;
  /** The domain name is among them. */
  readonly subjectAlternativeNames: string[];
  readonly createdAt: Date;
  readonly keyAlgorithm: KeyAlgorithm;
  readonly request: CertificateRequestRow | undefined;
  status: CertificateStatus;
  issuedAt: Date | undefined;
  readonly importedAt: Date | undefined;
  content: CertificateContentRow | undefined;
  transparencyLogging: 'ENABLED' | 'DISABLED';
  exportOption: 'ENABLED' | 'DISABLED';
  tags: Record<string, string>;
}

/** The request for a certificate that Amazon issues. */
export interface CertificateRequestRow {
  readonly idempotencyToken: string | undefined;
  readonly validationMethod: ValidationMethod;
  /** For validation by e-mail: the domain that is asked, by domain name. */
  readonly validationDomains: Record<string, string>;
}

/** The content of the certificate itself. */
export interface CertificateContentRow {
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** `0b:93:…` */
  readonly serial: string;
  readonly subject: string;
  readonly issuer: string;
  readonly signatureAlgorithm: string;
}
