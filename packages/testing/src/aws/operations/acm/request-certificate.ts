import type { RequestCertificateRequest, RequestCertificateResponse } from '@aws-sdk/client-acm';
import { invalid, limitExceeded } from '../../acm/errors.js';
import { newCertificateArn } from '../../acm/find.js';
import { ISSUE_MS } from '../../acm/issue.js';
import { DOMAIN, KEY_ALGORITHMS, OPTIONS, TAGS } from '../../acm/limits.js';
import { mergedTags } from '../../acm/tags.js';
import type { AwsCall } from '../../call.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import { ServiceError } from '../../service-error.js';
import type { CertificateRow } from '../../state/acm-state.js';

/** Asks for a certificate: PENDING_VALIDATION, then ISSUED some minutes later. The same token within an hour answers the same. */
export const requestCertificate = operation<Given<RequestCertificateRequest>, RequestCertificateResponse>({
  service: 'acm',
  name: 'RequestCertificate',
  kind: 'write',
  limits: {
    DomainName: DOMAIN,
    ValidationMethod: { values: ['EMAIL', 'DNS', 'HTTP'] },
    SubjectAlternativeNames: { length: [1, 100] },
    'SubjectAlternativeNames[]': DOMAIN,
    IdempotencyToken: { length: [1, 32], pattern: /^\w+$/ },
    DomainValidationOptions: { length: [1, 100] },
    'DomainValidationOptions[].DomainName': DOMAIN,
    'DomainValidationOptions[].ValidationDomain': DOMAIN,
    KeyAlgorithm: { values: KEY_ALGORITHMS },
    ManagedBy: { values: ['CLOUDFRONT'] },
    ...OPTIONS,
    ...TAGS,
  },
  run: (call, input) => {
    const names = [...new Set([input.DomainName, ...(input.SubjectAlternativeNames ?? [])])];
    const earlier = sameRequest(call, input, names);
    if (earlier !== undefined) return { CertificateArn: earlier.arn };
    check(call, input, names);
    const arn = newCertificateArn(call);
    call.state.acm.certificates.set(arn, {
      arn,
      type: 'AMAZON_ISSUED',
      domainName: input.DomainName,
      subjectAlternativeNames: names,
      createdAt: new Date(call.now),
      keyAlgorithm: input.KeyAlgorithm ?? 'RSA_2048',
      request: {
        idempotencyToken: input.IdempotencyToken,
        validationMethod: input.ValidationMethod ?? 'EMAIL',
        validationDomains: Object.fromEntries(
          (input.DomainValidationOptions ?? []).map(({ DomainName, ValidationDomain }) => [
            DomainName,
            ValidationDomain,
          ]),
        ),
      },
      status: 'PENDING_VALIDATION',
      issuedAt: undefined,
      importedAt: undefined,
      content: undefined,
      transparencyLogging: input.Options?.CertificateTransparencyLoggingPreference ?? 'ENABLED',
      exportOption: input.Options?.Export ?? 'DISABLED',
      tags: mergedTags({}, input.Tags),
    });
    call.after(ISSUE_MS, 'acm.issue', { arn });
    return { CertificateArn: arn };
  },
});

/** @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html (IdempotencyToken) */
const TOKEN_LIFE_MS = 3_600_000;

function sameRequest(
  call: AwsCall,
  { IdempotencyToken: token }: Given<RequestCertificateRequest>,
  names: readonly string[],
): CertificateRow | undefined {
  if (token === undefined) return undefined;
  return [...call.state.acm.certificates.values()].find(
    (row) =>
      row.request?.idempotencyToken === token &&
      call.now - row.createdAt.getTime() < TOKEN_LIFE_MS &&
      row.subjectAlternativeNames.join() === names.join(),
  );
}

function check(call: AwsCall, input: Given<RequestCertificateRequest>, names: readonly string[]): void {
  if (input.CertificateAuthorityArn !== undefined) {
    // Private certificate authorities are not simulated, so none exists.
    throw new ServiceError(
      'ResourceNotFoundException',
      `Could not find certificate authority ${input.CertificateAuthorityArn}.`,
    );
  }
  if (input.ValidationMethod === 'HTTP')
    throw invalid('HTTP validation is supported only for certificates managed by CloudFront.');
  const most = call.quota('domain-names-per-certificate');
  if (names.length > most) throw limitExceeded(`A certificate can have at most ${most} domain names.`);
  if (call.state.acm.certificates.size >= call.quota('certificates')) {
    throw limitExceeded('The limit on the number of certificates has been reached.');
  }
  for (const { DomainName, ValidationDomain } of input.DomainValidationOptions ?? []) {
    const parent = DomainName === ValidationDomain || DomainName.endsWith(`.${ValidationDomain}`);
    if (parent && names.includes(DomainName)) continue;
    throw new ServiceError(
      'InvalidDomainValidationOptionsException',
      `The validation domain ${ValidationDomain} is not valid for ${DomainName}.`,
    );
  }
}
