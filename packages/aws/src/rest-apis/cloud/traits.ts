import { ROUTE_KEY, type Cloud } from '@postern/core/internal/kinds';
import { BALANCER_HOST, DEFAULT_ENDPOINT, NEW_ROUTE, THROTTLED } from '../../cloud/gateway-parts.js';
import { API_GATEWAY_QUOTAS as QUOTAS } from '../../cloud/quotas/api-gateway.js';

/**
 * REST APIs.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-method-settings.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_TestInvokeMethod.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html
 */
export const REST_API_TRAITS = {
  'rest-api': {
    ref: 'restApi',
    provider: 'aws',
    title: 'a REST API',
    example: 'a1b2c3d4e5',
    ids: /^[A-Za-z0-9]{1,64}$/,
    namedById: DEFAULT_ENDPOINT,
    stagesShowInPaths: false,
    sendsOwnPath: true,
    namesByVariables: true,
    sendsServerName: true,
    presentsCertificate: true,
    stagesMove: { route: 'method' },
    keys: ROUTE_KEY,
    newRoute: { ...NEW_ROUTE, timeoutMs: 29_000 },
    balancerHost: BALANCER_HOST,
    settings: ['host', 'timeoutMs', 'parameters', 'authorizer', 'scopes', 'apiKey', 'stream', 'throttle'],
    ...THROTTLED,
    stageSettings: ['throttle', 'clientCertificate', 'cache'],
    // https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html, https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
    cache: { sizes: [0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118, 237], mostSeconds: 3600 },
    authorizers: 'Cognito, Lambda or IAM',
    links: ['vpc-link-v2', 'vpc-link-v1'],
    refuses: ['service'],
    movesAsOne: false,
    routesNeedDeployment: true,
    stageIsNamed: true,
    testCall: { operation: 'TestInvokeMethod', sendsRequest: true, ofWorkingCopy: true },
    testedByRoute: 'test-call',
    exportedBy:
      'aws apigateway get-export --rest-api-id {gateway} --stage-name {stage} --export-type oas30 --parameters extensions=apigateway',
    timeout: { leastMs: 50, most: QUOTAS['integration-timeout'], mostStreamedMs: 900_000 },
    quota: QUOTAS['regional-rest-apis'],
    quotas: { resources: QUOTAS['resources-per-rest-api'], stages: QUOTAS['stages-per-api'] },
    paths: {
      variable: /^\{[A-Za-z0-9._:$-]+\}$/,
      greedy: /^\{[A-Za-z0-9._:$-]+\+\}$/,
      marks: /[{}]/,
      part: /^[A-Za-z0-9._:-]+$/,
      unique: true,
      oneVariable: true,
      ignoresLastSlash: true,
    },
  },
} as const satisfies Readonly<Record<string, Omit<Cloud['gateways'][string], 'rules'>>>;
