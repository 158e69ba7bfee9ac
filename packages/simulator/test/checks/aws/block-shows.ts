import type { AwsStage } from './account.js';
import type { Show } from '../show.js';
import { tcp, from, allow, joinTwin, attachments, GROUPS } from './moves.js';

/** Shows of `cidr/*` and `egress/*`. */
export const BLOCK_SHOWS: readonly Show<AwsStage>[] = [
  {
    check: 'cidr/outside-network',
    setting: (stage) => allow(stage, '10.20.0.0/16'),
    breaks: ({ write }) => write('10.20.0.0/16]', '10.20.0.0/16, 10.99.0.0/16]'),
    subject: 'link eu, 10.99.0.0/16',
    evidence: ({ parts }) => ['10.99.0.0/16', parts.vpc, parts.table],
    remedy: ['add a route for 10.99.0.0/16'],
    heals: async ({ ec2, parts, network, wait }) => {
      const { vpc } = network('10.99.0.0/16');
      const asked = ec2('CreateVpcPeeringConnection', { VpcId: parts.vpc, PeerVpcId: vpc }).VpcPeeringConnection;
      const { VpcPeeringConnectionId } = asked;
      await wait();
      ec2('AcceptVpcPeeringConnection', { VpcPeeringConnectionId });
      await wait();
      const DestinationCidrBlock = '10.99.0.0/16';
      ec2('CreateRoute', { RouteTableId: parts.table, DestinationCidrBlock, VpcPeeringConnectionId });
    },
  },
  {
    check: 'cidr/outside-network',
    how: 'wider than all connected networks',
    setting: (stage) => allow(stage, '10.20.0.0/16'),
    breaks: ({ write }) => write('10.20.0.0/16]', '10.0.0.0/8]'),
    severity: 'warning',
    subject: 'link eu, 10.0.0.0/8',
    evidence: ({ parts }) => ['10.0.0.0/8', parts.vpc, parts.table],
    remedy: ['Write the blocks that the backends are in instead'],
    heals: (stage) => {
      stage.write('10.0.0.0/8]', '10.20.0.0/16]');
      return stage.apply();
    },
  },
  {
    check: 'cidr/reserved',
    setting: (stage) => allow(stage, '10.20.0.0/16'),
    breaks: ({ write }) => write('10.20.0.0/16]', '10.20.0.0/16, 169.254.0.0/16]'),
    evidence: () => ['169.254.0.0/16'],
    remedy: ['remove 169.254.0.0/16 from links.eu.allowlist'],
    heals: ({ write }) => write(', 169.254.0.0/16]', ']'),
  },
  {
    check: 'cidr/redundant',
    setting: (stage) => allow(stage, '10.20.0.0/16'),
    breaks: ({ write }) => write('10.20.0.0/16]', '10.20.0.0/16, 10.20.10.0/24]'),
    severity: 'warning',
    evidence: () => ['10.20.0.0/16'],
    remedy: ['Remove 10.20.10.0/24 from links.eu.allowlist'],
    heals: ({ write }) => write(', 10.20.10.0/24]', ']'),
  },
  {
    check: 'cidr/network-overlap',
    breaks: joinTwin,
    severity: 'warning',
    evidence: (stage) => attachments(stage).map(({ VpcId }) => VpcId),
    remedy: ['that no connected network has, such as'],
    heals: async (stage) => {
      for (const { TransitGatewayAttachmentId } of attachments(stage)) {
        stage.ec2('DeleteTransitGatewayVpcAttachment', { TransitGatewayAttachmentId });
      }
      await stage.wait();
    },
    denied: ['ec2:DescribeVpcPeeringConnections', 'ec2', 'DescribeVpcPeeringConnections'],
  },
  {
    check: 'egress/admitted',
    breaks: ({ refuse, parts }) =>
      refuse(parts.groups.balancer, tcp(443, { UserIdGroupPairs: [{ GroupId: parts.groups.link }] })),
    evidence: ({ parts }) => [parts.groups.balancer],
    remedy: ['Add to', 'tcp 443 from'],
    heals: ({ admit, parts }) =>
      admit(parts.groups.balancer, tcp(443, { UserIdGroupPairs: [{ GroupId: parts.groups.link }] })),
    denied: GROUPS,
  },
  {
    check: 'egress/wider',
    breaks: ({ admit, parts }) => admit(parts.groups.balancer, tcp(443, from('10.20.0.0/16'))),
    severity: 'warning',
    evidence: ({ parts }) => [parts.groups.balancer],
    remedy: ['Narrow th'],
    heals: ({ refuse, parts }) => refuse(parts.groups.balancer, tcp(443, from('10.20.0.0/16'))),
    denied: GROUPS,
  },
];
