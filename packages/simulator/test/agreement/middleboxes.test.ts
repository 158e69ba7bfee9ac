import { describe, expect, it } from 'vitest';
import { runInstance } from '../aws/run-instance.js';
import { REGION, shop, type Shop } from '../traffic/aws/http-api/shop.js';
import { editRows } from './edit-world.js';
import { judged, listenerTo, specOf } from './judged.js';

const ALL = '0.0.0.0/0';
const NEAR = '172.31.0.0/16';
const FAR = '10.9.0.0/16';

/** A VPC with one subnet in each zone of the default VPC, and a group that allows all. */
function network({ ec2 }: Shop, CidrBlock: string) {
  const { VpcId } = ec2('CreateVpc', { CidrBlock }).Vpc;
  const base = CidrBlock.split('.', 2).join('.');
  const subnets: string[] = ['a', 'b', 'c'].map(
    (zone, at) =>
      ec2('CreateSubnet', { VpcId, CidrBlock: `${base}.${at}.0/24`, AvailabilityZone: `${REGION}${zone}` }).Subnet
        .SubnetId,
  );
  const { GroupId } = ec2('CreateSecurityGroup', { VpcId, GroupName: base, Description: base });
  const IpPermissions = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: ALL }] }];
  ec2('AuthorizeSecurityGroupIngress', { GroupId, IpPermissions });
  return { VpcId: VpcId as string, subnets, GroupId: GroupId as string };
}

function route({ ec2 }: Shop, VpcId: string, DestinationCidrBlock: string, to: object): void {
  const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
  const [{ RouteTableId }] = ec2('DescribeRouteTables', { Filters }).RouteTables;
  ec2('CreateRoute', { RouteTableId, DestinationCidrBlock, ...to });
}

/** The HTTP API in front of a load balancer in the default VPC, whose target is a server of another VPC. */
async function behind(
  connect: (world: Shop, near: string, far: ReturnType<typeof network>) => unknown,
  health?: 'healthy',
) {
  const world = await shop();
  const { ec2, elb } = world;
  const [{ VpcId: near }] = elb('DescribeLoadBalancers').LoadBalancers;
  const far = network(world, FAR);
  const { PrivateIpAddress } = runInstance(ec2, { SubnetId: far.subnets[0], SecurityGroupIds: [far.GroupId] });
  await connect(world, near, far);
  const listener = await listenerTo(world, PrivateIpAddress as string);
  world.route('ANY /{proxy+}', world.integration({ IntegrationUri: listener }));
  world.stage();
  await world.sim.advance(600_000);
  const [{ TargetGroupArn: targetGroupArn }] = elb('DescribeTargetGroups', { Names: ['far'] }).TargetGroups;
  const target = { kind: 'target-health', targetGroupArn, targetId: PrivateIpAddress } as const;
  if (health !== undefined) world.sim.plant(REGION, { ...target, state: health });
  const { path, failed, because } = await judged(world.sim, specOf(world, { ref: listener }));
  const call = world.get('/orders');
  await world.sim.advance(60_000);
  return { outcome: (await call).outcome, path, failed, because };
}

/** Both VPCs route all to a transit gateway, which leads to an inspection VPC, whose subnets lead to an interface, or nowhere. */
const inspectedBy =
  (by: 'appliance' | 'checked appliance' | 'endpoint' | 'nat' | 'nothing') =>
  async (world: Shop, near: string, far: ReturnType<typeof network>): Promise<void> => {
    const { ec2, sim } = world;
    const inner = network(world, '10.8.0.0/16');
    const tables = { DefaultRouteTableAssociation: 'disable', DefaultRouteTablePropagation: 'disable' };
    const { TransitGatewayId } = ec2('CreateTransitGateway', { Options: tables }).TransitGateway;
    await sim.advance(120_000);
    const ofVpc = (VpcId: string): string[] =>
      ec2('DescribeSubnets', { Filters: [{ Name: 'vpc-id', Values: [VpcId] }] }).Subnets.map(
        ({ SubnetId }: { SubnetId: string }) => SubnetId,
      );
    const attach = (VpcId: string): string =>
      ec2('CreateTransitGatewayVpcAttachment', { TransitGatewayId, VpcId, SubnetIds: ofVpc(VpcId) })
        .TransitGatewayVpcAttachment.TransitGatewayAttachmentId;
    const spokes = [attach(near), attach(far.VpcId)] as const;
    const hub = attach(inner.VpcId);
    const table = (): string =>
      ec2('CreateTransitGatewayRouteTable', { TransitGatewayId }).TransitGatewayRouteTable.TransitGatewayRouteTableId;
    const [ofSpokes, ofHub] = [table(), table()];
    await sim.advance(120_000);
    const at = (TransitGatewayRouteTableId: string, TransitGatewayAttachmentId: string) => ({
      TransitGatewayRouteTableId,
      TransitGatewayAttachmentId,
    });
    for (const spoke of spokes) {
      ec2('AssociateTransitGatewayRouteTable', at(ofSpokes, spoke));
      ec2('EnableTransitGatewayRouteTablePropagation', at(ofHub, spoke));
    }
    ec2('AssociateTransitGatewayRouteTable', at(ofHub, hub));
    await sim.advance(120_000);
    ec2('CreateTransitGatewayRoute', { DestinationCidrBlock: ALL, ...at(ofSpokes, hub) });
    route(world, near, FAR, { TransitGatewayId });
    route(world, far.VpcId, NEAR, { TransitGatewayId });
    if (by === 'nothing') return;
    const { NetworkInterfaceId } = runInstance(ec2, {
      SubnetId: inner.subnets[0],
      SecurityGroupIds: [inner.GroupId],
    });
    if (by === 'appliance')
      ec2('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, SourceDestCheck: { Value: false } });
    route(world, inner.VpcId, ALL, { NetworkInterfaceId });
    if (by === 'endpoint') becomes(world, NetworkInterfaceId, 'vpc-endpoint', 'vpce-0123456789abcdef0');
    if (by !== 'nat') return;
    becomes(world, NetworkInterfaceId, 'nat-gateway', 'nat-0123456789abcdef1');
    const { RouteTableId } = ec2('CreateRouteTable', { VpcId: inner.VpcId }).RouteTable;
    ec2('CreateRoute', { RouteTableId, DestinationCidrBlock: FAR, TransitGatewayId });
  };

/** Routes to an interface get a next hop that no call of the simulated cloud creates. */
function becomes({ sim }: Shop, interfaceId: string, targetKind: string, targetId: string): void {
  editRows(sim, (row) => (row['targetId'] === interfaceId ? { ...row, targetKind, targetId } : row));
}

/** The default VPC routes to a private NAT gateway, whose own subnet has a route by a peering, or none. */
const behindNat =
  (leadsOn: boolean) =>
  (world: Shop, near: string, far: ReturnType<typeof network>): void => {
    const { ec2, groupId } = world;
    const [{ SubnetId: first }] = ec2('DescribeSubnets', { Filters: [{ Name: 'vpc-id', Values: [near] }] }).Subnets;
    const { NetworkInterface } = ec2('CreateNetworkInterface', { SubnetId: first, Groups: [groupId] });
    route(world, near, FAR, { NetworkInterfaceId: NetworkInterface.NetworkInterfaceId });
    becomes(world, NetworkInterface.NetworkInterfaceId, 'nat-gateway', 'nat-0123456789abcdef0');
    const { VpcPeeringConnectionId } = ec2('CreateVpcPeeringConnection', {
      VpcId: near,
      PeerVpcId: far.VpcId,
    }).VpcPeeringConnection;
    ec2('AcceptVpcPeeringConnection', { VpcPeeringConnectionId });
    route(world, far.VpcId, NEAR, { VpcPeeringConnectionId });
    if (!leadsOn) return;
    const { RouteTableId } = ec2('CreateRouteTable', { VpcId: near }).RouteTable;
    ec2('CreateRoute', { RouteTableId, DestinationCidrBlock: FAR, VpcPeeringConnectionId });
  };

// https://docs.aws.amazon.com/network-firewall/latest/developerguide/vpc-config-tgw-multi-az.html
// https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-scenarios.html
describe('calls of a load balancer to a target in another VPC', () => {
  it.each([
    [
      'a transit gateway with an inspection VPC, whose appliance forwards',
      inspectedBy('appliance'),
      'delivered',
      'unknown',
    ],
    [
      'a transit gateway with an inspection VPC, whose firewall forwards',
      inspectedBy('endpoint'),
      'delivered',
      'unknown',
    ],
    ['a transit gateway with a VPC, whose private NAT gateway leads on', inspectedBy('nat'), 'delivered', 'unknown'],
    [
      'a transit gateway with an inspection VPC, whose interface drops packets for others',
      inspectedBy('checked appliance'),
      'unreachable',
      'fail',
    ],
    ['a transit gateway with a VPC that leads nowhere', inspectedBy('nothing'), 'unreachable', 'fail'],
    ['a private NAT gateway, whose subnet leads on', behindNat(true), 'delivered', 'unknown'],
    ['a private NAT gateway, and no route leads on', behindNat(false), 'unreachable', 'fail'],
  ])('by %s', async (_, connect, outcome, verdict) => {
    const { because, failed, ...seen } = await behind(connect);
    expect([seen, because, verdict === 'fail' ? [] : failed]).toEqual([{ outcome, path: verdict }, because, []]);
    if (verdict === 'unknown') expect(because).toMatch(/eni-|vpce-|nat-/);
  });

  // Something forwards that the simulated cloud does not have: its answer about health is planted.
  it.each([
    ['whose interface drops packets for others, as far as is read', inspectedBy('checked appliance')],
    ['that leads nowhere, as far as is read', inspectedBy('nothing')],
    ['by a private NAT gateway, and no route leads on, as far as is read', behindNat(false)],
  ])('are never a failure where the target is healthy: %s', async (_, connect) => {
    const { path, failed, because } = await behind(connect, 'healthy');
    expect([path, failed]).toEqual(['unknown', []]);
    expect(because).toContain('is healthy, so that health checks on port');
  });
});
