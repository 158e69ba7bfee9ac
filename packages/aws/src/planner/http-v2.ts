import { ALB } from './balancers.js';
import { HTTP_OR_REST, OF_HTTP_API, REQUESTS } from './features.js';
import { burstIn, linksV2In, type AwsOption } from './option.js';

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
    {
      when: 'in one HTTP API',
      formula: 'routes-per-api / 2',
      services: (limit) => Math.floor(limit('routes-per-api') / 2),
    },
    {
      when: 'with a VPC for each service',
      formula: 'vpc-links',
      services: (limit) => limit('vpc-links'),
    },
    {
      when: 'with a load balancer for each service',
      formula: 'application-load-balancers + network-load-balancers',
      services: (limit) => limit('application-load-balancers') + limit('network-load-balancers'),
    },
    {
      when: 'with shared ALBs',
      formula: 'application-load-balancers * rules-per-application-load-balancer',
      services: (limit) => limit('application-load-balancers') * limit('rules-per-application-load-balancer'),
    },
  ],
  calls: 'http-api-calls',
  servedIn: linksV2In,
};
