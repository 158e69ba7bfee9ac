import type { AwsCall } from '../operation/call.js';
import { ServiceError } from '../operation/service-error.js';
import type { CertificateRow } from './state.js';

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

/**
 * What serves a certificate: load balancers, by their listeners, and domain names of API Gateway, in any region. Of a
 * domain name, the service lists a load balancer or a distribution of its own, and releases the certificate minutes
 * after the domain name is gone; here it is the domain name itself, until it is deleted.
 * @see https://github.com/aws/aws-cdk/issues/16608
 * @see https://github.com/aws/aws-cdk/issues/36265
 */
export function usersOf(call: AwsCall, arn: string): string[] {
  const users = new Set<string>();
  for (const listener of call.state.loadBalancing.listeners.values()) {
    if (listener.certificateArn === arn || listener.extraCertificateArns.includes(arn))
      users.add(listener.loadBalancerArn);
  }
  for (const { restApi } of call.aws.regions.values()) {
    for (const { fields } of restApi.domainNames.values()) {
      const serves = fields.certificateArn === arn || fields.regionalCertificateArn === arn;
      if (serves && fields.domainNameArn !== undefined) users.add(fields.domainNameArn);
    }
  }
  return [...users];
}
