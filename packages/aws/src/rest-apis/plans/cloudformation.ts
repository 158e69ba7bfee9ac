import {
  converted,
  isMembers,
  type OpenMembers,
  type OpenValue,
  type ResourceType,
} from '@postern/core/internal/overlay';
import { API, INTEGRATION, limits } from '../../plans/cloudformation/gateways.js';
import { tagged } from '../../plans/cloudformation/tagged.js';

/** Settings of one method, or of all, of a stage of a REST API. Those of all methods of one path name no route. */
function methodSettings(value: OpenValue): readonly OpenMembers[] {
  const { HttpMethod: verb, ResourcePath: path } = isMembers(value) ? value : {};
  if (typeof verb !== 'string' || typeof path !== 'string') return [];
  if (verb === '*' && path !== '/*') return [];

  return [{ method_path: verb === '*' ? '*/*' : `${path.slice(1)}/${verb}`, settings: [limits(value)] }];
}

/** The answers of a method, or of its integration: each is a resource of its own for Terraform. */
function responsesOf(value: OpenValue | undefined, method: OpenMembers): readonly OpenMembers[] {
  const { RestApiId, ResourceId, HttpMethod } = method;
  return (Array.isArray(value) ? (value as readonly OpenValue[]) : []).filter(isMembers).map((one) => ({
    rest_api_id: RestApiId,
    resource_id: ResourceId,
    http_method: HttpMethod,
    ...converted(one, {
      ResponseParameters: { by: (parameters) => ({ response_parameters: parameters }) },
      ResponseTemplates: { by: (templates) => ({ response_templates: templates }) },
      ResponseModels: { by: (models) => ({ response_models: models }) },
    }),
  }));
}

/** REST APIs. */
export const REST_TYPES: Readonly<Record<string, ResourceType>> = {
  RestApi: tagged('aws_api_gateway_rest_api', 'RestApiId', API, { RootResourceId: 'root_resource_id' }),
  Resource: { type: 'aws_api_gateway_resource', attributes: { ResourceId: 'id' } },
  Method: {
    type: 'aws_api_gateway_method',
    rules: { AuthorizationType: 'authorization' },
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
      {
        type: 'aws_api_gateway_method_response',
        of: ({ MethodResponses: responses, ...method }) => responsesOf(responses, method),
      },
      {
        type: 'aws_api_gateway_integration_response',
        of: ({ Integration: integration, ...method }) =>
          responsesOf(isMembers(integration) ? integration['IntegrationResponses'] : undefined, method),
      },
    ],
  },
  Authorizer: {
    type: 'aws_api_gateway_authorizer',
    attributes: { AuthorizerId: 'id' },
    rules: { ProviderARNs: 'provider_arns' },
  },
  GatewayResponse: { type: 'aws_api_gateway_gateway_response' },
  Deployment: { type: 'aws_api_gateway_deployment', attributes: { DeploymentId: 'id' } },
  ClientCertificate: { type: 'aws_api_gateway_client_certificate', attributes: { ClientCertificateId: 'id' } },
  Stage: {
    type: 'aws_api_gateway_stage',
    ids: ['stage_name'],
    rules: {
      Variables: { by: (value) => ({ variables: value }) },
      AccessLogSetting: { block: 'access_log_settings' },
      CanarySetting: { block: 'canary_settings' },
    },
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
};
