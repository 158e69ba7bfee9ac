import type { Feature, Support } from '@postern/core/internal/planner';
import {
  ALB,
  ALB_COUNTS_AS,
  NLB,
  HTTP_OR_REST,
  REQUESTS,
  burstIn,
  linksV2In,
  type AwsOption,
} from '../planner/features.js';

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html */
const OF_REST_API: Readonly<Record<Feature, Support>> = {
  authorizers: 'yes',
  'usage-plans': 'yes',
  caching: 'yes',
  waf: 'yes',
  'private-endpoint': 'yes',
  websocket: 'no',
  streaming: 'yes',
};

/** What all options with a REST API have in common. */
const REST_OPTION = {
  gateway: 'rest-api',
  features: OF_REST_API,
  featuresFrom: HTTP_OR_REST,
  protocols: REQUESTS,
  payload: {
    mostKb: 10_240,
    source:
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html',
  },
  timeout: 'integration-timeout',
  routesDeployAlone: false,
  apis: 'regional-rest-apis',
  // `ANY /orders` and `ANY /orders/{proxy+}` are two resources; the root is one, and counts.
  perApi: [{ quota: 'resources-per-rest-api', perService: 2, fixed: 1 }],
  requests: 'requests-per-second',
  burstIn,
  calls: 'rest-api-calls',
} as const satisfies Partial<AwsOption>;

/** The services that fit in one REST API. */
const IN_ONE_REST_API = { when: 'in one REST API', formula: '(resources-per-rest-api - 1) / 2' } as const;

/** A REST API, and one VPC link V2 to an ALB for each team. */
export const REST_V2: AwsOption = {
  ...REST_OPTION,
  id: 'rest-v2',
  title: 'REST API, VPC link V2, ALB',
  names: { gateway: 'REST API', link: 'VPC link V2' },
  link: 'vpc-link-v2',
  balancing: { kind: ALB, per: 'team' },
  hops: ['ALB'],
  links: 'vpc-links',
  linkServes: 'vpc',
  ceilings: [
    IN_ONE_REST_API,
    { when: 'with a VPC for each service', formula: 'vpc-links' },
    { when: 'with a load balancer for each service', formula: 'application-load-balancers + network-load-balancers' },
    { when: 'with shared ALBs', formula: 'application-load-balancers * rules-per-application-load-balancer' },
  ],
  servedIn: linksV2In,
};

/** A REST API, and VPC links V1. */
const V1_OPTION = {
  ...REST_OPTION,
  names: { gateway: 'REST API', link: 'VPC link V1' },
  link: 'vpc-link-v1',
  links: 'vpc-links-v1',
  linkServes: 'balancer',
  servedIn: (): 'yes' => 'yes',
} as const;

/** A REST API, and a VPC link V1 to an NLB for each service. */
export const REST_V1_PER_BALANCER: AwsOption = {
  ...V1_OPTION,
  id: 'rest-v1-per-balancer',
  title: 'REST API, a VPC link V1 and an NLB for each service',
  balancing: { kind: NLB, per: 'service' },
  hops: ['NLB'],
  ceilings: [
    { when: 'with an NLB for each service', formula: 'min(vpc-links-v1, network-load-balancers)' },
    IN_ONE_REST_API,
  ],
};

/** A REST API, and a VPC link V1 to an NLB with a listener for each service. */
export const REST_V1_MANY_LISTENERS: AwsOption = {
  ...V1_OPTION,
  id: 'rest-v1-many-listeners',
  title: 'REST API, VPC link V1, an NLB with a listener for each service',
  balancing: { kind: NLB, per: 'listener' },
  hops: ['NLB'],
  ceilings: [
    { when: 'behind one NLB', formula: 'listeners-per-network-load-balancer' },
    { when: 'behind all NLBs', formula: 'vpc-links-v1 * listeners-per-network-load-balancer' },
    IN_ONE_REST_API,
  ],
};

/** A REST API, and a VPC link V1 to an NLB in front of an ALB for each team. */
export const REST_V1_NLB_ALB: AwsOption = {
  ...V1_OPTION,
  id: 'rest-v1-nlb-alb',
  title: 'REST API, VPC link V1, NLB in front of ALBs',
  balancing: { kind: ALB, per: 'team', behind: NLB },
  hops: ['NLB', 'ALB'],
  ceilings: [
    {
      when: 'with an ALB for each service',
      formula: `min(application-load-balancers, vpc-links-v1 * targets-per-zone-per-network-load-balancer / ${ALB_COUNTS_AS})`,
    },
    { when: 'with shared ALBs', formula: 'application-load-balancers * rules-per-application-load-balancer' },
    IN_ONE_REST_API,
  ],
};
