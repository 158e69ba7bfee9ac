import { REGION, type AlibabaStage } from './account.js';
import { allow, APP, mainTable } from './moves.js';

type Row = Readonly<Record<string, any>>;

/** A server in another VPC, which accepts port 8080 from the link's VPC. */
export const FAR = '172.20.1.10';
/** The VPC of the link, and the other one. */
export const NEAR_BLOCK = '10.10.0.0/16';
export const FAR_BLOCK = '172.20.0.0/16';

/** The answer of the simulated network for calls to the server and to the CLB instance. */
export const callsServer = ({ simulation, link, parts, spec }: AlibabaStage) =>
  simulation.connects(link(), /orders: \{ address: ([\d.]+)/.exec(spec)?.[1] ?? parts.machine, 8080);
export const callsBalancer = ({ simulation, link, parts }: AlibabaStage) =>
  simulation.connects(link(), parts.balancer, 80);

/** From now on, members of the group reach each other only by rules. */
export const closeGroup = ({ call, parts }: AlibabaStage) =>
  call('Ecs', 'ModifySecurityGroupPolicy', { SecurityGroupId: parts.group, InnerAccessPolicy: 'Drop' });
/** A rule of the group about port 8080. */
export const admit = ({ call, parts }: AlibabaStage, way: 'in' | 'out', more: Row, SecurityGroupId = parts.group) =>
  call('Ecs', way === 'in' ? 'AuthorizeSecurityGroup' : 'AuthorizeSecurityGroupEgress', {
    SecurityGroupId,
    Permissions: [{ IpProtocol: 'TCP', PortRange: '8080/8080', ...more }],
  });
/** The group allows the link's vSwitches only by rules. */
export function openByRules(stage: AlibabaStage): void {
  closeGroup(stage);
  admit(stage, 'in', { SourceCidrIp: NEAR_BLOCK, Priority: '50' });
}

/** A network ACL, `accept tcp 8080/8080 10.0.0.0/16` each entry in its order, bound to vSwitches. */
export function networkAcl(
  { call, parts }: AlibabaStage,
  vSwitches: readonly string[],
  entries: { readonly in: readonly string[]; readonly out: readonly string[] },
): void {
  const { NetworkAclId } = call('Vpc', 'CreateNetworkAcl', { VpcId: parts.vpc });
  const read = (list: readonly string[], side: string) =>
    list.map((text) => {
      const [Policy, Protocol, Port, block] = text.split(' ');
      return { Policy, Protocol, Port, [side]: block };
    });
  call('Vpc', 'UpdateNetworkAclEntries', {
    NetworkAclId,
    UpdateIngressAclEntries: true,
    IngressAclEntries: read(entries.in, 'SourceCidrIp'),
    UpdateEgressAclEntries: true,
    EgressAclEntries: read(entries.out, 'DestinationCidrIp'),
  });
  const Resource = vSwitches.map((ResourceId) => ({ ResourceId, ResourceType: 'VSwitch' }));
  call('Vpc', 'AssociateNetworkAcl', { NetworkAclId, Resource });
}
/** The existing network ACL. */
export const acl = ({ call }: AlibabaStage): string =>
  call('Vpc', 'DescribeNetworkAcls', {}).NetworkAcls.NetworkAcl[0].NetworkAclId;

/** The VPC that has a block, and its route table. */
export const vpcOf = ({ call }: AlibabaStage, block: string): string =>
  call('Vpc', 'DescribeVpcs', {}).Vpcs.Vpc.find(({ CidrBlock }: Row) => CidrBlock === block).VpcId;
export const tableOf = (stage: AlibabaStage, block: string): string =>
  block === NEAR_BLOCK
    ? mainTable(stage)
    : stage.call('Vpc', 'DescribeRouteTableList', { VpcId: vpcOf(stage, block) }).RouterTableList.RouterTableListType[0]
        .RouteTableId;
/** A route through a peering in the table of the VPC that has a block. */
export const route = (stage: AlibabaStage, of: string, DestinationCidrBlock: string, NextHopId: string) =>
  stage.call('Vpc', 'CreateRouteEntry', {
    RouteTableId: tableOf(stage, of),
    DestinationCidrBlock,
    NextHopType: 'VpcPeer',
    NextHopId,
  });
export const unroute = (stage: AlibabaStage, of: string, DestinationCidrBlock: string, NextHopId: string) =>
  stage.call('Vpc', 'DeleteRouteEntry', { RouteTableId: tableOf(stage, of), DestinationCidrBlock, NextHopId });

/** Requests a peering with the other VPC, which becomes active automatically within an account; returns its ID. */
export async function peer(stage: AlibabaStage, other: Row = {}): Promise<string> {
  const { call, parts, wait } = stage;
  const asked = { VpcId: parts.vpc, AcceptingVpcId: vpcOf(stage, FAR_BLOCK), AcceptingRegionId: REGION, ...other };
  const { InstanceId } = call('VpcPeer', 'CreateVpcPeerConnection', asked);
  await wait();
  return InstanceId;
}
/** The peering with the other VPC. */
export const peering = (stage: AlibabaStage): string => {
  const far = vpcOf(stage, FAR_BLOCK);
  return stage
    .call('VpcPeer', 'ListVpcPeerConnections', {})
    .VpcPeerConnects.find(({ AcceptingVpc, Status }: Row) => AcceptingVpc.VpcId === far && Status === 'Activated')
    .InstanceId;
};

/**
 * The target is the server in the other VPC, connected by a peering with routes on both sides; its block is
 * accessible.
 */
export async function usePeering(stage: AlibabaStage): Promise<void> {
  const { call, wait } = stage;
  const { VpcId } = call('Vpc', 'CreateVpc', { CidrBlock: FAR_BLOCK });
  const vSwitch = { VpcId, CidrBlock: '172.20.1.0/24', ZoneId: `${REGION}-j` };
  const { VSwitchId } = call('Vpc', 'CreateVSwitch', vSwitch);
  const { SecurityGroupId } = call('Ecs', 'CreateSecurityGroup', { VpcId });
  call('Ecs', 'RunInstances', {
    Amount: 1,
    ImageId: 'ubuntu_24_04_x64_20G_alibase_20260101.vhd',
    InstanceType: 'ecs.g7.large',
    VSwitchId,
    SecurityGroupId,
    PrivateIpAddress: FAR,
  });
  admit(stage, 'in', { SourceCidrIp: NEAR_BLOCK }, SecurityGroupId);
  await wait();
  const id = await peer(stage);
  route(stage, NEAR_BLOCK, FAR_BLOCK, id);
  route(stage, FAR_BLOCK, NEAR_BLOCK, id);
  allow(stage, APP, FAR_BLOCK);
  await stage.apply();
  stage.write(/orders: \{ instance: .*/, `orders: { address: ${FAR}, port: 8080 }`);
}
