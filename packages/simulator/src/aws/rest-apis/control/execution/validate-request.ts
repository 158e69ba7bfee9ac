import { notSimulated } from '../../../operation/operation.js';
import { isObject } from '../../../../simulation/dispatch/planted-members.js';
import { raise } from '../../../../simulation/raise.js';
import type { Method, Model } from '@aws-sdk/client-api-gateway';
import type { RestApiCopy } from '../state.js';
import { ExecutionFailure } from './failure.js';
import { contentType, header, queryValues, textOf, type MethodRequest } from './mapped-value.js';
import { ownValue } from '../../../../simulation/own-value.js';

type Schema = Readonly<Record<string, unknown>>;

/** What a value is checked with: the schema that holds the definitions, and the models that references name. */
interface Source {
  readonly root: unknown;
  readonly schemaOf: (model: string) => unknown;
}

/** One keyword of a schema: what is wrong with a value, if anything is. */
type Keyword = (given: unknown, value: unknown, source: Source, schema: Schema) => string | undefined;

const OF_TYPE: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
};

const text =
  (check: (value: string, given: never) => boolean, what: string): Keyword =>
  (given, value) =>
    typeof value !== 'string' || check(value, given as never)
      ? undefined
      : `string ${JSON.stringify(value)} ${what} ${String(given)}`;
const number =
  (check: (value: number, given: never) => boolean, what: string): Keyword =>
  (given, value) =>
    typeof value !== 'number' || check(value, given as never) ? undefined : `number ${value} ${what} ${String(given)}`;
const list =
  (check: (value: readonly unknown[], given: never) => boolean, what: string): Keyword =>
  (given, value) =>
    !Array.isArray(value) || check(value, given as never) ? undefined : `the list ${what} ${String(given)}`;
const silent: Keyword = () => undefined;

/**
 * The keywords of JSON Schema draft 4 that are simulated. The real sentences differ; callers do not see them.
 * @see https://datatracker.ietf.org/doc/html/draft-fge-json-schema-validation-00
 */
const KEYWORDS: Readonly<Record<string, Keyword>> = {
  $schema: silent,
  id: silent,
  title: silent,
  description: silent,
  default: silent,
  definitions: silent,
  format: silent,
  $ref: (given, value, source) => problemIn(referred(String(given), source), value, source),
  type: (given, value) =>
    [given].flat().some((name) => ownValue(OF_TYPE, String(name))?.(value) ?? false)
      ? undefined
      : `not of type ${String(given)}`,
  enum: (given, value) =>
    (given as readonly unknown[]).some((one) => JSON.stringify(one) === JSON.stringify(value))
      ? undefined
      : 'not one of the values',
  required: (given, value) => {
    const missing = isObject(value) ? (given as readonly string[]).filter((name) => !Object.hasOwn(value, name)) : [];
    return missing.length === 0 ? undefined : `object has missing required properties (${JSON.stringify(missing)})`;
  },
  properties: (given, value, source) =>
    isObject(value)
      ? first(Object.entries(given as Schema), ([name, schema]) =>
          Object.hasOwn(value, name) ? problemIn(schema, value[name], source) : undefined,
        )
      : undefined,
  additionalProperties: (given, value, source, { properties = {} }) => {
    if (given === true || !isObject(value)) return undefined;

    const others = Object.entries(value).filter(([name]) => !Object.hasOwn(properties as object, name));
    if (given === false) return others.length === 0 ? undefined : `object has properties that are not allowed`;

    return first(others, ([, one]) => problemIn(given, one, source));
  },
  items: (given, value, source) =>
    Array.isArray(value) ? first(value, (item) => problemIn(given, item, source)) : undefined,
  minLength: text((value, given) => value.length >= given, 'is shorter than'),
  maxLength: text((value, given) => value.length <= given, 'is longer than'),
  pattern: text((value, given) => new RegExp(given).test(value), 'does not match'),
  minimum: number((value, given) => value >= given, 'is below'),
  maximum: number((value, given) => value <= given, 'is above'),
  multipleOf: number((value, given) => value % given === 0, 'is no multiple of'),
  minItems: list((value, given) => value.length >= given, 'is shorter than'),
  maxItems: list((value, given) => value.length <= given, 'is longer than'),
  allOf: (given, value, source) => first(given as readonly unknown[], (schema) => problemIn(schema, value, source)),
  anyOf: (given, value, source) =>
    (given as readonly unknown[]).some((schema) => problemIn(schema, value, source) === undefined)
      ? undefined
      : 'no schema of anyOf fits',
};

/**
 * What is wrong with a value by a model's schema; undefined for nothing.
 * @param schemaOf the schema of another model, which `$ref` names by its URL
 * @throws {ServiceError} NotImplemented for keywords that are not simulated
 */
function schemaProblem(schema: unknown, value: unknown, schemaOf: (model: string) => unknown): string | undefined {
  return problemIn(schema, value, { root: schema, schemaOf });
}

function problemIn(schema: unknown, value: unknown, source: Source): string | undefined {
  if (!isObject(schema)) return undefined;

  return first(Object.entries(schema), ([name, given]) => {
    const keyword = ownValue(KEYWORDS, name) ?? raise(notSimulated(`The keyword ${name} of a model's schema`));

    return keyword(given, value, source, schema);
  });
}

/** `#/definitions/Pet`, or `https://apigateway.amazonaws.com/restapis/a1b2c3/models/Pet`. */
function referred(reference: string, { root, schemaOf }: Source): unknown {
  const [, model] = /\/restapis\/[^/]+\/models\/([^/#]+)$/.exec(reference) ?? [];
  if (model !== undefined) return schemaOf(model);
  if (!reference.startsWith('#')) throw notSimulated(`The reference ${reference} of a model's schema`);

  const steps = reference.split('/').slice(1);
  return steps.reduce<unknown>((from, name) => (isObject(from) ? from[name] : undefined), root);
}

function first<T>(all: readonly T[], problemOf: (one: T) => string | undefined): string | undefined {
  for (const one of all) {
    const problem = problemOf(one);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

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
        ? ownValue(request.pathParameters, name)
        : queryValues(request, name).at(-1);
  return value !== undefined && value !== '';
}

/** A body whose content type has no model is not validated [I]. */
function validateBody(models: ReadonlyMap<string, Model>, method: Method, request: MethodRequest): void {
  const type = contentType(request);
  const model = models.get(ownValue(method.requestModels, type) ?? '');
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
