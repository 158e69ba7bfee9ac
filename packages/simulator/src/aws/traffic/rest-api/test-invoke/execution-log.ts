import type { EndpointRequest } from '../../../rest-api/execution/endpoint-request.js';
import { textOf } from '../../../rest-api/execution/mapped-value.js';
import type { TestRequest } from './test-request.js';

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
