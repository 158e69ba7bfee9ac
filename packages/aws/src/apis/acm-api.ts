import type { Send } from './send.js';

/**
 * A certificate as a list of ACM has it, as far as it is read.
 * @see https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateSummary.html
 */
export interface CertificateOutput {
  readonly CertificateArn?: string | undefined;
  readonly DomainName?: string | undefined;
  readonly SubjectAlternativeNameSummaries?: readonly string[] | undefined;
  readonly HasAdditionalSubjectAlternativeNames?: boolean | undefined;
  readonly Status?: string | undefined;
  readonly NotAfter?: Date | undefined;
  readonly Type?: string | undefined;
}

/** The kinds of keys that certificates have; unless they are named, a list holds those with small RSA keys only. */
export const KEY_TYPES = [
  'RSA_1024',
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'EC_prime256v1',
  'EC_secp384r1',
  'EC_secp521r1',
] as const;

/** The part of AWS Certificate Manager that is used here. The SDK's `ACM` satisfies it. */
export interface AcmApi {
  readonly listCertificates: Send<
    { Includes: { keyTypes: (typeof KEY_TYPES)[number][] }; MaxItems?: number; NextToken?: string },
    {
      readonly CertificateSummaryList?: readonly CertificateOutput[] | undefined;
      readonly NextToken?: string | undefined;
    }
  >;
}
