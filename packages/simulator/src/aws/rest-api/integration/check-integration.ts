import type { Integration, Method } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../operation/call.js';
import { checkVerb } from '../method/method-rules.js';
import { badRequest } from '../words.js';
import { checkConnection } from './connection.js';
import { checkRequestParameters, checkTemplates } from './mapping.js';
import { checkUri } from './uri.js';

/** Milliseconds. Edge-optimized APIs stay at this timeout whatever the quota is. */
const TIMEOUT = { smallest: 50, largestOfEdge: 29_000, largestOfStream: 900_000 } as const;
const PASSTHROUGH: readonly string[] = ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'];

/** What an integration belongs to. What is left out is not checked. */
export interface IntegrationPlace {
  readonly method?: Method | undefined;
  /** `EDGE`, `REGIONAL` or `PRIVATE`. */
  readonly endpointType?: string | undefined;
}

/**
 * Refuses an integration that the service would refuse, as it is after PutIntegration, UpdateIntegration or
 * an import.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html
 * @throws {ServiceError} BadRequestException, NotFoundException
 */
export function checkIntegration(call: AwsCall, integration: Integration, place: IntegrationPlace = {}): void {
  checkMethod(integration);
  checkUri(integration);
  checkTimeout(call, integration, place.endpointType);
  checkTransfer(integration);
  checkConnection(call, integration);
  checkRequestParameters(integration.requestParameters, place.method);
  checkTemplates(integration.requestTemplates);
}

/** AWS_PROXY does not require a method [U]. */
function checkMethod({ type, httpMethod }: Integration): void {
  if (httpMethod !== undefined && httpMethod !== '') checkVerb(httpMethod);
  else if (type !== 'MOCK' && type !== 'AWS_PROXY') {
    throw badRequest('Enumeration value for HttpMethod must be non-empty');
  }
}

/** @see https://github.com/hashicorp/terraform-provider-aws/pull/45482 for the message with STREAM */
function checkTimeout(call: AwsCall, integration: Integration, endpointType: string | undefined): void {
  const { timeoutInMillis: timeout, responseTransferMode } = integration;
  if (timeout === undefined) return;
  const quota = call.quota('integration-timeout');
  const buffered = endpointType === 'EDGE' ? Math.min(quota, TIMEOUT.largestOfEdge) : quota;
  const largest = responseTransferMode === 'STREAM' ? TIMEOUT.largestOfStream : buffered;
  if (!Number.isInteger(timeout) || timeout < TIMEOUT.smallest || timeout > largest) {
    throw badRequest(`Timeout should be between ${TIMEOUT.smallest} ms and ${largest} ms`);
  }
}

/**
 * The messages are [U].
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html
 */
function checkTransfer({ type, passthroughBehavior, contentHandling, responseTransferMode: mode }: Integration): void {
  if (passthroughBehavior !== undefined && !PASSTHROUGH.includes(passthroughBehavior)) {
    throw badRequest(`Invalid passthrough behavior specified. Valid options are ${PASSTHROUGH.join(',')}`);
  }
  if (contentHandling !== undefined && !/^CONVERT_TO_(?:BINARY|TEXT)$/.test(contentHandling)) {
    throw badRequest('Invalid content handling specified. Valid options are CONVERT_TO_BINARY,CONVERT_TO_TEXT');
  }
  if (mode !== undefined && mode !== 'BUFFERED' && mode !== 'STREAM') {
    throw badRequest('Invalid response transfer mode specified. Valid options are BUFFERED,STREAM');
  }
  if (mode === 'STREAM' && type !== 'HTTP_PROXY' && type !== 'AWS_PROXY') {
    throw badRequest('Response transfer mode STREAM is only supported for integration types HTTP_PROXY and AWS_PROXY');
  }
}
