import type { AnswerHeaders } from '../../../simulation/traffic/backends/backend.js';

/** Headers of an endpoint that the caller gets under another name. */
const REMAPPED = new Map(
  (
    'Authorization Connection Content-Length Content-MD5 Date Expect Host Max-Forwards Proxy-Authenticate Server ' +
    'Trailer Upgrade User-Agent WWW-Authenticate x-amzn-RequestId'
  )
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
