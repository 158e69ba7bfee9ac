import type { MethodRow, RestApiRow } from '../state.js';
import { METHOD_WORDS } from './words.js';

const VERBS: readonly string[] = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'ANY'];
const AUTHORIZATION_TYPES: readonly string[] = ['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS'];
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
  if (!AUTHORIZATION_TYPES.includes(type)) throw METHOD_WORDS.authorizationType();
  const authorized = type === 'CUSTOM' || type === 'COGNITO_USER_POOLS';
  if (authorized && !isAuthorizer(api, authorizerId, type)) throw METHOD_WORDS.authorizer();
  if (method.requestValidatorId !== undefined && !api.requestValidators.has(method.requestValidatorId)) {
    throw METHOD_WORDS.requestValidator();
  }
  checkModels(api, method.requestModels);
  checkParameters(method.requestParameters);
  return { ...(authorized ? method : rest), authorizationType: type };
}

/** @throws {ServiceError} BadRequestException */
export function checkModels(api: RestApiRow, models: Readonly<Record<string, string>> | undefined): void {
  for (const name of Object.values(models ?? {})) {
    if (!api.models.has(name)) throw METHOD_WORDS.model(name);
  }
}

function isAuthorizer(api: RestApiRow, id: string | undefined, type: string): boolean {
  const authorizer = api.authorizers.get(id ?? '');
  return authorizer !== undefined && (authorizer.type === 'COGNITO_USER_POOLS') === (type === 'COGNITO_USER_POOLS');
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
