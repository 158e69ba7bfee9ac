import type { AwsCall } from '../../operation/call.js';
import { badRequest, conflict } from '../../api-gateway/words.js';
import { getApi } from '../find.js';
import type { ApiRow, IntegrationResponseRow, RouteResponseRow } from '../state.js';
import { isWebSocket } from './route-rules.js';

/** Finds WebSocket APIs: others have no responses and no models. It throws a ServiceError in words that are [U]. */
export function webSocketApi(what: string): (call: AwsCall, id: string) => ApiRow {
  return (call, id) => {
    const api = getApi(call, id);
    if (!isWebSocket(api)) throw badRequest(`${what} are not supported for protocolType HTTP`);
    return api;
  };
}

/** Deletes the responses of a route or an integration that is deleted. */
export function deleteResponses<T>(rows: Map<string, T> | undefined, isOf: (row: T) => boolean): void {
  for (const [id, row] of rows ?? []) if (isOf(row)) rows?.delete(id);
}

/**
 * Refuses a response of a route: `$default` is the only key.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html
 * @throws {ServiceError} BadRequestException, ConflictException; the sentences are [U]
 */
export function checkRouteResponse(api: ApiRow, row: RouteResponseRow): void {
  if (row.RouteResponseKey !== '$default') {
    throw badRequest(`Invalid route response key specified: ${row.RouteResponseKey ?? ''}`);
  }
  const others = [...(api.routeResponses?.values() ?? [])];
  if (others.some((other) => other.RouteId === row.RouteId && other.RouteResponseId !== row.RouteResponseId)) {
    throw conflict('Route response with key $default already exists for this route');
  }
}

/**
 * Refuses a response of an integration. Its key is `$default`, or a regular expression between slashes, such as `/4\d\d/`.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-responses.html
 * @throws {ServiceError} BadRequestException, ConflictException; the sentences are [U]
 */
export function checkIntegrationResponse(api: ApiRow, row: IntegrationResponseRow): void {
  const { IntegrationResponseKey: key = '' } = row;
  if (key !== '$default' && statusPattern(key) === undefined) {
    throw badRequest(`Invalid integration response key specified: ${key}`);
  }
  const twin = [...(api.integrationResponses?.values() ?? [])].some(
    (other) =>
      other.IntegrationId === row.IntegrationId &&
      other.IntegrationResponseKey === key &&
      other.IntegrationResponseId !== row.IntegrationResponseId,
  );
  if (twin) throw conflict(`Integration response with key ${key} already exists for this integration`);
}

/** Without counts of two digits and more: nested ones would need too much memory. */
const SIMPLE = /^\/((?:\\[dDwWsS]|[\d.|()[\]\-^$?+*]|\{\d\})+)\/$/;

/** `/4\d\d/` as a pattern of statuses; undefined for another text. */
export function statusPattern(key: string): RegExp | undefined {
  const [, source] = SIMPLE.exec(key) ?? [];
  try {
    return source === undefined ? undefined : new RegExp(`^(?:${source})$`);
  } catch {
    return undefined;
  }
}
