import { authorize, REGION, type AlibabaStage } from './account.js';
import { edit, type Show } from '../show.js';
import { subnets, closeBlock, apiIds, port, acl, entry, SUBNETS, GROUPS, INSTANCES, LISTENERS } from './moves.js';

/** Shows of `link/*` and `gateway/*` and `target/*`. */
export const LINK_SHOWS: readonly Show<AlibabaStage>[] = [
  {
    check: 'link/state',
    breaks: ({ simulation, link }) => {
      const id = link();
      edit(simulation, (row) => row['id'] === id && row['status'] !== undefined, { status: 'CREATE_FAILED' });
    },
    subject: 'link cn',
    evidence: ({ link }) => [link()],
    remedy: ['replaceFailed'],
    heals: ({ apply }) => apply({ replaceFailed: true }),
    denied: INSTANCES,
  },
  {
    check: 'link/spare',
    breaks: (stage) => copyLink(stage),
    severity: 'warning',
    subject: 'link cn',
    evidence: ({ link }) => [link()],
    remedy: ['Run `postern apply` with consent to delete'],
    heals: async ({ call, wait }, remedies) => {
      const [, InstanceId] = /consent to delete (\S+),/.exec(remedies) ?? [];
      call('CloudAPI', 'DeleteInstance', { InstanceId });
      await wait();
    },
  },
  {
    check: 'link/zone-once',
    otherwise: 'nothing',
    breaks: (stage) => subnets(stage, stage.parts.vswitches.j, stage.parts.vswitches.app),
    evidence: ({ parts }) => [parts.vswitches.j, parts.vswitches.app],
    remedy: ['links.cn.subnets'],
    heals: (stage) => subnets(stage, stage.parts.vswitches.j, stage.parts.vswitches.k),
    denied: SUBNETS,
    missed: 'once broken',
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
    evidence: ({ parts }) => [parts.apiGroup],
    remedy: ['Resolve the cause of the lock'],
    heals: ({ simulation, parts }) =>
      edit(simulation, (row) => row['id'] === parts.apiGroup && row['billingStatus'] !== undefined, {
        billingStatus: 'NORMAL',
      }),
    denied: ['apigateway:DescribeApiGroup', 'cloudapi', 'DescribeApiGroup'],
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
    evidence: ({ parts }) => [parts.apiGroup],
    remedy: ['Create the stage BLUE'],
    heals: ({ write }) => write('[RELEASE, BLUE]', '[RELEASE]'),
    denied: ['apigateway:DescribeApiGroup', 'cloudapi', 'DescribeApiGroup'],
  },
  {
    check: 'target/instance-running',
    breaks: ({ call, parts, wait }) => {
      call('Ecs', 'StopInstance', { InstanceId: parts.machine });
      return wait();
    },
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
    evidence: ({ spec }) => [/stock: \{ instance: (\S+),/.exec(spec)?.[1]],
    remedy: ['internal CLB instance'],
    heals: ({ write, parts }) => write(/stock: \{ instance: \S+,/, `stock: { instance: ${parts.balancer},`),
  },
  {
    check: 'target/balancer-active',
    breaks: ({ call, parts }) =>
      call('Slb', 'SetLoadBalancerStatus', { LoadBalancerId: parts.balancer, LoadBalancerStatus: 'inactive' }),
    evidence: ({ parts }) => [parts.balancer],
    remedy: ['Bring'],
    heals: ({ call, parts }) =>
      call('Slb', 'SetLoadBalancerStatus', { LoadBalancerId: parts.balancer, LoadBalancerStatus: 'active' }),
  },
  {
    check: 'target/listener',
    breaks: (stage) => stage.call('Slb', 'StopLoadBalancerListener', port(stage)),
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
    evidence: ({ parts }) => [`${parts.balancer}:80`],
    remedy: ['Register a target'],
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
    subject: 'target orders',
    evidence: ({ spec }) => [/orders: \{ instance: (\S+),/.exec(spec)?.[1]],
    remedy: ['Use a link into'],
    heals: ({ write, parts }) => write(/orders: \{ instance: \S+,/, `orders: { instance: ${parts.machine},`),
  },
];

/** Buys a second instance as that of the link, with the same tags. */
export async function copyLink({ call, link, wait }: AlibabaStage): Promise<void> {
  const InstanceId = link();
  const [row] = call('CloudAPI', 'DescribeInstances', { InstanceId }).Instances.InstanceAttribute;
  const of = { ResourceType: 'instance', ResourceId: [InstanceId] };
  const { TagResource } = call('CloudAPI', 'ListTagResources', of).TagResources;
  call('CloudAPI', 'CreateInstance', {
    InstanceName: 'cn',
    InstanceType: 'vpc_connect',
    InstanceSpec: row.InstanceSpec,
    ChargeType: 'PostPaid',
    HttpsPolicy: 'HTTPS2_TLS1_2',
    InstanceCidr: row.InstanceCidrBlock,
    UserVpcId: row.ConnectVpcId,
    ZoneVSwitchSecurityGroup: row.NetworkInterfaceAttributes.NetworkInterfaceAttribute.map((one: any) => ({
      ZoneId: one.ZoneId,
      VSwitchId: one.VswitchId,
      CidrBlock: one.CidrBlock,
      SecurityGroupId: one.SecurityGroupId,
    })),
    Tag: TagResource.map(({ TagKey, TagValue }: any) => ({ Key: TagKey, Value: TagValue })),
    Token: 'by-hand',
  });
  await wait();
}
