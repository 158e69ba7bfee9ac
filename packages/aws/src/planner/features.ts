import type { Feature, Protocol, Support } from '@postern/core/planner';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html */
export const HTTP_OR_REST = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html';

/** Of an HTTP API. Only REST APIs stream answers: response-transfer-mode.html of the same guide. */
export const OF_HTTP_API: Readonly<Record<Feature, Support>> = {
  authorizers: 'yes',
  'usage-plans': 'no',
  caching: 'no',
  waf: 'no',
  'private-endpoint': 'no',
  websocket: 'no',
  streaming: 'no',
};

export const OF_REST_API: Readonly<Record<Feature, Support>> = {
  authorizers: 'yes',
  'usage-plans': 'yes',
  caching: 'yes',
  waf: 'yes',
  'private-endpoint': 'yes',
  websocket: 'no',
  streaming: 'yes',
};

/** API keys: `apiKeyRequired` of a route is for WebSocket APIs only, by the reference of API Gateway V2. */
export const OF_WEBSOCKET_API: Readonly<Record<Feature, Support>> = {
  authorizers: 'yes',
  'usage-plans': 'yes',
  caching: 'no',
  waf: 'no',
  'private-endpoint': 'no',
  websocket: 'yes',
  streaming: 'no',
};

/** Requests: HTTP APIs and REST APIs answer HTTP/1.1 and HTTP/2, and no page offers gRPC. */
export const REQUESTS: Readonly<Record<Protocol, Support>> = { http: 'yes', https: 'yes', grpc: 'no', websocket: 'no' };
