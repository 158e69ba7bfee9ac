import type { Certificate } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import type { ListenerRow, LoadBalancerRow } from '../state.js';
import { invalid } from '../request.js';
import { listenersOf } from '../find.js';

/** The two stores of a listener's certificates. */
const ARN = /^arn:[\w-]+:(acm:[\w-]+:\d{12}:certificate\/[\w-]+|iam::\d{12}:server-certificate\/[\w+=,.@/-]+)$/;

/**
 * Checks that a certificate can serve a listener: it exists in ACM and is issued. IAM's server certificates
 * are not simulated, so those ARNs are not checked.
 * @throws {ServiceError} `ValidationError`, `CertificateNotFound`, `UnsupportedCertificate`.
 */
export function checkCertificate(call: AwsCall, arn: string): string {
  if (!ARN.test(arn)) throw invalid(`Certificate ARN '${arn}' is not valid`);
  if (arn.includes(':iam:')) return arn;

  const row = call.state.acm.certificates.get(arn);
  if (row === undefined) throw new ServiceError('CertificateNotFound', `Certificate '${arn}' not found`);
  if (row.fields.Status !== 'ISSUED') {
    throw new ServiceError(
      'UnsupportedCertificate',
      `The certificate '${arn}' must have a fully-qualified domain name, a supported signature, and a supported key size.`,
    );
  }

  return arn;
}

/** A listener's default certificate: exactly one, without `IsDefault`. @throws {ServiceError} `ValidationError`, `CertificateNotFound`. */
export function defaultCertificate(call: AwsCall, certificates: readonly Certificate[]): string {
  const [only, ...others] = certificates;
  if (only?.CertificateArn === undefined || others.length > 0) {
    throw invalid('You must specify exactly one certificate as the default certificate of the listener');
  }
  if (only.IsDefault !== undefined) throw invalid("'IsDefault' cannot be specified");

  return checkCertificate(call, only.CertificateArn);
}

/**
 * Checks that a load balancer has room for further certificates (defaults do not count).
 * @throws {ServiceError} `TooManyCertificates`.
 */
export function checkCertificateRoom(
  call: AwsCall,
  balancer: LoadBalancerRow,
  listener: ListenerRow,
  extra: readonly string[],
): void {
  const others = listenersOf(call.state, balancer.fields.LoadBalancerArn).filter(
    ({ fields }) => fields.ListenerArn !== listener.fields.ListenerArn,
  );
  const count = new Set([...others.flatMap((row) => row.extraCertificateArns), ...extra]).size;
  const most = call.quota(
    balancer.fields.Type === 'application'
      ? 'certificates-per-application-load-balancer'
      : 'certificates-per-network-load-balancer',
  );
  if (count > most) {
    throw new ServiceError(
      'TooManyCertificates',
      `The maximum number of certificates on load balancer '${balancer.fields.LoadBalancerArn}' has been reached`,
    );
  }
}

/** Every listener that names no policy has this one. */
export const DEFAULT_SSL_POLICY = 'ELBSecurityPolicy-2016-08';

/**
 * The names of the predefined security policies (those with FIPS modules and the post-quantum ones are left out).
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export const SSL_POLICIES: readonly string[] = [
  'TLS13-1-3-2021-06',
  'TLS13-1-2-2021-06',
  'TLS13-1-2-Res-2021-06',
  'TLS13-1-2-Ext1-2021-06',
  'TLS13-1-2-Ext2-2021-06',
  'TLS13-1-1-2021-06',
  'TLS13-1-0-2021-06',
  '2016-08',
  'TLS-1-2-2017-01',
  'TLS-1-1-2017-01',
  'TLS-1-2-Ext-2018-06',
  'FS-2018-06',
  'FS-1-1-2019-08',
  'FS-1-2-2019-08',
  'FS-1-2-Res-2019-08',
  'FS-1-2-Res-2020-10',
  'TLS-1-0-2015-04',
].map((name) => `ELBSecurityPolicy-${name}`);
