import {
  ALB,
  HTTP_OR_REST,
  OF_HTTP_API,
  REQUESTS,
  burstIn,
  linksV2In,
  type AwsOption,
  NLB,
  OF_WEBSOCKET_API,
} from '../planner/features.js';

/** An HTTP API, and one VPC link V2 to an ALB for each team. */
export const HTTP_V2: AwsOption = {
  id: 'http-v2',
  title: 'HTTP API, VPC link V2, ALB',
  names: { gateway: 'HTTP API', link: 'VPC link V2' },
  gateway: 'http-api',
  link: 'vpc-link-v2',
  balancing: { kind: ALB, per: 'team' },
  hops: ['ALB'],
  features: OF_HTTP_API,
  featuresFrom: HTTP_OR_REST,
  protocols: REQUESTS,
  payload: {
    mostKb: 10_240,
    source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
  },
  timeout: 'integration-timeout-http',
  // A stage with automatic deployment publishes each route with its change.
  routesDeployAlone: true,
  apis: 'http-apis',
  perApi: [{ quota: 'routes-per-api', perService: 2 }],
  requests: 'requests-per-second',
  burstIn,
  links: 'vpc-links',
  linkServes: 'vpc',
  ceilings: [
    { when: 'in one HTTP API', formula: 'routes-per-api / 2' },
    { when: 'with a VPC for each service', formula: 'vpc-links' },
    { when: 'with a load balancer for each service', formula: 'application-load-balancers + network-load-balancers' },
    { when: 'with shared ALBs', formula: 'application-load-balancers * rules-per-application-load-balancer' },
  ],
  calls: 'http-api-calls',
  servedIn: linksV2In,
};

/** A WebSocket API for each service, and a VPC link V1 to an NLB with a listener for each service. */
export const WEBSOCKET_V1: AwsOption = {
  id: 'websocket-v1',
  title: 'WebSocket API for each service, VPC link V1, NLB',
  names: { gateway: 'WebSocket API', link: 'VPC link V1' },
  gateway: 'websocket-api',
  link: 'vpc-link-v1',
  balancing: { kind: NLB, per: 'listener' },
  hops: ['NLB'],
  features: OF_WEBSOCKET_API,
  featuresFrom: HTTP_OR_REST,
  protocols: { http: 'no', https: 'no', grpc: 'no', websocket: 'yes' },
  // A message; a frame has 32 KB at most.
  payload: {
    mostKb: 128,
    source:
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html',
  },
  timeout: 'integration-timeout-ws',
  routesDeployAlone: false,
  apiPerService: { routes: ['$connect', '$disconnect', '$default'] },
  apis: 'http-apis',
  // Those of `apiPerService`.
  perApi: [{ quota: 'routes-per-websocket-api', perService: 3 }],
  requests: 'requests-per-second',
  burstIn,
  links: 'vpc-links-v1',
  linkServes: 'balancer',
  ceilings: [
    { when: 'behind one NLB', formula: 'listeners-per-network-load-balancer' },
    { when: 'with all APIs', formula: 'min(http-apis, vpc-links-v1 * listeners-per-network-load-balancer)' },
  ],
  calls: 'websocket-messages',
  servedIn: () => 'yes',
};
