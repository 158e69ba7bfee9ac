import type { CreateDomainNameRequest, DomainName, EndpointType } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../operation/call.js';
import type { DomainNameRow } from '../state.js';
import { newEndpoint } from '../api/endpoint.js';
import { checkSecurityPolicy } from '../api/security-policy.js';
import { checkTags } from '../api/tags.js';
import { isJsonObject } from '../model/json-object.js';
import { badRequest, notSimulated } from '../words.js';
import { checkCertificate } from './certificates.js';
import { EDGE_HOSTED_ZONE, HOSTED_ZONES } from './hosted-zones.js';
import { checkMutualTls, withTruststore } from './mutual-tls.js';

const FORM = /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;

/** The sentence is that of an API's policy [I]. */
const INVALID_POLICY = 'Invalid policy document. Please check the policy syntax and ensure that Principals are valid.';

type Input = CreateDomainNameRequest & { readonly domainName: string };

/**
 * Makes a domain name. It is AVAILABLE at once; how long the service takes is not simulated.
 * @throws {ServiceError} BadRequestException; NotImplemented for uploaded certificates and routing rules
 */
export function newDomain(call: AwsCall, input: Input): DomainNameRow {
  refuseNotSimulated(input);
  const { domainName, endpointConfiguration, tags, mutualTlsAuthentication, ...rest } = input;
  if (domainName === '') throw badRequest('No Domain Name specified');
  if (!FORM.test(domainName)) throw badRequest(`Invalid domain name specified: ${domainName}`); // [U]
  const endpoint = newEndpoint(endpointConfiguration);
  const [type] = endpoint.types;
  const common: DomainNameRow['fields'] = {
    securityPolicy: 'TLS_1_2',
    routingMode: 'BASE_PATH_MAPPING_ONLY',
    ...rest,
    domainName,
    ...addressOf(call, type, domainName),
    endpointConfiguration: endpoint,
    domainNameStatus: 'AVAILABLE',
    tags: checkTags(tags),
  };
  const fields = mutualTlsAuthentication ? withTruststore(common, mutualTlsAuthentication) : common;
  checkDomain(call, fields);
  return { fields, mappings: new Map() };
}

/**
 * Refuses a domain name, as it is after a change, that the service would refuse.
 * @param before as it was: a certificate that stays is not checked again
 */
export function checkDomain(call: AwsCall, fields: DomainName, before: DomainName = {}): void {
  const type = fields.endpointConfiguration?.types?.[0] ?? 'EDGE';
  const same =
    fields.certificateArn === before.certificateArn && fields.regionalCertificateArn === before.regionalCertificateArn;
  if (!same || before.domainName === undefined) checkCertificate(call, type, fields);
  checkMutualTls(call, fields);
  checkSecurityPolicy(fields);
  for (const policy of [fields.policy, fields.managementPolicy]) {
    if (policy === undefined) continue;
    if (type !== 'PRIVATE') throw badRequest('Policy is only supported for PRIVATE custom domain names'); // [U]
    if (!isJsonObject(policy)) throw badRequest(INVALID_POLICY);
  }
}

/** What the service gives a domain name: names to point DNS records to, or the ID of a private one. */
export function addressOf(
  call: AwsCall,
  type: EndpointType,
  domainName: string,
): Omit<DomainName, 'domainName' | 'tags'> {
  const arn = (account: string, id: string) =>
    `arn:${call.partition}:apigateway:${call.region}:${account}:/domainnames/${domainName}${id}`;
  if (type === 'PRIVATE') {
    const domainNameId = call.id('', 10, 'base36');
    const domainNameArn = arn(call.account, `+${domainNameId}`);
    return { domainNameId, domainNameArn, certificateUploadDate: new Date(call.now) };
  }
  const domainNameArn = arn('', '');
  if (type === 'EDGE') {
    return {
      domainNameArn,
      certificateUploadDate: new Date(call.now),
      distributionDomainName: `${call.id('d', 13, 'base36')}.cloudfront.net`,
      distributionHostedZoneId: EDGE_HOSTED_ZONE,
    };
  }
  const suffix = call.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const regionalHostedZoneId = HOSTED_ZONES[call.region];
  return {
    domainNameArn,
    regionalDomainName: `${call.id('d-', 10, 'base36')}.execute-api.${call.region}.${suffix}`,
    ...(regionalHostedZoneId !== undefined && { regionalHostedZoneId }),
  };
}

function refuseNotSimulated(input: CreateDomainNameRequest): void {
  if (input.certificateBody ?? input.certificatePrivateKey ?? input.certificateChain) {
    throw notSimulated('The upload of a certificate to a domain name');
  }
  checkRouting(input.routingMode);
}

/** Routing rules are of V2, and not simulated. */
export function checkRouting(mode: string | undefined): void {
  if (mode !== undefined && mode !== 'BASE_PATH_MAPPING_ONLY') throw notSimulated(`Routing mode ${mode}`);
}
