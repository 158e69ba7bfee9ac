import type { CreateDomainNameRequest, DomainNameConfiguration } from '@aws-sdk/client-apigatewayv2';
import type { CreateDomainNameRequest as DomainInput } from '@aws-sdk/client-api-gateway';
import { badRequest, notSimulated } from '../../api-gateway/words.js';
import { defined } from '../../rest-api/open-api/json.js';

/** What a configuration sets, in the words of V1. */
type Configured = Pick<
  DomainInput,
  | 'regionalCertificateArn'
  | 'regionalCertificateName'
  | 'ownershipVerificationCertificateArn'
  | 'endpointConfiguration'
  | 'securityPolicy'
>;

type Input = Pick<CreateDomainNameRequest, 'DomainNameConfigurations' | 'MutualTlsAuthentication' | 'RoutingMode'>;

/**
 * The one configuration of a request.
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/18312
 * @throws {ServiceError} BadRequestException
 */
export function onlyConfiguration({ DomainNameConfigurations: all = [] }: Input): DomainNameConfiguration {
  const [first, ...more] = all;
  if (!first || more.length > 0) throw badRequest('Invalid input. Expected one domain name configuration');
  return first;
}

/**
 * What a configuration says in the words of V1. A domain name of V2 is regional, whatever other type is given.
 * @see https://github.com/floci-io/floci/pull/2390 (recorded in eu-west-1: EDGE is refused, PRIVATE becomes REGIONAL)
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/37869 (the security policy)
 * @throws {ServiceError} BadRequestException
 */
export function configured(given: DomainNameConfiguration): Configured {
  if (given.EndpointType === 'EDGE')
    throw badRequest('EDGE endpoint type is not supported for APIGatewayV2 domainName');
  const { SecurityPolicy: policy = 'TLS_1_2' } = given;
  if (policy !== 'TLS_1_2') throw badRequest(`${policy} is not supported for APIGatewayV2 domainName.`);
  return defined({
    regionalCertificateArn: given.CertificateArn,
    regionalCertificateName: given.CertificateName,
    ownershipVerificationCertificateArn: given.OwnershipVerificationCertificateArn,
    endpointConfiguration: defined({ types: ['REGIONAL' as const], ipAddressType: given.IpAddressType }),
    securityPolicy: policy,
  });
}

/** Routing rules are not simulated. @throws {ServiceError} NotImplemented */
export function checkRoutingMode({ RoutingMode: mode = 'API_MAPPING_ONLY' }: Input): void {
  if (mode !== 'API_MAPPING_ONLY') throw notSimulated(`Routing mode ${mode}`);
}
