import type { SimulateOptions } from '../../../src/index.js';
import { account, idOf, runInstance, smallNetwork } from '../ecs/account.js';

/**
 * A VPC integration instance in zones j and k, each with a group of its own, and an ECS instance at 10.0.3.10 in 10.0.3.0/24 (zone
 * i) with another; 10.0.3.0/24 is accessible. No inbound rule exists. All of it is created by calls.
 */
export async function linkedVpc(SecurityGroupType: string, options?: SimulateOptions) {
  const cloud = account(options);
  const { vpcId: VpcId, j, k } = smallNetwork(cloud);
  const back = idOf(
    cloud.vpc('CreateVSwitch', { VpcId, ZoneId: 'cn-hangzhou-i', CidrBlock: '10.0.3.0/24' }),
    'VSwitchId',
  );
  const group = () => idOf(cloud.ecs('CreateSecurityGroup', { VpcId, SecurityGroupType }), 'SecurityGroupId');
  const groups = { j: group(), k: group(), server: group() };
  const zone = (letter: 'j' | 'k', VSwitchId: string, CidrBlock: string) => ({
    ZoneId: `cn-hangzhou-${letter}`,
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
  const server = { VSwitchId: back, SecurityGroupId: groups.server, PrivateIpAddress: '10.0.3.10' };
  const serverId = runInstance(cloud, server);
  await cloud.sim.advance(60 * 60_000);
  const network = { cloud, linkId, vpcId: VpcId, vSwitches: { j, k, back }, groups, serverId };
  await addBlock(network, '10.0.3.0/24');
  return network;
}

/**
 * The network with a load balancer at 10.0.3.20 that forwards TCP port 80 to the instance, whose group allows port 80 from the
 * VPC. The type of the groups is `normal` by default; another type creates advanced groups.
 */
export async function connectedWorld(SecurityGroupType = 'normal', options?: SimulateOptions) {
  const network = await linkedVpc(SecurityGroupType, options);
  const { cloud, groups, serverId, vSwitches } = network;
  const loadBalancerId = idOf(
    cloud.slb('CreateLoadBalancer', { AddressType: 'intranet', VSwitchId: vSwitches.back, Address: '10.0.3.20' }),
    'LoadBalancerId',
  );
  const at = { LoadBalancerId: loadBalancerId, ListenerPort: 80 };
  cloud.slb('AddBackendServers', { LoadBalancerId: loadBalancerId, BackendServers: `[{"ServerId":"${serverId}"}]` });
  cloud.slb('CreateLoadBalancerTCPListener', { ...at, BackendServerPort: 80 });
  cloud.slb('StartLoadBalancerListener', at);
  cloud.ecs('AuthorizeSecurityGroup', {
    SecurityGroupId: groups.server,
    IpProtocol: 'tcp',
    PortRange: '80/80',
    SourceCidrIp: '10.0.0.0/16',
  });
  return { ...network, loadBalancerId };
}

export type World = Awaited<ReturnType<typeof connectedWorld>>;
/** What all its networks have. */
export type LinkedVpc = Awaited<ReturnType<typeof linkedVpc>>;

/** Adds an accessible block and waits until it is in effect. */
export async function addBlock(
  { cloud, linkId }: Pick<LinkedVpc, 'cloud' | 'linkId'>,
  CidrBlock: string,
): Promise<void> {
  cloud.cloudapi('ModifyInstanceAttribute', {
    InstanceId: linkId,
    ToConnectVpcIpBlock: { CidrBlock, Customized: true },
    Token: CidrBlock,
  });
  await cloud.sim.advance(60 * 60_000);
}

/** Adds a rule to a group. */
export function rule(
  { cloud }: LinkedVpc,
  direction: 'in' | 'out',
  SecurityGroupId: string,
  more: Readonly<Record<string, unknown>>,
): void {
  const action = direction === 'in' ? 'AuthorizeSecurityGroup' : 'AuthorizeSecurityGroupEgress';
  cloud.ecs(action, { SecurityGroupId, IpProtocol: 'tcp', PortRange: '80/80', ...more });
}

/** Binds a network ACL to a vSwitch: rules as `accept tcp 80/80 10.0.0.0/16`. */
export function networkAcl(
  { cloud, vpcId }: LinkedVpc,
  vSwitchId: string,
  rules: { readonly in: readonly string[]; readonly out: readonly string[] },
): void {
  const NetworkAclId = idOf(cloud.vpc('CreateNetworkAcl', { VpcId: vpcId }), 'NetworkAclId');
  const read = (list: readonly string[], side: string) =>
    list.map((text) => {
      const [Policy, Protocol, Port, block] = text.split(' ');
      return { Policy, Protocol, Port, [side]: block };
    });
  cloud.vpc('UpdateNetworkAclEntries', {
    NetworkAclId,
    UpdateIngressAclEntries: true,
    IngressAclEntries: read(rules.in, 'SourceCidrIp'),
    UpdateEgressAclEntries: true,
    EgressAclEntries: read(rules.out, 'DestinationCidrIp'),
  });
  const Resource = [{ ResourceType: 'VSwitch', ResourceId: vSwitchId }];
  cloud.vpc('AssociateNetworkAcl', { NetworkAclId, Resource });
}

/** The system route table of a VPC. */
export function systemTable({ cloud, vpcId }: Pick<LinkedVpc, 'cloud' | 'vpcId'>): string {
  const { RouterTableList } = cloud.vpc('DescribeRouteTableList', { VpcId: vpcId, RouteTableType: 'System' }) as {
    RouterTableList?: { RouterTableListType: { RouteTableId: string }[] };
  };
  return RouterTableList?.RouterTableListType[0]?.RouteTableId ?? '';
}

/** Gives a TCP listener an access control list. */
export function listenerAcl({ cloud }: World, at: object, AclType: string, blocks: readonly string[]): void {
  const { AclId } = cloud.slb('CreateAccessControlList', { AclName: 'list' }) as { AclId?: string };
  const AclEntrys = JSON.stringify(blocks.map((entry) => ({ entry })));
  if (blocks.length > 0) cloud.slb('AddAccessControlListEntry', { AclId, AclEntrys });
  cloud.slb('SetLoadBalancerTCPListenerAttribute', { ...at, AclStatus: 'on', AclType, AclId });
}

/** Recreates a TCP listener, which forwards to a vServer group of the server at these ports. */
export function serverGroup({ cloud, serverId }: World, at: Record<string, unknown>, servers: readonly object[]): void {
  const BackendServers = JSON.stringify(servers.map((one) => ({ ServerId: serverId, Type: 'ecs', ...one })));
  const { VServerGroupId } = cloud.slb('CreateVServerGroup', {
    LoadBalancerId: at['LoadBalancerId'],
    BackendServers,
  }) as {
    VServerGroupId?: string;
  };
  cloud.slb('DeleteLoadBalancerListener', at);
  cloud.slb('CreateLoadBalancerTCPListener', { ...at, VServerGroupId });
  cloud.slb('StartLoadBalancerListener', at);
}
