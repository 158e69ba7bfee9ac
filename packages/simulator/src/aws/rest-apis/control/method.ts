import { authorizationTypeOf } from './authorizer.js';
import { raise } from '../../../simulation/raise.js';
import { ownValue } from '../../../simulation/own-value.js';
import type { MethodResponse } from '@aws-sdk/client-api-gateway';
import { ofList, type AwsCall, ServiceError } from '../../operation/operation.js';
import type { MethodRow, ResourceRow, RestApiRow } from './state.js';
import { getApiOfResource, getMethod, getResource } from './collection.js';
import { rule, withMember, textMember, type PatchRule, type PatchTable } from './patch.js';
import { badRequest, conflict, notFound } from './words.js';

/** What names a method in an input. */
export interface MethodKey {
  readonly restApiId: string | undefined;
  readonly resourceId: string | undefined;
  readonly httpMethod: string | undefined;
}

export interface MethodPlace {
  readonly api: RestApiRow;
  readonly resource: ResourceRow;
  readonly method: MethodRow;
}

/** @throws {ServiceError} NotFoundException for the API, the resource or the method */
export function findMethod(call: AwsCall, { restApiId, resourceId, httpMethod }: MethodKey): MethodPlace {
  const api = getApiOfResource(call, restApiId);
  const resource = getResource(api, resourceId);
  return { api, resource, method: getMethod(resource, httpMethod) };
}

/** Sets a method of a resource. The resource's row is replaced, since a deployment may share it. */
export function setMethod(api: RestApiRow, resource: ResourceRow, method: MethodRow): void {
  const methods = new Map(resource.methods).set(method.httpMethod, method);
  api.resources.set(resource.id, { ...resource, methods });
}

/** Deletes a method of a resource. */
export function removeMethod(api: RestApiRow, resource: ResourceRow, verb: string): void {
  const methods = new Map(resource.methods);
  methods.delete(verb);
  api.resources.set(resource.id, { ...resource, methods });
}

/**
 * An entry of a map of a method, an integration or a response: `add` sets it; `replace` and `remove` need
 * it to exist. A map that becomes empty is absent.
 */
export function entry<T extends object>(
  name: keyof T & string,
  missing: () => ServiceError,
  read: (value: string) => unknown = (value) => value,
): PatchRule<T> {
  return rule(['add', 'replace', 'remove'], (row, { op, keys: [key = ''], value = '' }) => {
    const map = (row[name] ?? {}) as Readonly<Record<string, unknown>>;
    if (op !== 'add' && !Object.hasOwn(map, key)) throw missing();

    const { [key]: _, ...rest } = map;
    const changed = op === 'remove' ? rest : { ...map, [key]: read(value) };
    return withMember(row, name, Object.keys(changed).length > 0 ? changed : undefined);
  });
}

/** A text other than `true` is false, and no error. */
export function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true';
}

/**
 * The sentences on methods and responses.
 * @see https://github.com/localstack/localstack `test_apigateway_api.snapshot.json`
 */
export const METHOD_WORDS = {
  verb: () => badRequest('Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY'),
  methodExists: () => conflict('Method already exists for this resource'),
  authorizer: () =>
    badRequest(
      'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
    ),
  /** [U] */
  authorizationType: () => badRequest('Invalid authorization type specified'),
  requestValidator: () => badRequest('Invalid Request Validator identifier specified'),
  model: (name: string) => badRequest(`Invalid model identifier specified: ${name}`),
  parameterNames: () => badRequest('Parameter names must be unique across querystring, header and path'),
  responseExists: () => conflict('Response already exists for this resource'),
  responseNotFound: () => notFound('Invalid Response status code specified'),
  parameterNotFound: () => notFound('Invalid parameter name specified'),
  contentTypeNotFound: () => notFound('Content-Type specified was not found'),
  statusCode: (code: string) =>
    new ServiceError(
      'ValidationException',
      `1 validation error detected: Value '${code}' at 'statusCode' failed to satisfy constraint: ` +
        'Member must satisfy regular expression pattern: [1-5]\\d\\d',
    ),
  /** A value that is not a mapping expression. */
  expression: (text: string) => mappingError(`Invalid mapping expression specified: ${text}`),
  /** A parameter that the method does not declare. */
  parameter: (name: string) => mappingError(`Invalid mapping expression parameter specified: ${name}`),
  /** A key of templates that is not a content type. */
  contentType: (text: string) =>
    badRequest(`Validation Result: warnings : [], errors : [Invalid content type specified: ${text}]`),
} as const;

function mappingError(error: string): ServiceError {
  return badRequest(`Invalid mapping expression specified: Validation Result: warnings : [], errors : [${error}]`);
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateMethod-Patch */
export const METHOD_PATCH: PatchTable<MethodRow> = {
  '/authorizationType': textMember('authorizationType'),
  '/authorizerId': textMember('authorizerId'),
  '/requestValidatorId': textMember('requestValidatorId'),
  '/operationName': textMember('operationName'),
  '/apiKeyRequired': rule(['replace'], (row, { value }) => ({ ...row, apiKeyRequired: isTrue(value) })),
  '/requestParameters/{name}': entry('requestParameters', METHOD_WORDS.parameterNotFound, isTrue),
  '/requestModels/{type}': entry('requestModels', METHOD_WORDS.contentTypeNotFound),
  '/authorizationScopes': rule(['add', 'remove'], (row, { op, value = '' }) => {
    const rest = (row.authorizationScopes ?? []).filter((scope) => scope !== value);
    const scopes = op === 'add' ? [...rest, value] : rest;
    return withMember(row, 'authorizationScopes', scopes.length > 0 ? scopes : undefined);
  }),
};

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateMethodResponse-Patch */
export const METHOD_RESPONSE_PATCH: PatchTable<MethodResponse> = {
  '/responseParameters/{name}': entry('responseParameters', METHOD_WORDS.parameterNotFound, isTrue),
  '/responseModels/{type}': entry('responseModels', METHOD_WORDS.contentTypeNotFound),
};

const VERBS: readonly string[] = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'ANY'];
const AUTHORIZATION_TYPES: readonly string[] = ['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS', 'JWT'];
const PARAMETER = /^method\.request\.(?:querystring|path|header)\.(\S+)$/;

/** @throws {ServiceError} BadRequestException */
export function checkVerb(verb: string | undefined): string {
  if (verb === undefined || !VERBS.includes(verb)) throw METHOD_WORDS.verb();

  return verb;
}

/**
 * A method as the service keeps it, after a create or an update. An authorizer stays only where the
 * authorization type uses one.
 * @see https://github.com/localstack/localstack snapshot test_put_integration_responses (`none` is answered `NONE`; other types [I])
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html
 * @throws {ServiceError} BadRequestException
 */
export function checkedMethod(api: RestApiRow, method: MethodRow): MethodRow {
  const { authorizerId, ...rest } = method;
  const type = method.authorizationType?.toUpperCase() ?? ''; // any case, kept in upper case
  if (!AUTHORIZATION_TYPES.includes(type)) throw ofList(METHOD_WORDS.authorizationType());

  const authorized = type !== 'NONE' && type !== 'AWS_IAM';
  if (authorized && !isAuthorizer(api, authorizerId, type)) throw METHOD_WORDS.authorizer();
  if (method.requestValidatorId !== undefined && !api.requestValidators.has(method.requestValidatorId)) {
    throw METHOD_WORDS.requestValidator();
  }

  checkModels(api, method.requestModels);
  checkParameters(method.requestParameters);
  return { ...(authorized ? method : rest), authorizationType: type };
}

/** @throws {ServiceError} BadRequestException */
function checkModels(api: RestApiRow, models: Readonly<Record<string, string>> | undefined): void {
  for (const name of Object.values(models ?? {})) {
    if (!api.models.has(name)) throw METHOD_WORDS.model(name);
  }
}

function isAuthorizer(api: RestApiRow, id: string | undefined, type: string): boolean {
  const authorizer = api.authorizers.get(id ?? '');
  return authorizer !== undefined && authorizationTypeOf(authorizer) === type;
}

function checkParameters(parameters: Readonly<Record<string, boolean>> | undefined): void {
  const names = new Set<string>();
  for (const parameter of Object.keys(parameters ?? {})) {
    const [, name] = PARAMETER.exec(parameter) ?? [];
    if (name === undefined) throw METHOD_WORDS.expression(parameter);
    if (names.has(name)) throw METHOD_WORDS.parameterNames();

    names.add(name);
  }
}

/** @throws {ServiceError} ValidationException */
export function checkStatusCode(code: string | undefined): string {
  if (code === undefined || !/^[1-5]\d\d$/.test(code)) throw METHOD_WORDS.statusCode(code ?? '');

  return code;
}

/** @throws {ServiceError} NotFoundException */
export function getMethodResponse(method: MethodRow, code: string | undefined): MethodResponse {
  return responseOf(method.methodResponses, code);
}

/** A response of a map by status code. @throws {ServiceError} NotFoundException */
export function responseOf<T>(responses: Readonly<Record<string, T>> | undefined, code: string | undefined): T {
  return ownValue(responses, code ?? '') ?? raise(METHOD_WORDS.responseNotFound());
}

/** Refuses a method response that the service would refuse. @throws {ServiceError} BadRequestException */
export function checkMethodResponse(api: RestApiRow, response: MethodResponse): void {
  for (const name of Object.keys(response.responseParameters ?? {})) {
    if (!/^method\.response\.header\.\S+$/.test(name)) throw METHOD_WORDS.expression(name);
  }
  checkModels(api, response.responseModels);
}

/** The method with a response set. */
export function withMethodResponse(method: MethodRow, code: string, response: MethodResponse): MethodRow {
  return { ...method, methodResponses: { ...method.methodResponses, [code]: response } };
}

/** The method without a response. Without any, `methodResponses` is absent. */
export function withoutMethodResponse(method: MethodRow, code: string): MethodRow {
  return withMember(method, 'methodResponses', without(method.methodResponses, code));
}

/** A map without one entry; undefined if no other is left. */
export function without<T>(map: Readonly<Record<string, T>> | undefined, key: string): Record<string, T> | undefined {
  const { [key]: _, ...rest } = map ?? {};
  return Object.keys(rest).length > 0 ? rest : undefined;
}
