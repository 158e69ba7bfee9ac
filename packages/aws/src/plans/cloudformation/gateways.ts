import {
  converted,
  isMembers,
  joined,
  Open,
  type OpenMembers,
  type OpenValue,
  type ResourceType,
  type Rules,
} from '@postern/core/overlay';
import { tagged } from './tagged.js';

/** Bodies are texts for Terraform. */
function body(value: OpenValue): OpenMembers {
  if (typeof value === 'string' || value instanceof Open) return { body: value };
  const opens: Open[] = [];
  const text = JSON.stringify(value, (_, one: unknown) =>
    one instanceof Open ? `@open:${opens.push(one) - 1}@` : one,
  );
  const parts = text.split(/@open:(\d+)@/).map((part, at) => (at % 2 === 0 ? part : (opens[Number(part)] ?? null)));
  return { body: joined(parts) };
}

const API: Rules = {
  Body: { by: body },
  BodyS3Location: { by: () => ({ body: new Open([], ['it is a file in S3']) }) },
  EndpointConfiguration: { block: 'endpoint_configuration' },
};

const INTEGRATION: Rules = {
  TimeoutInMillis: 'timeout_milliseconds',
  TlsConfig: { block: 'tls_config' },
  RequestParameters: { by: (value) => ({ request_parameters: value }) },
};

/** Settings of routes or methods. A limit that is not set is none, unlike for Terraform. */
function limits(value: OpenValue): OpenMembers {
  return {
    throttling_rate_limit: -1,
    throttling_burst_limit: -1,
    ...(isMembers(value) ? converted(value, {}) : {}),
  };
}

/** Settings of one method, or of all, of a stage of a REST API. Those of all methods of one path name no route. */
function methodSettings(value: OpenValue): readonly OpenMembers[] {
  const { HttpMethod: verb, ResourcePath: path } = isMembers(value) ? value : {};
  if (typeof verb !== 'string' || typeof path !== 'string') return [];
  if (verb === '*' && path !== '/*') return [];
  return [{ method_path: verb === '*' ? '*/*' : `${path.slice(1)}/${verb}`, settings: [limits(value)] }];
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
};

/** REST APIs. */
export const REST: Readonly<Record<string, ResourceType>> = {
  RestApi: tagged('aws_api_gateway_rest_api', 'RestApiId', API, { RootResourceId: 'root_resource_id' }),
  Resource: { type: 'aws_api_gateway_resource', attributes: { ResourceId: 'id' } },
  Method: {
    type: 'aws_api_gateway_method',
    parts: [
      {
        type: 'aws_api_gateway_integration',
        of: ({ Integration: integration, RestApiId, ResourceId, HttpMethod }) =>
          integration === undefined || integration === null
            ? []
            : [
                {
                  rest_api_id: RestApiId,
                  resource_id: ResourceId,
                  http_method: HttpMethod,
                  ...(isMembers(integration) ? converted(integration, INTEGRATION) : { connection_type: integration }),
                },
              ],
      },
    ],
  },
  Deployment: { type: 'aws_api_gateway_deployment', attributes: { DeploymentId: 'id' } },
  ClientCertificate: { type: 'aws_api_gateway_client_certificate', attributes: { ClientCertificateId: 'id' } },
  Stage: {
    type: 'aws_api_gateway_stage',
    ids: ['stage_name'],
    rules: { Variables: { by: (value) => ({ variables: value }) }, AccessLogSetting: { block: 'access_log_settings' } },
    parts: [
      {
        type: 'aws_api_gateway_method_settings',
        of: ({ MethodSettings: settings, RestApiId, StageName }, self) =>
          (Array.isArray(settings) ? (settings as readonly OpenValue[]) : [])
            .flatMap(methodSettings)
            .map((one) => ({ rest_api_id: RestApiId, stage_name: StageName ?? self, ...one })),
      },
    ],
  },
  VpcLink: tagged('aws_api_gateway_vpc_link', 'VpcLinkId'),
};

/** Cloud Map. */
export const DISCOVERY: Readonly<Record<string, ResourceType>> = {
  Service: {
    ...tagged('aws_service_discovery_service', 'Id', {
      HealthCheckConfig: { block: 'health_check_config' },
      HealthCheckCustomConfig: { block: 'health_check_custom_config' },
    }),
    attributes: { Id: 'id', Arn: 'arn' },
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
