import { createHash } from 'node:crypto';
import type {
  CertificateDetail,
  CertificateSummary,
  DomainStatus,
  DomainValidation,
  KeyAlgorithm,
} from '@aws-sdk/client-acm';
import type { AwsCall } from '../operation/call.js';
import type { CertificateRequestRow, CertificateRow } from './state.js';
import { usersOf } from './find.js';

/** What Amazon's certificates are for. */
const USES = ['DIGITAL_SIGNATURE', 'KEY_ENCIPHERMENT'] as const;
const EXTENDED_USES = [
  { Name: 'TLS_WEB_SERVER_AUTHENTICATION', OID: '1.3.6.1.5.5.7.3.1' },
  { Name: 'TLS_WEB_CLIENT_AUTHENTICATION', OID: '1.3.6.1.5.5.7.3.2' },
] as const;

/** A certificate as DescribeCertificate answers it. */
export function certificateDetail(call: AwsCall, row: CertificateRow): CertificateDetail {
  const users = usersOf(call, row.arn);
  const { content, request } = row;
  const issued = content !== undefined && request !== undefined;
  return {
    CertificateArn: row.arn,
    DomainName: row.domainName,
    SubjectAlternativeNames: [...row.subjectAlternativeNames],
    DomainValidationOptions: request && row.subjectAlternativeNames.map((name) => validation(call, row, request, name)),
    Serial: content?.serial,
    Subject: content?.subject ?? `CN=${row.domainName}`,
    Issuer: content?.issuer ?? 'Amazon',
    CreatedAt: row.createdAt,
    IssuedAt: row.issuedAt,
    ImportedAt: row.importedAt,
    Status: statusOf(call, row),
    NotBefore: content?.notBefore,
    NotAfter: content?.notAfter,
    // Only this operation writes `RSA-2048`, where every other has `RSA_2048`. Terraform's provider handles
    // this spelling, too.
    KeyAlgorithm: row.keyAlgorithm.replace('_', '-') as KeyAlgorithm,
    SignatureAlgorithm: content?.signatureAlgorithm ?? 'SHA256WITHRSA',
    InUseBy: users,
    Type: row.type,
    KeyUsages: issued ? USES.map((Name) => ({ Name })) : [],
    ExtendedKeyUsages: issued ? EXTENDED_USES.map((use) => ({ ...use })) : [],
    RenewalEligibility: issued && users.length > 0 ? 'ELIGIBLE' : 'INELIGIBLE',
    Options: request && {
      CertificateTransparencyLoggingPreference: row.transparencyLogging,
      Export: row.exportOption,
    },
  };
}

/** A certificate as ListCertificates answers it. */
export function certificateSummary(call: AwsCall, row: CertificateRow): CertificateSummary {
  const users = usersOf(call, row.arn);
  const issued = row.content !== undefined && row.request !== undefined;
  return {
    CertificateArn: row.arn,
    DomainName: row.domainName,
    SubjectAlternativeNameSummaries: row.subjectAlternativeNames.slice(0, MOST_SUMMARIES),
    HasAdditionalSubjectAlternativeNames: row.subjectAlternativeNames.length > MOST_SUMMARIES,
    Status: statusOf(call, row),
    Type: row.type,
    KeyAlgorithm: row.keyAlgorithm,
    KeyUsages: issued ? [...USES] : [],
    ExtendedKeyUsages: issued ? EXTENDED_USES.map(({ Name }) => Name) : [],
    ExportOption: row.exportOption,
    InUse: users.length > 0,
    RenewalEligibility: issued && users.length > 0 ? 'ELIGIBLE' : 'INELIGIBLE',
    NotBefore: row.content?.notBefore,
    NotAfter: row.content?.notAfter,
    CreatedAt: row.createdAt,
    IssuedAt: row.issuedAt,
    ImportedAt: row.importedAt,
  };
}

/** @see https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateSummary.html */
const MOST_SUMMARIES = 100;

/** A certificate that has expired has the status EXPIRED without an update. */
export function statusOf(call: AwsCall, row: CertificateRow): CertificateRow['status'] {
  const end = row.content?.notAfter.getTime() ?? Number.POSITIVE_INFINITY;
  return row.status === 'ISSUED' && end <= call.now ? 'EXPIRED' : row.status;
}

function validation(
  call: AwsCall,
  { status }: CertificateRow,
  { validationMethod, validationDomains }: CertificateRequestRow,
  name: string,
): DomainValidation {
  const bare = name.replace(/^\*\./, '');
  const state: DomainStatus = status === 'PENDING_VALIDATION' ? 'PENDING_VALIDATION' : 'SUCCESS';
  const domain = validationDomains[name] ?? bare;
  const common = {
    DomainName: name,
    ValidationDomain: domain,
    ValidationStatus: state,
    ValidationMethod: validationMethod,
  };
  if (validationMethod === 'EMAIL') {
    return { ...common, ValidationEmails: MAILBOXES.map((mailbox) => `${mailbox}@${domain}`) };
  }
  // The same account and domain always get the same record; a wildcard shares its domain's.
  const hash = createHash('sha256').update(`${call.account} ${bare}`).digest('hex');
  return {
    ...common,
    ResourceRecord: {
      Name: `_${hash.slice(0, 32)}.${bare}.`,
      Type: 'CNAME',
      Value: `_${hash.slice(32)}.${hash.slice(8, 18).replace(/\d/g, 'x')}.acm-validations.aws.`,
    },
  };
}

/** @see https://docs.aws.amazon.com/acm/latest/userguide/email-validation.html */
const MAILBOXES = ['administrator', 'hostmaster', 'postmaster', 'webmaster', 'admin'];
