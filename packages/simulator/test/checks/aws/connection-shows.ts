import type { AwsStage } from './account.js';
import {
  atTable,
  attachment,
  calls,
  REMOTE,
  transitTable,
  tunnels,
  useTransit,
  useVpn,
  vpn,
  vpnGateway,
} from './ways.js';
import { type Show, together } from '../show.js';

const NEAR = '10.20.0.0/16';
const FAR_BLOCK = '10.30.0.0/16';
const TRANSIT = ['ec2:SearchTransitGatewayRoutes', 'ec2', 'SearchTransitGatewayRoutes'] as const;
/** The block for which a remedy requires a route, and the route table. */
function wanted(remedies: string): readonly [block: string, table: string] {
  const [, block = '', id = ''] = /Add a route for (\S+) to (tgw-rtb-\w+)/.exec(remedies) ?? [];
  return [block, id];
}

/** A change of the transit gateway's table for the attachment of a network, in effect. */
const atTransit = (operation: string, block: string) => (stage: AwsStage) => {
  stage.ec2(operation, atTable(stage, block));
  return stage.wait();
};

const withSubnets = (change: 'AddSubnetIds' | 'RemoveSubnetIds') => (stage: AwsStage) => {
  const TransitGatewayAttachmentId = attachment(stage, NEAR);
  stage.ec2('ModifyTransitGatewayVpcAttachment', { TransitGatewayAttachmentId, [change]: [stage.parts.subnets.b] });
  return stage.wait();
};

/** Shows of `path/transit` and `path/on-premises`. */
export const CONNECTION_SHOWS: readonly Show<AwsStage>[] = together<AwsStage>({ calls }, [
  ...together<AwsStage>({ check: 'path/transit', setting: useTransit }, [
    {
      how: 'no subnet in a zone of the link',
      breaks: withSubnets('RemoveSubnetIds'),
      evidence: (stage) => [attachment(stage, NEAR)],
      remedy: ['Add a subnet of vpc-', ' to the attachment tgw-attach-'],
      heals: withSubnets('AddSubnetIds'),
    },
    {
      how: 'associated with no table',
      breaks: atTransit('DisassociateTransitGatewayRouteTable', NEAR),
      evidence: (stage) => [attachment(stage, NEAR)],
      remedy: ['Associate the attachment'],
      heals: atTransit('AssociateTransitGatewayRouteTable', NEAR),
      denied: ['ec2:DescribeTransitGatewayAttachments', 'ec2', 'DescribeTransitGatewayAttachments'],
    },
    {
      how: 'no route, and one is added',
      breaks: atTransit('DisableTransitGatewayRouteTablePropagation', FAR_BLOCK),
      evidence: (stage) => [transitTable(stage)],
      remedy: ['Add a route for 10.30.0.9/32 to tgw-rtb-'],
      heals: (stage, remedies) => {
        const [DestinationCidrBlock, TransitGatewayRouteTableId] = wanted(remedies);
        const TransitGatewayAttachmentId = attachment(stage, FAR_BLOCK);
        const made = { DestinationCidrBlock, TransitGatewayRouteTableId, TransitGatewayAttachmentId };
        stage.ec2('CreateTransitGatewayRoute', made);
      },
      denied: TRANSIT,
    },
    {
      how: 'no route, and the attachment propagates',
      breaks: atTransit('DisableTransitGatewayRouteTablePropagation', FAR_BLOCK),
      evidence: (stage) => [transitTable(stage)],
      remedy: ['or enable propagation from the attachment of its network'],
      heals: atTransit('EnableTransitGatewayRouteTablePropagation', FAR_BLOCK),
    },
    {
      how: 'a blackhole',
      breaks: (stage) => {
        const more = { DestinationCidrBlock: '10.30.0.0/24', TransitGatewayRouteTableId: transitTable(stage) };
        stage.ec2('CreateTransitGatewayRoute', { ...more, Blackhole: true });
      },
      evidence: (stage) => [transitTable(stage)],
      remedy: ['Change route 10.30.0.0/24 of tgw-rtb-', 'an attachment that exists'],
      heals: (stage) => {
        const more = { DestinationCidrBlock: '10.30.0.0/24', ...atTable(stage, FAR_BLOCK) };
        stage.ec2('ReplaceTransitGatewayRoute', more);
      },
    },
    {
      how: 'a return route into the link’s own network',
      breaks: (stage) => {
        stage.ec2('CreateTransitGatewayRoute', { DestinationCidrBlock: '10.30.0.0/24', ...atTable(stage, NEAR) });
      },
      evidence: (stage) => [attachment(stage, NEAR)],
      remedy: ['Add a route for 10.30.0.9 to the attachment of its network'],
      heals: (stage) =>
        stage.ec2('ReplaceTransitGatewayRoute', { DestinationCidrBlock: '10.30.0.0/24', ...atTable(stage, FAR_BLOCK) }),
    },
  ]),
  {
    check: 'path/on-premises',
    how: 'the connection is down',
    setting: useVpn,
    breaks: (stage) => tunnels(stage, 'DOWN'),
    evidence: (stage) => [vpn(stage)],
    remedy: ['Restore vpn-', 'up'],
    heals: (stage) => tunnels(stage, 'UP'),
    denied: ['ec2:DescribeVpnConnections', 'ec2', 'DescribeVpnConnections'],
  },
  {
    check: 'path/on-premises',
    how: 'the connection has no route to the destination',
    setting: useVpn,
    breaks: async (stage) => {
      const of = { VpnConnectionId: vpn(stage) };
      stage.ec2('CreateVpnConnectionRoute', { ...of, DestinationCidrBlock: '192.168.6.0/24' });
      stage.ec2('DeleteVpnConnectionRoute', { ...of, DestinationCidrBlock: '192.168.0.0/16' });
      await stage.wait();
    },
    evidence: (stage) => [vpnGateway(stage)],
    remedy: [`with a connection to ${REMOTE} that is up`],
    heals: async (stage) => {
      const of = { VpnConnectionId: vpn(stage) };
      stage.ec2('CreateVpnConnectionRoute', { ...of, DestinationCidrBlock: '192.168.5.0/24' });
      await stage.wait();
    },
  },
]);
