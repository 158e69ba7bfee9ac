import type { DescribeSecurityGroupRulesRequest, SecurityGroupRuleRequest } from '@aws-sdk/client-ec2';
import { rulePorts, ruleProtocol } from '../network-acl/protocols.js';
import { invalidCombination, missingParameter, need, checkRuleDescription } from '../request/text-rules.js';
import { family, listing } from '../request/family.js';
import { needRow, ID, isWellFormed } from '../request/ids.js';
import { authorize, ruleView } from '../security-group/security-group-view.js';
import { checkRuleCount, duplicate, ruleKey } from '../security-group/rule-identity.js';
import { revoke, rulesById, updateDescriptions } from '../security-group/revoke.js';
import { groupOf, rulesOf } from '../security-group/security-group-lookup.js';
import {
  groupSource,
  ipv4Source,
  ipv6Source,
  prefixListSource,
  type RuleSource,
} from '../security-group/security-group-rules.js';
import { ServiceError } from '../../operation/operation.js';
import type { Ec2State, RuleFields, SecurityGroupRow } from '../state.js';

export const securityGroupRuleOperations = family({
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
});

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
