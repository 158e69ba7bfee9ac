import type { RoutingMode as V1RoutingMode } from '@aws-sdk/client-api-gateway';
import type { ApiMapping, DomainName, DomainNameStatus, RoutingMode } from '@aws-sdk/client-apigatewayv2';
import { NO_BASE_PATH } from '../../rest-api/domain/find.js';
import { defined } from '../../rest-api/open-api/json.js';
import type { DomainNameRow, MappingRow } from '../../rest-api/state.js';

/** The words of V1 in those of V2. */
const ROUTING: Readonly<Record<V1RoutingMode, RoutingMode>> = {
  BASE_PATH_MAPPING_ONLY: 'API_MAPPING_ONLY',
  ROUTING_RULE_ONLY: 'ROUTING_RULE_ONLY',
  ROUTING_RULE_THEN_BASE_PATH_MAPPING: 'ROUTING_RULE_THEN_API_MAPPING',
};

/**
 * A domain name as V2 shows it.
 * @see https://github.com/aws/aws-cli/blob/develop/awscli/examples/apigatewayv2/get-domain-name.rst
 * @see https://github.com/floci-io/floci/pull/2390 (recorded: `RoutingMode`, `IpAddressType`)
 */
export function showDomain({ fields }: DomainNameRow): DomainName {
  const { mutualTlsAuthentication: mutual, endpointConfiguration: endpoint } = fields;
  const configuration = {
    ApiGatewayDomainName: fields.regionalDomainName ?? fields.distributionDomainName,
    CertificateArn: fields.regionalCertificateArn ?? fields.certificateArn,
    CertificateName: fields.regionalCertificateName ?? fields.certificateName,
    // V2 does not show those that are PENDING or FAILED, which are private [I].
    DomainNameStatus: fields.domainNameStatus as DomainNameStatus,
    // V2 has no word for private ones, and does not show them.
    EndpointType: endpoint?.types?.[0] === 'EDGE' ? ('EDGE' as const) : ('REGIONAL' as const),
    HostedZoneId: fields.regionalHostedZoneId ?? fields.distributionHostedZoneId,
    IpAddressType: endpoint?.ipAddressType,
    OwnershipVerificationCertificateArn: fields.ownershipVerificationCertificateArn,
    SecurityPolicy: fields.securityPolicy === 'TLS_1_0' ? ('TLS_1_0' as const) : ('TLS_1_2' as const),
  };
  return {
    ApiMappingSelectionExpression: '$request.basepath',
    DomainName: fields.domainName,
    DomainNameArn: fields.domainNameArn,
    DomainNameConfigurations: [defined(configuration)],
    ...(mutual && {
      MutualTlsAuthentication: defined({
        TruststoreUri: mutual.truststoreUri,
        TruststoreVersion: mutual.truststoreVersion,
      }),
    }),
    RoutingMode: ROUTING[fields.routingMode ?? 'BASE_PATH_MAPPING_ONLY'],
    Tags: fields.tags,
  };
}

/** A mapping as V2 shows it: the empty path is an empty key. */
export function showApiMapping({ id, basePath, apiId, stage }: MappingRow): ApiMapping {
  // A mapping of V1 without a stage has none here, either [I].
  return { ApiId: apiId, ApiMappingId: id, ApiMappingKey: basePath === NO_BASE_PATH ? '' : basePath, Stage: stage };
}
