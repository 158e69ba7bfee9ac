import type { AlibabaCall } from '../call.js';
import { parseBlock } from '../network/block.js';
import type { GatewayInstanceRow } from '../state/cloud-api-state.js';
import type { AlibabaRegionState } from '../state/region-state.js';
import { accessibleBlocksStop } from './accessible-blocks.js';
import { authorised } from './authorised.js';
import type { Connection, Finding, Source, SourceConnection, Target } from './connection.js';
import { loadBalancerStops } from './load-balancer.js';
import { networkAclsStop } from './network-acls.js';
import { findRoute } from './routes.js';
import { securityGroupInStops, securityGroupOutStops } from './security-groups.js';
import { sourcesOf } from './sources.js';
import { findTarget, interfaceStops, privateAddress } from './target.js';

/** While an instance changes, and while its switchover waits, it goes on serving. */
const SERVING = new Set(['RUNNING', 'MODIFYING', 'WAIT_SWITCH']);

/**
 * Whether calls of a gateway instance reach a port over TCP, and what decides it. It is worked out from the simulated world
 * alone: for VPC integration instances accessible blocks, routes, security groups both ways, network ACLs both ways and back,
 * and the listener with its access control list; for the others the authorisation in place of blocks and routes. A link
 * connects when all its zones do. What is behind a peering, a VPN or a transit router is taken to answer; security groups
 * of servers behind a load balancer are not looked at [?].
 * @param address a private address, or the id of an ECS instance or a load balancer
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances
 */
export function connects(
  { alibaba, region }: Pick<AlibabaCall, 'alibaba' | 'region'>,
  linkId: string,
  address: string,
  port: number,
): Connection {
  const state = alibaba.regions.get(region);
  const link = state?.cloudApi.instances.get(linkId);
  if (!state || !link) return stopped({ by: 'link', because: `There is no instance ${linkId}.` });
  if (!SERVING.has(link.status)) return stopped({ by: 'link', because: `Instance ${linkId} is ${link.status}.` });
  const sources = sourcesOf(state, link);
  if (sources.length === 0) {
    return stopped({ by: 'link', because: `Instance ${linkId} has no address that calls could come from.` });
  }
  const results = sources.map((source) => fromOne(state, link, source, address, port));
  const [first] = results;
  const failed = results.find((result) => !result.connects);
  const { by, because }: Finding = failed ?? first ?? { by: 'link', because: '' };
  return { connects: failed === undefined, by, because, sources: results };
}

function stopped(finding: Finding): Connection {
  return { connects: false, ...finding, sources: [] };
}

function fromOne(
  state: AlibabaRegionState,
  link: GatewayInstanceRow,
  source: Source,
  address: string,
  port: number,
): SourceConnection {
  const result = (passes: boolean, finding: Finding): SourceConnection => ({
    connects: passes,
    zoneId: source.zoneId,
    from: source.from,
    to: address,
    via: [],
    ...finding,
  });
  const target = link.connection
    ? inConnectedVpc(state, link.connection, source, address)
    : authorised(state, address, port);
  if ('by' in target) return result(false, target);
  const stop = targetStops(state, source, target, port);
  return stop ? result(false, stop) : result(true, passed(source, target, port));
}

/** The target as a VPC integration instance finds it: accessible blocks, then routes. */
function inConnectedVpc(
  state: AlibabaRegionState,
  connection: NonNullable<GatewayInstanceRow['connection']>,
  source: Source,
  given: string,
): Target | Finding {
  const address = privateAddress(state, given);
  if (address === undefined || parseBlock(address) === undefined) {
    return { by: 'target', because: `${given} is no private address, ECS instance or load balancer.` };
  }
  const stop = accessibleBlocksStop(connection, address);
  if (stop) return stop;
  const route = findRoute(state, source, address);
  if ('by' in route) return route;
  return route.local
    ? findTarget(state, connection.vpcId, address)
    : { kind: 'outside', address, nextHop: route.nextHop };
}

function targetStops(state: AlibabaRegionState, source: Source, target: Target, port: number): Finding | undefined {
  return (
    securityGroupOutStops(state, source, target, port) ??
    networkAclsStop(state, source, target, port) ??
    (target.kind === 'load-balancer' ? loadBalancerStops(state, source, target.balancer, port) : undefined) ??
    (target.kind === 'interface'
      ? (interfaceStops(state, target.eni) ?? securityGroupInStops(state, source, target, port))
      : undefined)
  );
}

function passed({ from }: Source, target: Target, port: number): Finding {
  switch (target.kind) {
    case 'interface':
      return { by: 'security-group-in', because: `${target.eni.id} takes ${from} on port ${port}.` };
    case 'load-balancer':
      return { by: 'listener', because: `The listener of ${target.balancer.id} takes ${from} on port ${port}.` };
    case 'outside':
      return { by: 'route', because: `${target.address} is behind ${target.nextHop}, which is taken to answer.` };
  }
}
