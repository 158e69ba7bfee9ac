import { formatMark, type RegionSnapshot } from '@postern/core/internal/adapter';
import type { SecurityGroup, SecurityGroupRule, NetworkAcl, NetworkAclEntry } from '@postern/core/internal/snapshot';
import type { AwsCall } from '../../operation/operation.js';
import type { SecurityGroupRuleRow, NetworkAclEntryRow } from '../../ec2/state.js';
import { birthplaceOf } from '../../ec2/birthplace.js';
import { isAws, newManagedPrefixLists, newPrefixList } from '../../ec2/prefix-list.js';
import type { Lack } from '../lack.js';
import { hasPorts, protocolNumber, lastEntries } from '../../ec2/network-acl/network-acl.js';

/** Security groups with their rules. Rules get new ids: lists of groups contain none. */
export function loadSecurityGroups(call: AwsCall, { securityGroups }: RegionSnapshot): void {
  for (const group of securityGroups) {
    const { id, name, networkId, account, tags, rules } = group;
    const ownerId = account ?? call.account;
    call.state.ec2.securityGroups.set(id, {
      id,
      vpcId: networkId,
      ownerId,
      name,
      description: descriptionOf(group),
      tags: { ...tags },
    });
    for (const rule of rules) {
      const row = ruleRow(call, group, rule, ownerId);
      call.state.ec2.securityGroupRules.set(row.id, row);
    }
  }
}

/**
 * The mark of a link's own group, as it was when the group was created: the name of the group has the name that the link had then,
 * and keeps it where the link gets another name, or the group loses its tags. A snapshot holds no other description.
 */
function descriptionOf({ name, owner }: SecurityGroup): string {
  if (owner === undefined) return name;

  const { project, spec } = owner;
  const [, withoutCount = name] = /^(.+?)(?::\d+)?$/.exec(name) ?? [];
  const start = `postern-${project}-${spec}-`;
  return withoutCount.startsWith(start)
    ? formatMark({ project, spec, integration: withoutCount.slice(start.length) })
    : name;
}

function ruleRow(call: AwsCall, group: SecurityGroup, rule: SecurityGroupRule, ownerId: string): SecurityGroupRuleRow {
  const { cidrBlock, securityGroupId, peerAccount = ownerId } = rule;
  const protocol = rule.protocol === 'all' ? '-1' : rule.protocol;
  return {
    id: rule.id ?? call.id('sgr-'),
    groupId: group.id,
    ownerId,
    fields: {
      IsEgress: rule.direction === 'out',
      IpProtocol: protocol,
      FromPort: hasPorts(protocol) ? rule.fromPort : -1,
      ToPort: hasPorts(protocol) ? rule.toPort : -1,
      ...(cidrBlock?.includes(':') === true ? { CidrIpv6: cidrBlock } : { CidrIpv4: cidrBlock }),
      PrefixListId: rule.prefixListId,
      ReferencedGroupInfo:
        securityGroupId === undefined ? undefined : { GroupId: securityGroupId, UserId: peerAccount },
      Description: rule.description,
    },
    tags: {},
  };
}

/** Prefix lists in use, and those of AWS that every region has. */
export function loadPrefixLists(call: AwsCall, { prefixLists }: RegionSnapshot, lack: Lack): void {
  const { ec2 } = call.state;
  newManagedPrefixLists(birthplaceOf(call));
  if (prefixLists === undefined) return lack(`the prefix lists of ${call.region} were not read`);

  for (const { id, name = id, cidrBlocks, maxEntries, account } of prefixLists) {
    if (cidrBlocks === undefined) lack(`the entries of prefix list ${id} were not read`);
    // Lists of an account may share a name. One of AWS is there already, with another ID.
    for (const row of ec2.prefixLists.values())
      if (row.fields.PrefixListName === name && isAws(row)) ec2.prefixLists.delete(row.id);
    const entries = (cidrBlocks ?? []).map((Cidr) => ({ Cidr }));
    const row = newPrefixList(id, {
      PrefixListName: name,
      OwnerId: account ?? call.account,
      AddressFamily: entries.some(({ Cidr }) => Cidr.includes(':')) ? 'IPv6' : 'IPv4',
      MaxEntries: maxEntries ?? Math.max(1, entries.length),
      entries,
    });
    ec2.prefixLists.set(id, row);
  }
}

/** Network ACLs with their entries, the last entry of each included, and their associated subnets. */
export function loadNetworkAcls(call: AwsCall, { networkAcls, subnets }: RegionSnapshot, lack: Lack): void {
  if (networkAcls === undefined) return lack(`the network ACLs of ${call.region} were not read`);

  const { ec2 } = call.state;
  for (const acl of networkAcls) {
    if (acl.entries === undefined) lack(`the entries of ${acl.id} were not read`);
    const vpc = ec2.vpcs.get(acl.networkId);
    ec2.networkAcls.set(acl.id, {
      id: acl.id,
      vpcId: acl.networkId,
      ownerId: vpc?.ownerId ?? call.account,
      isDefault: isDefault(acl, networkAcls),
      entries: [
        ...(acl.entries ?? []).map(entryRow),
        ...lastEntries(4),
        ...((vpc?.ipv6CidrBlocks.length ?? 0) > 0 ? lastEntries(6) : []),
      ],
      associations: subnets
        .filter(({ networkAclId }) => networkAclId === acl.id)
        .map(({ id }) => ({ id: call.id('aclassoc-'), subnetId: id })),
      tags: {},
    });
  }
}

/**
 * No list shows it in a portable form. The only network ACL of its network is the default one, or else the
 * first that allows everything.
 */
function isDefault(acl: NetworkAcl, all: readonly NetworkAcl[]): boolean {
  const siblings = all.filter(({ networkId }) => networkId === acl.networkId);
  const open = siblings.find(({ entries }) =>
    (['in', 'out'] as const).every((direction) => {
      const first = entries?.find((entry) => entry.direction === direction);
      return first?.action === 'allow' && first.protocol === 'all' && first.cidrBlock === '0.0.0.0/0';
    }),
  );
  return acl === (siblings.length === 1 ? siblings[0] : (open ?? siblings[0]));
}

function entryRow({
  order,
  direction,
  action,
  cidrBlock,
  protocol,
  fromPort,
  toPort,
}: NetworkAclEntry): NetworkAclEntryRow {
  const isIcmp = protocol === 'icmp' || protocol === 'icmpv6';
  const hasPorts = protocol === 'tcp' || protocol === 'udp';
  return {
    RuleNumber: order,
    Egress: direction === 'out',
    Protocol: protocolNumber(protocol) ?? '-1',
    RuleAction: action,
    ...(cidrBlock.includes(':') ? { Ipv6CidrBlock: cidrBlock } : { CidrBlock: cidrBlock }),
    PortRange: hasPorts ? { From: fromPort, To: toPort } : undefined,
    IcmpTypeCode: isIcmp ? { Type: fromPort, Code: toPort } : undefined,
  };
}
