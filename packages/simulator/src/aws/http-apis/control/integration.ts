import type { UpdateIntegrationRequest } from '@aws-sdk/client-apigatewayv2';
import type { ApiRow, IntegrationRow } from './state.js';
import { patch, patchMap } from './request.js';
import { isWebSocket, checkWebSocketIntegration } from './web-socket.js';
import { ofList, type MemberLimit, type AwsCall } from '../../operation/operation.js';
import { WORDS, badRequest } from '../../api-gateway/words.js';
import { HTTP_METHODS } from './http-methods.js';

/** What names the row. */
const NAMES = { ApiId: undefined, IntegrationId: undefined } as const;

/** What the service ignores in HTTP APIs. */
const IGNORED = {
  ContentHandlingStrategy: undefined,
  PassthroughBehavior: undefined,
  RequestTemplates: undefined,
  TemplateSelectionExpression: undefined,
} as const;

/**
 * An integration as it is after a change. Members left out stay; empty strings clear; request parameters are merged;
 * response parameters are replaced status by status, and an empty map clears one.
 */
export function changedIntegration<T extends Omit<IntegrationRow, 'IntegrationId'>>(
  api: ApiRow,
  row: T,
  input: Partial<UpdateIntegrationRequest>,
): T {
  const { RequestParameters, ResponseParameters, TlsConfig, ...rest } = input;
  const changed: Omit<IntegrationRow, 'IntegrationId'> = patch<Omit<IntegrationRow, 'IntegrationId'>>(row, {
    ...rest,
    ...NAMES,
    ...(isWebSocket(api) ? {} : IGNORED),
  });
  const parameters = patchMap(row.RequestParameters, RequestParameters);
  const responses = { ...row.ResponseParameters, ...ResponseParameters };
  const kept = Object.entries(responses).filter(([, mappings]) => Object.keys(mappings).length > 0);
  const result: Record<string, unknown> = {
    ...changed,
    ...(parameters && { RequestParameters: parameters }),
    ...(kept.length > 0 && { ResponseParameters: Object.fromEntries(kept) }),
  };
  if (kept.length === 0) delete result['ResponseParameters'];
  // Ignored over the internet: https://github.com/hashicorp/terraform-provider-aws/issues/41326
  const isIgnored = !isWebSocket(api) && changed.ConnectionType === 'INTERNET';
  if (TlsConfig !== undefined || isIgnored) {
    const name = isIgnored ? '' : (TlsConfig?.ServerNameToVerify ?? '');
    if (name === '') delete result['TlsConfig'];
    else result['TlsConfig'] = { ServerNameToVerify: name };
  }
  return result as T;
}

/** Lengths and values of an integration's members. @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html */
export const INTEGRATION_LIMITS: Readonly<Record<string, MemberLimit>> = {
  ConnectionType: { values: ['INTERNET', 'VPC_LINK'] },
  ContentHandlingStrategy: { values: ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] },
  IntegrationType: { values: ['AWS', 'HTTP', 'MOCK', 'HTTP_PROXY', 'AWS_PROXY'] },
  PassthroughBehavior: { values: ['WHEN_NO_MATCH', 'NEVER', 'WHEN_NO_TEMPLATES'] },
  ConnectionId: { length: [0, 1024] },
  Description: { length: [0, 1024] },
  IntegrationMethod: { length: [0, 64] },
  IntegrationUri: { length: [0, 2048] },
  'TlsConfig.ServerNameToVerify': { length: [0, 512] },
};

/**
 * Headers that no mapping may change, in requests and in responses. `*` matches any ending.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html#http-api-mapping-reserved-headers
 */
const RESERVED_HEADERS = [
  'access-control-*',
  'apigw-*',
  'authorization',
  'connection',
  'content-encoding',
  'content-length',
  'content-location',
  'forwarded',
  'keep-alive',
  'origin',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailers',
  'transfer-encoding',
  'upgrade',
  'x-amz-*',
  'x-amzn-*',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'via',
];

const REQUEST_SOURCES =
  /^(request\.(header|querystring|body)\..+|request\.path(\..+)?|context\..+|stageVariables\.\w+)$/;
const RESPONSE_SOURCES = /^(response\.(header|body)\..+|context\..+|stageVariables\.\w+)$/;

/** Whether the service keeps a header to itself. */
export function isReservedHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return RESERVED_HEADERS.some((row) => (row.endsWith('*') ? lower.startsWith(row.slice(0, -1)) : lower === row));
}

/**
 * Refuses request parameters of an HTTP proxy integration that the service would refuse: keys such as
 * `overwrite:path` or `append:header.x`, values static or taken from the request, the context or stage variables.
 * @throws {ServiceError} BadRequestException
 */
function checkRequestParameters(parameters: Readonly<Record<string, string>>): void {
  const errors = Object.entries(parameters).flatMap(([key, value]) => problem(key, value, 'request'));
  if (errors.length > 0) throw WORDS.mapping(...errors);
}

/**
 * The same for response parameters, by status code (200–599): `overwrite:statuscode`, or headers.
 * @throws {ServiceError} BadRequestException
 */
function checkResponseParameters(parameters: Readonly<Record<string, Readonly<Record<string, string>>>>): void {
  const errors = Object.entries(parameters).flatMap(([status, mappings]) => [
    ...(/^[2-5]\d\d$/.test(status) ? [] : [`Invalid status code specified: ${status}`]),
    ...Object.entries(mappings).flatMap(([key, value]) => problem(key, value, 'response')),
  ]);
  if (errors.length > 0) throw WORDS.mapping(...errors);
}

/** [U] The inner sentences: only the frame and the first one of them are on record. */
function problem(key: string, value: string, side: 'request' | 'response'): string[] {
  const what = side === 'request' ? 'Request' : 'Response';
  const [, action, place = '', name = ''] = /^(append|overwrite|remove):(\w+)(?:\.(.+))?$/.exec(key) ?? [];
  const whole = side === 'request' ? 'path' : 'statuscode';
  const named = place === 'header' || (side === 'request' && place === 'querystring');
  const fits = named ? name !== '' : place === whole && name === '' && action === 'overwrite';
  if (action === undefined || !fits) return [`Invalid ${what} Actioned Parameter specified: ${key}`];
  if (place === 'header' && !/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return [`Invalid header name specified: ${name}`];
  if (place === 'header' && isReservedHeader(name))
    return [`Operations on header ${name.toLowerCase()} are restricted`];

  const sources = side === 'request' ? REQUEST_SOURCES : RESPONSE_SOURCES;
  const bad = [...value.matchAll(/\$(?:\{([^{}]*)\}|([a-zA-Z][\w.-]*))/g)]
    .map(([, braced, bare]) => braced ?? bare ?? '')
    .find((source) => !sources.test(source));
  return bad === undefined ? [] : [`Invalid mapping expression specified: ${value}`];
}

/**
 * Whether a URI names a backend that a private integration can have: the listener of an application or
 * network load balancer, or a Cloud Map service (which may carry a query, such as `?version=2`), of this
 * account and region. A backend that does not exist is refused, too; that the service checks it, and that
 * its message is the same, is inferred.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
function isPrivateTarget(call: AwsCall, uri: string | undefined): boolean {
  const [, partition, service, region, account, resource = ''] =
    /^arn:([^:]*):([^:]*):([^:]*):([^:]*):([^?]*)(?:\?.*)?$/.exec(uri ?? '') ?? [];
  if (partition !== call.partition || region !== call.region || account !== call.account) return false;
  if (service === 'elasticloadbalancing') {
    return /^listener\/(app|net)\//.test(resource) && call.state.loadBalancing.listeners.has(uri ?? '');
  }

  const [, serviceId] = /^service\/(srv-[^/]+)$/.exec(resource) ?? [];
  return service === 'servicediscovery' && serviceId !== undefined && call.state.cloudMap.services.has(serviceId);
}

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
    throw ofList(badRequest(`Integration type ${type ?? ''} is not supported for HTTP APIs`));
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

/** The URI of an integration of which neither type nor backend is known: one of a twin, without a link. */
export const UNREAD_BACKEND = 'https://not-in-the-snapshot.invalid';
