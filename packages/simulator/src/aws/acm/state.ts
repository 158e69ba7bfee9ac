import type { CertificateDetail, ValidationMethod } from '@aws-sdk/client-acm';
import type { Shown } from '../state/given.js';

/** Certificate Manager in one region. */
export const newState = () => ({
  /** By ARN. */
  certificates: new Map<string, CertificateRow>(),
});

export type AcmState = Readonly<ReturnType<typeof newState>>;

export interface CertificateRow {
  /**
   * What the service shows, without what follows from the request and the users. It is replaced, never changed in place, so that
   * an answer stays what it was. A certificate that is not issued yet has no validity.
   */
  fields: Shown<
    CertificateDetail,
    'CertificateArn' | 'DomainName' | 'SubjectAlternativeNames' | 'CreatedAt' | 'KeyAlgorithm' | 'Status' | 'Type'
  >;
  readonly request: CertificateRequestRow | undefined;
  tags: Record<string, string>;
}

/** The request for a certificate that Amazon issues. */
export interface CertificateRequestRow {
  readonly idempotencyToken: string | undefined;
  readonly validationMethod: ValidationMethod;
  /** For validation by e-mail: the domain that is asked, by domain name. */
  readonly validationDomains: Record<string, string>;
}
