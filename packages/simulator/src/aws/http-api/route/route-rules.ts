import type { MemberLimit } from '../../operation/operation.js';
import type { ApiRow, RouteRow } from '../state.js';
import { checkAuthorization } from './authorizer-rules.js';
import { checkRouteKey } from './route-key.js';
import { checkWebSocketRoute, isWebSocket } from '../web-socket/route-rules.js';
import { badRequest, WORDS } from '../../api-gateway/words.js';

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
    if (other.RouteKey === key && other.RouteId !== row.RouteId) throw WORDS.routeExists(key);
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
