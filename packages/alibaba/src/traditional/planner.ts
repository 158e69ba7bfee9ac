import type { InstanceType } from '@postern/core/internal/planner';
import { traditionalIn } from '../cloud/regions.js';
import { MAINLAND, isMainland, type AlibabaOption } from '../planner/option.js';
import { INSTANCE_PRICES_FROM, INSTANCE_PRICES_OF, INSTANCE_TYPES, instancePrice } from './cloud/instance-specs.js';
import { INSTANCE_RETIREMENT, INSTANCE_SUCCESSOR } from './cloud/retirement.js';

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
    { when: 'in one API group', formula: 'apis-per-group / 2' },
    { when: 'in all API groups', formula: 'api-groups * apis-per-group / 2' },
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

export const ALIBABA_CONVENTIONAL: AlibabaOption = {
  ...INSTANCE,
  id: 'alibaba-conventional',
  title: 'API group, conventional dedicated instance',
  names: { gateway: 'API group', link: 'dedicated instance' },
  link: 'dedicated-instance',
  // A VPC access authorization names its VPC, any of the region.
  linkServes: 'region',
};

export const ALIBABA_VPC_INTEGRATION: AlibabaOption = {
  ...INSTANCE,
  id: 'alibaba-vpc-integration',
  title: 'API group, VPC integration instance',
  names: { gateway: 'API group', link: 'VPC integration instance' },
  link: 'integration-instance',
  // Its network interfaces are in vSwitches of one VPC.
  linkServes: 'vpc',
};
