import { REGION, type AwsStage } from './account.js';
import {
  answerEndpoint,
  attach,
  attachment,
  calls,
  endpoint,
  farNetwork,
  moveTo,
  peer,
  peering,
  replace,
  route,
  tableOf,
  transit,
  unroute,
  useEndpoint,
  usePeering,
  useTransit,
  useVpn,
  vpcOf,
  vpnGateway,
} from './ways.js';
import { edit, type Show, together } from '../show.js';

const NEAR = '10.20.0.0/16';
const FAR_BLOCK = '10.30.0.0/16';
const ROUTES = ['ec2:DescribeRouteTables', 'ec2', 'DescribeRouteTables'] as const;
const PEERINGS = ['ec2:DescribeVpcPeeringConnections', 'ec2', 'DescribeVpcPeeringConnections'] as const;
/** A route through the peering, as the remedy requires it. */
function addByPeering(stage: AwsStage, remedies: string): void {
  const [, DestinationCidrBlock, RouteTableId] = /Add a route for (\S+) to (rtb-\w+)/.exec(remedies) ?? [];
  const VpcPeeringConnectionId = peering(stage);
  stage.ec2('CreateRoute', { RouteTableId, DestinationCidrBlock, VpcPeeringConnectionId });
}
function fail({ simulation, link }: AwsStage): void {
  const id = link();
  const to = { VpcLinkStatus: 'FAILED', VpcLinkStatusMessage: 'no address was free' };
  edit(simulation, (row) => row['VpcLinkId'] === id && row['VpcLinkStatus'] !== undefined, to);
}

/** Shows of `path/link`, `path/outside`, `path/route`, `path/peering` and `path/endpoint`. */
export const ROUTE_SHOWS: readonly Show<AwsStage>[] = together<AwsStage>({ calls }, [
  {
    check: 'path/link',
    how: 'failed',
    breaks: fail,
    subject: 'link eu',
    evidence: ({ link }) => [link()],
    remedy: ['Create another link, change the routes to it, then delete this link'],
    // Neither cloud deletes a link that routes use.
    heals: ({ apply }) => apply({ replaceFailed: true }),
    denied: ['apigateway:GET', 'apigatewayv2', 'GetVpcLinks'],
  },
  {
    check: 'path/link',
    how: 'asleep',
    breaks: ({ simulation }) => simulation.advance(61 * 86_400_000),
    subject: 'link eu',
    evidence: ({ link }) => [link()],
    remedy: ['Send a request through the link'],
    heals: ({ simulation, link, wait }) => {
      simulation.plant(REGION, { kind: 'link-traffic', vpcLinkId: link() });
      return wait();
    },
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
    evidence: ({ parts }) => [parts.vpc],
    remedy: ['with a VPN gateway or a peering', '10.30.0.9/32'],
    heals: async (stage) => {
      const VpcPeeringConnectionId = await peer(stage, vpcOf(stage, FAR_BLOCK));
      route(stage, NEAR, FAR_BLOCK, { VpcPeeringConnectionId });
      route(stage, FAR_BLOCK, NEAR, { VpcPeeringConnectionId });
    },
    denied: PEERINGS,
    missed: 'once broken',
  },
  ...together<AwsStage>({ check: 'path/route' }, [
    {
      how: 'none',
      setting: usePeering,
      breaks: (stage) => unroute(stage, NEAR, FAR_BLOCK),
      evidence: ({ parts }) => [parts.table],
      remedy: ['Add a route for 10.30.0.9/32 to rtb-'],
      heals: addByPeering,
      denied: ROUTES,
    },
    {
      how: 'a blackhole, since the peering is gone',
      setting: usePeering,
      breaks: (stage) => {
        stage.ec2('DeleteVpcPeeringConnection', { VpcPeeringConnectionId: peering(stage) });
        return stage.wait();
      },
      evidence: ({ parts }) => [parts.table],
      remedy: [`Change the next hop of route ${FAR_BLOCK} of rtb-`, 'one that exists'],
      heals: async (stage) => {
        const VpcPeeringConnectionId = await peer(stage, vpcOf(stage, FAR_BLOCK));
        replace(stage, NEAR, FAR_BLOCK, { VpcPeeringConnectionId });
        replace(stage, FAR_BLOCK, NEAR, { VpcPeeringConnectionId });
      },
    },
    {
      how: 'a blackhole before the local route',
      breaks: (stage) => {
        const { ec2, parts } = stage;
        const gone = ec2('CreateNetworkInterface', { SubnetId: parts.subnets.lbA, Groups: [parts.groups.app] });
        const { NetworkInterfaceId } = gone.NetworkInterface;
        route(stage, NEAR, '10.20.10.0/24', { NetworkInterfaceId });
        ec2('DeleteNetworkInterface', { NetworkInterfaceId });
      },
      evidence: ({ parts }) => [parts.table],
      remedy: ['or remove the route: 10.20.0.0/16 → local'],
      heals: (stage) => unroute(stage, NEAR, '10.20.10.0/24'),
    },
    {
      how: 'to the internet',
      setting: usePeering,
      breaks: (stage) => {
        const { InternetGatewayId } = stage.ec2('CreateInternetGateway', {}).InternetGateway;
        stage.ec2('AttachInternetGateway', { InternetGatewayId, VpcId: stage.parts.vpc });
        route(stage, NEAR, '0.0.0.0/0', { GatewayId: InternetGatewayId });
        unroute(stage, NEAR, FAR_BLOCK);
      },
      evidence: ({ parts }) => [parts.table],
      remedy: ['with a next hop that reaches it'],
      heals: addByPeering,
    },
    {
      how: 'to a machine that drops packets for other addresses',
      setting: usePeering,
      breaks: (stage) => {
        const { ec2, parts } = stage;
        const { NetworkInterfaceId } = ec2('CreateNetworkInterface', { SubnetId: parts.subnets.lbA }).NetworkInterface;
        simulateInstance(stage, NetworkInterfaceId);
        route(stage, NEAR, '10.30.0.0/24', { NetworkInterfaceId });
      },
      evidence: ({ parts }) => [parts.table],
      remedy: ['Change the next hop of route 10.30.0.0/24 of rtb-'],
      heals: (stage) => {
        const VpcPeeringConnectionId = peering(stage);
        const DestinationCidrBlock = '10.30.0.0/24';
        stage.ec2('ReplaceRoute', { RouteTableId: stage.parts.table, DestinationCidrBlock, VpcPeeringConnectionId });
      },
    },
    {
      how: 'an address without an interface',
      setting: usePeering,
      breaks: (stage) => moveTo(stage, '10.30.0.77'),
      evidence: () => ['10.30.0.77'],
      remedy: ['Declare an address of a network interface in vpc-'],
      heals: (stage) => moveTo(stage, '10.30.0.9'),
      denied: ['ec2:DescribeNetworkInterfaces', 'ec2', 'DescribeNetworkInterfaces'],
    },
    {
      how: 'a blackhole, until the peering is accepted',
      setting: usePeering,
      breaks: async (stage) => {
        stage.ec2('DeleteVpcPeeringConnection', { VpcPeeringConnectionId: peering(stage) });
        const VpcPeeringConnectionId = await peer(stage, vpcOf(stage, FAR_BLOCK), false);
        replace(stage, NEAR, FAR_BLOCK, { VpcPeeringConnectionId });
        replace(stage, FAR_BLOCK, NEAR, { VpcPeeringConnectionId });
      },
      evidence: ({ parts }) => [parts.table],
      remedy: ['Accept the peering pcx-'],
      heals: async ({ ec2, wait }, remedies) => {
        const [VpcPeeringConnectionId] = /pcx-\w+/.exec(remedies) ?? [];
        ec2('AcceptVpcPeeringConnection', { VpcPeeringConnectionId });
        await wait();
      },
    },
    {
      how: 'a blackhole, since the network is not attached to the transit gateway',
      setting: useTransit,
      breaks: (stage) => {
        stage.ec2('DeleteTransitGatewayVpcAttachment', { TransitGatewayAttachmentId: attachment(stage, NEAR) });
        return stage.wait();
      },
      evidence: ({ parts }) => [parts.table],
      remedy: ['Attach vpc-', 'with a subnet in each zone of the link'],
      heals: async (stage) => {
        const { vpc, subnets } = stage.parts;
        attach(stage, transit(stage), vpc, [subnets.a, subnets.b]);
        await stage.wait();
      },
    },
    {
      how: 'a blackhole, since the virtual private gateway is not attached',
      setting: useVpn,
      breaks: async (stage) => {
        stage.ec2('DetachVpnGateway', { VpnGatewayId: vpnGateway(stage), VpcId: stage.parts.vpc });
        await stage.wait();
      },
      evidence: ({ parts }) => [parts.table],
      remedy: ['Attach vgw-'],
      heals: async (stage) => {
        stage.ec2('AttachVpnGateway', { VpnGatewayId: vpnGateway(stage), VpcId: stage.parts.vpc });
        await stage.wait();
      },
    },
  ]),
  {
    check: 'path/peering',
    how: 'a peering does not forward to a third network',
    setting: usePeering,
    breaks: async (stage) => {
      farNetwork(stage, '10.40.0.0/16');
      route(stage, NEAR, '10.40.0.0/16', { VpcPeeringConnectionId: peering(stage) });
      await moveTo(stage, '10.40.0.9');
    },
    evidence: (stage) => [peering(stage)],
    remedy: ['Connect the network of 10.40.0.9 directly'],
    denied: PEERINGS,
    heals: async (stage) => {
      const VpcPeeringConnectionId = await peer(stage, vpcOf(stage, '10.40.0.0/16'));
      unroute(stage, NEAR, '10.40.0.0/16');
      route(stage, NEAR, '10.40.0.0/16', { VpcPeeringConnectionId });
      route(stage, '10.40.0.0/16', NEAR, { VpcPeeringConnectionId });
    },
  },
  {
    check: 'path/endpoint',
    how: 'rejected',
    setting: useEndpoint,
    breaks: (stage) => answerEndpoint(stage, 'Reject'),
    evidence: (stage) => [endpoint(stage)],
    remedy: ['in the account of the service'],
    heals: (stage) => answerEndpoint(stage, 'Accept'),
    denied: ['ec2:DescribeVpcEndpoints', 'ec2', 'DescribeVpcEndpoints'],
  },
  {
    check: 'path/return',
    how: 'no return route',
    setting: usePeering,
    breaks: (stage) => unroute(stage, FAR_BLOCK, NEAR),
    evidence: (stage) => [tableOf(stage, vpcOf(stage, FAR_BLOCK))],
    remedy: ['Add a route for 10.20.0.0/24 to rtb-'],
    heals: (stage, remedies) => {
      const VpcPeeringConnectionId = peering(stage);
      for (const [, DestinationCidrBlock, RouteTableId] of remedies.matchAll(/Add a route for (\S+) to (rtb-\w+)/g)) {
        stage.ec2('CreateRoute', { RouteTableId, DestinationCidrBlock, VpcPeeringConnectionId });
      }
    },
  },
]);

function simulateInstance({ simulation }: AwsStage, networkInterfaceId: string): void {
  simulation.plant(REGION, { kind: 'instance', networkInterfaceId });
}
