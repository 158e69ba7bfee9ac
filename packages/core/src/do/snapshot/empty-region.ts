import type { RegionSnapshot } from './snapshot.js';

/** A region of which nothing was found: the lists that a snapshot always has are empty. `fields` are its place, and what it has. */
export function emptyRegion({
  provider,
  region,
  account,
  ...fields
}: Pick<RegionSnapshot, 'provider' | 'region' | 'account'> & Partial<RegionSnapshot>): RegionSnapshot {
  return {
    provider,
    region,
    account,
    links: [],
    gateways: [],
    targets: [],
    allowlists: [],
    egress: [],
    networks: [],
    subnets: [],
    securityGroups: [],
    loadBalancers: [],
    listeners: [],
    interfaces: [],
    gaps: [],
    ...fields,
  };
}
