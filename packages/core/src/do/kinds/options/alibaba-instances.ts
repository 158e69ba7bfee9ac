import { traditionalIn } from './product-regions.js';
import { INSTANCE_RETIREMENT } from '../link/integration-instance/retirement.js';
import type { OptionTraits } from './option.js';

/** What both kinds of instance of API Gateway (Traditional) have in common. */
const INSTANCE = {
  provider: 'alibaba',
  gateway: 'api-group',
  balancing: 'clb-per-service',
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
  instance: 'known',
  servedIn: traditionalIn,
  retirement: INSTANCE_RETIREMENT,
} as const satisfies Partial<OptionTraits>;

/** API groups on a conventional dedicated instance. */
export const ALIBABA_CONVENTIONAL: OptionTraits = {
  ...INSTANCE,
  id: 'alibaba-conventional',
  title: 'API group, conventional dedicated instance',
  names: { gateway: 'API group', link: 'dedicated instance' },
  link: 'dedicated-instance',
  // A VPC access authorization names its VPC, any of the region.
  linkServes: 'region',
};

/** API groups on a VPC integration instance. */
export const ALIBABA_VPC_INTEGRATION: OptionTraits = {
  ...INSTANCE,
  id: 'alibaba-vpc-integration',
  title: 'API group, VPC integration instance',
  names: { gateway: 'API group', link: 'VPC integration instance' },
  link: 'integration-instance',
  // Its network interfaces are in vSwitches of one VPC.
  linkServes: 'vpc',
};
