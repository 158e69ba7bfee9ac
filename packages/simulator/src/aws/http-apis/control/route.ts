import { rowBy } from '../../../simulation/raise.js';
import type { CreateAuthorizerRequest } from '@aws-sdk/client-apigatewayv2';
import type { MemberLimit } from '../../operation/operation.js';
import type { ApiRow, AuthorizerRow, RouteRow } from './state.js';
import { isWebSocket, checkWebSocketRoute } from './web-socket.js';
import { badRequest, conflict, WORDS } from '../../api-gateway/words.js';
import { HTTP_METHODS } from './http-methods.js';

/** @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html */
export const AUTHORIZER_LIMITS: Readonly<Record<string, MemberLimit>> = {
  AuthorizerType: { values: ['REQUEST', 'JWT'] },
  Name: { length: [1, 128] },
};

/** The type of authorizer that an authorization type of a route needs. */
const TYPES: Readonly<Record<string, AuthorizerRow['AuthorizerType']>> = { CUSTOM: 'REQUEST', JWT: 'JWT' };

/** @throws {ServiceError} NotFoundException */
const getAuthorizer = rowBy((api: ApiRow) => api.authorizers, WORDS.authorizerNotFound);

/**
 * Refuses an authorizer that the service would refuse, as it is after a create or an update. All messages are [U].
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 * @throws {ServiceError} BadRequestException, ConflictException
 */
export function checkAuthorizer(
  api: ApiRow,
  input: Partial<CreateAuthorizerRequest> & { readonly AuthorizerId?: string },
): void {
  for (const { Name, AuthorizerId } of api.authorizers?.values() ?? []) {
    if (Name === input.Name && AuthorizerId !== input.AuthorizerId)
      throw conflict(`Authorizer name must be unique: ${Name ?? ''}`);
  }
  if (input.AuthorizerType === 'JWT') {
    if (isWebSocket(api)) throw badRequest('Authorizer type JWT is not supported for protocolType WEBSOCKET');
    if (input.JwtConfiguration?.Issuer?.startsWith('https://') !== true) throw badRequest('Invalid issuer specified');
    if ((input.IdentitySource ?? []).length !== 1) throw badRequest('IdentitySource must have one entry');

    return;
  }
  if (!/^arn:[^:]+:apigateway:[^:]+:lambda:path\/\S+\/invocations$/.test(input.AuthorizerUri ?? '')) {
    throw badRequest(`Invalid Authorizer URI: ${input.AuthorizerUri ?? ''}`);
  }
  if (!isWebSocket(api) && input.AuthorizerPayloadFormatVersion === undefined) {
    throw badRequest('AuthorizerPayloadFormatVersion is a required parameter for authorizer of type REQUEST');
  }
}

/**
 * Refuses a route whose authorizer does not exist, or is not of the type that the route names. The messages are [U].
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html
 * @throws {ServiceError} BadRequestException, NotFoundException
 */
function checkAuthorization(api: ApiRow, row: Omit<RouteRow, 'RouteId'>): void {
  const { AuthorizationType: type = 'NONE', AuthorizerId: id, AuthorizationScopes: scopes = [] } = row;
  const needed = TYPES[type];
  if (needed === undefined && id !== undefined) {
    throw badRequest(`AuthorizerId is not supported for authorization type ${type}`);
  }
  if (scopes.length > 0 && type !== 'JWT') {
    throw badRequest(`AuthorizationScopes are not supported for authorization type ${type}`);
  }
  if (needed !== undefined && getAuthorizer(api, id).AuthorizerType !== needed) {
    throw badRequest(`Authorization type ${type} requires an authorizer of type ${needed}`);
  }
}

const PART = /^(\{[\w.:-]+\+?\}|[a-zA-Z0-9.:_-]+)$/;

/**
 * Refuses a text that is not a route key of an HTTP API: `$default`, or a method and a path such as `ANY
 * /orders/{proxy+}`. A greedy variable must be last. The name of a variable may occur once.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 * @throws {ServiceError} BadRequestException
 */
export function checkRouteKey(key: string | undefined): string {
  if (key === '$default') return key;

  const [, method = '', path = ''] = /^(\S+) \/(\S*)$/.exec(key ?? '') ?? [];
  if (key === undefined || !HTTP_METHODS.includes(method)) throw WORDS.routeKeyForm();

  const parts = path.split('/');
  // A slash at the end makes another route of it.
  if (parts.at(-1) === '') parts.pop();
  if (!parts.every((part) => PART.test(part))) throw WORDS.pathParts();

  const variables = parts.filter((part) => part.startsWith('{')).map((part) => part.replace(/[{}+]/g, ''));
  const greedy = parts.findIndex((part) => part.endsWith('+}'));
  // [U] both sentences
  if (greedy >= 0 && greedy < parts.length - 1)
    throw badRequest('A greedy path variable must be the last part of a path');
  if (new Set(variables).size < variables.length) throw badRequest('Path variables must be unique within a route key');

  return key;
}

/** A route key without the names of its variables. That keys of other shapes do not exclude each other is [U]. */
const shapeOf = (key: string): string => key.replaceAll(/\{[^{}+]+/g, '{');

/** @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html */
export const ROUTE_LIMITS: Readonly<Record<string, MemberLimit>> = {
  AuthorizationType: { values: ['NONE', 'AWS_IAM', 'CUSTOM', 'JWT'] },
  OperationName: { length: [0, 64] },
  Target: { length: [0, 128] },
};

/**
 * Refuses a route that the service would refuse, as it is after a create or an update.
 * @throws {ServiceError} BadRequestException, ConflictException, NotFoundException
 */
export function checkRoute(api: ApiRow, row: Omit<RouteRow, 'RouteId'> & { RouteId?: string }): void {
  const key = isWebSocket(api) ? row.RouteKey : checkRouteKey(row.RouteKey);
  for (const other of api.routes.values()) {
    if (other.RouteId === row.RouteId) continue;
    if (other.RouteKey === key) throw WORDS.routeExists(key);
    if (!isWebSocket(api) && shapeOf(other.RouteKey) === shapeOf(key)) throw WORDS.variableClash(key, other.RouteKey);
  }
  if (row.Target !== undefined) {
    const [, id] = /^integrations\/([^/]+)$/.exec(row.Target) ?? [];
    // [U] on the form; the message for a missing integration is that of the other operations.
    if (id === undefined) throw badRequest(`Invalid target specified: ${row.Target}`);
    if (!api.integrations.has(id)) throw WORDS.integrationNotFound();
  }
  if (isWebSocket(api)) {
    checkWebSocketRoute(row);
    return checkAuthorization(api, row);
  }
  if (row.ApiKeyRequired === true) throw badRequest('ApiKeyRequired is not supported for protocolType HTTP');

  checkAuthorization(api, row);
}
