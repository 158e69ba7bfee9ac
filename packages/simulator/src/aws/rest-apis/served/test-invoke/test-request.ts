import type { TestInvokeMethodRequest } from '@aws-sdk/client-api-gateway';
import { type AwsCall, notSimulated } from '../../../operation/operation.js';
import type { ResourceRow, RestApiRow } from '../../control/state.js';
import { contextVariable } from '../../control/execution/gateway-answer.js';
import { type MethodRequest, textOf } from '../../control/execution/mapped-value.js';
import type { EndpointRequest } from '../../control/execution/endpoint-request.js';

type Texts = Readonly<Record<string, string>>;

/** The call that a test makes. */
export interface TestRequest extends MethodRequest {
  readonly id: string;
  readonly query: Texts;
}

/** The stage of tests, in their context. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-test-method.html */
const STAGE = 'test-invoke-stage';

/**
 * Reads the call. Without a path it is the resource's own.
 * @throws {ServiceError} NotImplemented for several values of one header or parameter, and for client certificates
 */
export function testRequest(
  call: AwsCall,
  api: RestApiRow,
  resource: ResourceRow,
  input: TestInvokeMethodRequest,
): TestRequest {
  const { httpMethod: verb = '', pathWithQueryString = '', body = '', headers = {}, stageVariables = {} } = input;
  if (input.multiValueHeaders !== undefined) throw notSimulated('A test with multiValueHeaders');
  if (input.clientCertificateId !== undefined) throw notSimulated('A test with a client certificate');

  const [given = '', search = ''] = pathWithQueryString.split('?');
  const path = given === '' ? resource.path : given;
  const pairs = [...new URLSearchParams(search)];
  const query = Object.fromEntries(pairs);
  if (Object.keys(query).length < pairs.length) throw notSimulated('A test with several values of one parameter');

  const id = uuid(call);
  const circumstances = {
    apiId: api.fields.id,
    account: call.account,
    stage: STAGE,
    verb,
    path,
    resourceId: resource.id,
    resourcePath: resource.path,
    requestId: id,
    extendedRequestId: undefined,
    domainName: 'testPrefix.testDomainName',
    sourceIp: 'test-invoke-source-ip',
    userAgent: undefined,
    isCanary: false,
    nowMs: call.now,
  };
  return {
    id,
    verb,
    path,
    pathParameters: placeholders(resource.path, path),
    search,
    query,
    headers,
    body: Buffer.from(body),
    stageVariables: { ...stageVariables }, // the caller's own object may change
    context: (name) => contextVariable(circumstances, name),
  };
}

/** The values of a path's placeholders; none where the path is not one of the resource [I]. */
function placeholders(template: string, path: string): Texts {
  const [parts, given] = [template.split('/'), path.split('/')];
  if (path === template) return {};

  const values: Record<string, string> = {};
  for (const [at, part] of parts.entries()) {
    const [, name] = /^\{([^{}+]+)\+?\}$/.exec(part) ?? [];
    const isGreedy = part.endsWith('+}');
    const own = name !== undefined && isGreedy ? given.slice(at).join('/') : (given[at] ?? '');
    if (name === undefined ? own !== part : own === '') return {};

    if (name !== undefined) values[name] = own;
    if (name !== undefined && isGreedy) return values;
  }
  return given.length === parts.length ? values : {};
}

/** `2cd9f026-8ece-42b5-a448-fcbf917ba63e`. */
function uuid(call: AwsCall): string {
  const hex = (length: number) => call.id('', length, 'hex');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
}

/** A line of the log. `afterMs` is counted from the start of the call, in milliseconds. */
export interface LogLine {
  readonly text: string;
  readonly afterMs?: number | undefined;
}

/** A map in a log: `{a=1, b=2}`. */
export function shownMap(map: Readonly<Record<string, string | readonly string[]>>): string {
  return `{${Object.entries(map)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : value.join(',')}`)
    .join(', ')}}`;
}

/** What a log says of the call before the integration. */
export function requestLines({ verb, path, pathParameters, query, headers, body }: TestRequest): LogLine[] {
  return [
    `HTTP Method: ${verb}, Resource Path: ${path}`,
    `Method request path: ${shownMap(pathParameters)}`,
    `Method request query string: ${shownMap(query)}`,
    `Method request headers: ${shownMap(headers)}`,
    `Method request body before transformations: ${textOf(body)}`,
  ].map((text) => ({ text }));
}

/** What a log says of the request to an endpoint. */
export function endpointLines({ uri, headers, body }: EndpointRequest): LogLine[] {
  return [
    `Endpoint request URI: ${uri}`,
    `Endpoint request headers: ${shownMap(headers)}`,
    `Endpoint request body after transformations: ${textOf(body)}`,
  ].map((text) => ({ text }));
}

/**
 * The log of a test. Each line but the first begins with the time.
 * @see https://github.com/localstack/localstack `test_apigateway_api.py`, test_invoke_test_method
 * @param nowMs when the call begins, milliseconds since the epoch
 */
export function executionLog(requestId: string, nowMs: number, lines: readonly LogLine[]): string {
  const timed = [{ text: `Starting execution for request: ${requestId}` }, ...lines].map(
    ({ text, afterMs = 0 }: LogLine) => `${stamp(nowMs + afterMs)} : ${text}\n`,
  );
  return `Execution log for request ${requestId}\n${timed.join('')}`;
}

/** `Sat Mar 05 15:47:32 UTC 2022`. */
function stamp(ms: number): string {
  const [day = '', date, month, year, time] = new Date(ms).toUTCString().split(' ');
  return `${day.slice(0, 3)} ${month} ${date} ${time} UTC ${year}`;
}
