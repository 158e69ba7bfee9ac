import { raise } from '../../simulation/raise.js';
import { createHash } from 'node:crypto';
import type {
  CertificateDetail,
  CertificateSummary,
  DomainStatus,
  DomainValidation,
  KeyAlgorithm,
} from '@aws-sdk/client-acm';
import { type AwsCall, ServiceError } from '../operation/operation.js';
import type { CertificateRequestRow, CertificateRow } from './state.js';

/** What Amazon's certificates are for. */
const USES = ['DIGITAL_SIGNATURE', 'KEY_ENCIPHERMENT'] as const;
const EXTENDED_USES = [
  { Name: 'TLS_WEB_SERVER_AUTHENTICATION', OID: '1.3.6.1.5.5.7.3.1' },
  { Name: 'TLS_WEB_CLIENT_AUTHENTICATION', OID: '1.3.6.1.5.5.7.3.2' },
] as const;

/** What a certificate of Amazon has where the request names nothing. */
export const OPTIONS_BY_DEFAULT = { CertificateTransparencyLoggingPreference: 'ENABLED', Export: 'DISABLED' } as const;

/** What all certificates of Amazon for a domain name show. */
export function amazonIssued(domainName: string) {
  return {
    DomainName: domainName,
    Subject: `CN=${domainName}`,
    Issuer: 'Amazon',
    SignatureAlgorithm: 'SHA256WITHRSA',
    Type: 'AMAZON_ISSUED',
  } as const;
}

/** A certificate as DescribeCertificate answers it. */
export function certificateDetail(call: AwsCall, row: CertificateRow): CertificateDetail {
  const { fields, request } = row;
  const { KeyUsages, ExtendedKeyUsages, ...use } = useOf(call, row);
  return {
    ...fields,
    DomainValidationOptions:
      request && fields.SubjectAlternativeNames.map((name) => validation(call, row, request, name)),
    Status: statusOf(call, row),
    // Only this operation writes `RSA-2048`, where every other has `RSA_2048`. Terraform's provider handles
    // this spelling, too.
    KeyAlgorithm: fields.KeyAlgorithm.replace('_', '-') as KeyAlgorithm,
    InUseBy: use.users,
    KeyUsages: KeyUsages.map((Name) => ({ Name })),
    ExtendedKeyUsages: ExtendedKeyUsages.map((one) => ({ ...one })),
    RenewalEligibility: use.RenewalEligibility,
  };
}

/** A certificate as ListCertificates answers it. */
export function certificateSummary(call: AwsCall, row: CertificateRow): CertificateSummary {
  const { CertificateArn, DomainName, Type, KeyAlgorithm, NotBefore, NotAfter, ...fields } = row.fields;
  const { KeyUsages, ExtendedKeyUsages, ...use } = useOf(call, row);
  return {
    CertificateArn,
    DomainName,
    SubjectAlternativeNameSummaries: fields.SubjectAlternativeNames.slice(0, MOST_SUMMARIES),
    HasAdditionalSubjectAlternativeNames: fields.SubjectAlternativeNames.length > MOST_SUMMARIES,
    Status: statusOf(call, row),
    Type,
    KeyAlgorithm,
    KeyUsages: [...KeyUsages],
    ExtendedKeyUsages: ExtendedKeyUsages.map(({ Name }) => Name),
    ExportOption: fields.Options?.Export ?? 'DISABLED',
    InUse: use.users.length > 0,
    RenewalEligibility: use.RenewalEligibility,
    NotBefore,
    NotAfter,
    CreatedAt: fields.CreatedAt,
    IssuedAt: fields.IssuedAt,
    ImportedAt: fields.ImportedAt,
  };
}

/** What a certificate is for, which Amazon sets in those that it has issued, and who uses it. */
function useOf(call: AwsCall, { fields, request }: CertificateRow) {
  const users = usersOf(call, fields.CertificateArn);
  const isIssued = fields.NotBefore !== undefined && request !== undefined;
  return {
    users,
    KeyUsages: isIssued ? USES : [],
    ExtendedKeyUsages: isIssued ? EXTENDED_USES : [],
    RenewalEligibility: isIssued && users.length > 0 ? ('ELIGIBLE' as const) : ('INELIGIBLE' as const),
  };
}

/** @see https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateSummary.html */
const MOST_SUMMARIES = 100;

/** A certificate that has expired has the status EXPIRED without an update. */
export function statusOf(call: AwsCall, { fields }: CertificateRow): CertificateRow['fields']['Status'] {
  const end = fields.NotAfter?.getTime() ?? Number.POSITIVE_INFINITY;
  return fields.Status === 'ISSUED' && end <= call.now ? 'EXPIRED' : fields.Status;
}

function validation(
  call: AwsCall,
  { fields }: CertificateRow,
  { validationMethod, validationDomains }: CertificateRequestRow,
  name: string,
): DomainValidation {
  const bare = name.replace(/^\*\./, '');
  const state: DomainStatus = fields.Status === 'PENDING_VALIDATION' ? 'PENDING_VALIDATION' : 'SUCCESS';
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

/**
 * The certificate of an ARN.
 * @throws {ServiceError} `InvalidArnException` for an ARN of another kind, `ResourceNotFoundException`.
 */
export function getCertificateRow(call: AwsCall, arn: string): CertificateRow {
  if (!/^arn:[\w-]+:acm:[\w-]+:\d{12}:certificate\/[\w-]+$/.test(arn)) {
    throw new ServiceError('InvalidArnException', `Invalid ARN ${arn}`);
  }

  return (
    call.state.acm.certificates.get(arn) ??
    raise(
      new ServiceError('ResourceNotFoundException', `Could not find certificate ${arn} in account ${call.account}.`),
    )
  );
}

/** The ARN of a new certificate: its last part is a UUID. */
export function newCertificateArn(call: AwsCall): string {
  const uuid = call.id('', 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return `arn:${call.partition}:acm:${call.region}:${call.account}:certificate/${uuid}`;
}

/**
 * What serves a certificate: load balancers, by their listeners, and domain names of API Gateway, in any region. Of a
 * domain name, the service lists a load balancer or a distribution of its own, and releases the certificate minutes
 * after the domain name is gone; here it is the domain name itself, until it is deleted.
 * @see https://github.com/aws/aws-cdk/issues/16608
 * @see https://github.com/aws/aws-cdk/issues/36265
 */
export function usersOf(call: AwsCall, arn: string): string[] {
  const users = new Set<string>();
  for (const { fields, extraCertificateArns } of call.state.loadBalancing.listeners.values()) {
    const isDefault = fields.Certificates?.some(({ CertificateArn }) => CertificateArn === arn) === true;
    if (isDefault || extraCertificateArns.includes(arn)) users.add(fields.LoadBalancerArn);
  }
  for (const { restApi } of call.aws.regions.values()) {
    for (const { fields } of restApi.domainNames.values()) {
      const serves = fields.certificateArn === arn || fields.regionalCertificateArn === arn;
      if (serves && fields.domainNameArn !== undefined) users.add(fields.domainNameArn);
    }
  }
  return [...users];
}

/**
 * How long a certificate is PENDING_VALIDATION. Validation itself is not simulated: the record, or the
 * answer to the e-mail, is assumed to exist. Real ones take some minutes once the record exists.
 */
export const ISSUE_MS = 180_000;

/** @see https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html (13 months) */
const VALID_DAYS = 395;
const DAY_MS = 86_400_000;

/** The timer's end of validation: the certificate is issued. */
export function issue(call: AwsCall, data: Readonly<Record<string, string | number>>): void {
  const row = call.state.acm.certificates.get(String(data['arn']));
  if (row?.fields.Status !== 'PENDING_VALIDATION') return;

  const midnight = Math.floor(call.now / DAY_MS) * DAY_MS;
  row.fields = {
    ...row.fields,
    Status: 'ISSUED',
    IssuedAt: new Date(call.now),
    NotBefore: new Date(midnight),
    NotAfter: new Date(midnight + VALID_DAYS * DAY_MS - 1000),
    Serial: (call.id('', 32).match(/../g) ?? []).join(':'),
    SignatureAlgorithm: row.fields.KeyAlgorithm.startsWith('RSA') ? 'SHA256WITHRSA' : 'SHA256WITHECDSA',
  };
}
