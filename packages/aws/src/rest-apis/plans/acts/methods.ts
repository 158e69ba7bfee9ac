import {
  word,
  type Act,
  type ActsOfCloud,
  type ActValues,
  type Answer,
  type Caller,
  type Input,
} from '@postern/core/internal/overlay';
import { openUri } from '../../../plans/acts/open-uri.js';
import {
  inBlock,
  keyed,
  listed,
  listedInPath,
  patches,
  replaced,
  replacedOrAbsent,
  type PatchesOf,
} from './patches.js';

const METHOD = { restApiId: 'rest_api_id', resourceId: 'resource_id', httpMethod: 'http_method' };
const RESPONSE = { ...METHOD, statusCode: 'status_code' };

/** Names of the attributes that say which one it is, by member. */
type Key = Readonly<Record<string, string>>;

const of = (key: Key, values: ActValues): Input =>
  Object.fromEntries(Object.entries(key).map(([member, name]) => [member, word(values[name])]));

/** The update of what is named by its members: it is sent as patches. */
export function patched(
  operation: string,
  key: Key,
  table: Readonly<Record<string, PatchesOf>>,
): NonNullable<Act['update']> {
  return (before: ActValues, values: ActValues, caller: Caller) => {
    const patchOperations = patches(before, values, table);
    if (patchOperations.length > 0) caller.call(operation, { ...of(key, before), patchOperations });
  };
}

/** The deletion of what is named by its members. */
export function deleted(operation: string, key: Key): NonNullable<Act['remove']> {
  return (before, caller) => void caller.call(operation, of(key, before));
}

/** A part of a method, which has no ID of its own. */
function ofMethod(kind: string, key: Key, table: Readonly<Record<string, PatchesOf>>, act: Act = {}): Act {
  return {
    operation: `apigateway.Put${kind}`,
    outputs: (_answer, input) => ({
      id: Object.keys(key)
        .map((member) => String(input[member]))
        .join('-'),
    }),
    update: patched(`apigateway.Update${kind}`, key, table),
    remove: deleted(`apigateway.Delete${kind}`, key),
    owners: ['rest_api_id'],
    ...act,
  };
}

/** What belongs to a method is named by the word of it. */
const byMethod = (type: string): NonNullable<Act['byWord']> => ({
  path: ['http_method'],
  type,
  attribute: 'http_method',
});

/**
 * Resources, methods and integrations of REST APIs. They are changed by patches.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigateway/integration.go
 */
export const methodActs: Readonly<Record<string, Act>> = {
  aws_api_gateway_resource: {
    operation: 'apigateway.CreateResource',
    gives: ['path'],
    outputs: (answer) => ({ id: answer.id, path: answer.path }),
    // A snapshot has the paths of methods alone.
    prior: (before, caller) => {
      const [restApiId, parentId, pathPart] = ['rest_api_id', 'parent_id', 'path_part'].map((one) => word(before[one]));
      const { items = [] }: { items?: readonly Answer[] } = caller.call('apigateway.GetResources', {
        restApiId,
        limit: 500,
      });
      const found = items.find((one) => one.id === before['id'] || one.path === before['path']);
      return { id: (found ?? caller.call('apigateway.CreateResource', { restApiId, parentId, pathPart })).id };
    },
    update: patched(
      'apigateway.UpdateResource',
      { restApiId: 'rest_api_id', resourceId: 'id' },
      { path_part: replaced('/pathPart'), parent_id: replaced('/parentId') },
    ),
    remove: deleted('apigateway.DeleteResource', { restApiId: 'rest_api_id', resourceId: 'id' }),
    owners: ['rest_api_id'],
  },
  aws_api_gateway_method: ofMethod(
    'Method',
    METHOD,
    {
      api_key_required: replaced('/apiKeyRequired'),
      authorization: replaced('/authorizationType'),
      authorization_scopes: listed('/authorizationScopes'),
      authorizer_id: replaced('/authorizerId'),
      operation_name: replacedOrAbsent('/operationName'),
      request_models: keyed('/requestModels'),
      request_parameters: keyed('/requestParameters'),
      request_validator_id: replacedOrAbsent('/requestValidatorId'),
    },
    { names: { authorizationType: 'authorization' } },
  ),
  aws_api_gateway_integration: ofMethod(
    'Integration',
    METHOD,
    {
      cache_key_parameters: listedInPath('/cacheKeyParameters'),
      cache_namespace: replaced('/cacheNamespace'),
      connection_id: replaced('/connectionId'),
      connection_type: replaced('/connectionType'),
      content_handling: replaced('/contentHandling'),
      credentials: replaced('/credentials'),
      integration_http_method: replaced('/httpMethod'),
      integration_target: replaced('/integrationTarget'),
      passthrough_behavior: replaced('/passthroughBehavior'),
      request_parameters: keyed('/requestParameters'),
      request_templates: keyed('/requestTemplates'),
      response_transfer_mode: replaced('/responseTransferMode'),
      timeout_milliseconds: replaced('/timeoutInMillis'),
      tls_config: inBlock({ insecure_skip_verification: replaced('/tlsConfig/insecureSkipVerification') }),
      uri: replaced('/uri'),
    },
    {
      names: { timeoutInMillis: 'timeout_milliseconds' },
      texts: { uri: openUri },
      optional: ['cacheNamespace', 'passthroughBehavior', 'responseTransferMode'],
      refersBy: ['integration_target'],
      byWord: byMethod('aws_api_gateway_method'),
    },
  ),
  aws_api_gateway_method_response: ofMethod(
    'MethodResponse',
    RESPONSE,
    { response_models: keyed('/responseModels'), response_parameters: keyed('/responseParameters') },
    { byWord: byMethod('aws_api_gateway_method') },
  ),
  aws_api_gateway_integration_response: ofMethod(
    'IntegrationResponse',
    RESPONSE,
    {
      content_handling: replaced('/contentHandling'),
      response_parameters: keyed('/responseParameters'),
      response_templates: keyed('/responseTemplates'),
      selection_pattern: replaced('/selectionPattern'),
    },
    { byWord: byMethod('aws_api_gateway_integration') },
  ),
  aws_api_gateway_gateway_response: ofMethod(
    'GatewayResponse',
    { restApiId: 'rest_api_id', responseType: 'response_type' },
    {
      response_parameters: keyed('/responseParameters'),
      response_templates: keyed('/responseTemplates'),
      status_code: replaced('/statusCode'),
    },
  ),
};

/** In place of a URI that is not known: one with the parameters of the path that the integration has. */
export const methodStandIns: ActsOfCloud['standIns'] = {
  uri: [
    () => 'http://a.example.com/a',
    ({ request_parameters: parameters }) => {
      const names = Object.keys((parameters ?? {}) as object).flatMap(
        (name) => /^integration\.request\.path\.(.+)$/.exec(name)?.[1] ?? [],
      );
      return `http://b.example.org:8081/${names.map((name) => `{${name}}`).join('/')}`;
    },
  ],
};
