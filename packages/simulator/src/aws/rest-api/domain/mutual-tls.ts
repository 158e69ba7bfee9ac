import type { DomainName, MutualTlsAuthenticationInput } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../operation/call.js';
import { withMember } from '../patch.js';
import { badRequest } from '../words.js';
import { checkCertificateArn } from './certificates.js';

/**
 * A domain name with another truststore; an empty URI turns mutual TLS off.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
 */
export function withTruststore<T extends DomainName>(row: T, change: MutualTlsAuthenticationInput): T {
  const { truststoreUri = '', truststoreVersion = '' } = { ...row.mutualTlsAuthentication, ...change };
  const truststore = { truststoreUri, ...(truststoreVersion !== '' && { truststoreVersion }) };
  return withMember(row, 'mutualTlsAuthentication', truststoreUri === '' ? undefined : truststore);
}

/**
 * Refuses mutual TLS that the service would refuse. The truststore in S3 is not read. An imported or private certificate
 * needs a second one, which Amazon issued for the name.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/35741 (the missing certificate)
 * @throws {ServiceError} BadRequestException; the other sentences are [U]
 */
export function checkMutualTls(call: AwsCall, fields: DomainName): void {
  const { mutualTlsAuthentication: mutual, ownershipVerificationCertificateArn: proof, domainName = '' } = fields;
  if (proof !== undefined) checkCertificateArn(call, proof, call.region, domainName);
  if (mutual === undefined) return;
  if (fields.endpointConfiguration?.types?.[0] !== 'REGIONAL' || fields.securityPolicy === 'TLS_1_0') {
    throw badRequest('Mutual TLS is only supported for REGIONAL domain names with a security policy of TLS 1.2.');
  }
  if (!/^s3:\/\/[a-z0-9.-]+\/.+$/.test(mutual.truststoreUri ?? '')) {
    throw badRequest(`Invalid truststore URI: ${mutual.truststoreUri ?? ''}`);
  }
  const certificate = call.state.acm.certificates.get(fields.regionalCertificateArn ?? '');
  if (certificate && certificate.type !== 'AMAZON_ISSUED' && proof === undefined) {
    throw badRequest('Missing ownershipVerificationCertificate.');
  }
}
