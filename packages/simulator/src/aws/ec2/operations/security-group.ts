import { birthplaceOf } from '../birthplace.js';
import { hasPorts, rulePorts, ruleProtocol } from '../network-acl/network-acl.js';
import {
  dependencyViolation,
  need,
  checkGroupDescription,
  checkGroupName,
  checkQuota,
  invalidCombination,
  missingParameter,
  checkRuleDescription,
} from '../request/text-rules.js';
import { family, listing, arnOf, tagList, tagsFrom } from '../request/family.js';
import { type FilterTable, type FilterValues, listRows } from '../request/filters.js';
import { getRow, ID, needRow, isWellFormed } from '../request/ids.js';
import { newSecurityGroup, checkRuleCount, duplicate, ruleKey } from '../security-group/rule-identity.js';
import {
  groupView,
  authorize,
  ruleView,
  revoke,
  rulesById,
  updateDescriptions,
} from '../security-group/security-group-view.js';
import { ServiceError } from '../../operation/operation.js';
import type { Ec2State, RuleFields, SecurityGroupRow, SecurityGroupRuleRow } from '../state.js';
import type { DescribeSecurityGroupRulesRequest, SecurityGroupRuleRequest } from '@aws-sdk/client-ec2';
import {
  deleteSecurityGroupRow,
  defaultVpc,
  groupByName,
  groupOf,
  noDefaultVpc,
  rulesByGroup,
  rulesOf,
  groupSource,
  ipv4Source,
  ipv6Source,
  prefixListSource,
  type RuleSource,
} from '../security-group/security-group-rules.js';

const ruleList = listing({
  of: ID.rule,
  as: 'SecurityGroupRules',
  view: (row, call) => ruleView(call, row),
  filters: 'group-id security-group-rule-id',
});

function content(
  ec2: Ec2State,
  group: SecurityGroupRow,
  egress: boolean,
  wanted: SecurityGroupRuleRequest,
): RuleFields {
  const protocol = ruleProtocol(need(wanted.IpProtocol, 'ipProtocol'));
  checkRuleDescription(wanted.Description);
  const ports = rulePorts(protocol, wanted.FromPort, wanted.ToPort);
  const Description = wanted.Description === '' ? undefined : wanted.Description;
  return { IsEgress: egress, IpProtocol: protocol, ...ports, ...source(ec2, group, egress, wanted), Description };
}

function source(ec2: Ec2State, group: SecurityGroupRow, egress: boolean, wanted: SecurityGroupRuleRequest): RuleSource {
  const { CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupId } = wanted;
  const given = [CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupId].filter((value) => value !== undefined);
  if (given.length > 1) {
    throw invalidCombination('Only one of cidrIpv4, cidrIpv6, prefixListId and referencedGroupId can be specified.'); // [U]
  }
  if (CidrIpv4 !== undefined) return ipv4Source(CidrIpv4);
  if (CidrIpv6 !== undefined) return ipv6Source(CidrIpv6);
  if (PrefixListId !== undefined) return prefixListSource(ec2, PrefixListId);
  if (ReferencedGroupId !== undefined) return groupSource(ec2, group, egress, { GroupId: ReferencedGroupId });

  throw missingParameter('cidrIpv4, cidrIpv6, prefixListId or referencedGroupId');
}

/** The form of the group IDs that a filter names is checked, unlike that of other filters: https://github.com/getmoto/moto/issues/7620 */
function checkGroupIds(filters: DescribeSecurityGroupRulesRequest['Filters']): void {
  for (const { Name, Values } of filters ?? []) {
    for (const id of Name === 'group-id' ? (Values ?? []) : []) {
      // Filters may have wildcards; whether this one accepts them is not known [U].
      if (/[*?]/.test(id) || isWellFormed(id, ID.securityGroup)) continue;

      throw new ServiceError(ID.securityGroup.malformed, `The security group ID '${id}' is malformed`);
    }
  }
}

type Rules = ReadonlyMap<string, readonly SecurityGroupRuleRow[]>;

/** Filters that look at a group's rules; each exists for both directions. */
const ruleFilters = (ec2: Ec2State): Readonly<Record<string, (rule: RuleFields) => string | undefined>> => ({
  cidr: (rule) => rule.CidrIpv4,
  'from-port': (rule) => (hasPorts(rule.IpProtocol) ? String(rule.FromPort) : undefined),
  'group-id': (rule) => rule.ReferencedGroupInfo?.GroupId,
  // Rules have names of groups in a default VPC only; elsewhere this finds nothing: https://github.com/getmoto/moto/issues/4079
  'group-name': (rule) => {
    const group = ec2.securityGroups.get(rule.ReferencedGroupInfo?.GroupId ?? '');
    return group !== undefined && ec2.vpcs.get(group.vpcId)?.isDefault === true ? group.name : undefined;
  },
  'ipv6-cidr': (rule) => rule.CidrIpv6,
  'prefix-list-id': (rule) => rule.PrefixListId,
  protocol: (rule) => rule.IpProtocol,
  'to-port': (rule) => (hasPorts(rule.IpProtocol) ? String(rule.ToPort) : undefined),
  'user-id': (rule) => rule.ReferencedGroupInfo?.UserId,
});

function filters(ec2: Ec2State, rules: Rules): FilterTable<SecurityGroupRow> {
  const table: Record<string, (row: SecurityGroupRow) => FilterValues> = {
    description: (row) => row.description,
    'group-id': (row) => row.id,
    'group-name': (row) => row.name,
    'owner-id': (row) => row.ownerId,
    'vpc-id': (row) => row.vpcId,
  };
  for (const [name, valueOf] of Object.entries(ruleFilters(ec2))) {
    const valuesOf = (egress: boolean) => (row: SecurityGroupRow) =>
      (rules.get(row.id) ?? []).flatMap(({ fields }) => (fields.IsEgress === egress ? valueOf(fields) : []));
    table[`ip-permission.${name}`] = valuesOf(false);
    table[`egress.ip-permission.${name}`] = valuesOf(true);
  }
  return table;
}

export const securityGroupOperations = family({
  AuthorizeSecurityGroupIngress: (call, input) => authorize(call, groupOf(call.state.ec2, input), false, input),

  AuthorizeSecurityGroupEgress(call, input) {
    const group = needRow(call.state.ec2, ID.securityGroup, input.GroupId);
    return authorize(call, group, true, input);
  },

  RevokeSecurityGroupIngress: (call, input) => revoke(call, groupOf(call.state.ec2, input), false, input),

  RevokeSecurityGroupEgress(call, input) {
    const group = needRow(call.state.ec2, ID.securityGroup, input.GroupId);
    return revoke(call, group, true, input);
  },

  UpdateSecurityGroupRuleDescriptionsIngress: ({ state: { ec2 } }, input) =>
    updateDescriptions(ec2, groupOf(ec2, input), false, input),

  UpdateSecurityGroupRuleDescriptionsEgress: ({ state: { ec2 } }, input) =>
    updateDescriptions(ec2, groupOf(ec2, input), true, input),

  /** Gives rules of a group new contents; their ids stay. */
  ModifySecurityGroupRules(call, input) {
    const { ec2 } = call.state;
    const group = needRow(ec2, ID.securityGroup, input.GroupId);
    const updates = need(input.SecurityGroupRules, 'securityGroupRule');
    const rows = rulesById(
      ec2,
      group,
      undefined,
      updates.map((update) => need(update.SecurityGroupRuleId, 'securityGroupRuleId')),
    );
    const after = new Map(rulesOf(ec2, group.id).map(({ id, fields }) => [id, fields]));
    for (const [index, row] of rows.entries()) {
      const wanted = need(updates[index]?.SecurityGroupRule, 'securityGroupRule');
      after.set(row.id, content(ec2, group, row.fields.IsEgress, wanted));
    }
    const seen = new Set<string>();
    for (const rule of after.values()) {
      if (seen.has(ruleKey(rule))) throw duplicate(rule);

      seen.add(ruleKey(rule));
    }
    checkRuleCount(call, [...after.values()]);
    for (const row of rows) row.fields = after.get(row.id) ?? row.fields;
    return { Return: true };
  },

  DescribeSecurityGroupRules(call, input, name) {
    checkGroupIds(input.Filters);
    return ruleList(call, input, name);
  },

  CreateSecurityGroup(call, input) {
    const { ec2 } = call.state;
    const name = need(input.GroupName, 'groupName');
    const description = need(input.Description, 'groupDescription');
    checkGroupName(name);
    checkGroupDescription(description);
    const vpc = input.VpcId === undefined ? defaultVpc(ec2) : getRow(ec2, ID.vpc, input.VpcId);
    if (vpc === undefined) throw noDefaultVpc();

    const tags = tagsFrom(input.TagSpecifications, 'security-group');
    for (const group of ec2.securityGroups.values()) {
      if (group.vpcId !== vpc.id || group.name !== name) continue;

      throw new ServiceError(
        'InvalidGroup.Duplicate',
        `The security group '${name}' already exists for VPC '${vpc.id}'`,
      );
    }
    checkQuota(call, 'security-groups', ec2.securityGroups.size, 'SecurityGroupLimitExceeded');

    const row = newSecurityGroup(birthplaceOf(call), { vpcId: vpc.id, name, description, tags });
    return { GroupId: row.id, SecurityGroupArn: arnOf(call, row.id, row.ownerId), Tags: tagList(row.tags) };
  },

  /**
   * Deletes a group that no interface carries and no other group of its VPC refers to. A reference from a peered VPC does
   * not hold it: it becomes stale.
   */
  DeleteSecurityGroup({ state: { ec2 } }, input) {
    const group = groupOf(ec2, input);
    if (group.name === 'default') {
      throw new ServiceError(
        'CannotDelete',
        `the specified group: "${group.id}" name: "default" cannot be deleted by a user`,
      );
    }
    if (isUsed(ec2, group)) throw dependencyViolation(`resource ${group.id} has a dependent object`);

    deleteSecurityGroupRow(ec2, group.id);
    return { Return: true, GroupId: group.id };
  },

  DescribeSecurityGroups(call, input) {
    const { ec2 } = call.state;
    const rules = rulesByGroup(ec2);
    const named = (input.GroupNames ?? []).map((name) => groupByName(ec2, name).id);
    const wanted = [...(input.GroupIds ?? []), ...named];
    const { rows, next } = listRows(input, {
      list: 'DescribeSecurityGroups',
      rows: ec2.securityGroups,
      filters: filters(ec2, rules),
      tagsOf: (row) => row.tags,
      ids: { wanted, kind: ID.securityGroup, member: 'groupIds' },
    });
    return { SecurityGroups: rows.map((row) => groupView(call, row, rules.get(row.id) ?? [])), NextToken: next };
  },
});

function isUsed(ec2: Ec2State, group: SecurityGroupRow): boolean {
  for (const row of ec2.interfaces.values()) if (row.groupIds.includes(group.id)) return true;
  for (const rule of ec2.securityGroupRules.values()) {
    if (rule.fields.ReferencedGroupInfo?.GroupId !== group.id || rule.groupId === group.id) continue;
    if (ec2.securityGroups.get(rule.groupId)?.vpcId === group.vpcId) return true;
  }
  return false;
}
