import { ROUTE_KEY, type Cloud, type SharedLinks, type WholeMove, type PlanTraits } from '@postern/core/internal/kinds';
import { ALIBABA_QUOTAS } from '../../cloud/quotas.js';
import { INSTANCE_SUCCESSOR } from './retirement.js';

/**
 * Instances are billed by the hour. A target is a VPC access authorization. Accessible blocks are added to an existing
 * instance.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances
 * @see https://www.alibabacloud.com/help/doc-detail/179362.htm
 */
const INSTANCE: PlanTraits = {
  linksCostMoney: true,
  targetsAreResources: true,
  allowlistNeedsCreation: false,
  allowlistHasPorts: false,
};

/** All groups of an instance can move to another instance, one after the other. */
const INSTANCE_MOVE: WholeMove = { link: 'instance', gateway: 'group', listedBy: 'DescribeApiGroups' };

/**
 * Each region has shared instances, which are called as conventional ones are.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances
 */
const SHARED_INSTANCES: SharedLinks = {
  idPrefix: 'api-shared-',
  title: 'a shared instance',
  remedy:
    'Name a dedicated instance: the source addresses of a shared instance, and the settings of its groups, cannot be determined.',
};

/** Instances, as they are bought. */
export const INSTANCE_TRAITS = {
  'integration-instance': {
    createdOn: 'alibaba',
    createdFrom: 'subnets',
    plans: INSTANCE,
    callsFrom: 'subnets',
    allowlist: 'accessible blocks',
    targets: ['instance', 'address'],
    targetAdvice: 'Write instance and port of an ECS or CLB instance, or address and port.',
    settings: ['instanceCidr', 'spec'],
    idPrefix: 'apigateway',
    groupPerZone: true,
    serviceRole: 'AliyunServiceRoleForApiGatewayConnectUserVpc',
    movesWhole: INSTANCE_MOVE,
    successor: INSTANCE_SUCCESSOR,
    mayEnd: true,
  },
  'dedicated-instance': {
    createdFrom: 'subnets',
    plans: INSTANCE,
    callsFrom: 'blocks',
    targets: ['instance', 'address'],
    targetAdvice: 'Write instance and port of an ECS or CLB instance, or address and port.',
    settings: ['instanceCidr', 'spec'],
    idPrefix: 'apigateway',
    groupPerZone: false,
    movesWhole: INSTANCE_MOVE,
    successor: INSTANCE_SUCCESSOR,
    shared: SHARED_INSTANCES,
    mayEnd: true,
  },
} as const satisfies Readonly<Record<string, Omit<Cloud['links'][string], 'rules'>>>;

/** API groups. Each API of a group is published separately, with its change. */
export const API_GROUP_TRAITS = {
  'api-group': {
    ref: 'apiGroup',
    provider: 'alibaba',
    title: 'an API group',
    example: '523e8dc7bbe04613b5b1d726c2a7889d',
    ids: /^[A-Za-z0-9]{1,64}$/,
    namedById: {
      name: 'second-level domain',
      bindsDomains: true,
      remedy: (address: string) =>
        `Keep ${address}. To change its instance, move the group with \`postern migrate\`, and change \`instance_id\` together with the move.`,
    },
    stagesShowInPaths: false,
    keys: ROUTE_KEY,
    settings: [],
    instead: {
      throttle:
        'Attach a plug-in of type trafficControl to the API in the console: https://www.alibabacloud.com/help/en/api-gateway/user-guide/throttling-2.',
      cache: 'Attach a plug-in of type caching to the API in the console.',
    },
    authorizers: 'app authentication or OpenID Connect',
    links: ['integration-instance', 'dedicated-instance'],
    movesAsOne: true,
    routesNeedDeployment: false,
    // A declared route must be published: on the stage that callers use, unless the spec names stages.
    publishedTo: ['RELEASE'],
    // The service accepts up to 30 s for the backend of an API that others wrote.
    answersWithinMs: 30_000,
    // The group's domain is pointed to the other instance by DNS, within 1 to 10 minutes.
    movesWithinMs: 600_000,
    testCall: { operation: 'ValidateVpcConnectivity', sendsRequest: false },
    quota: ALIBABA_QUOTAS['api-groups'],
    counted: { routes: ALIBABA_QUOTAS['apis-per-group'], domains: ALIBABA_QUOTAS['domains-per-group'] },
    paths: {
      variable: /^\{[A-Za-z_][\w-]*\}$/,
      greedy: /^\{[A-Za-z_][\w-]*\+\}$/,
      marks: /[{}[\]*]/,
    },
  },
} as const satisfies Readonly<Record<string, Omit<Cloud['gateways'][string], 'rules'>>>;
