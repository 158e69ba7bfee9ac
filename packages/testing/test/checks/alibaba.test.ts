import { beforeAll, describe, expect, it } from 'vitest';
import { simulate } from '../../src/index.js';
import { alibabaScene, alibabaStage, authorize, openAlibaba, REGION, type AlibabaStage } from './alibaba-account.js';
import { baselineOf, edit, play, type Baseline, type Show } from './show.js';

const subnets = (stage: AlibabaStage, ...ids: readonly string[]) =>
  stage.write(/subnets: \[[^\]]*\]/, `subnets: [${ids.join(', ')}]`);
const allow = (stage: AlibabaStage, ...blocks: readonly string[]) =>
  stage.write(/allowlist: \[[^\]]*\]/, `allowlist: [${blocks.join(', ')}]`);

const APP = '10.10.20.0/24';
const closeBlock = ({ call, link, wait }: AlibabaStage) => {
  call('CloudAPI', 'ModifyInstanceAttribute', { InstanceId: link(), DeleteVpcIpBlock: APP });
  return wait();
};
const openBlock = ({ call, link, wait }: AlibabaStage, CidrBlock: string) => {
  const ToConnectVpcIpBlock = { CidrBlock, Customized: true };
  call('CloudAPI', 'ModifyInstanceAttribute', { InstanceId: link(), ToConnectVpcIpBlock });
  return wait();
};
const apiIds = ({ call, parts }: AlibabaStage): readonly string[] =>
  call('CloudAPI', 'DescribeApis', { GroupId: parts.apiGroup }).ApiSummarys.ApiSummary.map((one: any) => one.ApiId);
const port = ({ parts }: AlibabaStage) => ({ LoadBalancerId: parts.balancer, ListenerPort: 80 });
const acl = (stage: AlibabaStage, AclStatus: 'on' | 'off') =>
  stage.call('Slb', 'SetLoadBalancerHTTPListenerAttribute', {
    ...port(stage),
    AclStatus,
    ...(AclStatus === 'on' ? { AclType: 'white', AclId: stage.parts.accessList } : {}),
  });
const entry = (stage: AlibabaStage, action: 'Add' | 'Remove', block: string) =>
  stage.call('Slb', `${action}AccessControlListEntry`, {
    AclId: stage.parts.accessList,
    AclEntrys: JSON.stringify([{ entry: block }]),
  });
const rule = (stage: AlibabaStage, action: 'AuthorizeSecurityGroup' | 'RevokeSecurityGroup', more: object) =>
  stage.call('Ecs', action, {
    SecurityGroupId: stage.parts.group,
    Permissions: [{ IpProtocol: 'TCP', PortRange: '8080/8080', ...more }],
  });
const mainTable = ({ call, parts }: AlibabaStage): string =>
  call('Vpc', 'DescribeRouteTableList', { VpcId: parts.vpc }).RouterTableList.RouterTableListType[0].RouteTableId;
const routeTo = (stage: AlibabaStage, DestinationCidrBlock: string) =>
  stage.call('Vpc', 'CreateRouteEntry', {
    RouteTableId: mainTable(stage),
    DestinationCidrBlock,
    NextHopType: 'VpnGateway',
    NextHopId: 'vpn-bp1example',
  });

const SUBNETS = ['vpc:DescribeVSwitches', 'vpc', 'DescribeVSwitches'] as const;
const GROUPS = ['ecs:DescribeSecurityGroups', 'ecs', 'DescribeSecurityGroups'] as const;
const INSTANCES = ['apigateway:DescribeInstances', 'cloudapi', 'DescribeInstances'] as const;
const LISTENERS = ['slb:DescribeLoadBalancerListeners', 'slb', 'DescribeLoadBalancerListeners'] as const;

const SHOWS: readonly Show<AlibabaStage>[] = [
  {
    check: 'link/state',
    breaks: ({ simulation, link }) => {
      const id = link();
      edit(simulation, (row) => row['id'] === id && row['status'] !== undefined, { status: 'CREATE_FAILED' });
    },
    severity: 'error',
    subject: 'link cn',
    evidence: ({ link }) => [link()],
    remedy: ['replaceFailed'],
    heals: undefined, // replacing costs money: what `apply` says of it is shown elsewhere
    denied: INSTANCES,
  },
  {
    check: 'link/zone-once',
    otherwise: 'nothing',
    breaks: (stage) => subnets(stage, stage.parts.vswitches.j, stage.parts.vswitches.app),
    severity: 'error',
    evidence: ({ parts }) => [parts.vswitches.j, parts.vswitches.app],
    remedy: ['links.cn.subnets'],
    heals: (stage) => subnets(stage, stage.parts.vswitches.j, stage.parts.vswitches.k),
  },
  {
    check: 'link/single-zone',
    breaks: (stage) => subnets(stage, stage.parts.vswitches.j),
    severity: 'warning',
    evidence: ({ parts }) => [parts.vswitches.j],
    remedy: ['Add a subnet in another zone'],
    heals: (stage) => subnets(stage, stage.parts.vswitches.j, stage.parts.vswitches.spare),
    denied: SUBNETS,
  },
  {
    check: 'gateway/locked',
    breaks: ({ simulation, parts }) =>
      edit(simulation, (row) => row['id'] === parts.apiGroup && row['billingStatus'] !== undefined, {
        billingStatus: 'LOCKED',
      }),
    severity: 'error',
    evidence: ({ parts }) => [parts.apiGroup],
    remedy: ['Settle'],
    heals: ({ simulation, parts }) =>
      edit(simulation, (row) => row['id'] === parts.apiGroup && row['billingStatus'] !== undefined, {
        billingStatus: 'NORMAL',
      }),
  },
  {
    check: 'gateway/open-route',
    breaks: (stage) => {
      for (const id of apiIds(stage)) authorize(stage.call, stage.parts.apiGroup, id, 'ANONYMOUS');
    },
    severity: 'warning',
    evidence: (stage) => apiIds(stage).slice(0, 1),
    remedy: ['publish it'],
    heals: (stage) => {
      for (const id of apiIds(stage)) authorize(stage.call, stage.parts.apiGroup, id, 'APP');
    },
    denied: ['apigateway:DescribeApiGroup', 'cloudapi', 'DescribeApiGroup'],
  },
  {
    check: 'gateway/stage',
    breaks: ({ write }) => write('[RELEASE]', '[RELEASE, BLUE]'),
    severity: 'error',
    evidence: ({ parts }) => [parts.apiGroup],
    remedy: ['Make the stage BLUE'],
    heals: ({ write }) => write('[RELEASE, BLUE]', '[RELEASE]'),
  },
  {
    check: 'target/instance-running',
    breaks: ({ call, parts, wait }) => {
      call('Ecs', 'StopInstance', { InstanceId: parts.machine });
      return wait();
    },
    severity: 'error',
    subject: 'target orders',
    evidence: ({ parts }) => [parts.machine],
    remedy: ['Start'],
    heals: ({ call, parts, wait }) => {
      call('Ecs', 'StartInstance', { InstanceId: parts.machine });
      return wait();
    },
    denied: ['ecs:DescribeInstances', 'ecs', 'DescribeInstances'],
  },
  {
    check: 'target/intranet',
    breaks: (stage) => {
      const { call, parts } = stage;
      const { LoadBalancerId } = call('Slb', 'CreateLoadBalancer', {
        LoadBalancerName: 'open',
        AddressType: 'internet',
      });
      stage.write(`instance: ${parts.balancer}`, `instance: ${LoadBalancerId}`);
    },
    severity: 'error',
    evidence: ({ spec }) => [/stock: \{ instance: (\S+),/.exec(spec)?.[1]],
    remedy: ['internal CLB instance'],
    heals: ({ write, parts }) => write(/stock: \{ instance: \S+,/, `stock: { instance: ${parts.balancer},`),
  },
  {
    check: 'target/balancer-active',
    breaks: ({ call, parts }) =>
      call('Slb', 'SetLoadBalancerStatus', { LoadBalancerId: parts.balancer, LoadBalancerStatus: 'inactive' }),
    severity: 'error',
    evidence: ({ parts }) => [parts.balancer],
    remedy: ['Bring'],
    heals: ({ call, parts }) =>
      call('Slb', 'SetLoadBalancerStatus', { LoadBalancerId: parts.balancer, LoadBalancerStatus: 'active' }),
  },
  {
    check: 'target/listener',
    breaks: (stage) => stage.call('Slb', 'StopLoadBalancerListener', port(stage)),
    severity: 'error',
    evidence: ({ parts }) => [`${parts.balancer}/http:80`],
    remedy: ['Start the listener on port 80'],
    heals: (stage) => stage.call('Slb', 'StartLoadBalancerListener', port(stage)),
    denied: LISTENERS,
  },
  {
    check: 'target/healthy',
    breaks: ({ call, parts }) =>
      call('Slb', 'RemoveBackendServers', {
        LoadBalancerId: parts.balancer,
        BackendServers: JSON.stringify([{ ServerId: parts.machine, Type: 'ecs' }]),
      }),
    severity: 'error',
    evidence: ({ parts }) => [`${parts.balancer}:80`],
    remedy: ['register one'],
    heals: async ({ call, parts, wait }) => {
      const BackendServers = JSON.stringify([{ ServerId: parts.machine, Weight: '100', Type: 'ecs' }]);
      call('Slb', 'AddBackendServers', { LoadBalancerId: parts.balancer, BackendServers });
      await wait();
    },
    denied: ['slb:DescribeHealthStatus', 'slb', 'DescribeHealthStatus'],
  },
  {
    check: 'target/access-list',
    breaks: (stage) => entry(stage, 'Remove', '10.10.1.0/24'),
    severity: 'error',
    subject: 'target stock',
    evidence: ({ parts }) => [parts.accessList],
    remedy: ['Add 10.10.1.0/24 to'],
    heals: (stage) => entry(stage, 'Add', '10.10.1.0/24'),
    denied: ['slb:DescribeAccessControlListAttribute', 'slb', 'DescribeAccessControlListAttribute'],
  },
  {
    check: 'target/private-dns',
    setting: ({ call, link }) => {
      const IntranetDomain = 'orders.internal';
      const Records = [{ Record: '10.10.20.9', Weight: 100 }];
      call('CloudAPI', 'CreatePrivateDNS', { IntranetDomain, Type: 'A', Records });
      call('CloudAPI', 'AssociateInstanceWithPrivateDNS', { IntranetDomains: [IntranetDomain], InstanceId: link() });
    },
    breaks: closeBlock,
    severity: 'error',
    subject: 'link cn, orders.internal',
    evidence: () => ['orders.internal', '10.10.0.0/24'],
    remedy: ['postern apply'],
    heals: ({ apply }) => apply(),
    denied: ['apigateway:ListPrivateDNS', 'cloudapi', 'ListPrivateDNS'],
  },
  {
    check: 'target/same-group',
    breaks: ({ call, parts }) => {
      const app: string = call('Ecs', 'CreateSecurityGroup', {
        VpcId: parts.vpc,
        SecurityGroupName: 'app',
      }).SecurityGroupId;
      call('Ecs', 'JoinSecurityGroup', { InstanceId: parts.machine, SecurityGroupId: app });
      call('Ecs', 'LeaveSecurityGroup', { InstanceId: parts.machine, SecurityGroupId: parts.group });
    },
    severity: 'warning',
    subject: 'target orders',
    evidence: ({ parts, link }) => [parts.machine, link()],
    remedy: ['Add'],
    heals: ({ call, parts }) =>
      call('Ecs', 'JoinSecurityGroup', { InstanceId: parts.machine, SecurityGroupId: parts.group }),
  },
  {
    check: 'target/exposed',
    breaks: (stage) => acl(stage, 'off'),
    severity: 'warning',
    subject: 'target stock',
    evidence: ({ parts }) => [`${parts.balancer}/http:80`],
    remedy: ['access control list'],
    heals: (stage) => acl(stage, 'on'),
    denied: GROUPS,
  },
  {
    check: 'target/network',
    breaks: (stage) => {
      const { call } = stage;
      const { VpcId } = call('Vpc', 'CreateVpc', { CidrBlock: '10.30.0.0/16' });
      const made = { VpcId, CidrBlock: '10.30.0.0/24', ZoneId: `${REGION}-j` };
      const { VSwitchId } = call('Vpc', 'CreateVSwitch', made);
      const { SecurityGroupId } = call('Ecs', 'CreateSecurityGroup', { VpcId });
      const far = call('Ecs', 'RunInstances', {
        Amount: 1,
        ImageId: 'ubuntu_24_04_x64_20G_alibase_20260101.vhd',
        InstanceType: 'ecs.g7.large',
        VSwitchId,
        SecurityGroupId,
      }).InstanceIdSets.InstanceIdSet[0];
      stage.write(/orders: \{ instance: \S+,/, `orders: { instance: ${far},`);
    },
    severity: 'error',
    subject: 'target orders',
    evidence: ({ spec }) => [/orders: \{ instance: (\S+),/.exec(spec)?.[1]],
    remedy: ['Use a link into'],
    heals: ({ write, parts }) => write(/orders: \{ instance: \S+,/, `orders: { instance: ${parts.machine},`),
  },
  {
    check: 'cidr/instance-block',
    setting: (stage) => {
      const { call, parts } = stage;
      call('Vpc', 'AssociateVpcCidrBlock', { VpcId: parts.vpc, SecondaryCidrBlock: '172.16.0.0/16' });
      const made = { VpcId: parts.vpc, CidrBlock: '172.16.1.0/24', ZoneId: `${REGION}-k` };
      subnets(stage, parts.vswitches.j, call('Vpc', 'CreateVSwitch', made).VSwitchId);
    },
    breaks: ({ write }) => write('instanceCidr: 192.168.0.0/16', 'instanceCidr: 172.16.0.0/12'),
    severity: 'error',
    evidence: ({ spec }) => ['172.16.0.0/12', /subnets: \[\S+, (\S+)\]/.exec(spec)?.[1]],
    remedy: ['Write instanceCidr: 192.168.0.0/16'],
    heals: ({ write }) => write('instanceCidr: 172.16.0.0/12', 'instanceCidr: 192.168.0.0/16'),
  },
  {
    check: 'cidr/instance-block-accessible',
    breaks: (stage) => openBlock(stage, '192.168.5.0/24'),
    severity: 'warning',
    evidence: () => ['192.168.0.0/16', '192.168.5.0/24'],
    remedy: ['is free in'],
    // The backends get addresses of the block that was proposed, and the old one is closed.
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
    severity: 'error',
    evidence: ({ parts }) => [`assume.internalBlocks.${REGION}`, parts.vswitches.k],
    remedy: ['is free in'],
    heals: (stage) => subnets(stage, stage.parts.vswitches.j, stage.parts.vswitches.spare),
  },
  {
    check: 'cidr/outside-network',
    breaks: (stage) => allow(stage, APP, '172.20.0.0/24'),
    severity: 'error',
    subject: 'link cn, 172.20.0.0/24',
    evidence: (stage) => ['172.20.0.0/24', stage.parts.vpc, mainTable(stage)],
    remedy: ['add a route for 172.20.0.0/24'],
    heals: (stage) => routeTo(stage, '172.20.0.0/16'),
    denied: ['vpc:DescribeVpcs', 'vpc', 'DescribeVpcs'],
  },
  {
    check: 'cidr/reserved',
    how: 'a block that somebody opened by hand',
    breaks: (stage) => openBlock(stage, '100.100.0.0/24'),
    severity: 'error',
    evidence: () => ['100.64.0.0/10'],
    remedy: ['postern apply'],
    heals: ({ apply }) => apply(),
    denied: INSTANCES,
  },
  {
    check: 'cidr/redundant',
    how: 'blocks that nobody declared',
    setting: (stage) => stage.write(/ {4}allowlist: .*\n/, ''),
    breaks: (stage) => openBlock(stage, '10.10.20.0/25'),
    severity: 'warning',
    evidence: () => [APP],
    remedy: ['postern revoke cn 10.10.20.0/25'],
    heals: async ({ call, link, wait }) => {
      call('CloudAPI', 'ModifyInstanceAttribute', { InstanceId: link(), DeleteVpcIpBlock: '10.10.20.0/25' });
      await wait();
    },
  },
  {
    check: 'cidr/canonical',
    // A program that makes a spec has no parser, which would refuse it.
    breaks: (stage) => {
      stage.patch = (spec) => {
        const cn = spec.links['cn'];
        if (cn === undefined) throw new Error('no link');
        return { ...spec, links: { cn: { ...cn, allowlist: ['10.10.20.5/24'] } } };
      };
    },
    severity: 'error',
    evidence: () => ['10.10.20.5/24'],
    remedy: [`Write ${APP}`],
    heals: (stage) => {
      delete stage.patch;
    },
  },
  {
    check: 'cidr/target-outside',
    how: 'by apply',
    breaks: closeBlock,
    severity: 'error',
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
    severity: 'error',
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
    severity: 'error',
    subject: 'target orders',
    evidence: ({ parts }) => [parts.group],
    remedy: ['InnerAccessPolicy Accept', 'lets in tcp 8080 from 10.10.0.0/24 and 10.10.1.0/24'],
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
    remedy: ['Narrow it'],
    heals: (stage) => rule(stage, 'RevokeSecurityGroup', { SourceCidrIp: '10.10.0.0/16' }),
    denied: GROUPS,
  },
];

describe('each check on the simulated Alibaba Cloud', () => {
  let scene: Awaited<ReturnType<typeof alibabaScene>>;
  let baseline: Baseline;
  beforeAll(async () => {
    scene = await alibabaScene();
    baseline = baselineOf(() => alibabaStage(scene));
  });

  it('has nothing to say against an integration that works, but that the product ends', async () => {
    const { findings, gaps } = await alibabaStage(scene).report();
    const [ends, ...more] = findings.filter(({ verdict }) => verdict !== 'pass');
    expect(more).toEqual([]);
    expect(ends).toMatchObject({ check: 'link/retiring', verdict: 'fail', severity: 'warning', subject: 'link cn' });
    expect(ends?.message).toContain('in 476 days');
    expect(ends?.remedy).toContain('Cloud-native API Gateway');
    expect(gaps).toEqual([]);
  });

  it('counts the days to the end from the day of the snapshot', async () => {
    const stage = alibabaStage(scene);
    await stage.simulation.advance(300 * 86_400_000);
    const [ends] = await stage.say('link/retiring');
    expect(ends?.message).toMatch(
      /no longer sold on 2026-08-23, 217 days ago; .* 2027-03-21, 7 days ago; .*, in 176 days/,
    );
  });

  it('link/service-role: the first purchase makes the role', async () => {
    const simulation = simulate({ seed: 7, clock: 'auto', throttle: false });
    const stage = await openAlibaba(simulation);
    const [missing] = await stage.say('link/service-role');
    expect(missing).toMatchObject({
      verdict: 'fail',
      severity: 'warning',
      evidence: [{ id: expect.stringMatching(/^AliyunServiceRole/) }],
    });
    expect(missing?.remedy).toContain('ram:CreateServiceLinkedRole');
    simulation.faults.add({ service: 'ram', operation: 'GetRole', kind: 'deny' });
    const [unread] = await stage.say('link/service-role');
    expect(unread).toMatchObject({ verdict: 'unknown', remedy: expect.stringContaining('ram:GetRole') });
    simulation.faults.clear();
    await stage.apply();
    expect((await stage.say('link/service-role')).map(({ verdict }) => verdict)).toEqual(['pass']);
  });

  it.each(SHOWS.map((show): [string, Show<AlibabaStage>] => [`${show.check}${show.how ? `, ${show.how}` : ''}`, show]))(
    '%s: fails with what decides it and what to do, and passes once that is done',
    (_, show) => play(show, () => alibabaStage(scene), baseline),
  );
});
