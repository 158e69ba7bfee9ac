import type { DomainName, EndpointType } from '@aws-sdk/client-api-gateway';
import { statusOf } from '../../acm/views.js';
import type { AwsCall } from '../../operation/call.js';
import { badRequest } from '../words.js';

/** CloudFront, in front of edge-optimized domain names, takes certificates of this region. */
const EDGE_REGION = 'us-east-1';

/**
 * Refuses a domain name whose certificate the service would refuse.
 * @see https://github.com/aws/aws-cdk/issues/32551 (private ones)
 * @throws {ServiceError} BadRequestException; sentences without a source are marked
 */
export function checkCertificate(call: AwsCall, type: EndpointType, fields: DomainName): void {
  const regional = type === 'REGIONAL';
  const [arn, other] = regional
    ? [fields.regionalCertificateArn, fields.certificateArn]
    : [fields.certificateArn, fields.regionalCertificateArn];
  if (other !== undefined && type === 'PRIVATE') {
    throw badRequest('RegionalCertificateArn is not supported for PRIVATE custom domain name');
  }
  if (other !== undefined || arn === undefined) {
    const member = regional ? 'RegionalCertificateArn' : 'CertificateArn';
    throw badRequest(`${member} is required for an endpoint of type ${type}`); // [U]
  }
  checkCertificateArn(call, arn, type === 'EDGE' ? EDGE_REGION : call.region, fields.domainName ?? '');
}

/**
 * Refuses a certificate of another region or account, one that is not issued, and one for other names.
 * @see https://github.com/amplify-education/serverless-domain-manager/issues/64
 * @see https://github.com/aws/aws-cdk/issues/10529
 * @throws {ServiceError} BadRequestException
 */
export function checkCertificateArn(call: AwsCall, arn: string, wanted: string, domainName: string): void {
  const [, partition, region, account] = /^arn:([^:]+):acm:([^:]+):(\d{12}):certificate\/\S+$/.exec(arn) ?? [];
  if (partition !== call.partition) throw badRequest(`Invalid certificate ARN: ${arn}.`); // [U]
  if (region !== wanted) throw badRequest(`Invalid certificate ARN: ${arn}. Certificate must be in '${wanted}'.`);
  if (account !== call.account) {
    throw badRequest('The certificate provided must be owned by the account creating the domain.');
  }
  const certificate = call.aws.regions.get(wanted)?.acm.certificates.get(arn);
  // https://github.com/aws/aws-cdk/issues/3612
  if (certificate === undefined) throw badRequest('The provided certificate does not exist.');
  if (statusOf(call, certificate) !== 'ISSUED') {
    throw badRequest(`Invalid certificate ARN: ${arn}. Certificate must be issued.`); // [U]
  }
  if (!certificate.subjectAlternativeNames.some((name) => covers(name, domainName))) {
    throw badRequest(`The certificate provided does not cover the domain name ${domainName}.`); // [U]
  }
}

/** Whether a name of a certificate covers a domain name: `*.example.com` covers `api.example.com` and itself. */
export function covers(name: string, domainName: string): boolean {
  if (name === domainName) return true;
  return name.startsWith('*.') && domainName.slice(domainName.indexOf('.')) === name.slice(1);
}
