import type { CreateAuthorizerRequest } from '@aws-sdk/client-apigatewayv2';
import type { MemberLimit } from '../../operation/operation.js';
import type { ApiRow, AuthorizerRow, RouteRow } from '../state.js';
import { isWebSocket } from '../web-socket/route-rules.js';
import { badRequest, conflict, WORDS } from '../../api-gateway/words.js';

/** @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html */
export const AUTHORIZER_LIMITS: Readonly<Record<string, MemberLimit>> = {
  AuthorizerType: { values: ['REQUEST', 'JWT'] },
  Name: { length: [1, 128] },
};

/** The type of authorizer that an authorization type of a route needs. */
const TYPES: Readonly<Record<string, AuthorizerRow['AuthorizerType']>> = { CUSTOM: 'REQUEST', JWT: 'JWT' };

/** @throws {ServiceError} NotFoundException */
function getAuthorizer(api: ApiRow, id: string | undefined): AuthorizerRow {
  const row = api.authorizers?.get(id ?? '');
  if (!row) throw WORDS.authorizerNotFound();
  return row;
}

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
export function checkAuthorization(api: ApiRow, row: Omit<RouteRow, 'RouteId'>): void {
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
