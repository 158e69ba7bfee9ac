import { ROUTE_KEY, type Cloud, type PlanTraits } from '@postern/core/internal/kinds';
import { APIG_STAGE } from './types.js';

/**
 * Gateways are billed by the hour. A target is a service of the gateway. The groups that admit it are written after it
 * exists, because the rules name its own group.
 * @see https://www.alibabacloud.com/help/en/api-gateway/cloud-native-api-gateway/product-overview/billing-overview
 */
const GATEWAY: PlanTraits = {
  linksCostMoney: true,
  targetsAreResources: true,
  allowlistNeedsCreation: false,
  allowlistHasPorts: true,
};

export const GATEWAY_TRAITS = {
  'apig-gateway': {
    createdOn: 'alibaba',
    createdFrom: 'subnets',
    plans: GATEWAY,
    callsFrom: 'subnets',
    allowlist: 'backend groups',
    groupIsManaged: true,
    succeeds: true,
    ownTargets: 'apig-service',
    idPrefix: 'gw',
    reachesInternet: true,
    targets: ['instance', 'address', 'addresses', 'dnsName', 'nacos'],
    settings: ['spec', 'access'],
    groupPerZone: false,
    mayEnd: true,
  },
} as const satisfies Readonly<Record<string, Omit<Cloud['links'][string], 'rules'>>>;

export const APIG_HTTP_API_TRAITS = {
  'apig-http-api': {
    ref: 'apigHttpApi',
    provider: 'alibaba',
    title: 'an HTTP API of Cloud-native API Gateway',
    example: 'api-d1a2b3c4e5',
    ids: /^(?:api-)?[A-Za-z0-9]{1,64}$/,
    stagesShowInPaths: false,
    keys: ROUTE_KEY,
    settings: [],
    instead: { throttle: 'Attach a policy of class RateLimit to the route in the console.' },
    authorizers: 'HMAC, API key or JWT',
    links: ['apig-gateway'],
    movesAsOne: false,
    routesNeedDeployment: false,
    // A route serves nothing before DeployHttpApi. A gateway has one environment, which users do not see.
    publishedTo: [APIG_STAGE],
    stagesAreFixed: true,
    // Routes without a Timeout policy: the engine's default is not documented [U].
    paths: {
      variable: /^\{[A-Za-z_][\w-]*\}$/,
      greedy: /^\{[A-Za-z_][\w-]*\+\}$/,
      marks: /[{}[\]*]/,
      choice: 'by-length',
    },
  },
} as const satisfies Readonly<Record<string, Omit<Cloud['gateways'][string], 'rules'>>>;
