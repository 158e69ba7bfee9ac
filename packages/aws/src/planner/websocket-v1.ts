import { NLB } from './balancers.js';
import { HTTP_OR_REST, OF_WEBSOCKET_API } from './features.js';
import { burstIn, type AwsOption } from './option.js';

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
    {
      when: 'behind one NLB',
      formula: 'listeners-per-network-load-balancer',
      services: (limit) => limit('listeners-per-network-load-balancer'),
    },
    {
      when: 'with all APIs',
      formula: 'min(http-apis, vpc-links-v1 * listeners-per-network-load-balancer)',
      services: (limit) =>
        Math.min(limit('http-apis'), limit('vpc-links-v1') * limit('listeners-per-network-load-balancer')),
    },
  ],
  calls: 'websocket-messages',
  servedIn: () => 'yes',
};
