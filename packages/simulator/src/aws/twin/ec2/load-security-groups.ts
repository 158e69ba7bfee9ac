import type { RegionSnapshot } from '@postern/core';
import { formatMark } from '@postern/core/adapter';
import type { SecurityGroup, SecurityGroupRule } from '@postern/core/snapshot';
import type { AwsCall } from '../../operation/call.js';
import { hasPorts } from '../../ec2/network-acl/protocols.js';
import type { SecurityGroupRuleRow } from '../../ec2/state.js';

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
  const named = withoutCount.slice(`postern-${project}-`.length);
  const isOfSpec = spec !== undefined && named.startsWith(`${spec}-`);
  return isOfSpec
    ? formatMark({ project, spec, integration: named.slice(spec.length + 1) })
    : formatMark({ project, integration: named });
}

function ruleRow(call: AwsCall, group: SecurityGroup, rule: SecurityGroupRule, ownerId: string): SecurityGroupRuleRow {
  const { cidrBlock } = rule;
  const protocol = rule.protocol === 'all' ? '-1' : rule.protocol;
  const isIpv6 = cidrBlock?.includes(':') === true;
  return {
    id: rule.id ?? call.id('sgr-'),
    groupId: group.id,
    ownerId,
    egress: rule.direction === 'out',
    protocol,
    fromPort: hasPorts(protocol) ? rule.fromPort : -1,
    toPort: hasPorts(protocol) ? rule.toPort : -1,
    cidrIpv4: isIpv6 ? undefined : cidrBlock,
    cidrIpv6: isIpv6 ? cidrBlock : undefined,
    prefixListId: rule.prefixListId,
    referencedGroupId: rule.securityGroupId,
    referencedGroupOwnerId: rule.securityGroupId === undefined ? undefined : (rule.peerAccount ?? ownerId),
    description: rule.description,
    tags: {},
  };
}
