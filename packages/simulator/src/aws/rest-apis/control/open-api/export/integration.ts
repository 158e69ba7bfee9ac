import type { Integration, IntegrationResponse } from '@aws-sdk/client-api-gateway';
import type { JsonObject } from '../extensions.js';
import { defined } from '../../../../../simulation/defined.js';

/** The timeout of an integration that has none of its own, in milliseconds. */
const DEFAULT_TIMEOUT_MS = 29_000;

/**
 * The integration of a method as an export has it. The type and the passthrough behavior are in small letters, the
 * other words are not; a default is left out. Stage variables stay as they are. Which defaults are left out is recorded
 * for the connection type, the timeout and the cache; for the response transfer mode it is [I].
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 * @see https://github.com/localstack/localstack `test_apigateway_extended.snapshot.json`, test_export_oas30_openapi
 */
export function exportedIntegration(integration: Integration, resourceId: string): JsonObject {
  const {
    type,
    connectionType,
    passthroughBehavior,
    timeoutInMillis,
    cacheNamespace,
    cacheKeyParameters = [],
  } = integration;
  return defined<JsonObject>({
    connectionId: integration.connectionId,
    integrationTarget: integration.integrationTarget,
    httpMethod: integration.httpMethod,
    uri: integration.uri,
    credentials: integration.credentials,
    responses: exportedResponses(Object.values(integration.integrationResponses ?? {})),
    requestParameters: integration.requestParameters,
    requestTemplates: integration.requestTemplates,
    passthroughBehavior: passthroughBehavior?.toLowerCase(),
    connectionType: connectionType === 'INTERNET' ? undefined : connectionType,
    timeoutInMillis: timeoutInMillis === DEFAULT_TIMEOUT_MS ? undefined : timeoutInMillis,
    contentHandling: integration.contentHandling,
    cacheNamespace: cacheNamespace === resourceId ? undefined : cacheNamespace,
    cacheKeyParameters: cacheKeyParameters.length > 0 ? cacheKeyParameters : undefined,
    tlsConfig: integration.tlsConfig && defined<JsonObject>({ ...integration.tlsConfig }),
    responseTransferMode: integration.responseTransferMode,
    type: type?.toLowerCase(),
  });
}

/** The responses of an integration by their patterns. The one without a pattern is the default. */
function exportedResponses(responses: readonly IntegrationResponse[]): JsonObject | undefined {
  if (responses.length === 0) return undefined;

  return Object.fromEntries(
    responses.map(({ selectionPattern = '', statusCode, responseParameters, responseTemplates, contentHandling }) => [
      selectionPattern === '' ? 'default' : selectionPattern,
      defined<JsonObject>({ statusCode, responseParameters, responseTemplates, contentHandling }),
    ]),
  );
}
