import type { AlibabaStage } from './alibaba-account.js';
import { acl as accessControl, allow, APP, closeBlock, entry, GROUPS, INSTANCES, port } from './alibaba-moves.js';
import {
  acl,
  admit,
  callsBalancer,
  callsServer,
  closeGroup,
  FAR,
  FAR_BLOCK,
  NEAR_BLOCK,
  networkAcl,
  openByRules,
  peer,
  peering,
  route,
  tableOf,
  unroute,
  usePeering,
} from './alibaba-ways.js';
import { follow, goBefore, removeDrops } from './follow-alibaba.js';
import { edit, type Show } from './show.js';

const ALL = '0.0.0.0/0';
const REST = `accept all -1/-1 ${ALL}`;
const ACLS = ['vpc:DescribeNetworkAcls', 'vpc', 'DescribeNetworkAcls'] as const;
const ROUTES = ['vpc:DescribeRouteTableList', 'vpc', 'DescribeRouteTableList'] as const;
const PEERINGS = ['vpc:ListVpcPeerConnections', 'vpcpeer', 'ListVpcPeerConnections'] as const;
const SERVER = 'link cn → target orders';
const STOCK = 'link cn → target stock';

const near = ({ parts }: AlibabaStage) => [parts.vswitches.j, parts.vswitches.k];
const far = ({ parts }: AlibabaStage) => [parts.vswitches.app];

/** The route of the link's VPC to the other one gets another peering as its next hop. */
const lead = (stage: AlibabaStage, NewNextHopId: string) =>
  stage.call('Vpc', 'ModifyRouteEntry', {
    RouteTableId: tableOf(stage, NEAR_BLOCK),
    DestinationCidrBlock: FAR_BLOCK,
    NewNextHopId,
    NewNextHopType: 'VpcPeer',
  });
/** A peering with another account, which has not accepted it. */
const foreign = (stage: AlibabaStage): string =>
  stage.call('VpcPeer', 'ListVpcPeerConnections', {}).VpcPeerConnects.find((one: any) => one.Status === 'Accepting')
    .InstanceId;

type Breaking = readonly [
  how: string,
  breaks: (stage: AlibabaStage) => unknown,
  heals?: (stage: AlibabaStage, remedies: string) => unknown,
];

/** What filters calls to the server, which the group lets in by rules alone. */
function filters(
  check: string,
  denied: Show<AlibabaStage>['denied'],
  deciding: (stage: AlibabaStage) => string,
  rows: readonly Breaking[],
): Show<AlibabaStage>[] {
  return rows.map(([how, breaks, heals = follow], at): Show<AlibabaStage> => ({
    check,
    how,
    setting: openByRules,
    breaks,
    severity: 'error',
    subject: SERVER,
    evidence: (stage) => [deciding(stage)],
    remedy: [],
    heals,
    calls: callsServer,
    // A vSwitch without a network ACL needs none to be read.
    ...(at === 0 && denied !== undefined ? { denied, ...(denied === ACLS && { missed: 'once broken' }) } : {}),
  }));
}

/** The rule that drops calls, or the group where none does. */
function decidingRule({ call, parts }: AlibabaStage): string {
  const { Permissions } = call('Ecs', 'DescribeSecurityGroupAttribute', { SecurityGroupId: parts.group });
  const drop = Permissions.Permission.find(({ Policy }: { Policy: string }) => Policy.toLowerCase() === 'drop');
  return drop?.SecurityGroupRuleId ?? parts.group;
}

/** The entry that drops calls, or the network ACL where none does. */
function decidingEntry(stage: AlibabaStage): string {
  const id = acl(stage);
  const { NetworkAclAttribute: own } = stage.call('Vpc', 'DescribeNetworkAclAttributes', { NetworkAclId: id });
  const entries = [...own.IngressAclEntries.IngressAclEntry, ...own.EgressAclEntries.EgressAclEntry];
  return entries.find(({ Policy }) => Policy === 'drop')?.NetworkAclEntryId ?? id;
}

/** The only rules of the group from now on. */
function only(stage: AlibabaStage, ...permissions: readonly object[]): void {
  const { call, parts } = stage;
  const { Permissions } = call('Ecs', 'DescribeSecurityGroupAttribute', { SecurityGroupId: parts.group });
  const SecurityGroupRuleId = Permissions.Permission.map((one: any) => one.SecurityGroupRuleId);
  call('Ecs', 'RevokeSecurityGroup', { SecurityGroupId: parts.group, SecurityGroupRuleId });
  for (const one of permissions) admit(stage, 'in', one);
}

const drop = (stage: AlibabaStage, way: 'in' | 'out', more: object) => admit(stage, way, { Policy: 'drop', ...more });

/** Shows of what filters: security groups and network ACLs, out and in, and for answers. */
export const FILTER_SHOWS: readonly Show<AlibabaStage>[] = [
  {
    check: 'path/security-group',
    how: 'members that reached each other',
    breaks: closeGroup,
    severity: 'error',
    subject: SERVER,
    evidence: ({ parts }) => [parts.group],
    remedy: ['Add an inbound rule to sg-', 'tcp 8080 from 10.10.0.0/24', 'tcp 8080 from 10.10.1.0/24'],
    heals: follow,
    calls: callsServer,
    denied: ['ecs:DescribeSecurityGroupAttribute', 'ecs', 'DescribeSecurityGroupAttribute'],
  },
  ...filters('path/security-group', GROUPS, decidingRule, [
    ['in, no rules', (stage) => only(stage)],
    ['in, one block of two', (stage) => only(stage, { SourceCidrIp: '10.10.1.0/24' })],
    [
      'in, a rule that names another group',
      (stage) => {
        const { SecurityGroupId } = stage.call('Ecs', 'CreateSecurityGroup', { VpcId: stage.parts.vpc });
        only(stage, { SourceGroupId: SecurityGroupId });
      },
    ],
    [
      'in, a prefix list without the link’s blocks',
      (stage) => {
        const Entry = [{ Cidr: '10.99.0.0/16' }];
        const made = { PrefixListName: 'callers', AddressFamily: 'IPv4', MaxEntries: 4, Entry };
        const { PrefixListId } = stage.call('Ecs', 'CreatePrefixList', made);
        only(stage, { SourcePrefixListId: PrefixListId });
      },
    ],
    ['in, a drop, taken away', (stage) => drop(stage, 'in', { SourceCidrIp: NEAR_BLOCK, Priority: '5' }), removeDrops],
    ['in, a drop, gone before', (stage) => drop(stage, 'in', { SourceCidrIp: NEAR_BLOCK, Priority: '5' }), goBefore],
    ['in, a drop of the same priority', (stage) => drop(stage, 'in', { SourceCidrIp: ALL, Priority: '50' }), goBefore],
    [
      'in, the first of all, taken away',
      (stage) => drop(stage, 'in', { SourceCidrIp: ALL, Priority: '1' }),
      removeDrops,
    ],
    ['in, the first of all, gone before', (stage) => drop(stage, 'in', { SourceCidrIp: ALL, Priority: '1' }), goBefore],
    ['out, a drop, taken away', (stage) => drop(stage, 'out', { DestCidrIp: APP, Priority: '9' }), removeDrops],
    ['out, a drop, gone before', (stage) => drop(stage, 'out', { DestCidrIp: APP, Priority: '9' }), goBefore],
  ]),
  {
    check: 'path/security-group',
    how: 'a prefix list that loses its entries',
    setting: (stage) => {
      openByRules(stage);
      const Entry = [{ Cidr: NEAR_BLOCK }];
      const made = { PrefixListName: 'callers', AddressFamily: 'IPv4', MaxEntries: 4, Entry };
      only(stage, { SourcePrefixListId: stage.call('Ecs', 'CreatePrefixList', made).PrefixListId });
    },
    breaks: ({ call }) => {
      const [{ PrefixListId }] = call('Ecs', 'DescribePrefixLists', {}).PrefixLists.PrefixList;
      call('Ecs', 'ModifyPrefixList', { PrefixListId, RemoveEntry: [{ Cidr: NEAR_BLOCK }] });
    },
    severity: 'error',
    evidence: ({ parts }) => [parts.group],
    remedy: ['Add an inbound rule to sg-'],
    heals: follow,
    calls: callsServer,
    denied: ['ecs:DescribePrefixListAttributes', 'ecs', 'DescribePrefixListAttributes'],
  },
  ...filters('path/network-acl', ACLS, decidingEntry, [
    [
      'out, denied',
      (s) => networkAcl(s, near(s), { in: [REST], out: [REST, `drop tcp 8080/8080 ${APP}`].toReversed() }),
    ],
    ['out, no entry fits', (s) => networkAcl(s, near(s), { in: [REST], out: [`accept tcp 80/80 ${ALL}`] })],
    [
      'in, denied',
      (s) =>
        networkAcl(s, far(s), {
          in: ['accept tcp 80/80 10.10.0.0/24', 'drop tcp 1/9000 10.10.1.0/24', REST],
          out: [REST],
        }),
    ],
    ['in, no entry fits', (s) => networkAcl(s, far(s), { in: ['accept tcp 1/65535 10.10.0.0/24'], out: [REST] })],
  ]),
  ...filters('path/return', ACLS, decidingEntry, [
    ['out of the target’s vSwitch', (s) => networkAcl(s, far(s), { in: [REST], out: [`accept tcp 8080/8080 ${ALL}`] })],
    [
      'out of the target’s vSwitch, a part of the ports',
      (s) => networkAcl(s, far(s), { in: [REST], out: [`drop tcp 40000/40000 10.10.0.0/24`, REST] }),
    ],
    ['in to the link’s vSwitches', (s) => networkAcl(s, near(s), { in: [`accept tcp 443/443 ${ALL}`], out: [REST] })],
  ]),
];

/** Shows of `path/link`, of ways between networks, and of `path/load-balancer`. */
export const WAY_SHOWS: readonly Show<AlibabaStage>[] = [
  {
    check: 'path/link',
    breaks: ({ simulation, link }) => {
      const id = link();
      edit(simulation, (row) => row['id'] === id && row['status'] !== undefined, { status: 'CREATE_FAILED' });
    },
    severity: 'error',
    subject: 'link cn',
    evidence: ({ link }) => [link()],
    remedy: ['Delete the link and make another'],
    heals: ({ apply }) => apply({ replaceFailed: true }),
    calls: callsServer,
    denied: INSTANCES,
  },
  {
    check: 'cidr/target-outside',
    how: 'whose calls are refused',
    breaks: closeBlock,
    severity: 'error',
    evidence: () => ['10.10.0.0/24'],
    remedy: ['Run `postern apply`: it adds'],
    heals: ({ apply }) => apply(),
    calls: callsServer,
  },
  {
    check: 'path/outside',
    setting: usePeering,
    breaks: async (stage) => {
      const { call, wait } = stage;
      const InstanceId = peering(stage);
      unroute(stage, NEAR_BLOCK, FAR_BLOCK, InstanceId);
      unroute(stage, FAR_BLOCK, NEAR_BLOCK, InstanceId);
      call('VpcPeer', 'DeleteVpcPeerConnection', { InstanceId });
      await wait();
    },
    severity: 'error',
    subject: SERVER,
    evidence: ({ parts }) => [parts.vpc],
    remedy: ['needs a VPN gateway or peering, not a link', `${FAR}/32`],
    heals: async (stage) => {
      const id = await peer(stage);
      route(stage, NEAR_BLOCK, FAR_BLOCK, id);
      route(stage, FAR_BLOCK, NEAR_BLOCK, id);
    },
    calls: callsServer,
    denied: PEERINGS,
    missed: 'once broken',
  },
  {
    check: 'path/route',
    how: 'none',
    setting: usePeering,
    breaks: (stage) => unroute(stage, NEAR_BLOCK, FAR_BLOCK, peering(stage)),
    severity: 'error',
    subject: SERVER,
    evidence: (stage) => [tableOf(stage, NEAR_BLOCK)],
    remedy: [`Add a route for ${FAR}/32 to vtb-`],
    heals: (stage) => route(stage, NEAR_BLOCK, `${FAR}/32`, peering(stage)),
    calls: callsServer,
    denied: ROUTES,
  },
  {
    check: 'path/route',
    how: 'an address that nobody can have',
    breaks: async (stage) => {
      stage.write(/orders: \{ instance: .*/, 'orders: { address: 10.10.99.9, port: 8080 }');
      allow(stage, APP, '10.10.99.0/24');
      await stage.apply();
    },
    severity: 'error',
    subject: SERVER,
    evidence: (stage) => [tableOf(stage, NEAR_BLOCK)],
    remedy: ['Name an address that somebody has'],
    heals: ({ call, parts, write }) => {
      const { Instances } = call('Ecs', 'DescribeInstances', { InstanceIds: JSON.stringify([parts.machine]) });
      const [address] = Instances.Instance[0].VpcAttributes.PrivateIpAddress.IpAddress;
      write('10.10.99.9', address);
    },
    calls: callsServer,
  },
  {
    check: 'path/peering',
    setting: usePeering,
    breaks: async (stage) => {
      const other = { AcceptingVpcId: 'vpc-bp1aaaaaaaaaaaaaaaaaa', AcceptingAliUid: 1_234_567_890_123_456 };
      lead(stage, await peer(stage, other));
    },
    severity: 'error',
    subject: SERVER,
    evidence: (stage) => [foreign(stage)],
    remedy: ['give the route another next hop'],
    heals: (stage) => lead(stage, peering(stage)),
    calls: callsServer,
    denied: PEERINGS,
  },
  {
    check: 'path/return',
    how: 'no route back',
    setting: usePeering,
    breaks: (stage) => unroute(stage, FAR_BLOCK, NEAR_BLOCK, peering(stage)),
    severity: 'error',
    subject: SERVER,
    evidence: (stage) => [tableOf(stage, FAR_BLOCK)],
    remedy: ['Add a route for 10.10.0.0/24 to vtb-', 'Add a route for 10.10.1.0/24 to vtb-'],
    heals: (stage, remedies) => {
      for (const [, block = '', RouteTableId] of remedies.matchAll(/Add a route for (\S+) to (vtb-\w+)/g)) {
        const hop = { NextHopType: 'VpcPeer', NextHopId: peering(stage) };
        stage.call('Vpc', 'CreateRouteEntry', { RouteTableId, DestinationCidrBlock: block, ...hop });
      }
    },
    calls: callsServer,
  },
  {
    check: 'path/load-balancer',
    how: 'access control',
    breaks: (stage) => entry(stage, 'Remove', '10.10.1.0/24'),
    severity: 'error',
    subject: STOCK,
    evidence: ({ parts }) => [parts.accessList],
    remedy: ['Add 10.10.1.0/24 to acl-'],
    heals: follow,
    calls: callsBalancer,
    denied: ['slb:DescribeAccessControlListAttribute', 'slb', 'DescribeAccessControlListAttribute'],
  },
  {
    check: 'path/load-balancer',
    how: 'access control that keeps callers out',
    setting: (stage) => accessControl(stage, 'off'),
    breaks: ({ call, parts, ...stage }) => {
      const own = { LoadBalancerId: parts.balancer, ListenerPort: 80 };
      const control = { AclStatus: 'on', AclType: 'black', AclId: parts.accessList };
      call('Slb', 'SetLoadBalancerHTTPListenerAttribute', { ...own, ...control });
      void stage;
    },
    severity: 'error',
    subject: STOCK,
    evidence: ({ parts }) => [parts.accessList],
    remedy: ['Remove what holds 10.10.0.0/24 from', 'Remove what holds 10.10.1.0/24 from'],
    heals: (stage, remedies) => {
      for (const [, block = ''] of remedies.matchAll(/Remove what holds (\S+) from/g)) entry(stage, 'Remove', block);
    },
    calls: callsBalancer,
  },
  {
    check: 'path/load-balancer',
    how: 'a stopped listener',
    breaks: (stage) => stage.call('Slb', 'StopLoadBalancerListener', port(stage)),
    severity: 'error',
    subject: STOCK,
    evidence: ({ parts }) => [parts.balancer],
    remedy: ['Start the listener on port 80 of stock'],
    heals: (stage) => stage.call('Slb', 'StartLoadBalancerListener', port(stage)),
    calls: callsBalancer,
    denied: ['slb:DescribeLoadBalancerListeners', 'slb', 'DescribeLoadBalancerListeners'],
  },
  {
    check: 'path/load-balancer',
    how: 'an inactive one',
    breaks: ({ call, parts }) =>
      call('Slb', 'SetLoadBalancerStatus', { LoadBalancerId: parts.balancer, LoadBalancerStatus: 'inactive' }),
    severity: 'error',
    subject: STOCK,
    evidence: ({ parts }) => [parts.balancer],
    remedy: ['Bring stock into the state active'],
    heals: ({ call, parts }) =>
      call('Slb', 'SetLoadBalancerStatus', { LoadBalancerId: parts.balancer, LoadBalancerStatus: 'active' }),
    calls: callsBalancer,
  },
  {
    check: 'path/load-balancer',
    how: 'nobody healthy',
    breaks: async ({ call, parts, wait }) => {
      call('Ecs', 'StopInstance', { InstanceId: parts.machine });
      await wait();
    },
    severity: 'error',
    subject: STOCK,
    evidence: ({ parts }) => [`${parts.balancer}:80`],
    remedy: ['Make a target of', 'pass its health check'],
    heals: async ({ call, parts, wait }) => {
      call('Ecs', 'StartInstance', { InstanceId: parts.machine });
      await wait();
    },
    calls: callsBalancer,
    denied: ['slb:DescribeHealthStatus', 'slb', 'DescribeHealthStatus'],
  },
  {
    check: 'path/load-balancer',
    how: 'the network ACL of its server',
    breaks: (stage) => networkAcl(stage, far(stage), { in: [`accept tcp 80/80 ${ALL}`], out: [REST] }),
    severity: 'error',
    subject: STOCK,
    evidence: (stage) => [acl(stage)],
    remedy: ['Add an entry to nacl-', 'in allow tcp 8080 from'],
    heals: follow,
    calls: callsBalancer,
  },
];
