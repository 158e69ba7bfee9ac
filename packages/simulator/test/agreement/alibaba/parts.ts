import { idOf, runInstance } from '../../alibaba/ecs/account.js';
import { addBlock, linkedVpc, rule as addRule, systemTable } from '../../alibaba/connects/world.js';
import type { Random } from '../random.js';

export { networkAcl, rule as addRule } from '../../alibaba/connects/world.js';
export const REGION = 'cn-hangzhou';
export const ALL = '0.0.0.0/0';
export const SERVER = '10.0.3.10';
export const BALANCER = '10.0.3.20';
export const FAR = '172.20.1.10';

type Fields = Readonly<Record<string, unknown>>;

/** The network of a link, from which 172.16.0.0/12 is accessible, too. */
export async function openWorld(random: Random, type: 'normal' | 'enterprise') {
  const world = { ...(await linkedVpc(type, { throttle: false, clock: 'auto' })), random };
  await addBlock(world, '172.16.0.0/12');
  return world;
}

export type AlibabaWorld = Awaited<ReturnType<typeof openWorld>>;

/** Allows port 80 to the server from 10.0.0.0/8, and outbound from the link's groups if their default allows none. */
export function open(world: AlibabaWorld, direction: 'in' | 'out' | 'both'): void {
  const { groups } = world;
  if (direction !== 'out') addRule(world, 'in', groups.server, { SourceCidrIp: '10.0.0.0/8', Priority: '50' });
  if (direction === 'in') return;
  for (const id of [groups.j, groups.k]) addRule(world, 'out', id, { DestCidrIp: ALL, Priority: '50' });
}

/** An entry of a network ACL: `accept tcp 80/80 10.0.0.0/16`. */
export type Entry = string;

/** Adds a route to the system table of a VPC. */
export function addRoute(
  world: AlibabaWorld,
  vpcId: string,
  DestinationCidrBlock: string,
  NextHopType: string,
  NextHopId: string,
): void {
  world.cloud.vpc('CreateRouteEntry', {
    RouteTableId: systemTable({ cloud: world.cloud, vpcId }),
    DestinationCidrBlock,
    NextHopType,
    NextHopId,
  });
}

/**
 * A load balancer at 10.0.3.20 with a listener on port 80, the server behind it, and sometimes a second server in its
 * own vSwitch.
 */
export function balanced(
  world: AlibabaWorld,
  protocol: 'TCP' | 'HTTP',
): {
  readonly at: { readonly LoadBalancerId: string; readonly ListenerPort: number };
  readonly servers: readonly string[];
} {
  const { cloud, groups, random, vSwitches, serverId } = world;
  const LoadBalancerId = idOf(
    cloud.slb('CreateLoadBalancer', { AddressType: 'intranet', VSwitchId: vSwitches.back, Address: BALANCER }),
    'LoadBalancerId',
  );
  const at = { LoadBalancerId, ListenerPort: 80 };
  const isAlone = random.chance(0.75);
  const place = { VSwitchId: vSwitches.k, SecurityGroupId: groups.server, PrivateIpAddress: '10.0.2.77' };
  const servers = isAlone ? [serverId] : [serverId, runInstance(cloud, place)];
  const BackendServers = JSON.stringify(servers.map((ServerId) => ({ ServerId })));
  cloud.slb('AddBackendServers', { LoadBalancerId, BackendServers });
  cloud.slb(`CreateLoadBalancer${protocol}Listener`, {
    ...at,
    BackendServerPort: 80,
    ...(protocol === 'HTTP' && { StickySession: 'off', HealthCheck: random.chance(0.3) ? 'off' : 'on' }),
  });
  cloud.slb('StartLoadBalancerListener', at);
  return { at, servers };
}

/** Requests a peering; returns its id. */
export function peer({ cloud }: AlibabaWorld, ask: Fields): string {
  const action = { product: 'VpcPeer', action: 'CreateVpcPeerConnection', region: REGION } as const;
  return idOf(cloud.sim.callAlibaba(action, ask) as Record<string, unknown>, 'InstanceId');
}
