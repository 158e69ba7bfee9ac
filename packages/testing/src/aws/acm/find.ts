import type { AwsCall } from '../call.js';
import { ServiceError } from '../service-error.js';
import type { CertificateRow } from '../state/acm-state.js';

/**
 * The certificate of an ARN.
 * @throws {ServiceError} `InvalidArnException` for an ARN of another kind, `ResourceNotFoundException`.
 */
export function getCertificateRow(call: AwsCall, arn: string): CertificateRow {
  if (!/^arn:[\w-]+:acm:[\w-]+:\d{12}:certificate\/[\w-]+$/.test(arn)) {
    throw new ServiceError('InvalidArnException', `Invalid ARN ${arn}`);
  }
  const row = call.state.acm.certificates.get(arn);
  if (row === undefined) {
    throw new ServiceError(
      'ResourceNotFoundException',
      `Could not find certificate ${arn} in account ${call.account}.`,
    );
  }
  return row;
}

/** The ARN of a new certificate: its last part is a UUID. */
export function newCertificateArn(call: AwsCall): string {
  const uuid = call.id('', 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return `arn:${call.partition}:acm:${call.region}:${call.account}:certificate/${uuid}`;
}

/** The load balancers whose listeners serve a certificate. */
export function usersOf(call: AwsCall, arn: string): string[] {
  const users = new Set<string>();
  for (const listener of call.state.loadBalancing.listeners.values()) {
    if (listener.certificateArn === arn || listener.extraCertificateArns.includes(arn))
      users.add(listener.loadBalancerArn);
  }
  return [...users];
}
