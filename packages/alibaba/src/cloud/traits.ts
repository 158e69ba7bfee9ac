import { ALIBABA_QUOTAS } from './quotas.js';
import { ALIBABA_RESERVED } from './reserved.js';
import { ROUTE_KEY, defineTraits, type SharedLinks, type WholeMove } from '@postern/core/kinds';
import type { PlanTraits } from '@postern/core/adapter';
import { INSTANCE_SUCCESSOR } from '../traditional/cloud/retirement.js';
import { APIG_STAGE } from '../cloud-native/cloud/types.js';

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

/**
 * Alibaba Cloud. Each API of a group is published separately, with its change.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instance
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-createapi
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances
 * @see https://www.alibabacloud.com/help/en/api-gateway/cloud-native-api-gateway/product-overview/environmental-management-related-functions-offline-notification
 */
export const ALIBABA_TRAITS = defineTraits({
  name: 'alibaba',
  title: 'Alibaba Cloud',
  quotas: ALIBABA_QUOTAS,
  quotasReadOn: '2026-11-23',
  network: {
    account: {
      form: /^\d{6,20}$/,
      example: '1234567890123456',
      fault: 'expected an account ID of digits',
      remedy: 'Put it in quotes.',
    },
    aclEntriesAreNumbered: false,
    loadBalancersFailOpen: false,
    readsTargetHealth: 'slb:DescribeHealthStatus',
    clientAddressesStayNear: false,
    groupsReachPeers: false,
    addressesAreInterfaces: false,
    routersAreListed: false,
    natHasDestinations: true,
    groupsMayServeOtherNetworks: false,
    emptyZonesLeaveDns: false,
    groupRulesHavePriorities: true,
    publicBalancersStandOutside: true,
    subnetNouns: ['vSwitch', 'vSwitches'],
    reserved: ALIBABA_RESERVED,
  },
  links: {
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
  },
  gateways: {
    'api-group': {
      ref: 'apiGroup',
      provider: 'alibaba',
      title: 'an API group',
      example: '523e8dc7bbe04613b5b1d726c2a7889d',
      ids: /^[A-Za-z0-9]{1,64}$/,
      namedById: {
        name: 'second-level domain',
        bindsDomains: true,
        remedy:
          'Keep ADDRESS. To change its instance, move the group with `postern migrate`, and change `instance_id` together with the move.',
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
    'apig-http-api': {
      ref: 'apigHttpApi',
      provider: 'alibaba',
      title: 'an HTTP API of Cloud-native API Gateway',
      example: 'api-d1a2b3c4e5',
      ids: /^(?:api-)?[A-Za-z0-9]{1,64}$/,
      stagesShowInPaths: false,
      keys: ROUTE_KEY,
      settings: [],
      instead: {
        throttle: 'Attach a policy of class RateLimit to the route in the console.',
      },
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
      },
    },
  },
});
