import {
  converted,
  isMembers,
  joined,
  Open,
  type OpenMembers,
  type OpenValue,
  type ResourceType,
  type Rules,
} from '@postern/core/internal/overlay';
import { tagged } from './tagged.js';

/** Documents are texts for Terraform. */
export const json = (attribute: string): Rules[string] => ({ by: (value) => ({ [attribute]: textOf(value) }) });

function textOf(value: OpenValue): OpenValue {
  if (typeof value === 'string' || value instanceof Open) return value;

  const opens: Open[] = [];
  const text = JSON.stringify(value, (_, one: unknown) =>
    one instanceof Open ? `@open:${opens.push(one) - 1}@` : one,
  );
  const parts = text.split(/@open:(\d+)@/).map((part, at) => (at % 2 === 0 ? part : (opens[Number(part)] ?? null)));
  return joined(parts);
}

/** What all APIs have. */
export const API: Rules = {
  Body: json('body'),
  BodyS3Location: { by: () => ({ body: new Open([], ['it is a file in S3']) }) },
  EndpointConfiguration: { block: 'endpoint_configuration' },
};

/** What all integrations have. */
export const INTEGRATION: Rules = {
  TimeoutInMillis: 'timeout_milliseconds',
  TlsConfig: { block: 'tls_config' },
  RequestParameters: { by: (value) => ({ request_parameters: value }) },
};

/** Settings of routes or methods. A limit that is not set is none, unlike for Terraform. */
export function limits(value: OpenValue): OpenMembers {
  return {
    throttling_rate_limit: -1,
    throttling_burst_limit: -1,
    ...(isMembers(value) ? converted(value, {}) : {}),
  };
}

/** HTTP and WebSocket APIs. */
export const HTTP: Readonly<Record<string, ResourceType>> = {
  Api: tagged('aws_apigatewayv2_api', 'ApiId', API),
  VpcLink: tagged('aws_apigatewayv2_vpc_link', 'VpcLinkId'),
  Integration: { type: 'aws_apigatewayv2_integration', attributes: { IntegrationId: 'id' }, rules: INTEGRATION },
  Route: { type: 'aws_apigatewayv2_route', attributes: { RouteId: 'id' } },
  Stage: {
    type: 'aws_apigatewayv2_stage',
    ids: ['name'],
    rules: {
      StageName: 'name',
      StageVariables: { by: (value) => ({ stage_variables: value }) },
      AccessLogSettings: { block: 'access_log_settings' },
      DefaultRouteSettings: {
        by: (value) => ({ default_route_settings: value instanceof Open ? value : [limits(value)] }),
      },
      RouteSettings: {
        by: (value) => ({
          route_settings: isMembers(value)
            ? Object.entries(value).map(([key, one = null]) => ({ route_key: key, ...limits(one) }))
            : value,
        }),
      },
    },
  },
  Deployment: { type: 'aws_apigatewayv2_deployment', attributes: { DeploymentId: 'id' } },
  DomainName: tagged('aws_apigatewayv2_domain_name', 'DomainName', {
    DomainNameConfigurations: { block: 'domain_name_configuration' },
    MutualTlsAuthentication: { block: 'mutual_tls_authentication' },
  }),
  Authorizer: {
    type: 'aws_apigatewayv2_authorizer',
    attributes: { AuthorizerId: 'id' },
    rules: { IdentitySource: 'identity_sources', JwtConfiguration: { block: 'jwt_configuration' } },
  },
  ApiMapping: { type: 'aws_apigatewayv2_api_mapping', attributes: { ApiMappingId: 'id' } },
};

/** What all APIs of API Gateway V1 share: links, and custom domains. */
export const BALANCER_LINKS: Readonly<Record<string, ResourceType>> = {
  VpcLink: tagged('aws_api_gateway_vpc_link', 'VpcLinkId'),
  DomainName: tagged('aws_api_gateway_domain_name', 'DomainName', {
    EndpointConfiguration: { block: 'endpoint_configuration' },
    MutualTlsAuthentication: { block: 'mutual_tls_authentication' },
  }),
  BasePathMapping: { type: 'aws_api_gateway_base_path_mapping', rules: { RestApiId: 'api_id' } },
};

/** Cloud Map. */
export const DISCOVERY: Readonly<Record<string, ResourceType>> = {
  PrivateDnsNamespace: tagged('aws_service_discovery_private_dns_namespace', 'Id', {}, { Arn: 'arn' }),
  HttpNamespace: tagged('aws_service_discovery_http_namespace', 'Id', {}, { Arn: 'arn' }),
  Service: {
    ...tagged('aws_service_discovery_service', 'Id', {
      HealthCheckConfig: { block: 'health_check_config' },
      HealthCheckCustomConfig: { block: 'health_check_custom_config' },
    }),
    attributes: { Id: 'id', Arn: 'arn', Name: 'name' },
    byId: (id, { place }) =>
      place === undefined
        ? {}
        : { arn: `arn:${place.partition}:servicediscovery:${place.region}:${place.account}:service/${id}` },
  },
  Instance: {
    type: 'aws_service_discovery_instance',
    ids: ['instance_id'],
    rules: { InstanceAttributes: { by: (value) => ({ attributes: value }) } },
  },
};
