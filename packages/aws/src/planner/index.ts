import { definePlanner, type Needs } from '@postern/core/planner';
import { HTTP_V2, WEBSOCKET_V1 } from './http.js';
import { PRICES } from './prices.js';
import { REST_V1_MANY_LISTENERS, REST_V1_NLB_ALB, REST_V1_PER_BALANCER, REST_V2 } from './rest-options.js';

/** Needs to start from: what `postern advise --example` prints. */
const EXAMPLE: Needs = {
  provider: 'aws',
  region: 'us-east-1',
  services: [
    {
      name: 'orders',
      requestsPerSecond: 50,
      peakRequestsPerSecond: 200,
      payloadKb: 8,
      protocol: 'https',
      team: 'shop',
    },
    { name: 'stock', requestsPerSecond: 20, payloadKb: 4, protocol: 'https', team: 'shop' },
    {
      name: 'billing',
      requestsPerSecond: 5,
      payloadKb: 16,
      protocol: 'https',
      team: 'money',
      features: ['usage-plans'],
    },
  ],
  gateways: 2,
  accounts: ['111122223333'],
  latencyMs: 2_000,
  features: ['authorizers'],
  budgetUsd: 2_000,
};

/** What `advise` knows of AWS. */
export const planner = definePlanner({
  cloud: 'aws',
  options: [HTTP_V2, REST_V2, REST_V1_PER_BALANCER, REST_V1_MANY_LISTENERS, REST_V1_NLB_ALB, WEBSOCKET_V1],
  prices: PRICES,
  otherAccounts: {
    hop: 'PrivateLink endpoint',
    how: (names) =>
      `A link does not cross accounts: gateway, link and load balancer must be in one account. For ${names}, either share ` +
      'the subnets (AWS RAM) and create the load balancer in the account of the gateway, or publish the service with ' +
      'PrivateLink and register the addresses of the interface endpoint as targets. The cost has the endpoints, and a Network Load Balancer for each service that is published.',
  },
  example: EXAMPLE,
});
