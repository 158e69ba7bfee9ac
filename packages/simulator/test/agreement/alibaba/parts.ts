import { account, idOf, runInstance, smallNetwork } from '../../alibaba/ecs/account.js';
import type { Random } from '../random.js';

export const REGION = 'cn-hangzhou';
export const ALL = '0.0.0.0/0';
export const SERVER = '10.0.3.10';
export const BALANCER = '10.0.3.20';
export const FAR = '172.20.1.10';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A VPC integration instance in zones j (10.0.1.0/24) and k (10.0.2.0/24) with a group for each, and an ECS instance at 10.0.3.10 in
 * 10.0.3.0/24 with its own group. 10.0.3.0/24 and 172.16.0.0/12 are accessible. No inbound rule exists. Created by
 * calls.
 */
export async function openWorld(random: Random, SecurityGroupType: 'normal' | 'enterprise') {
  const cloud = account({ throttle: false, clock: 'auto' });
  const { vpcId: VpcId, j, k } = smallNetwork(cloud);
  const back = idOf(
    cloud.vpc('CreateVSwitch', { VpcId, ZoneId: `${REGION}-i`, CidrBlock: '10.0.3.0/24' }),
    'VSwitchId',
  );
  const group = () => idOf(cloud.ecs('CreateSecurityGroup', { VpcId, SecurityGroupType }), 'SecurityGroupId');
  const groups = { j: group(), k: group(), server: group() };
  const zone = (letter: 'j' | 'k', VSwitchId: string, CidrBlock: string) => ({
    ZoneId: `${REGION}-${letter}`,
    VSwitchId,
    CidrBlock,
    SecurityGroupId: groups[letter],
  });
  const gateway = {
    InstanceName: 'gateway',
    InstanceSpec: 'api.s1.small',
    ChargeType: 'PostPaid',
    HttpsPolicy: 'HTTPS2_TLS1_2',
    InstanceType: 'vpc_connect',
    InstanceCidr: '192.168.0.0/16',
    UserVpcId: VpcId,
    ZoneVSwitchSecurityGroup: [zone('j', j, '10.0.1.0/24'), zone('k', k, '10.0.2.0/24')],
    Token: 'gateway',
  };
  const linkId = idOf(cloud.cloudapi('CreateInstance', gateway), 'InstanceId');
  const server = { VSwitchId: back, SecurityGroupId: groups.server, PrivateIpAddress: SERVER };
  const serverId = runInstance(cloud, server);
  await cloud.sim.advance(60 * 60_000);
  const world = { cloud, random, linkId, vpcId: VpcId, vSwitches: { j, k, back }, groups, serverId };
  for (const block of ['10.0.3.0/24', '172.16.0.0/12']) await addBlock(world, block);
  return world;
}

export type AlibabaWorld = Awaited<ReturnType<typeof openWorld>>;

/** Adds an accessible block and waits until it is in effect. */
async function addBlock({ cloud, linkId }: Pick<AlibabaWorld, 'cloud' | 'linkId'>, CidrBlock: string): Promise<void> {
  cloud.cloudapi('ModifyInstanceAttribute', {
    InstanceId: linkId,
    ToConnectVpcIpBlock: { CidrBlock, Customized: true },
    Token: CidrBlock,
  });
  await cloud.sim.advance(60 * 60_000);
}

/** Adds a rule to a group. */
export function addRule({ cloud }: AlibabaWorld, direction: 'in' | 'out', SecurityGroupId: string, more: Fields): void {
  const action = direction === 'in' ? 'AuthorizeSecurityGroup' : 'AuthorizeSecurityGroupEgress';
  cloud.ecs(action, { SecurityGroupId, IpProtocol: 'tcp', PortRange: '80/80', ...more });
}

/** Allows port 80 to the server from 10.0.0.0/8, and outbound from the link's groups if their default allows none. */
export function open(world: AlibabaWorld, direction: 'in' | 'out' | 'both'): void {
  const { groups } = world;
  if (direction !== 'out') addRule(world, 'in', groups.server, { SourceCidrIp: '10.0.0.0/8', Priority: '50' });
  if (direction === 'in') return;
  for (const id of [groups.j, groups.k]) addRule(world, 'out', id, { DestCidrIp: ALL, Priority: '50' });
}

/** An entry of a network ACL: `accept tcp 80/80 10.0.0.0/16`. */
export type Entry = string;

/** Binds a network ACL of these entries to a vSwitch; they are evaluated in order. */
export function networkAcl(
  { cloud, vpcId }: Pick<AlibabaWorld, 'cloud' | 'vpcId'>,
  vSwitchId: string,
  entries: { readonly in: readonly Entry[]; readonly out: readonly Entry[] },
): void {
  const NetworkAclId = idOf(cloud.vpc('CreateNetworkAcl', { VpcId: vpcId }), 'NetworkAclId');
  const read = (list: readonly Entry[], side: string) =>
    list.map((text) => {
      const [Policy, Protocol, Port, block] = text.split(' ');
      return { Policy, Protocol, Port, [side]: block };
    });
  cloud.vpc('UpdateNetworkAclEntries', {
    NetworkAclId,
    UpdateIngressAclEntries: true,
    IngressAclEntries: read(entries.in, 'SourceCidrIp'),
    UpdateEgressAclEntries: true,
    EgressAclEntries: read(entries.out, 'DestinationCidrIp'),
  });
  cloud.vpc('AssociateNetworkAcl', { NetworkAclId, Resource: [{ ResourceType: 'VSwitch', ResourceId: vSwitchId }] });
}

/** The system route table of a VPC. */
export function systemTable({ cloud }: Pick<AlibabaWorld, 'cloud'>, vpcId: string): string {
  const { RouterTableList } = cloud.vpc('DescribeRouteTableList', { VpcId: vpcId, RouteTableType: 'System' }) as {
    RouterTableList?: { RouterTableListType: { RouteTableId: string }[] };
  };
  return RouterTableList?.RouterTableListType[0]?.RouteTableId ?? '';
}

/** Adds a route to the system table of a VPC. */
export function addRoute(
  world: AlibabaWorld,
  vpcId: string,
  DestinationCidrBlock: string,
  NextHopType: string,
  NextHopId: string,
): void {
  world.cloud.vpc('CreateRouteEntry', {
    RouteTableId: systemTable(world, vpcId),
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
