import type { Model, RequestValidator } from '@aws-sdk/client-api-gateway';
import type { RestApiRow } from './state.js';
import { badRequest, conflict, notFound } from './words.js';
import { type AwsCall, notSimulated } from '../../operation/operation.js';
import { API, collection } from './collection.js';
import { textMember, readMember, type PatchTable } from './patch.js';

/** Whether a text is a JSON object: a model's schema, a policy, … */
export function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

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
function checkModelUnused(api: RestApiRow, name: string): void {
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

/** A new request validator. It validates nothing by default. */
export function newValidator(
  call: AwsCall,
  input: Omit<RequestValidator, 'id'>,
): RequestValidator & { readonly id: string } {
  return {
    id: call.id('', 6, 'base36'),
    ...(input.name !== undefined && input.name !== '' && { name: input.name }),
    validateRequestBody: input.validateRequestBody ?? false,
    validateRequestParameters: input.validateRequestParameters ?? false,
  };
}

/** Refuses to delete a validator that a method of the working copy uses. The sentence is that of models [I]. */
function checkValidatorUnused(api: RestApiRow, { id, name }: RequestValidator): void {
  for (const { path, methods } of api.resources.values()) {
    for (const { httpMethod, requestValidatorId } of methods.values()) {
      if (requestValidatorId !== id) continue;

      throw conflict(
        `Cannot delete request validator '${name ?? id ?? ''}', is referenced in method request: ${path}/${httpMethod}`,
      );
    }
  }
}

/** Models: JSON schemas of bodies. Each API has the default ones, too. */
export const modelOperations = collection({
  name: 'Model',
  of: API,
  rows: 'models',
  key: ['modelName', ({ name }) => name ?? ''],
  unknown: (name) => notFound(`Invalid model name specified: ${name}`),
  hidesOwner: true,
  create(call, api, { description, ...input }) {
    checkModelName(input.name);
    if (api.models.has(input.name)) throw conflict('Model name already exists for this REST API');

    checkSchema(input);
    // An empty description is left out.
    return { id: call.id('', 6, 'base36'), ...input, ...(description !== '' && { description }) };
  },
  patch: { '/description': textMember<Model>('description'), '/schema': textMember<Model>('schema') },
  checked(_call, _api, row) {
    checkSchema(row);
    return row;
  },
  unused: (api, { name = '' }) => checkModelUnused(api, name),
  show(row, verb, { flatten }) {
    if (verb === 'Get' && flatten) throw notSimulated('GetModel with flatten');

    return row;
  },
});

/** A value that is not `true` is `false`; a missing one, too. */
const isTrue = (value: string | undefined) => value?.toLowerCase() === 'true';

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
const TABLE: PatchTable<RequestValidator> = {
  '/name': readMember('name', (value = '') => {
    if (value.trim() === '') throw badRequest('Request Validator name cannot be blank');

    return value;
  }),
  '/validateRequestParameters': readMember('validateRequestParameters', isTrue),
  '/validateRequestBody': readMember('validateRequestBody', isTrue),
};

export const requestValidatorOperations = collection({
  name: 'RequestValidator',
  of: API,
  rows: 'requestValidators',
  key: ['requestValidatorId', ({ id }) => id ?? ''],
  unknown: () => notFound('Invalid Request Validator identifier specified'),
  hidesOwner: true,
  // An unknown API is refused with 400 here.
  absentForNew: () => badRequest('Invalid REST API identifier specified'),
  create: (call, _, input) => newValidator(call, input),
  patch: TABLE,
  unused: checkValidatorUnused,
});
