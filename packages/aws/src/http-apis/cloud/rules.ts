import {
  NOT_REACHED,
  noBackend,
  noRoute,
  refused,
  type CallerAnswer,
  type GatewayRules,
  type MadeAnswer,
} from '@postern/core/internal/kinds';
import { executeApi } from '../../cloud/gateway-rules.js';

/**
 * Answers of HTTP APIs have no header of their own, so status and body decide. A backend may send the same body.
 * Then a header shows it that no answer of the gateway has.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 * [M] 503: only `date`, `content-length: 33` and `apigw-requestid`. 404, 401, 403. [I] 429, 500.
 */
const HTTP_API: Readonly<Record<string, MadeAnswer>> = {
  '404 {"message":"Not Found"}': noRoute('the gateway has no such route, or no such stage'),
  '503 {"message":"Service Unavailable"}': noBackend(NOT_REACHED),
  '500 {"message":"Internal Server Error"}': noBackend('the gateway could not use its integration'),
  '401 {"message":"Unauthorized"}': refused('the authorizer of the route refused the call'),
  '403 {"message":"Forbidden"}': refused('the authorizer of the route refused the call'),
  '429 {"message":"Too Many Requests"}': refused('the gateway throttled the call'),
};

/** Headers that a server sets and no gateway adds. */
const OF_A_BACKEND = /^(?:x-powered-by|etag|vary|set-cookie|cache-control|last-modified|x-amzn-remapped-.*)$/;

function httpApi({ status, headers, body = '' }: CallerAnswer): MadeAnswer | undefined {
  if (Object.keys(headers).some((name) => OF_A_BACKEND.test(name))) return undefined;
  if (body !== '') return HTTP_API[`${status} ${body}`];

  // An answer to HEAD has no body, and the length of one.
  const same = Object.entries(HTTP_API).find(
    ([made]) => made.startsWith(`${status} `) && String(made.length - 4) === headers['content-length'],
  );
  return same?.[1];
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html */
export const HTTP_API_RULES: GatewayRules = {
  own: executeApi,
  stage: { in: 'path', unnamed: '$default' },
  madeAnswer: httpApi,
};

export const WEBSOCKET_API_RULES: GatewayRules = {
  own: () => ({
    because: 'routes of a WebSocket API receive messages of an open connection, not requests',
    remedy: 'Connect to the API with a WebSocket client.',
  }),
  stage: { in: 'path' },
  madeAnswer: httpApi,
};
