import type { AwsCall } from '../../operation/call.js';
import type { IntegrationRow } from '../state.js';
import { HTTP_METHODS } from '../http-methods.js';
import { badRequest, WORDS } from '../../api-gateway/words.js';
import { checkWebSocketParameters } from './parameter-mapping.js';

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
