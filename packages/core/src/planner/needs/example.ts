import type { Needs } from './needs.js';

/** Needs to start from: what `postern advise --example` prints. */
export const EXAMPLE_NEEDS: Needs = {
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
