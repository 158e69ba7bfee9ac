import type { ApiRow, RouteRow } from '../state.js';
import { badRequest } from '../../api-gateway/words.js';

/** The routes that API Gateway calls by itself; `$connect` is the one that may authorize. */
const BUILT_IN = ['$connect', '$disconnect', '$default'];

/**
 * Refuses a route of a WebSocket API that the service would refuse; what it shares with HTTP APIs is not looked at here.
 * The messages are [U].
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html
 * @throws {ServiceError} BadRequestException
 */
export function checkWebSocketRoute(row: Omit<RouteRow, 'RouteId'>): void {
  const { RouteKey: key = '', AuthorizationType: type = 'NONE', AuthorizerId: authorizer } = row;
  if (key === '' || (key.startsWith('$') && !BUILT_IN.includes(key))) {
    throw badRequest(`Invalid route key specified: ${key}`);
  }
  if (key !== '$connect' && (type !== 'NONE' || authorizer !== undefined)) {
    throw badRequest('Authorization can only be set on the $connect route');
  }
  if (type === 'JWT') throw badRequest('Authorization type JWT is not supported for protocolType WEBSOCKET');
}

/** Whether an API is a WebSocket API. */
export function isWebSocket({ fields }: ApiRow): boolean {
  return fields.ProtocolType === 'WEBSOCKET';
}
