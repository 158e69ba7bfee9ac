import type { AlibabaStage } from './account.js';
import { APP, GROUPS } from './moves.js';
import { acl, admit, callsServer, closeGroup, NEAR_BLOCK, networkAcl, openByRules } from './ways.js';
import { follow, goBefore, removeDrops } from '../follow-alibaba.js';
import type { Show } from '../show.js';

const ALL = '0.0.0.0/0';
const REST = `accept all -1/-1 ${ALL}`;
const ACLS = ['vpc:DescribeNetworkAcls', 'vpc', 'DescribeNetworkAcls'] as const;
const SERVER = 'link cn → target orders';
/** The vSwitches of the link, and that of the server. */
const near = ({ parts }: AlibabaStage) => [parts.vswitches.j, parts.vswitches.k];
const far = ({ parts }: AlibabaStage) => [parts.vswitches.app];

type Breaking = readonly [
  how: string,
  breaks: (stage: AlibabaStage) => unknown,
  heals?: (stage: AlibabaStage, remedies: string) => unknown,
];

/** What filters calls to the server, which the group allows only by rules. */
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
    subject: SERVER,
    evidence: (stage) => [deciding(stage)],
    remedy: [],
    heals,
    calls: callsServer,
    // A vSwitch without a network ACL requires no read of one.
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

/** Replaces all rules of the group. */
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
    how: 'members that could reach each other',
    breaks: closeGroup,
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
    ['in, a drop, removed', (stage) => drop(stage, 'in', { SourceCidrIp: NEAR_BLOCK, Priority: '5' }), removeDrops],
    ['in, a drop, preceded', (stage) => drop(stage, 'in', { SourceCidrIp: NEAR_BLOCK, Priority: '5' }), goBefore],
    ['in, a drop of the same priority', (stage) => drop(stage, 'in', { SourceCidrIp: ALL, Priority: '50' }), goBefore],
    ['in, the first of all, removed', (stage) => drop(stage, 'in', { SourceCidrIp: ALL, Priority: '1' }), removeDrops],
    ['in, the first of all, preceded', (stage) => drop(stage, 'in', { SourceCidrIp: ALL, Priority: '1' }), goBefore],
    ['out, a drop, removed', (stage) => drop(stage, 'out', { DestCidrIp: APP, Priority: '9' }), removeDrops],
    ['out, a drop, preceded', (stage) => drop(stage, 'out', { DestCidrIp: APP, Priority: '9' }), goBefore],
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
      (s) => networkAcl(s, far(s), { in: [REST], out: [`drop tcp 40000/41000 10.10.0.0/24`, REST] }),
    ],
    ['in to the link’s vSwitches', (s) => networkAcl(s, near(s), { in: [`accept tcp 443/443 ${ALL}`], out: [REST] })],
  ]),
];
