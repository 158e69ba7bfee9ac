import { idOf, runInstance } from '../../alibaba/ecs/account.js';
import { addRoute, addRule, ALL, FAR, type AlibabaWorld } from './parts.js';
import { farVpc, type Called } from './themes.js';
import { editRows } from '../edit-world.js';
import { calledAddresses, calledGroups, routesTaken } from '../finished-world.js';
import type { Finished } from '../situation.js';

/**
 * P8: the server's group allows the current addresses of the link's interfaces, and sometimes their vSwitches as well.
 */
export function admitsToday(world: AlibabaWorld, called: Called): Called {
  const { cloud, random, groups, linkId, vpcId } = world;
  revokeIngress(world);
  const { NetworkInterfaceSets } = cloud.ecs('DescribeNetworkInterfaces', { VpcId: vpcId, MaxResults: 500 }) as {
    NetworkInterfaceSets?: { NetworkInterfaceSet: { Description: string; PrivateIpAddress: string }[] };
  };
  const own = (NetworkInterfaceSets?.NetworkInterfaceSet ?? []).filter(({ Description }) =>
    Description.includes(linkId),
  );
  const today = own.filter(() => random.chance(0.9)).map(({ PrivateIpAddress }) => `${PrivateIpAddress}/32`);
  const wide = random.chance(0.2) ? ['10.0.0.0/22'] : [];
  for (const SourceCidrIp of [...today, ...wide]) addRule(world, 'in', groups.server, { SourceCidrIp });
  return called;
}

/** Removes the inbound rules of the theme. */
function revokeIngress({ cloud, groups }: AlibabaWorld): void {
  const SecurityGroupId = groups.server;
  const { Permissions } = cloud.ecs('DescribeSecurityGroupAttribute', { SecurityGroupId, Direction: 'ingress' }) as {
    Permissions?: { Permission: { SecurityGroupRuleId: string }[] };
  };
  const SecurityGroupRuleId = (Permissions?.Permission ?? []).map((one) => one.SecurityGroupRuleId);
  if (SecurityGroupRuleId.length > 0) cloud.ecs('RevokeSecurityGroup', { SecurityGroupId, SecurityGroupRuleId });
}

/** P10: the address of an interface that a service such as ALB created, with the server's group. */
export async function toService(world: AlibabaWorld): Promise<Called> {
  const { cloud, vSwitches, groups } = world;
  const address = '10.0.3.40';
  const place = { VSwitchId: vSwitches.back, SecurityGroupId: groups.server, PrivateIpAddress: address };
  const id = runInstance(cloud, place);
  await cloud.sim.advance(600_000);
  editRows(cloud.sim, (row) => {
    if (row['instanceId'] === id) return { ...row, instanceId: undefined, serviceManaged: true, type: 'Secondary' };
    const { $map: rows } = row;
    return Array.isArray(rows) ? { ...row, $map: rows.filter((pair: readonly unknown[]) => pair[0] !== id) } : row;
  });
  return { address };
}

export function isService(finished: Finished): boolean {
  const called = calledAddresses(finished);
  return finished.region.interfaces.some(
    ({ managed, linkId, addresses }) =>
      managed === true && linkId === undefined && addresses.some((address) => called.includes(address)),
  );
}

/** P11: the entry to a peered VPC has a second next hop: the internet, a VPN, or a peering with another such VPC. */
export async function twoHops(world: AlibabaWorld): Promise<Called> {
  const { cloud, random, vpcId } = world;
  const block = '172.20.0.0/16';
  const spare = '172.31.0.0/16';
  const peered = async (destination: string, leadsBack: boolean): Promise<void> => {
    const { id, farVpcId } = await farVpc(world);
    addRoute(world, vpcId, destination, 'VpcPeer', id);
    if (leadsBack) addRoute(world, farVpcId, '10.0.0.0/16', 'VpcPeer', id);
  };
  await peered(block, true);
  const kind = random.below(3);
  if (kind === 0) await peered(spare, random.chance(0.5));
  if (kind === 1) addRoute(world, vpcId, spare, 'Ipv4Gateway', 'ipv4gw-1');
  if (kind === 2) addRoute(world, vpcId, spare, 'VpnGateway', 'vpn-1');
  // No call of the simulation creates two next hops for one block.
  editRows(cloud.sim, (row) => (row['destinationCidrBlock'] === spare ? { ...row, destinationCidrBlock: block } : row));
  return { address: FAR };
}

export function hasTwoHops(finished: Finished): boolean {
  return new Set(routesTaken(finished).map(({ nextHop: { kind, id } }) => `${kind} ${id}`)).size > 1;
}

/** In the accessible block 172.16.0.0/12, outside of the VPC. */
const BEYOND = '172.20.9.9';

/** F1: the endpoint of a Gateway Load Balancer is the next hop. */
export function throughEndpoint(world: AlibabaWorld): Called {
  const { random, vpcId, groups } = world;
  const block = random.pick(['172.20.0.0/16', '172.20.9.0/24']);
  addRoute(world, vpcId, block, 'GatewayLoadBalancerEndpoint', 'ep-0123456789');
  if (random.chance(0.25)) addRule(world, 'out', groups.j, { DestCidrIp: ALL, Policy: 'drop' });
  return { address: BEYOND };
}

/** F2: a VPC NAT gateway is the next hop; the table of its own vSwitch has an onward route or has none. */
export function throughNat(world: AlibabaWorld): Called {
  const { cloud, random, vpcId, vSwitches } = world;
  addRoute(world, vpcId, '172.16.0.0/12', 'NatGateway', 'ngw-1');
  const RouteTableId = idOf(cloud.vpc('CreateRouteTable', { VpcId: vpcId }), 'RouteTableId');
  cloud.vpc('AssociateRouteTable', { RouteTableId, VSwitchId: vSwitches.back });
  const DestinationCidrBlock = random.pick(['172.20.0.0/16', '172.20.0.0/16', '172.21.0.0/16']);
  cloud.vpc('CreateRouteEntry', { RouteTableId, DestinationCidrBlock, NextHopType: 'VpnGateway', NextHopId: 'vpn-1' });
  return { address: BEYOND };
}

export const leadsBy = (kind: 'endpoint' | 'nat') => (finished: Finished) =>
  routesTaken(finished).some(({ nextHop }) => nextHop.kind === kind);

/** P12: the group of servers behind the load balancer drops some of the link's addresses, or those of the proxies. */
export function shutsServers(world: AlibabaWorld, called: Called): Called {
  const { random, groups } = world;
  const SourceCidrIp = random.pick(['10.0.0.0/8', '10.0.1.0/24', '10.0.2.0/25', '100.64.0.0/10']);
  addRule(world, 'in', groups.server, { SourceCidrIp, Policy: 'drop', Priority: '1' });
  return called;
}

/** A load balancer is called, and a group of its servers drops the link's source addresses. */
export function isShut(finished: Finished): boolean {
  const { instances = [], securityGroups } = finished.region;
  const servers = calledGroups(finished).flatMap(({ targets = [] }) => targets.map(({ id }) => id));
  const groupIds = instances.filter(({ id }) => servers.includes(id)).flatMap((one) => one.securityGroupIds);
  const rules = securityGroups.filter(({ id }) => groupIds.includes(id)).flatMap((one) => one.rules);
  return rules.some(
    ({ direction, action, cidrBlock = '' }) => direction === 'in' && action === 'drop' && cidrBlock.startsWith('10.'),
  );
}
