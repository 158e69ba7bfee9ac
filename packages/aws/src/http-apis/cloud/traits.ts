import { MESSAGE_KEY, ROUTE_KEY, type Cloud } from '@postern/core/internal/kinds';
import { BALANCER_HOST, DEFAULT_ENDPOINT, NEW_ROUTE, THROTTLED } from '../../cloud/gateway-parts.js';
import { API_GATEWAY_QUOTAS as QUOTAS } from '../../cloud/quotas/api-gateway.js';

/**
 * HTTP APIs. Stages without AutoDeploy need a deployment.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export const HTTP_API_TRAITS = {
  'http-api': {
    ref: 'httpApi',
    provider: 'aws',
    title: 'an HTTP API',
    example: 'a1b2c3d4e5',
    ids: /^[A-Za-z0-9]{1,64}$/,
    namedById: DEFAULT_ENDPOINT,
    stagesShowInPaths: true,
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
    sendsOwnPathBy: 'Write $request.path as overwrite:path into the request parameters of the integration.',
    keys: ROUTE_KEY,
    newRoute: { ...NEW_ROUTE, timeoutMs: 30_000 },
    balancerHost: BALANCER_HOST,
    settings: ['host', 'timeoutMs', 'parameters', 'authorizer', 'scopes', 'throttle'],
    ...THROTTLED,
    instead: {
      clientCertificate:
        'Remove clientCertificate: stages of HTTP APIs present none to backends. Use a REST API or a WebSocket API.',
      cache: 'Remove cache: stages of HTTP APIs have none. Use a REST API.',
    },
    authorizers: 'JWT, Lambda or IAM',
    deploysItself: true,
    testedByRoute: 'call',
    links: ['vpc-link-v2'],
    movesAsOne: false,
    routesMove: true,
    routesNeedDeployment: true,
    exportedBy:
      'aws apigatewayv2 export-api --api-id {gateway} --specification OAS30 --output-type JSON --stage-name {stage}',
    timeout: {
      leastMs: 50,
      most: QUOTAS['integration-timeout-http'],
    },
    quota: QUOTAS['http-apis'],
    quotas: {
      routes: QUOTAS['routes-per-api'],
      integrations: QUOTAS['integrations-per-api'],
    },
    paths: {
      variable: /^\{[^{}+]+\}$/,
      greedy: /^\{[^{}+]+\+\}$/,
      marks: /[{}]/,
      part: /^[A-Za-z0-9._:-]+$/, // https://github.com/anomalyco/sst/issues/207
      unique: true,
      oneVariable: 'same-shape',
      choice: 'whole-first',
      takesRest: true,
      mayEndInSlash: true,
    },
  },
} as const satisfies Readonly<Record<string, Omit<Cloud['gateways'][string], 'rules'>>>;

/**
 * WebSocket APIs.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
 */
export const WEBSOCKET_API_TRAITS = {
  'websocket-api': {
    ref: 'webSocketApi',
    provider: 'aws',
    title: 'a WebSocket API',
    example: 'a1b2c3d4e5',
    ids: /^[A-Za-z0-9]{1,64}$/,
    namedById: DEFAULT_ENDPOINT,
    stagesShowInPaths: false,
    sendsServerName: true,
    namesByVariables: true,
    presentsCertificate: true,
    authorizers: 'Lambda or IAM',
    authorizedAt: '$connect',
    keys: MESSAGE_KEY,
    newRoute: { ...NEW_ROUTE, timeoutMs: 29_000 },
    balancerHost: BALANCER_HOST,
    settings: ['host', 'timeoutMs', 'parameters', 'throttle'],
    ...THROTTLED,
    stageSettings: ['throttle', 'clientCertificate'],
    links: ['vpc-link-v1'],
    movesAsOne: false,
    routesNeedDeployment: true,
    timeout: {
      leastMs: 50,
      most: QUOTAS['integration-timeout-ws'],
    },
    quota: QUOTAS['http-apis'],
    quotas: {
      routes: QUOTAS['routes-per-websocket-api'],
      integrations: QUOTAS['integrations-per-websocket-api'],
    },
  },
} as const satisfies Readonly<Record<string, Omit<Cloud['gateways'][string], 'rules'>>>;
