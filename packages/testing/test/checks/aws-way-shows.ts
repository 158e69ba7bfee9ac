import { REGION, type AwsStage } from './aws-account.js';
import { from, rawGroup, setHealth, tcp, useNetworkBalancer } from './aws-moves.js';
import {
  atTable,
  attach,
  attachment,
  callBalancer,
  calls,
  farNetwork,
  moveTo,
  peer,
  peering,
  REMOTE,
  replace,
  route,
  tableOf,
  transit,
  transitTable,
  tunnels,
  unroute,
  usePeering,
  useTransit,
  useVpn,
  vpcOf,
  vpn,
  vpnGateway,
} from './aws-ways.js';
import { follow } from './follow-aws.js';
import { edit, type Show } from './show.js';

const NEAR = '10.20.0.0/16';
const FAR_BLOCK = '10.30.0.0/16';
const ROUTES = ['ec2:DescribeRouteTables', 'ec2', 'DescribeRouteTables'] as const;
const PEERINGS = ['ec2:DescribeVpcPeeringConnections', 'ec2', 'DescribeVpcPeeringConnections'] as const;
const TRANSIT = ['ec2:SearchTransitGatewayRoutes', 'ec2', 'SearchTransitGatewayRoutes'] as const;

/** The block that a remedy wants a route for, and the table that it goes into. */
function wanted(remedies: string, table: RegExp): readonly [block: string, table: string] {
  const [, block = '', id = ''] = new RegExp(`Add a route for (\\S+) to (${table.source})`).exec(remedies) ?? [];
  return [block, id];
}

/** A route by the peering, as the remedy wants it. */
function addByPeering(stage: AwsStage, remedies: string): void {
  const [DestinationCidrBlock, RouteTableId] = wanted(remedies, /rtb-\w+/);
  const VpcPeeringConnectionId = peering(stage);
  stage.ec2('CreateRoute', { RouteTableId, DestinationCidrBlock, VpcPeeringConnectionId });
}

function fail({ simulation, link }: AwsStage): void {
  const id = link();
  const to = { VpcLinkStatus: 'FAILED', VpcLinkStatusMessage: 'no address was free' };
  edit(simulation, (row) => row['VpcLinkId'] === id && row['VpcLinkStatus'] !== undefined, to);
}

/** Shows of `path/link`, `path/outside`, `path/route` and `path/peering`. */
export const ROUTE_SHOWS: readonly Show<AwsStage>[] = [
  {
    check: 'path/link',
    how: 'failed',
    breaks: fail,
    severity: 'error',
    subject: 'link eu',
    evidence: ({ link }) => [link()],
    remedy: ['Delete the link and make another'],
    heals: ({ apply }) => apply({ replaceFailed: true }),
    calls,
    denied: ['apigateway:GET', 'apigatewayv2', 'GetVpcLinks'],
  },
  {
    check: 'path/link',
    how: 'asleep',
    breaks: ({ simulation }) => simulation.advance(61 * 86_400_000),
    severity: 'error',
    subject: 'link eu',
    evidence: ({ link }) => [link()],
    remedy: ['Send a request through the link'],
    heals: ({ simulation, link, wait }) => {
      simulation.plant(REGION, { kind: 'link-traffic', vpcLinkId: link() });
      return wait();
    },
    calls,
  },
  {
    check: 'path/outside',
    setting: usePeering,
    breaks: async (stage) => {
      stage.ec2('DeleteVpcPeeringConnection', { VpcPeeringConnectionId: peering(stage) });
      await stage.wait();
      unroute(stage, NEAR, FAR_BLOCK);
      unroute(stage, FAR_BLOCK, NEAR);
    },
    severity: 'error',
    evidence: ({ parts }) => [parts.vpc],
    remedy: ['needs a VPN gateway or peering, not a link', '10.30.0.9/32'],
    heals: async (stage) => {
      const VpcPeeringConnectionId = await peer(stage, vpcOf(stage, FAR_BLOCK));
      route(stage, NEAR, FAR_BLOCK, { VpcPeeringConnectionId });
      route(stage, FAR_BLOCK, NEAR, { VpcPeeringConnectionId });
    },
    calls,
    denied: PEERINGS,
    missed: 'once broken',
  },
  {
    check: 'path/route',
    how: 'none',
    setting: usePeering,
    breaks: (stage) => unroute(stage, NEAR, FAR_BLOCK),
    severity: 'error',
    evidence: ({ parts }) => [parts.table],
    remedy: ['Add a route for 10.30.0.9/32 to rtb-'],
    heals: addByPeering,
    calls,
    denied: ROUTES,
  },
  {
    check: 'path/route',
    how: 'a blackhole, since the peering is gone',
    setting: usePeering,
    breaks: (stage) => {
      stage.ec2('DeleteVpcPeeringConnection', { VpcPeeringConnectionId: peering(stage) });
      return stage.wait();
    },
    severity: 'error',
    evidence: ({ parts }) => [parts.table],
    remedy: [`Give the route ${FAR_BLOCK} of rtb-`, 'a next hop that exists'],
    heals: async (stage) => {
      const VpcPeeringConnectionId = await peer(stage, vpcOf(stage, FAR_BLOCK));
      replace(stage, NEAR, FAR_BLOCK, { VpcPeeringConnectionId });
      replace(stage, FAR_BLOCK, NEAR, { VpcPeeringConnectionId });
    },
    calls,
  },
  {
    check: 'path/route',
    how: 'a blackhole before the local route',
    breaks: (stage) => {
      const { ec2, parts } = stage;
      const gone = ec2('CreateNetworkInterface', { SubnetId: parts.subnets.lbA, Groups: [parts.groups.app] });
      const { NetworkInterfaceId } = gone.NetworkInterface;
      route(stage, NEAR, '10.20.10.0/24', { NetworkInterfaceId });
      ec2('DeleteNetworkInterface', { NetworkInterfaceId });
    },
    severity: 'error',
    evidence: ({ parts }) => [parts.table],
    remedy: ['or remove it: 10.20.0.0/16 → local'],
    heals: (stage) => unroute(stage, NEAR, '10.20.10.0/24'),
    calls,
  },
  {
    check: 'path/route',
    how: 'to the internet',
    setting: usePeering,
    breaks: (stage) => {
      const { InternetGatewayId } = stage.ec2('CreateInternetGateway', {}).InternetGateway;
      stage.ec2('AttachInternetGateway', { InternetGatewayId, VpcId: stage.parts.vpc });
      route(stage, NEAR, '0.0.0.0/0', { GatewayId: InternetGatewayId });
      unroute(stage, NEAR, FAR_BLOCK);
    },
    severity: 'error',
    evidence: ({ parts }) => [parts.table],
    remedy: ['whose next hop leads there'],
    heals: addByPeering,
    calls,
  },
  {
    check: 'path/route',
    how: 'to a machine that drops what is not its own',
    setting: usePeering,
    breaks: (stage) => {
      const { ec2, parts } = stage;
      const { NetworkInterfaceId } = ec2('CreateNetworkInterface', { SubnetId: parts.subnets.lbA }).NetworkInterface;
      simulateInstance(stage, NetworkInterfaceId);
      route(stage, NEAR, '10.30.0.0/24', { NetworkInterfaceId });
    },
    severity: 'error',
    evidence: ({ parts }) => [parts.table],
    remedy: ['Give the route 10.30.0.0/24 of rtb-', 'another next hop'],
    heals: (stage) => {
      const VpcPeeringConnectionId = peering(stage);
      const DestinationCidrBlock = '10.30.0.0/24';
      stage.ec2('ReplaceRoute', { RouteTableId: stage.parts.table, DestinationCidrBlock, VpcPeeringConnectionId });
    },
    calls,
  },
  {
    check: 'path/route',
    how: 'an address that nobody has',
    setting: usePeering,
    breaks: (stage) => moveTo(stage, '10.30.0.77'),
    severity: 'error',
    evidence: () => ['10.30.0.77'],
    remedy: ['Name an address that a network interface of vpc-'],
    heals: (stage) => moveTo(stage, '10.30.0.9'),
    calls,
    denied: ['ec2:DescribeNetworkInterfaces', 'ec2', 'DescribeNetworkInterfaces'],
  },
  {
    check: 'path/route',
    how: 'a blackhole, until the peering is accepted',
    setting: usePeering,
    breaks: async (stage) => {
      stage.ec2('DeleteVpcPeeringConnection', { VpcPeeringConnectionId: peering(stage) });
      const VpcPeeringConnectionId = await peer(stage, vpcOf(stage, FAR_BLOCK), false);
      replace(stage, NEAR, FAR_BLOCK, { VpcPeeringConnectionId });
      replace(stage, FAR_BLOCK, NEAR, { VpcPeeringConnectionId });
    },
    severity: 'error',
    evidence: ({ parts }) => [parts.table],
    remedy: ['Accept the peering pcx-'],
    heals: async ({ ec2, wait }, remedies) => {
      const [VpcPeeringConnectionId] = /pcx-\w+/.exec(remedies) ?? [];
      ec2('AcceptVpcPeeringConnection', { VpcPeeringConnectionId });
      await wait();
    },
    calls,
  },
  {
    check: 'path/route',
    how: 'a blackhole, since the network is not attached to the transit gateway',
    setting: useTransit,
    breaks: (stage) => {
      stage.ec2('DeleteTransitGatewayVpcAttachment', { TransitGatewayAttachmentId: attachment(stage, NEAR) });
      return stage.wait();
    },
    severity: 'error',
    evidence: ({ parts }) => [parts.table],
    remedy: ['Attach vpc-', 'with a subnet in each zone of the link'],
    heals: async (stage) => {
      const { vpc, subnets } = stage.parts;
      attach(stage, transit(stage), vpc, [subnets.a, subnets.b]);
      await stage.wait();
    },
    calls,
  },
  {
    check: 'path/route',
    how: 'a blackhole, since the virtual private gateway is not attached',
    setting: useVpn,
    breaks: async (stage) => {
      stage.ec2('DetachVpnGateway', { VpnGatewayId: vpnGateway(stage), VpcId: stage.parts.vpc });
      await stage.wait();
    },
    severity: 'error',
    evidence: ({ parts }) => [parts.table],
    remedy: ['Attach vgw-'],
    heals: async (stage) => {
      stage.ec2('AttachVpnGateway', { VpnGatewayId: vpnGateway(stage), VpcId: stage.parts.vpc });
      await stage.wait();
    },
    calls,
  },
  {
    check: 'path/peering',
    how: 'carries nothing onward',
    setting: usePeering,
    breaks: async (stage) => {
      farNetwork(stage, '10.40.0.0/16');
      route(stage, NEAR, '10.40.0.0/16', { VpcPeeringConnectionId: peering(stage) });
      await moveTo(stage, '10.40.0.9');
    },
    severity: 'error',
    evidence: (stage) => [peering(stage)],
    remedy: ['Join the network that has 10.40.0.9 directly'],
    denied: PEERINGS,
    heals: async (stage) => {
      const VpcPeeringConnectionId = await peer(stage, vpcOf(stage, '10.40.0.0/16'));
      unroute(stage, NEAR, '10.40.0.0/16');
      route(stage, NEAR, '10.40.0.0/16', { VpcPeeringConnectionId });
      route(stage, '10.40.0.0/16', NEAR, { VpcPeeringConnectionId });
    },
    calls,
  },
  {
    check: 'path/return',
    how: 'no route back',
    setting: usePeering,
    breaks: (stage) => unroute(stage, FAR_BLOCK, NEAR),
    severity: 'error',
    evidence: (stage) => [tableOf(stage, vpcOf(stage, FAR_BLOCK))],
    remedy: ['Add a route for 10.20.0.0/24 to rtb-'],
    heals: (stage, remedies) => {
      const VpcPeeringConnectionId = peering(stage);
      for (const [, DestinationCidrBlock, RouteTableId] of remedies.matchAll(/Add a route for (\S+) to (rtb-\w+)/g)) {
        stage.ec2('CreateRoute', { RouteTableId, DestinationCidrBlock, VpcPeeringConnectionId });
      }
    },
    calls,
  },
];

function simulateInstance({ simulation }: AwsStage, networkInterfaceId: string): void {
  simulation.plant(REGION, { kind: 'instance', networkInterfaceId });
}

/** Shows of `path/transit` and `path/on-premises`. */
export const CONNECTION_SHOWS: readonly Show<AwsStage>[] = [
  {
    check: 'path/transit',
    how: 'no subnet in a zone of the link',
    setting: useTransit,
    breaks: (stage) => {
      const TransitGatewayAttachmentId = attachment(stage, NEAR);
      const RemoveSubnetIds = [stage.parts.subnets.b];
      stage.ec2('ModifyTransitGatewayVpcAttachment', { TransitGatewayAttachmentId, RemoveSubnetIds });
      return stage.wait();
    },
    severity: 'error',
    evidence: (stage) => [attachment(stage, NEAR)],
    remedy: ['Add a subnet of vpc-', ' to the attachment tgw-attach-'],
    heals: (stage) => {
      const TransitGatewayAttachmentId = attachment(stage, NEAR);
      const AddSubnetIds = [stage.parts.subnets.b];
      stage.ec2('ModifyTransitGatewayVpcAttachment', { TransitGatewayAttachmentId, AddSubnetIds });
      return stage.wait();
    },
    calls,
  },
  {
    check: 'path/transit',
    how: 'associated with no table',
    setting: useTransit,
    breaks: (stage) => {
      stage.ec2('DisassociateTransitGatewayRouteTable', atTable(stage, NEAR));
      return stage.wait();
    },
    severity: 'error',
    evidence: (stage) => [attachment(stage, NEAR)],
    remedy: ['Associate the attachment'],
    heals: (stage) => {
      stage.ec2('AssociateTransitGatewayRouteTable', atTable(stage, NEAR));
      return stage.wait();
    },
    calls,
    denied: ['ec2:DescribeTransitGatewayAttachments', 'ec2', 'DescribeTransitGatewayAttachments'],
  },
  {
    check: 'path/transit',
    how: 'no route, and one is added',
    setting: useTransit,
    breaks: (stage) => {
      stage.ec2('DisableTransitGatewayRouteTablePropagation', atTable(stage, FAR_BLOCK));
      return stage.wait();
    },
    severity: 'error',
    evidence: (stage) => [transitTable(stage)],
    remedy: ['Add a route for 10.30.0.9/32 to tgw-rtb-'],
    heals: (stage, remedies) => {
      const [DestinationCidrBlock, TransitGatewayRouteTableId] = wanted(remedies, /tgw-rtb-\w+/);
      const TransitGatewayAttachmentId = attachment(stage, FAR_BLOCK);
      const made = { DestinationCidrBlock, TransitGatewayRouteTableId, TransitGatewayAttachmentId };
      stage.ec2('CreateTransitGatewayRoute', made);
    },
    calls,
    denied: TRANSIT,
  },
  {
    check: 'path/transit',
    how: 'no route, and the attachment propagates',
    setting: useTransit,
    breaks: (stage) => {
      stage.ec2('DisableTransitGatewayRouteTablePropagation', atTable(stage, FAR_BLOCK));
      return stage.wait();
    },
    severity: 'error',
    evidence: (stage) => [transitTable(stage)],
    remedy: ['or let the attachment of the network that has it propagate'],
    heals: (stage) => {
      stage.ec2('EnableTransitGatewayRouteTablePropagation', atTable(stage, FAR_BLOCK));
      return stage.wait();
    },
    calls,
  },
  {
    check: 'path/transit',
    how: 'a blackhole',
    setting: useTransit,
    breaks: (stage) => {
      const more = { DestinationCidrBlock: '10.30.0.0/24', TransitGatewayRouteTableId: transitTable(stage) };
      stage.ec2('CreateTransitGatewayRoute', { ...more, Blackhole: true });
    },
    severity: 'error',
    evidence: (stage) => [transitTable(stage)],
    remedy: ['Give the route 10.30.0.0/24 of tgw-rtb-', 'an attachment that exists'],
    heals: (stage) => {
      const more = { DestinationCidrBlock: '10.30.0.0/24', ...atTable(stage, FAR_BLOCK) };
      stage.ec2('ReplaceTransitGatewayRoute', more);
    },
    calls,
  },
  {
    check: 'path/transit',
    how: 'a route into another network',
    setting: useTransit,
    breaks: (stage) => {
      stage.ec2('CreateTransitGatewayRoute', { DestinationCidrBlock: '10.30.0.0/24', ...atTable(stage, NEAR) });
    },
    severity: 'error',
    evidence: (stage) => [attachment(stage, NEAR)],
    remedy: ['Give 10.30.0.9 a route to the attachment of the network that has it'],
    heals: (stage) =>
      stage.ec2('ReplaceTransitGatewayRoute', { DestinationCidrBlock: '10.30.0.0/24', ...atTable(stage, FAR_BLOCK) }),
    calls,
  },
  {
    check: 'path/on-premises',
    how: 'the line is down',
    setting: useVpn,
    breaks: (stage) => tunnels(stage, 'DOWN'),
    severity: 'error',
    evidence: (stage) => [vpn(stage)],
    remedy: ['Bring vpn-', 'up'],
    heals: (stage) => tunnels(stage, 'UP'),
    calls,
    denied: ['ec2:DescribeVpnConnections', 'ec2', 'DescribeVpnConnections'],
  },
  {
    check: 'path/on-premises',
    how: 'the line does not lead there',
    setting: useVpn,
    breaks: async (stage) => {
      const of = { VpnConnectionId: vpn(stage) };
      stage.ec2('CreateVpnConnectionRoute', { ...of, DestinationCidrBlock: '192.168.6.0/24' });
      stage.ec2('DeleteVpnConnectionRoute', { ...of, DestinationCidrBlock: '192.168.0.0/16' });
      await stage.wait();
    },
    severity: 'error',
    evidence: (stage) => [vpnGateway(stage)],
    remedy: [`Give ${REMOTE} a way behind vgw-`],
    heals: async (stage) => {
      const of = { VpnConnectionId: vpn(stage) };
      stage.ec2('CreateVpnConnectionRoute', { ...of, DestinationCidrBlock: '192.168.5.0/24' });
      await stage.wait();
    },
    calls,
  },
];

/** Shows of `path/load-balancer`. */
export const BALANCER_SHOWS: readonly Show<AwsStage>[] = [
  {
    check: 'path/load-balancer',
    how: 'no listener on the port',
    setting: async (stage) => {
      stage.admit(stage.parts.groups.balancer, tcp(80, from('10.20.0.0/16')));
      listen(stage);
      await callBalancer(stage);
      // Load balancers that no target names are read with the whole region.
      stage.whole = true;
    },
    breaks: ({ elb, parts }) => {
      const { Listeners } = elb('DescribeListeners', { LoadBalancerArn: parts.balancer });
      elb('DeleteListener', { ListenerArn: Listeners.find(({ Port }: { Port: number }) => Port === 80).ListenerArn });
    },
    severity: 'error',
    evidence: ({ parts }) => [parts.balancer],
    remedy: ['Give orders-alb a listener on port 80'],
    heals: listen,
    calls,
    denied: ['elasticloadbalancing:DescribeListeners', 'elasticloadbalancingv2', 'DescribeListeners'],
  },
  {
    check: 'path/load-balancer',
    how: 'nobody healthy',
    breaks: (stage) => setHealth(stage, 'unhealthy'),
    severity: 'error',
    evidence: ({ parts }) => [parts.targetGroup],
    remedy: ['Make a target of orders pass its health check'],
    heals: (stage) => setHealth(stage),
    calls,
    denied: ['elasticloadbalancing:DescribeTargetHealth', 'elasticloadbalancingv2', 'DescribeTargetHealth'],
  },
  {
    check: 'path/load-balancer',
    how: 'nobody registered',
    breaks: async ({ elb, parts, wait }) => {
      const Targets = parts.machines.map((Id) => ({ Id }));
      elb('DeregisterTargets', { TargetGroupArn: parts.targetGroup, Targets });
      await wait();
    },
    severity: 'error',
    evidence: ({ parts }) => [parts.targetGroup],
    remedy: ['Register a target with orders'],
    heals: async ({ elb, parts, wait }) => {
      elb('RegisterTargets', { TargetGroupArn: parts.targetGroup, Targets: [{ Id: parts.machines[0] }] });
      await wait();
    },
    calls,
  },
  {
    check: 'path/load-balancer',
    how: 'nobody in a zone',
    setting: useNetworkBalancer,
    breaks: async (stage) => {
      const Targets = [{ Id: stage.parts.machines[1] }];
      stage.elb('DeregisterTargets', { TargetGroupArn: rawGroup(stage), Targets });
      await stage.wait();
    },
    severity: 'error',
    evidence: (stage) => [rawGroup(stage)],
    remedy: ['Switch cross-zone load balancing of orders-nlb on'],
    heals: ({ elb }) => {
      const { LoadBalancerArn } = elb('DescribeLoadBalancers', { Names: ['orders-nlb'] }).LoadBalancers[0];
      const Attributes = [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }];
      elb('ModifyLoadBalancerAttributes', { LoadBalancerArn, Attributes });
    },
    calls,
    denied: [
      'elasticloadbalancing:DescribeLoadBalancerAttributes',
      'elasticloadbalancingv2',
      'DescribeLoadBalancerAttributes',
    ],
    missed: 'once broken',
  },
  {
    check: 'path/load-balancer',
    how: 'the targets’ group does not let it in',
    breaks: ({ refuse, parts }) =>
      refuse(parts.groups.app, tcp(8080, { UserIdGroupPairs: [{ GroupId: parts.groups.balancer }] })),
    severity: 'error',
    evidence: ({ parts }) => [parts.groups.app],
    remedy: ['Add an inbound rule to sg-', 'tcp 8080 from sg-'],
    heals: follow,
    calls,
    denied: ['ec2:DescribeSecurityGroups', 'ec2', 'DescribeSecurityGroups'],
  },
  {
    check: 'path/load-balancer',
    how: 'its own group does not let it out',
    breaks: ({ ec2, parts }) => {
      const IpPermissions = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
      ec2('RevokeSecurityGroupEgress', { GroupId: parts.groups.balancer, IpPermissions });
    },
    severity: 'error',
    evidence: ({ parts }) => [parts.groups.balancer],
    remedy: ['Add an outbound rule to sg-'],
    heals: follow,
    calls,
  },
];

function listen({ elb, parts }: AwsStage): void {
  const DefaultActions = [{ Type: 'forward', TargetGroupArn: parts.targetGroup }];
  elb('CreateListener', { LoadBalancerArn: parts.balancer, Protocol: 'HTTP', Port: 80, DefaultActions });
}
