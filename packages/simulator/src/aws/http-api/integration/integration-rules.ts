import type { AwsCall } from '../../operation/call.js';
import type { ApiRow, IntegrationRow } from '../state.js';
import { HTTP_METHODS } from '../http-methods.js';
import { checkRequestParameters, checkResponseParameters } from './parameter-mapping.js';
import { isPrivateTarget } from './private-target.js';
import { checkWebSocketIntegration } from '../web-socket/integration-rules.js';
import { isWebSocket } from '../web-socket/route-rules.js';
import { badRequest, WORDS } from '../../api-gateway/words.js';

/** Milliseconds. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const TIMEOUT = { smallest: 50, largest: 30_000 } as const;

/**
 * Refuses an integration that the service would refuse, as it is after a create or an update.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 * @throws {ServiceError} BadRequestException or NotFoundException
 */
export function checkIntegration(call: AwsCall, api: ApiRow, row: Omit<IntegrationRow, 'IntegrationId'>): void {
  if (isWebSocket(api)) return checkWebSocketIntegration(call, row);
  checkType(row);
  if (row.TimeoutInMillis === undefined || !within(row.TimeoutInMillis)) {
    throw badRequest(`Timeout should be between ${TIMEOUT.smallest} ms and ${TIMEOUT.largest} ms`);
  }
  if (row.ConnectionType === 'VPC_LINK') checkPrivate(call, row);
  else checkPublic(row);
  // With a subtype, the parameters are those of the AWS service's action.
  if (row.IntegrationSubtype === undefined) checkRequestParameters(row.RequestParameters ?? {});
  checkResponseParameters(row.ResponseParameters ?? {});
}

function within(timeoutMs: number): boolean {
  return Number.isInteger(timeoutMs) && timeoutMs >= TIMEOUT.smallest && timeoutMs <= TIMEOUT.largest;
}

// All messages below, except those of WORDS and the one on a missing payload format, are [U].
function checkType(row: Omit<IntegrationRow, 'IntegrationId'>): void {
  const { IntegrationType: type, PayloadFormatVersion: version } = row;
  if (type !== 'HTTP_PROXY' && type !== 'AWS_PROXY') {
    throw badRequest(`Integration type ${type ?? ''} is not supported for HTTP APIs`);
  }
  if (version === undefined) throw badRequest('PayloadFormatVersion is a required parameter for integration');
  if (version !== '1.0' && !(version === '2.0' && type === 'AWS_PROXY')) {
    throw badRequest(`Invalid payload format version specified for ${type} integration: ${version}`);
  }
  if (type === 'HTTP_PROXY' && row.IntegrationMethod === undefined) {
    throw badRequest('IntegrationMethod is a required parameter for integration type HTTP_PROXY');
  }
  if (row.IntegrationMethod !== undefined && !HTTP_METHODS.includes(row.IntegrationMethod)) {
    throw badRequest('Invalid HTTP method specified');
  }
}

function checkPrivate(call: AwsCall, row: Omit<IntegrationRow, 'IntegrationId'>): void {
  if (
    row.IntegrationType !== 'HTTP_PROXY' ||
    row.IntegrationSubtype !== undefined ||
    row.CredentialsArn !== undefined
  ) {
    throw badRequest('Private integrations take integration type HTTP_PROXY, without subtype and credentials');
  }
  if (row.ConnectionId === undefined)
    throw badRequest('ConnectionId is a required parameter for connection type VPC_LINK');
  const link = call.state.apiGateway.vpcLinks.get(row.ConnectionId);
  if (!link || link.fields.VpcLinkStatus === 'DELETING') throw WORDS.vpcLinkNotFound();
  if (!isPrivateTarget(call, row.IntegrationUri)) throw WORDS.privateUri();
}

function checkPublic(row: Omit<IntegrationRow, 'IntegrationId'>): void {
  if (row.ConnectionId !== undefined) throw badRequest('ConnectionId is only supported for connection type VPC_LINK');
  if (row.TlsConfig !== undefined) throw badRequest('TlsConfig is only supported for connection type VPC_LINK');
  const uri = row.IntegrationUri ?? '';
  if (row.IntegrationType === 'HTTP_PROXY' && !/^https?:\/\/[^\s/]+/.test(uri)) {
    throw badRequest('Invalid HTTP endpoint specified for URI');
  }
  if (
    row.IntegrationType === 'AWS_PROXY' &&
    row.IntegrationSubtype === undefined &&
    !/^arn:[^:]+:(lambda|apigateway):/.test(uri)
  ) {
    throw badRequest('Invalid function ARN specified for URI');
  }
}
