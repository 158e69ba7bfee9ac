// How what the service returns is said in the portable model.
import { ownerFromTags, parseMark } from '@postern/core/adapter';
import type { RouterRoute, Tunnel } from './account.js';
import type { Subnets } from './lists.js';

const STATES = { Opening: 'pending', Up: 'ready', Closing: 'deleting' } as const;
const ALL_PORTS = { protocol: 'all', fromPort: 0, toPort: 65_535 } as const;
const raw = null;

const subnetsOf = ({ subnetIds }: Tunnel, all: Subnets) => all.filter(({ id }) => subnetIds.includes(id));

export function linkOf(tunnel: Tunnel, all: Subnets) {
  const { id, name, state, subnetIds, securityGroupIds, tags, createdMs } = tunnel;
  return {
    kind: 'tunnel',
    id,
    name,
    subnetIds,
    securityGroupIds,
    tags,
    raw,
    state: STATES[state],
    nativeState: state,
    owner: ownerFromTags(tags),
    networkId: subnetsOf(tunnel, all)[0]?.networkId,
    createdAt: new Date(createdMs).toISOString(),
  };
}

/** A tunnel calls from the addresses of its ends, whatever it calls. */
export function egressOf(tunnel: Tunnel, all: Subnets, called: readonly RouterRoute[]) {
  const { id, state, addresses, securityGroupIds } = tunnel;
  const targets = new Set(['address', ...called.flatMap((one) => (one.tunnel === id ? [one.target] : []))]);
  const how = { source: 'link' as const, because: 'A tunnel calls from the addresses of its ends.' };
  return {
    linkId: id,
    securityGroupIds,
    stability: 'stable' as const,
    addresses: state === 'Up' ? addresses : [],
    prefixes: subnetsOf(tunnel, all).map(({ cidrBlock }) => cidrBlock),
    seenBy: [...targets].map((target) => ({ target, ...how })),
  };
}

export const allowlistOf = ({ id, allowed }: Tunnel) => ({
  linkId: id,
  owned: true,
  wider: [],
  entries: allowed.map((cidrBlock) => ({ cidrBlock, ...ALL_PORTS })),
});

export const routeOf = ({ id, router, key, tunnel, target, path, tls, description }: RouterRoute) => ({
  id,
  key,
  path,
  tls,
  gatewayId: router,
  linkId: tunnel,
  targetId: target,
  open: false,
  owner: parseMark(description),
  raw,
});
