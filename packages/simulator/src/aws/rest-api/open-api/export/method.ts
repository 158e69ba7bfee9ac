import type { MethodRow, ResourceRow } from '../../state.js';
import { exportedIntegration } from './integration.js';
import { exportedBody, exportedParameters, exportedResponses } from './parameters.js';
import { exportedSecurity } from './security.js';
import type { Export } from './task.js';
import { defined, type Json, type JsonObject } from '../json.js';

/** The member of a path that is a method. */
export function memberOf(verb: string): string {
  return verb === 'ANY' ? 'x-amazon-apigateway-any-method' : verb.toLowerCase();
}

/**
 * A method as an export has it.
 * @see https://github.com/localstack/localstack `test_apigateway_extended.snapshot.json`, test_export_oas30_openapi
 * and test_export_swagger_openapi
 */
export function exportedMethod(task: Export, resource: ResourceRow, method: MethodRow): JsonObject {
  const where = `${method.httpMethod} ${resource.path}`;
  const inOpenApi = task.type === 'oas30';
  const body = exportedBody(task, method, where);
  const parameters: Json[] = [...exportedParameters(task, method), ...(body && !inOpenApi ? [body] : [])];
  const responses = exportedResponses(task, method, where);
  const { requestValidatorId = '', methodIntegration } = method;
  const { parts, copy } = task;
  return defined<JsonObject>({
    operationId: method.operationName,
    ...(!inOpenApi && contentTypes(method)),
    parameters: parameters.length > 0 ? parameters : undefined,
    requestBody: inOpenApi ? body : undefined,
    // Swagger cannot do without it. Whether OpenAPI has it empty is [I].
    responses: inOpenApi && Object.keys(responses).length === 0 ? undefined : responses,
    security: exportedSecurity(task, method),
    'x-amazon-apigateway-request-validator': parts.settings
      ? copy.requestValidators.get(requestValidatorId)?.name
      : undefined,
    'x-amazon-apigateway-integration':
      parts.integrations && methodIntegration ? exportedIntegration(methodIntegration, resource.id) : undefined,
  });
}

/** The content types of models and templates: `consumes` and `produces` of Swagger. */
function contentTypes({ requestModels, methodResponses, methodIntegration }: MethodRow): JsonObject {
  const { requestTemplates, integrationResponses } = methodIntegration ?? {};
  const types = (maps: readonly (object | undefined)[]) => [...new Set(maps.flatMap((map) => Object.keys(map ?? {})))];
  const consumes = types([requestModels, requestTemplates]);
  const produces = types([
    ...Object.values(methodResponses ?? {}).map(({ responseModels }) => responseModels),
    ...Object.values(integrationResponses ?? {}).map(({ responseTemplates }) => responseTemplates),
  ]);
  return {
    ...(consumes.length > 0 && { consumes }),
    ...(produces.length > 0 && { produces }),
  };
}
