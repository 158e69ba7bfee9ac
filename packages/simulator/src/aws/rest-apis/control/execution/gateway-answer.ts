import { notSimulated } from '../../../operation/operation.js';
import { raise } from '../../../../simulation/raise.js';
import type { RestApiCopy } from '../state.js';
import { shownResponse } from '../gateway-response.js';
import { mappedValue, type MethodRequest } from './mapped-value.js';
import { DEFAULTS, type Response, type AnsweredType } from './failure.js';
import { templateFor } from './endpoint-request.js';
import { ownValue } from '../../../../simulation/own-value.js';

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
