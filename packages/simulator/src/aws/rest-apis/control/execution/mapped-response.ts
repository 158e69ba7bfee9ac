import { raise } from '../../../../simulation/raise.js';
import type { Integration, IntegrationResponse } from '@aws-sdk/client-api-gateway';
import type { MethodRow } from '../state.js';
import { misconfigured, type Response } from './failure.js';
import { bodyValue, mappedValue, textOf, type MethodRequest } from './mapped-value.js';
import { plainTemplate, requestTemplate, templateFor } from './endpoint-request.js';
import type { AnswerHeaders } from '../../../../simulation/traffic/backends/backend.js';
import { ownValue } from '../../../../simulation/own-value.js';

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
