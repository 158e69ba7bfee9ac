import type { Export } from './task.js';
import { defined, type Json, type JsonObject } from '../json.js';

/**
 * The extensions of the API itself: what its deployment froze beside the methods. The endpoint configuration is not
 * frozen. Which of them an export has is [I], except the validators.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 */
export function exportedSettings({ fields, copy, parts }: Export): JsonObject {
  if (!parts.settings) return {};
  const { policy, apiKeySource, binaryMediaTypes = [], minimumCompressionSize } = copy;
  return defined<JsonObject>({
    'x-amazon-apigateway-endpoint-configuration': endpoint(fields),
    'x-amazon-apigateway-api-key-source': apiKeySource === 'HEADER' ? undefined : apiKeySource,
    'x-amazon-apigateway-policy': policy === undefined ? undefined : (JSON.parse(policy) as Json),
    'x-amazon-apigateway-request-validators': validators(copy),
    'x-amazon-apigateway-gateway-responses': gatewayResponses(copy),
    'x-amazon-apigateway-binary-media-types': binaryMediaTypes.length > 0 ? binaryMediaTypes : undefined,
    'x-amazon-apigateway-minimum-compression-size': minimumCompressionSize,
  });
}

function endpoint({ disableExecuteApiEndpoint, endpointConfiguration }: Export['fields']): JsonObject | undefined {
  const { vpcEndpointIds = [] } = endpointConfiguration ?? {};
  const own = defined<JsonObject>({
    disableExecuteApiEndpoint: disableExecuteApiEndpoint === true ? true : undefined,
    vpcEndpointIds: vpcEndpointIds.length > 0 ? vpcEndpointIds : undefined,
  });
  return Object.keys(own).length > 0 ? own : undefined;
}

/** A validator without a name cannot be referred to. */
function validators({ requestValidators }: Export['copy']): JsonObject | undefined {
  const named = [...requestValidators.values()].flatMap(({ name, validateRequestBody, validateRequestParameters }) =>
    name === undefined
      ? []
      : [
          [
            name,
            {
              validateRequestParameters: validateRequestParameters === true,
              validateRequestBody: validateRequestBody === true,
            },
          ] as const,
        ],
  );
  return named.length > 0 ? Object.fromEntries(named) : undefined;
}

function gatewayResponses({ gatewayResponses: rows }: Export['copy']): JsonObject | undefined {
  if (rows.size === 0) return undefined;
  return Object.fromEntries(
    [...rows].map(([type, { statusCode, responseParameters = {}, responseTemplates = {} }]) => [
      type,
      defined<JsonObject>({
        statusCode: statusCode === undefined ? undefined : Number(statusCode),
        responseParameters: Object.keys(responseParameters).length > 0 ? responseParameters : undefined,
        responseTemplates,
      }),
    ]),
  );
}
