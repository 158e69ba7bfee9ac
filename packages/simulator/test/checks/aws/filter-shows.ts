import { REGION, type AwsStage } from './account.js';
import { from, GROUPS, subnets, tcp } from './moves.js';
import { calls, useTransit } from './ways.js';
import { follow } from '../follow-aws.js';
import type { Show } from '../show.js';

type Row = Readonly<Record<string, any>>;

const ALL = '0.0.0.0/0';
const ACLS = ['ec2:DescribeNetworkAcls', 'ec2', 'DescribeNetworkAcls'] as const;

/** The link's group allows only these rules outbound. */
function letOut({ ec2, parts }: AwsStage, ...permissions: readonly Row[]): void {
  const GroupId = parts.groups.link;
  const all = { IpProtocol: '-1', IpRanges: [{ CidrIp: ALL }] };
  ec2('RevokeSecurityGroupEgress', { GroupId, IpPermissions: [all] });
  if (permissions.length > 0) ec2('AuthorizeSecurityGroupEgress', { GroupId, IpPermissions: permissions });
}

/** The balancer's group allows these rules inbound, instead of the link's group. */
function letIn({ admit, refuse, parts }: AwsStage, ...permissions: readonly Row[]): void {
  refuse(parts.groups.balancer, tcp(443, { UserIdGroupPairs: [{ GroupId: parts.groups.link }] }));
  for (const one of permissions) admit(parts.groups.balancer, one);
}

/** A prefix list of the link's subnets. */
function listOf({ ec2 }: AwsStage, ...blocks: readonly string[]): string {
  return ec2('CreateManagedPrefixList', {
    PrefixListName: 'callers',
    MaxEntries: 4,
    AddressFamily: 'IPv4',
    Entries: blocks.map((Cidr) => ({ Cidr })),
  }).PrefixList.PrefixListId;
}
const list = ({ ec2 }: AwsStage): Row =>
  ec2('DescribeManagedPrefixLists', { Filters: [{ Name: 'prefix-list-name', Values: ['callers'] }] }).PrefixLists[0];

/** `100 out deny 443 10.20.10.0/24`; a port may be a range or `all`. */
function networkAcl({ ec2, parts }: AwsStage, subnets: readonly string[], ...entries: readonly string[]): string {
  const { NetworkAclId } = ec2('CreateNetworkAcl', { VpcId: parts.vpc }).NetworkAcl;
  for (const entry of entries) {
    const [order, way, RuleAction, ports = '', CidrBlock] = entry.split(' ');
    const [first = '', last = first] = ports.split('-');
    const range = { Protocol: '6', PortRange: { From: Number(first), To: Number(last) } };
    ec2('CreateNetworkAclEntry', {
      NetworkAclId,
      RuleNumber: Number(order),
      Egress: way === 'out',
      RuleAction,
      CidrBlock,
      ...(ports === 'all' ? { Protocol: '-1' } : range),
    });
  }
  for (const subnet of subnets) {
    const Filters = [{ Name: 'association.subnet-id', Values: [subnet] }];
    const { Associations } = ec2('DescribeNetworkAcls', { Filters }).NetworkAcls[0];
    const { NetworkAclAssociationId } = Associations.find(({ SubnetId }: Row) => SubnetId === subnet);
    ec2('ReplaceNetworkAclAssociation', { AssociationId: NetworkAclAssociationId, NetworkAclId });
  }
  return NetworkAclId;
}
const aclOf = ({ ec2 }: AwsStage, subnet: string): string =>
  ec2('DescribeNetworkAcls', { Filters: [{ Name: 'association.subnet-id', Values: [subnet] }] }).NetworkAcls[0]
    .NetworkAclId;
const IN = `30000 in allow all ${ALL}`;
const OUT = `30000 out allow all ${ALL}`;
const near = ({ parts }: AwsStage) => [parts.subnets.a, parts.subnets.b];
const far = ({ parts }: AwsStage) => [parts.subnets.lbA, parts.subnets.lbB];

/** Shows of what filters: security groups and network ACLs, out and in, and for answers. */
export const FILTER_SHOWS: readonly Show<AwsStage>[] = [
  ...filters('path/security-group', GROUPS, [
    ['out, no rules', letOut, ({ parts }) => parts.groups.link],
    ['out, other rules', (stage) => letOut(stage, tcp(80, from(ALL))), ({ parts }) => parts.groups.link],
    ['in, no rules', (stage) => letIn(stage), ({ parts }) => parts.groups.balancer],
    ['in, another port', (stage) => letIn(stage, tcp(80, from(ALL))), ({ parts }) => parts.groups.balancer],
    [
      'in, a rule that names another group',
      (stage) => letIn(stage, tcp(443, { UserIdGroupPairs: [{ GroupId: stage.parts.groups.app }] })),
      ({ parts }) => parts.groups.balancer,
    ],
    [
      'out, a rule that names another group',
      (stage) => letOut(stage, tcp(443, { UserIdGroupPairs: [{ GroupId: stage.parts.groups.app }] })),
      ({ parts }) => parts.groups.link,
    ],
    [
      'in, blocks of which none is the link’s',
      (stage) => letIn(stage, tcp(443, from('10.20.2.0/24')), tcp(443, from('10.21.0.0/16'))),
      ({ parts }) => parts.groups.balancer,
    ],
  ]),
  {
    check: 'path/security-group',
    how: 'a prefix list that loses its entries',
    setting: (stage) => {
      const PrefixListIds = [{ PrefixListId: listOf(stage, '10.20.0.0/24', '10.20.1.0/24') }];
      letIn(stage, tcp(443, { PrefixListIds }));
      return stage.wait();
    },
    breaks: async (stage) => {
      const { PrefixListId, Version: CurrentVersion } = list(stage);
      const RemoveEntries = [{ Cidr: '10.20.0.0/24' }, { Cidr: '10.20.1.0/24' }];
      stage.ec2('ModifyManagedPrefixList', { PrefixListId, CurrentVersion, RemoveEntries });
      await stage.wait();
    },
    evidence: ({ parts }) => [parts.groups.balancer],
    remedy: ['Add an inbound rule to'],
    heals: follow,
    calls,
    denied: ['ec2:GetManagedPrefixListEntries', 'ec2', 'GetManagedPrefixListEntries'],
  },
  {
    check: 'path/security-group',
    how: 'a rule that names a group that does not apply on the path',
    setting: useTransit,
    breaks: (stage) => {
      const Filters = [{ Name: 'cidr-block', Values: ['10.30.0.0/16'] }];
      const [{ VpcId }] = stage.ec2('DescribeVpcs', { Filters }).Vpcs;
      const groups = stage.ec2('DescribeSecurityGroups', { Filters: [{ Name: 'vpc-id', Values: [VpcId] }] });
      const [{ GroupId }] = groups.SecurityGroups;
      stage.refuse(GroupId, tcp(8080, from('10.20.0.0/16')));
      stage.admit(GroupId, tcp(8080, { UserIdGroupPairs: [{ GroupId }] }));
    },
    evidence: () => [],
    remedy: ['tcp 8080 from 10.20.0.0/24', 'tcp 8080 from 10.20.1.0/24'],
    heals: follow,
    calls,
  },
  ...filters('path/network-acl', ACLS, [
    ['out, denied', (stage) => networkAcl(stage, near(stage), `10 out deny 443 10.20.0.0/16`, IN, OUT), nearAcl],
    [
      'out, one block of two',
      (stage) => networkAcl(stage, near(stage), `1 out deny 443 10.20.10.0/24`, IN, OUT),
      nearAcl,
    ],
    ['out, no entry fits', (stage) => networkAcl(stage, near(stage), `10 out allow 80 ${ALL}`, IN), nearAcl],
    ['in, denied', (stage) => networkAcl(stage, far(stage), `10 in deny 1-1023 10.20.1.0/24`, IN, OUT), farAcl],
    [
      'in, no entry fits',
      (stage) => networkAcl(stage, far(stage), `10 in allow 8080 ${ALL}`, `20 in allow 1024-65535 ${ALL}`, OUT),
      farAcl,
    ],
    [
      'in, denied twice',
      (stage) => networkAcl(stage, far(stage), `7 in deny 443 10.20.0.0/25`, `9 in deny 1-1023 10.20.0.0/16`, IN, OUT),
      farAcl,
    ],
  ]),
  {
    check: 'path/network-acl',
    how: 'in, no entry fits any of four subnets',
    setting: async (stage) => {
      const { ec2, parts } = stage;
      const made = { VpcId: parts.vpc, CidrBlock: '10.20.4.0/24', AvailabilityZone: `${REGION}a` };
      const { a, b, spare } = parts.subnets;
      subnets(stage, a, b, spare, ec2('CreateSubnet', made).Subnet.SubnetId);
      await stage.apply();
    },
    breaks: (stage) => networkAcl(stage, far(stage), `10 in allow 8080 ${ALL}`, `20 in allow 1024-65535 ${ALL}`, OUT),
    evidence: (stage) => [farAcl(stage)],
    remedy: ['10.20.0.0/24', '10.20.1.0/24', '10.20.2.0/24', '10.20.4.0/24'],
    heals: follow,
    calls,
  },
  ...filters('path/return', ACLS, [
    [
      'out of the target’s subnet, no entry',
      // Answers of the targets reach the load balancer; its own answers do not reach the link.
      (stage) => networkAcl(stage, far(stage), IN, `10 out allow 1-65535 10.20.10.0/23`),
      farAcl,
    ],
    [
      'out of the target’s subnet, a part of the ports',
      (stage) =>
        networkAcl(stage, far(stage), IN, `10 out allow 1-65535 10.20.10.0/23`, `20 out allow 32768-60999 ${ALL}`),
      farAcl,
    ],
    [
      'out of the target’s subnet, a range of the ports denied',
      (stage) => networkAcl(stage, far(stage), IN, `10 out deny 5000-6000 10.20.0.0/24`, OUT),
      farAcl,
    ],
    [
      'in to the link’s subnet, no entry',
      (stage) => networkAcl(stage, near(stage), `10 in allow 443 ${ALL}`, OUT),
      nearAcl,
    ],
    [
      'in to the link’s subnet, denied',
      (stage) => networkAcl(stage, near(stage), `10 in deny 1024-65535 10.20.10.0/23`, IN, OUT),
      nearAcl,
    ],
  ]),
];

function nearAcl(stage: AwsStage): string {
  return aclOf(stage, stage.parts.subnets.a);
}

function farAcl(stage: AwsStage): string {
  return aclOf(stage, stage.parts.subnets.lbB);
}

type Row3 = readonly [how: string, breaks: (stage: AwsStage) => unknown, deciding: (stage: AwsStage) => string];

/** Shows of a filter that blocks calls, and allows them after its remedy exactly as written. */
function filters(check: string, denied: Show<AwsStage>['denied'], rows: readonly Row3[]): Show<AwsStage>[] {
  return rows.map(([how, breaks, deciding], at): Show<AwsStage> => ({
    check,
    how,
    breaks,
    evidence: (stage) => [deciding(stage)],
    remedy: ['dd an '],
    heals: follow,
    calls,
    ...(at === 0 && denied !== undefined ? { denied } : {}),
  }));
}
