import { notSimulated } from '../../../operation/operation.js';
import { raise } from '../../../../simulation/raise.js';
import type { RestApiCopy, MethodRow } from '../state.js';
import { shownResponse } from '../gateway-response.js';
import { mappedValue, type MethodRequest, bodyValue, textOf } from './mapped-value.js';
import { DEFAULTS, type Response, type AnsweredType, misconfigured } from './failure.js';
import { templateFor, plainTemplate, requestTemplate } from './endpoint-request.js';
import { ownValue } from '../../../../simulation/own-value.js';
import type { Integration, IntegrationResponse } from '@aws-sdk/client-api-gateway';
import type { AnswerHeaders } from '../../../../simulation/traffic/backends/backend.js';

/** The answer that a gateway makes itself, with its error type: the default one, or what the API has in its place. */
export function gatewayAnswer(
  copy: Pick<RestApiCopy, 'gatewayResponses'>,
  type: AnsweredType,
  request: MethodRequest,
  message: string | null = DEFAULTS[type][1],
): Response {
  const [status, , errorType, space] = DEFAULTS[type];
  const headers = { 'x-amzn-ErrorType': errorType };
  const own = copy.gatewayResponses.size > 0 ? shownResponse(copy, type) : undefined;
  if (own === undefined || !isSet(copy, type)) {
    const name = type === 'ACCESS_DENIED' ? 'Message' : 'message';
    return { status, headers, body: `{"${name}":${space}${JSON.stringify(message)}}` };
  }

  const [contentType = 'application/json', template = ''] = templateFor(own.responseTemplates, request) ?? [];
  return {
    status: Number(own.statusCode ?? status),
    headers: { ...headers, 'Content-Type': contentType, ...setHeaders(own.responseParameters, request, message, type) },
    body: template.replaceAll(/\$(?:\{([\w.]+)\}|([\w.]*\w))/g, (text, braced?: string, bare?: string) =>
      variable(`${braced ?? bare}`, request, message, type, text),
    ),
  };
}

/** The answer to a stage that does not exist and the like, which no API can change. */
export function forbidden(): Response {
  return { status: 403, headers: { 'x-amzn-ErrorType': 'ForbiddenException' }, body: '{"message":"Forbidden"}' };
}

function isSet({ gatewayResponses }: Pick<RestApiCopy, 'gatewayResponses'>, type: AnsweredType): boolean {
  return gatewayResponses.has(type) || gatewayResponses.has(`DEFAULT_${`${DEFAULTS[type][0]}`.charAt(0)}XX`);
}

function setHeaders(
  parameters: Readonly<Record<string, string>> = {},
  request: MethodRequest,
  message: string | null,
  type: AnsweredType,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([target, source]) => {
      const value = source.startsWith('context.error.')
        ? variable(source, request, message, type, '')
        : mappedValue(request, source);
      return value === undefined ? [] : [[target.replace(/^gatewayresponse\.header\./, ''), value]];
    }),
  );
}

/**
 * A variable of a template; there are no directives in gateway responses. One without a value is left as it is written.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
function variable(
  name: string,
  request: MethodRequest,
  message: string | null,
  type: AnsweredType,
  text: string,
): string {
  const own: Readonly<Record<string, string>> = {
    'context.error.message': `${message}`,
    'context.error.messageString': JSON.stringify(message),
    'context.error.responseType': type,
  };
  const isMapping = /^(?:context|stageVariables|method\.request)\./.test(name);
  return ownValue(own, name) ?? (isMapping ? mappedValue(request, name) : undefined) ?? text;
}

/** What the context of a call is made of. */
export interface Circumstances {
  readonly apiId: string;
  readonly account: string;
  readonly stage: string;
  readonly verb: string;
  /** With the stage. */
  readonly path: string;
  readonly resourceId: string;
  readonly resourcePath: string;
  readonly requestId: string;
  readonly extendedRequestId: string | undefined;
  readonly domainName: string;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  readonly isCanary: boolean;
  readonly nowMs: number;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html */
const VARIABLES: Readonly<Record<string, (of: Circumstances) => string | undefined>> = {
  accountId: ({ account }) => account,
  apiId: ({ apiId }) => apiId,
  domainName: ({ domainName }) => domainName,
  domainPrefix: ({ domainName }) => domainName.split('.')[0],
  extendedRequestId: ({ extendedRequestId }) => extendedRequestId,
  httpMethod: ({ verb }) => verb,
  'identity.sourceIp': ({ sourceIp }) => sourceIp,
  'identity.userAgent': ({ userAgent }) => userAgent,
  isCanaryRequest: ({ isCanary }) => (isCanary ? 'true' : undefined),
  path: ({ path }) => path,
  protocol: () => 'HTTP/1.1',
  requestId: ({ requestId }) => requestId,
  requestTimeEpoch: ({ nowMs }) => `${nowMs}`,
  resourceId: ({ resourceId }) => resourceId,
  resourcePath: ({ resourcePath }) => resourcePath,
  stage: ({ stage }) => stage,
};

/**
 * A variable of a call's context; undefined where it has no value.
 * @throws {ServiceError} NotImplemented for one that is not simulated
 */
export function contextVariable(of: Circumstances, name: string): string | undefined {
  const read = ownValue(VARIABLES, name) ?? raise(notSimulated(`The variable context.${name}`));

  return read(of);
}

/**
 * The answer of a MOCK integration. The status of its request template selects the integration response.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 * @throws {ExecutionFailure} {ServiceError} NotImplemented for templates that are not plain text
 */
export function mockResponse(method: MethodRow, own: Integration, request: MethodRequest): Response {
  const status =
    mockStatus(requestTemplate(own, request) ?? textOf(request.body)) ??
    raise(misconfigured('statusCode should be an integer which defined in request template'));

  return mappedResponse(method, own, request, { status, headers: {}, body: '' });
}

/**
 * The answer of a method whose integration is not a proxy. The endpoint's status selects the integration response.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-response.html
 * @throws {ExecutionFailure} {ServiceError} NotImplemented for templates that are not plain text
 */
export function mappedResponse(
  method: MethodRow,
  own: Integration,
  request: MethodRequest,
  answered: Response,
): Response {
  const response = selected(Object.values(own.integrationResponses ?? {}), answered.status);
  if (!response) {
    throw misconfigured(
      `No match for output mapping and no default output mapping configured. Endpoint Response Status Code: ${answered.status}`,
    );
  }

  const { statusCode = '' } = response;
  if (!Object.hasOwn(method.methodResponses ?? {}, statusCode)) {
    throw misconfigured(`Output mapping refers to an invalid method response: ${statusCode}`);
  }

  const found = templateFor(response.responseTemplates, request);
  const headers = { ...mappedHeaders(response, request, answered), 'Content-Type': found?.[0] ?? 'application/json' };
  return { status: Number(statusCode), headers, body: found ? plainTemplate(found[1]) : answered.body };
}

/** The `statusCode` in a request template, or in the body that passes through. */
function mockStatus(text: string): number | undefined {
  try {
    const value = JSON.parse(text) as { readonly statusCode?: unknown } | null;
    return Number.isInteger(value?.statusCode) ? (value?.statusCode as number) : undefined;
  } catch {
    return undefined;
  }
}

/** The response whose pattern the status matches, else the one without a pattern. */
function selected(responses: readonly IntegrationResponse[], status: number): IntegrationResponse | undefined {
  const matching = responses.find(
    ({ selectionPattern = '' }) => selectionPattern !== '' && matches(selectionPattern, status),
  );
  return matching ?? responses.find(({ selectionPattern = '' }) => selectionPattern === '');
}

/** The service reads patterns as Java does. One that is not a pattern matches nothing here [I]. */
function matches(pattern: string, status: number): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(`${status}`);
  } catch {
    return false;
  }
}

function mappedHeaders(
  { responseParameters = {} }: IntegrationResponse,
  request: MethodRequest,
  answered: Response,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(responseParameters).flatMap(([target, source]) => {
      const value = responseValue(request, answered, source);
      return value === undefined ? [] : [[target.replace(/^method\.response\.header\./, ''), value]];
    }),
  );
}

function responseValue(request: MethodRequest, { headers, body }: Response, source: string): string | undefined {
  const [, name] = /^integration\.response\.(?:multivalue)?header\.(.+)$/.exec(source) ?? [];
  if (name !== undefined) {
    const value = ownValue(headers, name.toLowerCase());
    return typeof value === 'object' ? value.join(',') : value;
  }
  if (!source.startsWith('integration.response.body')) return mappedValue(request, source);

  return bodyValue(source, typeof body === 'string' ? body : textOf(body));
}

/** Headers of an endpoint that the caller gets under another name. */
const REMAPPED = new Map(
  'Authorization Connection Content-Length Content-MD5 Date Expect Host Max-Forwards Proxy-Authenticate Server Trailer Upgrade User-Agent WWW-Authenticate x-amzn-RequestId'
    .split(' ')
    .map((name) => [name.toLowerCase(), `x-amzn-Remapped-${name}`]),
);
const DROPPED = new Set(['transfer-encoding', 'content-encoding', 'via', 'keep-alive']);

/**
 * The headers that HTTP_PROXY passes to the caller.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 * @see https://github.com/localstack/localstack snapshot test_apigateway_header_remapping_http
 */
export function proxiedHeaders(headers: AnswerHeaders): Record<string, string | readonly string[]> {
  const passed: Record<string, string | readonly string[]> = {};
  for (const name in headers) {
    const value = headers[name];
    const lower = name.toLowerCase();
    if (value !== undefined && !DROPPED.has(lower)) passed[REMAPPED.get(lower) ?? name] = value;
  }
  return passed;
}
