import type { Integration, Method } from '@aws-sdk/client-api-gateway';
import { badRequest, WORDS } from '../words.js';
import { ofList, type AwsCall } from '../../../operation/operation.js';
import { checkVerb } from '../method.js';
import { checkRequestParameters, checkTemplates } from './responses.js';
import { MAX_PORT } from '../../../../simulation/ports.js';

const HTTP_URI = /^https?:\/\/([^\s/?#]+)(?:[/?#]\S*)?$/;
const AWS_URI = /^arn:[^:]+:apigateway:[^:]*:([^:]+):(?:path|action)\/./;

/** Whether an integration calls an HTTP backend. */
function isHttp({ type }: Integration): boolean {
  return type === 'HTTP' || type === 'HTTP_PROXY';
}

/**
 * Refuses the URI of an integration. A part of it may be a stage variable. A MOCK integration has none.
 * @throws {ServiceError} BadRequestException
 */
function checkUri(integration: Integration): void {
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
  return port === 80 || port === 443 || (port >= 1024 && port <= MAX_PORT);
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

/**
 * Refuses an `integrationTarget` that is not an application or network load balancer of this account and
 * region, in the link's VPC. The model calls it a listener; the developer guide and all public uses give
 * the load balancer. All messages are [U], and so is the moment: the service may refuse some of these only
 * when a call is made.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 * @param link the V2 link; undefined where a stage variable names it
 * @throws {ServiceError} BadRequestException
 */
function checkTarget(call: AwsCall, target: string, link?: { readonly id: string; readonly vpcId: string }): void {
  const own = `arn:${call.partition}:elasticloadbalancing:${call.region}:${call.account}:loadbalancer/`;
  const isBalancer = target.startsWith(own) && /^(?:app|net)\/[^/]+\/[^/]+$/.test(target.slice(own.length));
  if (!isBalancer) {
    throw badRequest(
      `Invalid IntegrationTarget specified: ${target}. It must be the ARN of an Application Load Balancer or a Network Load Balancer of the account in the Region.`,
    );
  }

  const balancer = call.state.loadBalancing.loadBalancers.get(target);
  if (!balancer) throw badRequest(`Invalid IntegrationTarget specified: ${target} does not exist.`);
  if (link && link.vpcId !== balancer.fields.VpcId) {
    throw badRequest(`Invalid IntegrationTarget specified: ${target} is not in the VPC of VpcLinkV2 ${link.id}.`);
  }
}

/** Whether a text contains a stage variable, so that its value is unknown until a call is made. */
function hasStageVariable(text: string): boolean {
  return /\$\{stageVariables\.[^{}]+\}/.test(text);
}

/**
 * Refuses a connection that the service would refuse. A link that a stage variable names is not checked. A
 * V2 link needs a target.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 * @throws {ServiceError} BadRequestException, NotFoundException; the messages are [U], except the one of a
 * V2 link without a target
 */
function checkConnection(call: AwsCall, integration: Integration): void {
  const { connectionType, connectionId = '', integrationTarget } = integration;
  if (connectionType !== 'VPC_LINK') return checkPublic(integration);
  if (!isHttp(integration)) {
    throw badRequest('Connection type VPC_LINK is only supported for integration types HTTP and HTTP_PROXY');
  }
  if (connectionId === '') throw badRequest('ConnectionId is required for connection type VPC_LINK');
  if (hasStageVariable(connectionId)) {
    if (integrationTarget !== undefined) checkTarget(call, integrationTarget);
    return;
  }

  checkLink(call, connectionId, integrationTarget);
}

function checkPublic({ connectionType, connectionId, integrationTarget }: Integration): void {
  if (connectionType !== undefined && connectionType !== 'INTERNET') {
    throw ofList(badRequest('Invalid connection type specified. Valid options are INTERNET,VPC_LINK'));
  }
  if (connectionId !== undefined) throw badRequest('ConnectionId is only supported for connection type VPC_LINK');
  if (integrationTarget !== undefined) {
    throw badRequest('IntegrationTarget is only supported for connection type VPC_LINK');
  }
}

/**
 * The literal ID of a link, V1 or V2. A link that is DELETING is unknown [I]; one that is PENDING or FAILED is not.
 */
function checkLink(call: AwsCall, id: string, target: string | undefined): void {
  const first = call.state.restApi.vpcLinks.get(id);
  if (first && first.fields.status !== 'DELETING') {
    // Whether the service refuses or ignores it is unknown [U].
    if (target !== undefined) throw badRequest(`IntegrationTarget is not supported for VpcLink ${id}.`);

    return;
  }

  const second = call.state.apiGateway.vpcLinks.get(id);
  if (!second || second.fields.VpcLinkStatus === 'DELETING') throw WORDS.vpcLinkNotFound();
  if (target === undefined) throw WORDS.targetRequired(id);

  checkTarget(call, target, { id, vpcId: second.vpcId });
}

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
    throw ofList(badRequest(`Invalid passthrough behavior specified. Valid options are ${PASSTHROUGH.join(',')}`));
  }
  if (contentHandling !== undefined && !/^CONVERT_TO_(?:BINARY|TEXT)$/.test(contentHandling)) {
    throw ofList(badRequest('Invalid content handling specified. Valid options are CONVERT_TO_BINARY,CONVERT_TO_TEXT'));
  }
  if (mode !== undefined && mode !== 'BUFFERED' && mode !== 'STREAM') {
    throw ofList(badRequest('Invalid response transfer mode specified. Valid options are BUFFERED,STREAM'));
  }
  if (mode === 'STREAM' && type !== 'HTTP_PROXY' && type !== 'AWS_PROXY') {
    throw badRequest('Response transfer mode STREAM is only supported for integration types HTTP_PROXY and AWS_PROXY');
  }
}

/**
 * An integration with the service's defaults. A MOCK integration has neither URI nor method.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html
 */
export function newIntegration(resourceId: string, input: Integration): Integration {
  const { uri, httpMethod, ...rest } = input;
  return {
    cacheKeyParameters: [],
    cacheNamespace: resourceId,
    passthroughBehavior: 'WHEN_NO_MATCH',
    timeoutInMillis: 29_000,
    ...(isHttp(input) && { connectionType: 'INTERNET' as const }),
    ...defined(rest),
    ...(input.type !== 'MOCK' && defined({ uri, httpMethod })),
  };
}

/** The members that are set: an undefined one must not replace a default. */
function defined<T extends object>(row: T): T {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as T;
}
