import type { ListCertificatesRequest, RequestCertificateRequest } from '@aws-sdk/client-acm';
import { invalid, limitExceeded, ARN, DOMAIN, KEY_ALGORITHMS, OPTIONS, STATUSES, TAGS, family } from './request.js';
import {
  getCertificateRow,
  newCertificateArn,
  usersOf,
  certificateDetail,
  amazonIssued,
  certificateSummary,
  OPTIONS_BY_DEFAULT,
  statusOf,
  ISSUE_MS,
} from './certificates.js';
import { parseCertificate } from './pem.js';
import { mergedTags } from './tags.js';
import { defined } from '../../simulation/defined.js';
import { type AwsCall, ServiceError } from '../operation/operation.js';
import type { Given } from '../state/given.js';
import type { CertificateRow } from './state.js';
import { page, limited } from '../operation/family.js';

export const certificateOperations = family({
  /** Asks for a certificate: PENDING_VALIDATION, then ISSUED some minutes later. The same token within an hour answers the same. */
  RequestCertificate: {
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
    run(call, input) {
      const names = [...new Set([input.DomainName, ...(input.SubjectAlternativeNames ?? [])])];
      const earlier = sameRequest(call, input, names);
      if (earlier !== undefined) return { CertificateArn: earlier.fields.CertificateArn };

      checkRequest(call, input, names);
      const arn = newCertificateArn(call);
      call.state.acm.certificates.set(arn, {
        fields: {
          ...amazonIssued(input.DomainName),
          CertificateArn: arn,
          SubjectAlternativeNames: names,
          CreatedAt: new Date(call.now),
          NotAfter: undefined,
          Status: 'PENDING_VALIDATION',
          KeyAlgorithm: input.KeyAlgorithm ?? 'RSA_2048',
          Options: { ...OPTIONS_BY_DEFAULT, ...defined(input.Options ?? {}) },
        },
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
        tags: mergedTags({}, input.Tags),
      });
      call.after(ISSUE_MS, 'acm.issue', { arn });
      return { CertificateArn: arn };
    },
  },

  /** Imports a certificate with its key and chain, or replaces the content of one that was imported. */
  ImportCertificate: {
    limits: {
      CertificateArn: ARN,
      Certificate: { length: [1, 32_768] },
      PrivateKey: { length: [1, 5120] },
      CertificateChain: { length: [1, 2_097_152] },
      ...TAGS,
    },
    run(call, input) {
      const parsed = parseCertificate(input.Certificate, input.PrivateKey, input.CertificateChain, call.now);
      const before = input.CertificateArn === undefined ? undefined : getCertificateRow(call, input.CertificateArn);
      if (before !== undefined && before.fields.Type !== 'IMPORTED')
        throw invalid('Only imported certificates can be imported again.');
      if (before !== undefined && input.Tags !== undefined)
        throw invalid('Tags cannot be given when a certificate is imported again.');

      const { certificates } = call.state.acm;
      if (before === undefined && certificates.size >= call.quota('certificates')) {
        throw limitExceeded('The limit on the number of certificates has been reached.');
      }

      const now = new Date(call.now);
      const arn = before?.fields.CertificateArn ?? newCertificateArn(call);
      const CreatedAt = before?.fields.CreatedAt ?? now;
      certificates.set(arn, {
        fields: { CertificateArn: arn, ...parsed, CreatedAt, ImportedAt: now, Status: 'ISSUED', Type: 'IMPORTED' },
        request: undefined,
        tags: before?.tags ?? mergedTags({}, input.Tags),
      });
      return { CertificateArn: arn };
    },
  },

  /** Deletes a certificate that no listener and no domain name serves. */
  DeleteCertificate: limited({ CertificateArn: ARN }, (call, input) => {
    const row = getCertificateRow(call, input.CertificateArn);
    if (usersOf(call, row.fields.CertificateArn).length > 0) {
      throw new ServiceError(
        'ResourceInUseException',
        `Certificate ${row.fields.CertificateArn} in account ${call.account} is in use.`,
      );
    }

    call.state.acm.certificates.delete(row.fields.CertificateArn);
    return {};
  }),

  /** Everything about a certificate: names, validation records, state, what uses it. */
  DescribeCertificate: {
    limits: { CertificateArn: ARN },
    run: (call, input) => ({ Certificate: certificateDetail(call, getCertificateRow(call, input.CertificateArn)) }),
  },

  /** Lists certificates. Without `keyTypes` only those with RSA keys of 1024 and 2048 bits, as the service does. */
  ListCertificates: {
    limits: {
      'CertificateStatuses[]': { values: STATUSES },
      'Includes.keyTypes[]': { values: KEY_ALGORITHMS },
      'Includes.exportOption': { values: ['ENABLED', 'DISABLED'] },
      'Includes.managedBy': { values: ['CLOUDFRONT'] },
      NextToken: { length: [1, 10_000] },
      MaxItems: { range: [1, 1000] },
      SortBy: { values: ['CREATED_AT'] },
      SortOrder: { values: ['ASCENDING', 'DESCENDING'] },
    },
    run(call, input) {
      const rows = [...call.state.acm.certificates.values()].filter((row) => isListed(call, row, input));
      if ((input.SortBy === undefined) !== (input.SortOrder === undefined)) {
        throw new ServiceError('InvalidArgsException', 'SortBy and SortOrder must be given together.');
      }

      if (input.SortBy !== undefined) {
        const sign = input.SortOrder === 'DESCENDING' ? -1 : 1;
        rows.sort((a, b) => sign * (a.fields.CreatedAt.getTime() - b.fields.CreatedAt.getTime()));
      }
      const { items, next } = page(
        rows,
        { size: input.MaxItems, token: input.NextToken },
        {
          service: 'acm',
          list: 'ListCertificates',
          largest: PAGE_SIZE,
          key: (row) => row.fields.CertificateArn,
        },
      );
      return { CertificateSummaryList: items.map((row) => certificateSummary(call, row)), NextToken: next };
    },
  },

  /** Sets transparency logging, or whether a certificate can be exported. */
  UpdateCertificateOptions: limited({ CertificateArn: ARN, ...OPTIONS }, (call, input) => {
    const row = getCertificateRow(call, input.CertificateArn);
    if (row.fields.Type === 'IMPORTED') {
      throw new ServiceError('InvalidStateException', 'Options of imported certificates cannot be updated.');
    }

    row.fields = { ...row.fields, Options: { ...row.fields.Options, ...defined(input.Options) } };
    return {};
  }),
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
      call.now - row.fields.CreatedAt.getTime() < TOKEN_LIFE_MS &&
      row.fields.SubjectAlternativeNames.join() === names.join(),
  );
}

function checkRequest(call: AwsCall, input: Given<RequestCertificateRequest>, names: readonly string[]): void {
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

const PAGE_SIZE = 1000;

/** @see https://docs.aws.amazon.com/acm/latest/APIReference/API_Filters.html */
const USUAL_KEYS: readonly string[] = ['RSA_1024', 'RSA_2048'];

function isListed(call: AwsCall, row: CertificateRow, input: Given<ListCertificatesRequest>): boolean {
  const { CertificateStatuses: statuses = [], Includes: includes = {} } = input;
  const summary = certificateSummary(call, row);
  const uses = (all: readonly string[] | undefined, asked: readonly string[] | undefined): boolean =>
    asked === undefined || asked.length === 0 || asked.some((use) => all?.includes(use));
  return (
    (statuses.length === 0 || statuses.includes(statusOf(call, row))) &&
    (includes.keyTypes ?? USUAL_KEYS).includes(row.fields.KeyAlgorithm) &&
    (includes.exportOption ?? summary.ExportOption) === summary.ExportOption &&
    includes.managedBy === undefined && // CloudFront manages none of these
    uses(summary.KeyUsages, includes.keyUsage) &&
    uses(summary.ExtendedKeyUsages, includes.extendedKeyUsage)
  );
}
