import type { Method, Model } from '@aws-sdk/client-api-gateway';
import type { RestApiCopy } from '../state.js';
import { ExecutionFailure } from './failure.js';
import { contentType, header, queryValues, textOf, type MethodRequest } from './method-request.js';
import { schemaProblem } from './json-schema.js';

/** Where a method declares parameters, in the order of the service's sentence. */
const LOCATIONS = ['header', 'path', 'querystring'] as const;

/**
 * Refuses a call that the method's request validator refuses.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 * @see https://github.com/localstack/localstack snapshot test_api_gateway_request_validator
 * @throws {ExecutionFailure} BAD_REQUEST_PARAMETERS, BAD_REQUEST_BODY. {ServiceError} NotImplemented for what a schema
 * has beyond the keywords that are simulated
 */
export function validateRequest(
  copy: Pick<RestApiCopy, 'requestValidators' | 'models'>,
  method: Method,
  request: MethodRequest,
): void {
  const validator = copy.requestValidators.get(method.requestValidatorId ?? '');
  if (validator?.validateRequestParameters === true) validateParameters(method, request);
  if (validator?.validateRequestBody === true) validateBody(copy.models, method, request);
}

function validateParameters({ requestParameters = {} }: Method, request: MethodRequest): void {
  const required = Object.entries(requestParameters).flatMap(([name, isRequired]) => (isRequired ? [name] : []));
  const missing = LOCATIONS.flatMap((location) => {
    const prefix = `method.request.${location}.`;
    const names = required.flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []));
    return names.filter((name) => !isGiven(request, location, name));
  });
  if (missing.length === 0) return;
  const sentence = `Missing required request parameters: [${missing.join(', ')}]`;
  throw new ExecutionFailure(sentence, 'BAD_REQUEST_PARAMETERS', sentence);
}

/** An empty value counts as missing. */
function isGiven(request: MethodRequest, location: (typeof LOCATIONS)[number], name: string): boolean {
  const value =
    location === 'header'
      ? header(request.headers, name)
      : location === 'path'
        ? request.pathParameters[name]
        : queryValues(request, name).at(-1);
  return value !== undefined && value !== '';
}

/** A body whose content type has no model is not validated [I]. */
function validateBody(models: ReadonlyMap<string, Model>, method: Method, request: MethodRequest): void {
  const type = contentType(request);
  const model = models.get(method.requestModels?.[type] ?? '');
  if (!model) return;
  const problem = bodyProblem(models, model, textOf(request.body));
  if (problem === undefined) return;
  throw new ExecutionFailure(
    `Request body does not match model schema for content type ${type}: [${problem}]`,
    'BAD_REQUEST_BODY',
  );
}

function bodyProblem(models: ReadonlyMap<string, Model>, model: Model, body: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return 'the body is not JSON';
  }
  const schemaOf = (name: string): unknown => JSON.parse(models.get(name)?.schema ?? '{}');
  return schemaProblem(JSON.parse(model.schema ?? '{}'), value, schemaOf);
}
