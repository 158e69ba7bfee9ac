import { badRequest, WORDS, conflict } from '../../api-gateway/words.js';
import type { AwsCall } from '../../operation/operation.js';
import type { IntegrationRow, ApiRow, RouteRow, IntegrationResponseRow, RouteResponseRow } from './state.js';
import { HTTP_METHODS } from './http-methods.js';
import { getApi } from './request.js';

/** A part of the backend request. `PARAM_NAME` is documented; that an integration with another name is refused is [I]. */
const KEY = /^integration\.request\.(?:header|querystring|path)\.[a-zA-Z0-9._$-]+$/;

/** Where a value comes from. */
const SOURCE =
  /^(?:route\.request\.(?:header|querystring|multivalueheader|multivaluequerystring)\.[a-zA-Z0-9._$-]+|route\.request\.body(?:\..+)?|stageVariables\.\w+|context\.[\w.]+|'[^']*')$/;

/**
 * Refuses request parameters of an integration of a WebSocket API that the service would refuse. The messages are [U].
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-mapping.html
 * @throws {ServiceError} BadRequestException
 */
function checkWebSocketParameters(parameters: Readonly<Record<string, string>>): void {
  for (const [key, source] of Object.entries(parameters)) {
    if (!KEY.test(key)) throw badRequest(`Invalid mapping expression parameter specified: ${key}`);
    if (!SOURCE.test(source)) throw badRequest(`Invalid mapping expression specified: ${source}`);
  }
}

/** Milliseconds. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html */
const TIMEOUT = { smallest: 50, largest: 29_000 } as const;

/** What an integration of a WebSocket API has where nothing else is given. */
export const DEFAULTS = {
  ConnectionType: 'INTERNET',
  PassthroughBehavior: 'WHEN_NO_MATCH',
  PayloadFormatVersion: '1.0',
  TimeoutInMillis: TIMEOUT.largest,
} as const satisfies Partial<IntegrationRow>;

/**
 * Integrations whose answers can be mapped choose their response by its status; proxies have no such expression [I] of AWS kinds.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigatewayv2/integration_test.go
 */
export function withSelection(row: IntegrationRow): IntegrationRow {
  if (row.IntegrationType?.endsWith('_PROXY') === true) return row;

  return { ...row, IntegrationResponseSelectionExpression: '${integration.response.statuscode}' };
}

/** @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html */
const ONLY_HTTP = ['IntegrationSubtype', 'ResponseParameters', 'TlsConfig'] as const;

/** A link that each stage names for itself. */
const STAGE_VARIABLE = /^\$\{stageVariables\.\w+\}$/;

/**
 * Refuses an integration of a WebSocket API that the service would refuse. Private ones use V1 links only. The
 * messages are [U].
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-routes-integrations.html
 * @throws {ServiceError} BadRequestException or NotFoundException
 */
export function checkWebSocketIntegration(call: AwsCall, row: Omit<IntegrationRow, 'IntegrationId'>): void {
  const { IntegrationType: type, IntegrationMethod: method, IntegrationUri: uri = '', TimeoutInMillis: timeout } = row;
  if (type === undefined) throw badRequest('IntegrationType is a required parameter for integration');

  for (const member of ONLY_HTTP) {
    if (row[member] !== undefined) throw badRequest(`${member} is only supported for protocolType HTTP`);
  }
  if (row.PayloadFormatVersion !== '1.0')
    throw badRequest('PayloadFormatVersion must be 1.0 for protocolType WEBSOCKET');
  if (timeout === undefined || !Number.isInteger(timeout) || timeout < TIMEOUT.smallest || timeout > TIMEOUT.largest) {
    throw badRequest(`Timeout should be between ${TIMEOUT.smallest} ms and ${TIMEOUT.largest} ms`);
  }

  checkConnection(call, row);
  checkWebSocketParameters(row.RequestParameters ?? {});
  if (type === 'MOCK') return;
  if (method === undefined) {
    throw badRequest(`IntegrationMethod is a required parameter for integration type ${type}`);
  }
  if (!HTTP_METHODS.includes(method)) throw badRequest('Invalid HTTP method specified');
  if (type.startsWith('HTTP') && !/^https?:\/\/[^\s/]+/.test(uri)) {
    throw badRequest('Invalid HTTP endpoint specified for URI');
  }
  if (type.startsWith('AWS') && !/^arn:[^:]+:/.test(uri)) {
    throw badRequest('Invalid function ARN specified for URI');
  }
}

function checkConnection(call: AwsCall, row: Omit<IntegrationRow, 'IntegrationId'>): void {
  const { ConnectionType: type, ConnectionId: id, IntegrationType: kind } = row;
  if (type !== 'VPC_LINK') {
    if (id !== undefined) throw badRequest('ConnectionId is only supported for connection type VPC_LINK');

    return;
  }
  if (!kind?.startsWith('HTTP')) throw badRequest(`Connection type VPC_LINK is not supported for ${kind ?? ''}`);
  if (id === undefined) throw badRequest('ConnectionId is a required parameter for connection type VPC_LINK');
  if (STAGE_VARIABLE.test(id)) return;
  if (call.state.apiGateway.vpcLinks.has(id)) {
    throw badRequest(`VPC link ${id} cannot be used: WebSocket APIs support VPC links for REST APIs only`);
  }

  const link = call.state.restApi.vpcLinks.get(id);
  if (!link || link.fields.status === 'DELETING') throw WORDS.vpcLinkNotFound();
}

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

export function isWebSocket({ fields }: ApiRow): boolean {
  return fields.ProtocolType === 'WEBSOCKET';
}

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
