import type { Model } from '@aws-sdk/client-api-gateway';
import type { RestApiRow } from '../state.js';
import { badRequest, conflict } from '../words.js';
import { isJsonObject } from './json-object.js';

/** Bytes. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const LARGEST_SCHEMA = 400 * 1024;

/**
 * Refuses a name that a model cannot have.
 * @see https://github.com/terraform-linters/tflint-ruleset-aws/issues/98
 * @throws {ServiceError} BadRequestException
 */
export function checkModelName(name: string): void {
  if (name === '') throw badRequest('Model name must be non-empty');
  if (!/^[a-zA-Z0-9]+$/.test(name)) throw badRequest(`Model name must be alphanumeric: ${name}`);
}

/**
 * Refuses a schema that is empty, too large, or no JSON object. What a schema says is not checked.
 * @throws {ServiceError} BadRequestException; the sentence for a text that is not JSON is [I]
 */
export function checkSchema({ schema = '', contentType = '' }: Model): void {
  if (schema === '') throw badRequest('Model schema must have at least 1 property or array items defined');
  if (new TextEncoder().encode(schema).length > LARGEST_SCHEMA) {
    throw badRequest(`Model schema exceeds the maximum size of ${LARGEST_SCHEMA} bytes`); // [U]
  }
  if (!/json$/i.test(contentType) || isJsonObject(schema)) return;
  throw badRequest(
    'Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified]',
  );
}

/**
 * Refuses to delete a model that a method of the working copy uses. Of several, one of a longer path is named [I].
 * @see https://github.com/localstack/localstack snapshot test_put_method_model (`/test` is named before the root)
 * @throws {ServiceError} ConflictException; the sentence for responses is [I]
 */
export function checkModelUnused(api: RestApiRow, name: string): void {
  const uses = (models: Record<string, string> | undefined) => Object.values(models ?? {}).includes(name);
  const resources = [...api.resources.values()].toSorted((a, b) => b.path.length - a.path.length);
  for (const { path, methods } of resources) {
    for (const { httpMethod, requestModels, methodResponses } of methods.values()) {
      const inResponse = Object.values(methodResponses ?? {}).some(({ responseModels }) => uses(responseModels));
      const where = uses(requestModels) ? 'method request' : inResponse ? 'method response' : undefined;
      if (where) throw conflict(`Cannot delete model '${name}', is referenced in ${where}: ${path}/${httpMethod}`);
    }
  }
}
