import { definePlanner, type Needs } from '@postern/core/internal/planner';
import { httpApis } from '../http-apis/door/planner.js';
import { PRICES } from './prices.js';
import { restApis } from '../rest-apis/door/planner.js';

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
  options: [httpApis.httpApi, ...restApis.options, httpApis.webSocketApi],
  prices: PRICES,
  otherAccounts: {
    hop: 'PrivateLink endpoint',
    ways: [
      {
        how: 'Share the subnets of the service (AWS RAM), and create the load balancer in the account of the gateway.',
        cost: 'none',
        source: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html',
      },
      {
        how: 'Create an endpoint service in front of an NLB in the other account, and register the addresses of an interface endpoint as targets. `postern check --with` checks both accounts.',
        limits:
          'The owner of the service may have to accept the endpoint, and the NLB needs a node in each of its zones.',
        cost: 'added',
        source: 'https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html',
      },
      {
        how: 'Without an NLB: share a resource configuration of a resource gateway (AWS RAM), and register the addresses of a resource endpoint as targets [I].',
        limits: 'TCP only, one resource configuration for each endpoint, and not in the VPC of the resource gateway.',
        cost: 'unknown',
        source: 'https://docs.aws.amazon.com/vpc/latest/privatelink/use-resource-endpoint.html',
      },
    ],
  },
  example: EXAMPLE,
});
