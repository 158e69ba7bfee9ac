import {
  INSTANCE_PRICES_FROM,
  INSTANCE_PRICES_OF,
  instancePrice,
  INSTANCE_TYPES,
} from '../traditional/cloud/instance-specs.js';
import { INSTANCE_RETIREMENT, INSTANCE_SUCCESSOR } from '../traditional/cloud/retirement.js';
import type { InstanceType, PlannerOption } from '@postern/core/planner';
import type { AlibabaQuota } from '../cloud/quotas.js';
import { traditionalIn, cloudNativeIn } from '../cloud/regions.js';
import {
  CLOUD_NATIVE_CAPACITY_FROM,
  CLOUD_NATIVE_PRICES_FROM,
  CLOUD_NATIVE_PRICES_OF,
  CLOUD_NATIVE_TYPES,
} from '../cloud-native/cloud/types.js';

/** An option of Alibaba Cloud. No price of it is in a table: instances are paid for by the hour. */
type AlibabaOption = PlannerOption<AlibabaQuota, never>;

/** Where the prices of instances apply. */
const MAINLAND = 'the mainland of China';

/** Hong Kong has prices of its own. */
function isMainland(region: string): boolean {
  return region.startsWith('cn-') && region !== 'cn-hongkong';
}

const [smallest, ...larger] = INSTANCE_TYPES.map(({ name, spec }): InstanceType => ({
  name,
  requestsPerSecond: spec.requestsPerSecond,
  hour: instancePrice(name)?.hour,
}));
const TYPES = [smallest as InstanceType, ...larger] as const;

/** What both kinds of instance of API Gateway (Traditional) have in common. */
const INSTANCE = {
  gateway: 'api-group',
  balancing: { kind: { name: 'CLB', quotas: {} }, per: 'service' },
  // An ECS instance, as it is named in VPC access authorizations.
  target: { key: 'instance', port: 8080 },
  hops: ['CLB'],
  // Plug-ins for traffic control of apps, caching and JWT; intranet domains; two-way communication. AWS's streaming
  // of answers has no counterpart on a page, and neither has a firewall inside the gateway.
  features: {
    authorizers: 'yes',
    'usage-plans': 'yes',
    caching: 'yes',
    waf: 'unknown',
    'private-endpoint': 'yes',
    websocket: 'yes',
    streaming: 'unknown',
  },
  featuresFrom:
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/instance-types',
  protocols: { http: 'yes', https: 'yes', grpc: 'unknown', websocket: 'yes' },
  // Each API of a group is published by itself.
  routesDeployAlone: true,
  apis: 'api-groups',
  perApi: [{ quota: 'apis-per-group', perService: 2 }],
  requests: 'requests-per-second-of-instance',
  ceilings: [
    {
      when: 'in one API group',
      formula: 'apis-per-group / 2',
      services: (limit) => Math.floor(limit('apis-per-group') / 2),
    },
    {
      when: 'in all API groups',
      formula: 'api-groups * apis-per-group / 2',
      services: (limit) => limit('api-groups') * Math.floor(limit('apis-per-group') / 2),
    },
  ],
  instance: {
    types: TYPES,
    capacity: 'known',
    prices: {
      asOf: INSTANCE_PRICES_OF,
      source: INSTANCE_PRICES_FROM,
      place: MAINLAND,
      appliesIn: isMainland,
      without: 'Not in it: load balancers, and traffic to the internet.',
    },
  },
  servedIn: traditionalIn,
  retirement: INSTANCE_RETIREMENT,
  successor: INSTANCE_SUCCESSOR,
} as const satisfies Partial<AlibabaOption>;

/** API groups on a conventional dedicated instance. */
export const ALIBABA_CONVENTIONAL: AlibabaOption = {
  ...INSTANCE,
  id: 'alibaba-conventional',
  title: 'API group, conventional dedicated instance',
  names: { gateway: 'API group', link: 'dedicated instance' },
  link: 'dedicated-instance',
  // A VPC access authorization names its VPC, any of the region.
  linkServes: 'region',
};

/** API groups on a VPC integration instance. */
export const ALIBABA_VPC_INTEGRATION: AlibabaOption = {
  ...INSTANCE,
  id: 'alibaba-vpc-integration',
  title: 'API group, VPC integration instance',
  names: { gateway: 'API group', link: 'VPC integration instance' },
  link: 'integration-instance',
  // Its network interfaces are in vSwitches of one VPC.
  linkServes: 'vpc',
};

/**
 * A Cloud-native API Gateway, located in the VPC of its backends. Its prices by the hour are known. Its quotas, its
 * requests per second and its price of data could not be read [U]: what depends on them is unknown.
 */
export const ALIBABA_APIG: AlibabaOption = {
  id: 'alibaba-apig',
  title: 'Cloud-native API Gateway',
  names: { gateway: 'Cloud-native API Gateway', link: 'gateway in the VPC' },
  gateway: 'apig-http-api',
  link: 'apig-gateway',
  // Its nodes are in vSwitches of one VPC.
  linkServes: 'vpc',
  target: { key: 'instance', port: 8080 },
  hops: [],
  // No plug-in for caching and no limits by app were found in its documentation, which does not exclude them.
  features: {
    authorizers: 'yes',
    'usage-plans': 'unknown',
    caching: 'unknown',
    waf: 'unknown',
    'private-endpoint': 'yes',
    websocket: 'yes',
    streaming: 'unknown',
  },
  featuresFrom:
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/use-cases/migrate-to-cloud-native-api-gateway-by-tool/',
  protocols: { http: 'yes', https: 'yes', grpc: 'unknown', websocket: 'yes' },
  // DeployHttpApi publishes one API.
  routesDeployAlone: false,
  perApi: [],
  ceilings: [],
  instance: {
    types: CLOUD_NATIVE_TYPES,
    capacity: 'unknown',
    connectionsFrom: CLOUD_NATIVE_CAPACITY_FROM,
    least: ', the smallest type with an SLA',
    prices: {
      asOf: CLOUD_NATIVE_PRICES_OF,
      source: CLOUD_NATIVE_PRICES_FROM,
      place: MAINLAND,
      appliesIn: isMainland,
      unknown: ['the price of data that is processed'],
      without: 'Not in it: traffic to the internet.',
    },
  },
  servedIn: cloudNativeIn,
};
