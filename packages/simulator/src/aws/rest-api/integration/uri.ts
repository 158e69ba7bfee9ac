import type { Integration } from '@aws-sdk/client-api-gateway';
import { badRequest } from '../words.js';

const HTTP_URI = /^https?:\/\/([^\s/?#]+)(?:[/?#]\S*)?$/;
const AWS_URI = /^arn:[^:]+:apigateway:[^:]*:([^:]+):(?:path|action)\/./;

/** Whether an integration calls an HTTP backend. */
export function isHttp({ type }: Integration): boolean {
  return type === 'HTTP' || type === 'HTTP_PROXY';
}

/**
 * Refuses the URI of an integration. A part of it may be a stage variable. A MOCK integration has none.
 * @throws {ServiceError} BadRequestException
 */
export function checkUri(integration: Integration): void {
  const { type, uri } = integration;
  if (type === 'MOCK') return;
  /** @see https://github.com/aws/aws-cdk/issues/10435 */
  if (uri === undefined || uri === '') throw badRequest('Invalid integration URI specified');
  if (isHttp(integration)) checkHttpUri(uri);
  else checkAwsUri(type === 'AWS_PROXY', uri);
}

function checkHttpUri(uri: string): void {
  const [, authority] = HTTP_URI.exec(uri) ?? [];
  const [, port] = /:(\d+)$/.exec(authority ?? '') ?? [];
  if (authority === undefined || (port !== undefined && !isPort(Number(port)))) {
    throw badRequest('Invalid HTTP endpoint specified for URI');
  }
}

/**
 * The ports of HTTP integrations. The sentence for another port is [U].
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html `type`
 */
function isPort(port: number): boolean {
  return port === 80 || port === 443 || (port >= 1024 && port <= 65_535);
}

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html `uri` */
function checkAwsUri(proxy: boolean, uri: string): void {
  if (!uri.startsWith('arn:')) throw badRequest('Invalid ARN specified in the request');
  const [, service] = AWS_URI.exec(uri) ?? [];
  if (service === undefined) throw badRequest('AWS ARN for integration must contain path or action');
  if (proxy && service !== 'lambda' && service !== 'firehose') {
    throw badRequest(
      "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
    );
  }
}
