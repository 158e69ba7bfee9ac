import { REGION, type AlibabaStage } from './account.js';
import type { Show } from '../show.js';
import {
  subnets,
  allow,
  APP,
  closeBlock,
  openBlock,
  rule,
  mainTable,
  routeTo,
  GROUPS,
  INSTANCES,
  SUBNETS,
} from './moves.js';

/** Shows of `cidr/*` and `egress/*`. */
export const BLOCK_SHOWS: readonly Show<AlibabaStage>[] = [
  {
    check: 'cidr/instance-block',
    setting: (stage) => {
      const { call, parts } = stage;
      call('Vpc', 'AssociateVpcCidrBlock', { VpcId: parts.vpc, SecondaryCidrBlock: '172.16.0.0/16' });
      const made = { VpcId: parts.vpc, CidrBlock: '172.16.1.0/24', ZoneId: `${REGION}-k` };
      subnets(stage, parts.vswitches.j, call('Vpc', 'CreateVSwitch', made).VSwitchId);
    },
    breaks: ({ write }) => write('instanceCidr: 192.168.0.0/16', 'instanceCidr: 172.16.0.0/12'),
    evidence: ({ spec }) => ['172.16.0.0/12', /subnets: \[\S+, (\S+)\]/.exec(spec)?.[1]],
    remedy: ['Write instanceCidr: 192.168.0.0/16'],
    heals: ({ write }) => write('instanceCidr: 172.16.0.0/12', 'instanceCidr: 192.168.0.0/16'),
    denied: INSTANCES,
  },
  {
    check: 'cidr/instance-block-accessible',
    breaks: (stage) => openBlock(stage, '192.168.5.0/24'),
    severity: 'warning',
    evidence: () => ['192.168.0.0/16', '192.168.5.0/24'],
    remedy: ['is free in'],
    // The backends get addresses of the proposed block, and the old block is removed.
    heals: async (stage) => {
      allow(stage, APP, '10.10.2.0/24');
      await stage.apply();
    },
    denied: INSTANCES,
  },
  {
    check: 'cidr/instance-block-network',
    breaks: ({ call, parts }) =>
      call('Vpc', 'AssociateVpcCidrBlock', { VpcId: parts.vpc, SecondaryCidrBlock: '192.168.16.0/20' }),
    severity: 'warning',
    evidence: ({ parts }) => ['192.168.0.0/16', parts.vpc],
    remedy: ['is free in'],
    heals: ({ call, parts }) =>
      call('Vpc', 'UnassociateVpcCidrBlock', { VpcId: parts.vpc, SecondaryCidrBlock: '192.168.16.0/20' }),
    denied: ['vpc:DescribeVpcs', 'vpc', 'DescribeVpcs'],
  },
  {
    check: 'cidr/instance-block-routes',
    breaks: (stage) => routeTo(stage, '192.168.9.0/24'),
    severity: 'warning',
    evidence: (stage) => ['192.168.0.0/16', mainTable(stage)],
    remedy: ['addresses outside of 192.168.0.0/16'],
    heals: (stage) =>
      stage.call('Vpc', 'DeleteRouteEntry', {
        RouteTableId: mainTable(stage),
        DestinationCidrBlock: '192.168.9.0/24',
        NextHopId: 'vpn-bp1example',
      }),
    denied: ['vpc:DescribeRouteTableList', 'vpc', 'DescribeRouteTableList'],
  },
  {
    check: 'cidr/internal-block',
    breaks: ({ write }) => write('10.250.0.0/16', '10.10.1.0/24'),
    evidence: ({ parts }) => [`assume.internalBlocks.${REGION}`, parts.vswitches.k],
    remedy: ['is free in'],
    heals: (stage) => subnets(stage, stage.parts.vswitches.j, stage.parts.vswitches.spare),
    denied: SUBNETS,
  },
  {
    check: 'cidr/outside-network',
    breaks: (stage) => allow(stage, APP, '172.20.0.0/24'),
    subject: 'link cn, 172.20.0.0/24',
    evidence: (stage) => ['172.20.0.0/24', stage.parts.vpc, mainTable(stage)],
    remedy: ['add a route for 172.20.0.0/24'],
    heals: (stage) => routeTo(stage, '172.20.0.0/16'),
    denied: ['vpc:DescribeVpcs', 'vpc', 'DescribeVpcs'],
  },
  {
    check: 'cidr/reserved',
    how: 'a block that was added manually',
    breaks: (stage) => openBlock(stage, '100.100.0.0/24'),
    evidence: () => ['100.64.0.0/10'],
    remedy: ['postern apply'],
    heals: ({ apply }) => apply(),
    denied: INSTANCES,
  },
  {
    check: 'cidr/redundant',
    how: 'undeclared blocks',
    setting: (stage) => stage.write(/ {4}allowlist: .*\n/, ''),
    breaks: (stage) => openBlock(stage, '10.10.20.0/25'),
    severity: 'warning',
    evidence: () => [APP],
    remedy: ['postern revoke cn 10.10.20.0/25'],
    heals: async ({ call, link, wait }) => {
      call('CloudAPI', 'ModifyInstanceAttribute', { InstanceId: link(), DeleteVpcIpBlock: '10.10.20.0/25' });
      await wait();
    },
    denied: INSTANCES,
  },
  {
    check: 'cidr/canonical',
    // Only a parser would refuse it; a program that builds a spec has none.
    breaks: (stage) => {
      stage.patch = (spec) => {
        const cn = spec.links['cn'];
        if (cn === undefined) throw new Error('no link');
        return { ...spec, links: { cn: { ...cn, allowlist: ['10.10.20.5/24'] } } };
      };
    },
    evidence: () => ['10.10.20.5/24'],
    remedy: [`Write ${APP}`],
    heals: (stage) => {
      delete stage.patch;
    },
    denied: INSTANCES,
  },
  {
    check: 'cidr/target-outside',
    how: 'by apply',
    breaks: closeBlock,
    evidence: () => ['10.10.0.0/24'],
    remedy: ['Run `postern apply`: it adds'],
    heals: ({ apply }) => apply(),
    denied: ['ecs:DescribeInstances', 'ecs', 'DescribeInstances'],
  },
  {
    check: 'cidr/target-outside',
    how: 'a block that the spec does not list',
    breaks: (stage) => {
      stage.write(/orders: \{ instance: .*/, 'orders: { address: 10.10.30.9, port: 8080 }');
    },
    evidence: () => ['10.10.30.9'],
    remedy: ['links.cn.allowlist', 'postern apply'],
    heals: async (stage) => {
      allow(stage, APP, '10.10.30.0/24');
      await stage.apply();
    },
  },
  {
    check: 'cidr/network-overlap',
    breaks: async ({ call, parts, wait }) => {
      const { VpcId } = call('Vpc', 'CreateVpc', { CidrBlock: '10.10.128.0/17' });
      call('VpcPeer', 'CreateVpcPeerConnection', {
        VpcId: parts.vpc,
        AcceptingVpcId: VpcId,
        AcceptingRegionId: REGION,
      });
      await wait();
    },
    severity: 'warning',
    evidence: ({ parts }) => [parts.vpc],
    remedy: ['no connected network has'],
    heals: ({ call }) => {
      for (const { InstanceId } of call('VpcPeer', 'ListVpcPeerConnections', {}).VpcPeerConnects) {
        call('VpcPeer', 'DeleteVpcPeerConnection', { InstanceId });
      }
    },
    denied: ['vpc:ListVpcPeerConnections', 'vpcpeer', 'ListVpcPeerConnections'],
  },
  {
    check: 'egress/admitted',
    breaks: ({ call, parts }) =>
      call('Ecs', 'ModifySecurityGroupPolicy', { SecurityGroupId: parts.group, InnerAccessPolicy: 'Drop' }),
    subject: 'target orders',
    evidence: ({ parts }) => [parts.group],
    remedy: ['InnerAccessPolicy Accept', 'allows tcp 8080 from 10.10.0.0/24 and 10.10.1.0/24'],
    heals: (stage) => {
      for (const SourceCidrIp of ['10.10.0.0/24', '10.10.1.0/24'])
        rule(stage, 'AuthorizeSecurityGroup', { SourceCidrIp });
    },
    denied: GROUPS,
  },
  {
    check: 'egress/wider',
    breaks: (stage) => rule(stage, 'AuthorizeSecurityGroup', { SourceCidrIp: '10.10.0.0/16' }),
    severity: 'warning',
    subject: 'target orders',
    evidence: () => [],
    remedy: ['Narrow th'],
    heals: (stage) => rule(stage, 'RevokeSecurityGroup', { SourceCidrIp: '10.10.0.0/16' }),
    denied: GROUPS,
  },
];
